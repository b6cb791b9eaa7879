//! A key goes only to the origin that it was tested with.
//!
//! The keyring's entry names that origin. An entry without one was stored by a script or by an older
//! Padwatch: it goes to the service's own addresses, or where the command line says.

use transport::ApiRoot;

use crate::connection::{CoderpadPlace, Connection, LeverPlace};
use crate::keys::SecretName;

/// Where the keys of one service are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    origin: String,
    takes_unbound: bool,
}

/// Where the keys of both services are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destinations {
    /// Lever's.
    pub lever: Destination,
    /// CoderPad's.
    pub coderpad: Destination,
}

impl Destination {
    /// A root that the person named on the command line or in the environment: their own word.
    #[must_use]
    pub fn named(root: &ApiRoot) -> Self {
        Self::new(root, true)
    }

    /// A root as the settings have it. `is_own`: the service's own address.
    fn chosen(root: &ApiRoot, is_own: bool) -> Self {
        Self::new(root, is_own)
    }

    fn new(root: &ApiRoot, takes_unbound: bool) -> Self {
        Self {
            origin: root.as_url().origin().ascii_serialization(),
            takes_unbound,
        }
    }

    /// The origin, such as `https://api.lever.co`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Returns true if a key may be sent here that is bound to this origin (`None`: to none).
    #[must_use]
    pub fn accepts(&self, bound_to: Option<&str>) -> bool {
        match bound_to {
            Some(origin) => origin == self.origin,
            None => self.takes_unbound,
        }
    }
}

impl Destinations {
    /// The roots in use. `named`: the roots that the command line or the environment gives;
    /// `chosen`: the connection from the settings, or `None` when it could not be read: no one
    /// knows then where a key without an origin belongs.
    #[must_use]
    pub fn new(
        in_use: (&ApiRoot, &ApiRoot),
        named: (bool, bool),
        chosen: Option<&Connection>,
    ) -> Self {
        let own_lever =
            chosen.is_some_and(|chosen| !matches!(chosen.lever, LeverPlace::Other { .. }));
        let own_coderpad =
            chosen.is_some_and(|chosen| !matches!(chosen.coderpad, CoderpadPlace::Other { .. }));
        let of = |root, named, is_own| match named {
            true => Destination::named(root),
            false => Destination::chosen(root, is_own),
        };
        Self {
            lever: of(in_use.0, named.0, own_lever),
            coderpad: of(in_use.1, named.1, own_coderpad),
        }
    }

    /// Where a secret is sent; `None`: nowhere.
    #[must_use]
    pub fn of(&self, name: SecretName) -> Option<&Destination> {
        match name {
            SecretName::LeverKey => Some(&self.lever),
            SecretName::CoderpadKey => Some(&self.coderpad),
            SecretName::LeverSigningTokens => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(text: &str) -> ApiRoot {
        ApiRoot::parse(text).unwrap()
    }

    fn other(text: &str) -> Connection {
        Connection {
            lever: LeverPlace::Other {
                root: text.to_owned(),
            },
            ..Connection::default()
        }
    }

    fn lever(in_use: &str, named: bool, chosen: Option<&Connection>) -> Destination {
        let coderpad = root("https://app.coderpad.io");
        Destinations::new((&root(in_use), &coderpad), (named, false), chosen).lever
    }

    #[test]
    fn a_bound_key_goes_to_its_origin_alone_whoever_names_the_root() {
        let evil = "https://evil.test/v1";
        for destination in [
            lever(evil, false, Some(&other(evil))),
            lever(evil, true, Some(&Connection::default())),
            lever(evil, false, None),
        ] {
            assert!(!destination.accepts(Some("https://api.lever.co")));
            assert!(destination.accepts(Some("https://evil.test")));
        }
    }

    #[test]
    fn an_unbound_key_goes_to_the_services_and_where_the_operator_says() {
        let usual = Connection::default();
        let evil = "https://evil.test/v1";
        let production = "https://api.lever.co/v1";
        assert!(lever(production, false, Some(&usual)).accepts(None));
        assert!(lever("http://127.0.0.1:9/v1", true, Some(&usual)).accepts(None));
        assert!(!lever(evil, false, Some(&other(evil))).accepts(None));
        // An unreadable connection: the key may belong to another place.
        assert!(!lever(production, false, None).accepts(None));
    }

    #[test]
    fn another_port_or_scheme_is_another_origin() {
        let destination = lever(
            "https://api.lever.co/v1",
            false,
            Some(&Connection::default()),
        );
        assert_eq!(destination.origin(), "https://api.lever.co");
        for elsewhere in [
            "https://api.lever.co:444",
            "http://api.lever.co",
            "https://api.lever.co.evil.test",
            "",
        ] {
            assert!(!destination.accepts(Some(elsewhere)), "{elsewhere}");
        }
    }
}
