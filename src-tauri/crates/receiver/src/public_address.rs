use std::fmt;

use transport::SecretString;
use url::{Host, Url};

use crate::PathSecret;

/// Where the person's tunnel can be reached from outside, as it will be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicAddress {
    host: String,
    port: Option<u16>,
    /// Empty, or starting with `/` and not ending with one.
    path: String,
}

/// Why a text can't be the address of a tunnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    /// The text can't be read as a web address.
    #[error("this is not a web address")]
    NotAnAddress,
    /// It leads to this computer or its own network, where Lever can't go.
    #[error("Lever can't reach this address from outside")]
    NotPublic,
}

impl PublicAddress {
    /// Reads what a person typed: with or without `https://`, with or without a path, or the whole
    /// address that was once shown for pasting. Lever sends by https alone (contracts/lever.md,
    /// 5.6), so https is what will be used whatever was typed.
    ///
    /// # Errors
    /// [`BadAddress`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, BadAddress> {
        let text = text.trim();
        let rest = match text.split_once("://") {
            Some((scheme, rest)) if ["https", "http"].contains(&&*scheme.to_ascii_lowercase()) => {
                rest
            }
            Some(_) => return Err(BadAddress::NotAnAddress),
            None => text,
        };
        let url = Url::parse(&format!("https://{rest}")).map_err(|_| BadAddress::NotAnAddress)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BadAddress::NotAnAddress);
        }
        let host = public_host(&url)?;
        Ok(Self {
            host,
            port: url.port(),
            path: path_before_ours(url.path()),
        })
    }

    /// The address to paste in Lever.
    #[must_use]
    pub fn webhook(&self, secret: &PathSecret) -> SecretString {
        format!("{self}/lever/{}", secret.exposed()).into()
    }

    /// The path that the tunnel may put before ours; empty for most.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Returns true if a `Host` header names this address. The default port may be written out.
    pub(crate) fn is_host(&self, header: &str) -> bool {
        let (name, port) = match header.rsplit_once(':') {
            Some((name, port)) => (name, Some(port)),
            None => (header, None),
        };
        let port_fits = match (port, self.port) {
            (None, _) => true,
            (Some(port), own) => port.parse() == Ok(own.unwrap_or(443)),
        };
        let name = name.strip_suffix('.').unwrap_or(name);
        port_fits && name.eq_ignore_ascii_case(&self.host)
    }
}

impl fmt::Display for PublicAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "https://{}", self.host)?;
        if let Some(port) = self.port {
            write!(out, ":{port}")?;
        }
        out.write_str(&self.path)
    }
}

/// A name with a dot in it that is not ours alone. Lever wants a certificate that others trust, and
/// hardly any is made for a bare number.
fn public_host(url: &Url) -> Result<String, BadAddress> {
    let Some(Host::Domain(name)) = url.host() else {
        return Err(BadAddress::NotPublic);
    };
    let name = name.strip_suffix('.').unwrap_or(name);
    let ours_alone = ["localhost", "local", "internal", "lan"]
        .iter()
        .any(|ending| name.rsplit('.').next() == Some(ending));
    if ours_alone || !name.contains('.') {
        return Err(BadAddress::NotPublic);
    }
    Ok(name.to_owned())
}

/// The path without our own end, should the whole webhook address have been pasted.
fn path_before_ours(path: &str) -> String {
    let before = match path.rsplit_once("/lever/") {
        Some((before, secret)) if !secret.contains('/') => before,
        _ => path.strip_suffix("/lever").unwrap_or(path),
    };
    before.trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use transport::ExposeSecret as _;

    use super::*;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    fn shown(text: &str) -> String {
        PublicAddress::parse(text).unwrap().to_string()
    }

    #[test]
    fn every_way_to_type_an_address_leads_to_one_that_will_be_used() {
        for text in [
            "pad.example.com",
            " https://pad.example.com/ ",
            "http://PAD.example.com",
            "https://pad.example.com:443",
            "https://pad.example.com/?from=tunnel#top",
            "https://pad.example.com/lever",
            "https://pad.example.com/lever/0123456789abcdef0123456789abcdef",
        ] {
            assert_eq!(shown(text), "https://pad.example.com", "{text}");
        }
        assert_eq!(
            shown("pad.example.com:8443/hooks/"),
            "https://pad.example.com:8443/hooks"
        );
    }

    #[test]
    fn what_lever_cannot_reach_is_said_at_once() {
        for text in [
            "localhost:4000",
            "127.0.0.1",
            "https://[::1]/",
            "office",
            "nas.local",
            "a.lan",
        ] {
            assert_eq!(
                PublicAddress::parse(text),
                Err(BadAddress::NotPublic),
                "{text}"
            );
        }
        for text in [
            "",
            "ftp://pad.example.com",
            "a b",
            "https://me:pw@pad.example.com",
        ] {
            assert_eq!(
                PublicAddress::parse(text),
                Err(BadAddress::NotAnAddress),
                "{text}"
            );
        }
    }

    #[test]
    fn the_webhook_address_ends_in_the_secret() {
        let secret = PathSecret::kept(SECRET.into()).unwrap();
        let address = PublicAddress::parse("pad.example.com/hooks").unwrap();
        let webhook = address.webhook(&secret);
        assert_eq!(
            webhook.expose_secret(),
            format!("https://pad.example.com/hooks/lever/{SECRET}")
        );
        assert_eq!(PublicAddress::parse(webhook.expose_secret()), Ok(address));
    }

    #[test]
    fn a_host_header_may_write_out_the_default_port_and_nothing_else() {
        let plain = PublicAddress::parse("pad.example.com").unwrap();
        for good in [
            "pad.example.com",
            "PAD.example.com",
            "pad.example.com:443",
            "pad.example.com.",
        ] {
            assert!(plain.is_host(good), "{good}");
        }
        for bad in [
            "pad.example.com:80",
            "pad.example.com:",
            "evil.pad.example.com",
            "example.com",
            "",
        ] {
            assert!(!plain.is_host(bad), "{bad}");
        }
    }
}
