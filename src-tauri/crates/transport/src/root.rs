use std::net::IpAddr;

use url::{Host, Url};

/// The address under which a service's API lies. Always https, except on loopback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiRoot(Url);

/// Why a text can't be the root of an API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadRoot {
    /// It is no address.
    #[error("this is not a web address")]
    NotAnAddress,
    /// Plain http would show the key to everything on the way.
    #[error("only https is accepted, except on this computer itself")]
    NotSecure,
    /// A name and password, a query or a fragment have no place in it.
    #[error("only a host and a path are accepted")]
    TooMuch,
}

impl ApiRoot {
    /// Reads a root. A slash at the end is optional.
    ///
    /// # Errors
    /// [`BadRoot`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, BadRoot> {
        let mut url = Url::parse(text.trim()).map_err(|_| BadRoot::NotAnAddress)?;
        let secure = match url.scheme() {
            "https" => true,
            "http" => is_loopback(&url),
            _ => return Err(BadRoot::NotAnAddress),
        };
        if !secure {
            return Err(BadRoot::NotSecure);
        }
        let bare = url.username().is_empty() && url.password().is_none();
        if !bare || url.query().is_some() || url.fragment().is_some() {
            return Err(BadRoot::TooMuch);
        }
        if url.path().ends_with('/') {
            let path = url.path().trim_end_matches('/').to_owned();
            url.set_path(&path);
        }
        Ok(Self(url))
    }

    /// The address of something below the root. Each segment is escaped: an id can't climb out.
    #[must_use]
    pub fn at(&self, segments: &[&str]) -> Url {
        let mut url = self.0.clone();
        // An https or http address can always have segments; if not, the root stands unchanged.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }

    /// Returns true if an address has the same scheme, host and port as this root.
    #[must_use]
    pub fn same_origin(&self, url: &Url) -> bool {
        self.0.origin() == url.origin()
    }

    /// Returns true if the root lies on this computer itself.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }

    /// The host, with the port if it is not the usual one.
    #[must_use]
    pub fn host(&self) -> String {
        self.0.authority().to_owned()
    }

    /// The root as an address.
    #[must_use]
    pub fn as_url(&self) -> &Url {
        &self.0
    }
}

pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_accepted_on_this_computer_alone() {
        for good in [
            "https://api.lever.co/v1",
            "http://127.0.0.1:90/v1/",
            "http://[::1]:4",
            "http://localhost:1",
        ] {
            assert!(ApiRoot::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://api.lever.co/v1",
            "http://127.0.0.1.evil.test",
            "http://10.0.0.1",
        ] {
            assert_eq!(ApiRoot::parse(bad), Err(BadRoot::NotSecure), "{bad}");
        }
        for bad in ["", "api.lever.co", "ftp://127.0.0.1", "file:///etc"] {
            assert_eq!(ApiRoot::parse(bad), Err(BadRoot::NotAnAddress), "{bad}");
        }
        for bad in [
            "https://a:b@api.lever.co",
            "https://api.lever.co/?x=1",
            "https://api.lever.co/#x",
        ] {
            assert_eq!(ApiRoot::parse(bad), Err(BadRoot::TooMuch), "{bad}");
        }
    }

    #[test]
    fn an_id_cannot_climb_out_of_its_place() {
        let root = ApiRoot::parse("https://api.lever.co/v1/").unwrap();
        assert_eq!(
            root.at(&["stages"]).as_str(),
            "https://api.lever.co/v1/stages"
        );
        let odd = root.at(&["opportunities", "../users?x#y"]);
        assert_eq!(
            odd.as_str(),
            "https://api.lever.co/v1/opportunities/..%2Fusers%3Fx%23y"
        );
    }

    #[test]
    fn same_origin_looks_at_scheme_host_and_port() {
        let root = ApiRoot::parse("https://app.coderpad.io").unwrap();
        assert!(root.same_origin(&"https://app.coderpad.io/api/pads?page=2".parse().unwrap()));
        assert!(!root.same_origin(&"https://app.coderpad.io:444/api".parse().unwrap()));
        assert!(!root.same_origin(&"http://app.coderpad.io/api".parse().unwrap()));
        assert!(!root.same_origin(&"https://app.coderpad.io.evil.test/".parse().unwrap()));
    }
}
