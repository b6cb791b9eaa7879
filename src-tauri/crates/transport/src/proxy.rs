use url::Url;

/// The proxy that requests go through, if any.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Proxy {
    /// The system's, if it has one.
    #[default]
    System,
    /// None, even if the system has one.
    None,
    /// This one.
    At(ProxyAddress),
}

/// The address of a proxy, without a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyAddress(Url);

/// Why a text can't be the address of a proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadProxy {
    /// It is no address of a proxy.
    #[error("this is not the address of a proxy")]
    NotAnAddress,
    /// It holds a name or a password, which would be kept where others can read it.
    #[error("a proxy’s name and password can’t be kept here")]
    Secret,
}

impl Proxy {
    /// Reads the address of a proxy, such as `http://proxy.example:3128`. Without a scheme, http
    /// is meant: that is how one speaks to a proxy, and inside of it everything is TLS.
    ///
    /// # Errors
    /// [`BadProxy`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, BadProxy> {
        let text = text.trim();
        let whole = if text.contains("://") {
            text.to_owned()
        } else {
            format!("http://{text}")
        };
        let url = Url::parse(&whole).map_err(|_| BadProxy::NotAnAddress)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BadProxy::Secret);
        }
        let has_host = url.host_str().is_some_and(|host| !host.is_empty());
        let is_proxy = matches!(url.scheme(), "http" | "https");
        let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        if !has_host || !is_proxy || !is_bare {
            return Err(BadProxy::NotAnAddress);
        }
        Ok(Self::At(ProxyAddress(url)))
    }
}

impl ProxyAddress {
    /// The proxy as an address.
    #[must_use]
    pub fn as_url(&self) -> &Url {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_and_port_are_enough() {
        let Ok(Proxy::At(address)) = Proxy::parse(" proxy.example:3128 ") else {
            panic!("an address of a proxy");
        };
        assert_eq!(address.as_url().as_str(), "http://proxy.example:3128/");
        assert!(Proxy::parse("https://proxy.example").is_ok());
    }

    #[test]
    fn passwords_and_other_things_are_refused() {
        for secret in ["http://me:pass@proxy.example", "me@proxy.example:3128"] {
            assert_eq!(Proxy::parse(secret), Err(BadProxy::Secret), "{secret}");
        }
        for other in [
            "",
            "http://",
            "ftp://proxy.example",
            "proxy.example/path",
            "a b",
        ] {
            assert_eq!(Proxy::parse(other), Err(BadProxy::NotAnAddress), "{other}");
        }
    }
}
