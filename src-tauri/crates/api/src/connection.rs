//! Where the services are and how they are reached: needed before anything else, so that it is
//! kept beside the ledger, not in it.

use padwatch_domain::problem::Problem;
use padwatch_domain::service_error::Service;
use serde::{Deserialize, Serialize};
use transport::{ApiRoot, BadProxy, BadRoot, Proxy};
use ts_rs::TS;

/// Lever's API (contracts/lever.md, 1.1).
const LEVER: &str = "https://api.lever.co/v1";
const LEVER_EU: &str = "https://api.eu.lever.co/v1";
const LEVER_SANDBOX: &str = "https://api.sandbox.lever.co/v1";
/// CoderPad's (contracts/coderpad.md, 1).
const CODERPAD: &str = "https://app.coderpad.io";
const CODERPAD_EU: &str = "https://eu.app.coderpad.io";

/// Where the services are and how they are reached.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(export)]
pub struct Connection {
    /// Lever's place.
    pub lever: LeverPlace,
    /// CoderPad's place.
    pub coderpad: CoderpadPlace,
    /// The proxy.
    pub proxy: ProxyChoice,
}

/// Where Lever is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
#[ts(export)]
pub enum LeverPlace {
    /// Where most accounts are.
    #[default]
    Production,
    /// In Europe.
    Eu,
    /// Lever's own place for trying things.
    Sandbox,
    /// Somewhere else.
    Other {
        /// The root of the API, as typed.
        root: String,
    },
}

/// Where CoderPad is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
#[ts(export)]
pub enum CoderpadPlace {
    /// Where most accounts are.
    #[default]
    Production,
    /// In Europe.
    Eu,
    /// Somewhere else.
    Other {
        /// The root of the API, as typed.
        root: String,
    },
}

/// Which proxy requests go through.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
#[ts(export)]
pub enum ProxyChoice {
    /// The system's, if it has one.
    #[default]
    System,
    /// None.
    None,
    /// This one.
    At {
        /// Its address, as typed.
        address: String,
    },
}

/// The connection as it was chosen, and whether it is in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ConnectionState {
    /// As it was chosen.
    pub chosen: Connection,
    /// Whether the command line says something else, which counts more.
    pub overruled: bool,
    /// Whether a part of it (the proxy) counts only after a restart.
    pub needs_restart: bool,
}

impl Connection {
    /// The roots of Lever's and CoderPad's API.
    ///
    /// # Errors
    /// What is wrong with one that was typed.
    pub fn roots(&self) -> Result<(ApiRoot, ApiRoot), Problem> {
        let lever = match &self.lever {
            LeverPlace::Production => LEVER,
            LeverPlace::Eu => LEVER_EU,
            LeverPlace::Sandbox => LEVER_SANDBOX,
            LeverPlace::Other { root } => root,
        };
        let coderpad = match &self.coderpad {
            CoderpadPlace::Production => CODERPAD,
            CoderpadPlace::Eu => CODERPAD_EU,
            CoderpadPlace::Other { root } => root,
        };
        let read = |service, text: &str| ApiRoot::parse(text).map_err(|why| bad_root(service, why));
        Ok((
            read(Service::Lever, lever)?,
            read(Service::Coderpad, coderpad)?,
        ))
    }

    /// The proxy.
    ///
    /// # Errors
    /// What is wrong with one that was typed.
    pub fn proxy(&self) -> Result<Proxy, Problem> {
        match &self.proxy {
            ProxyChoice::System => Ok(Proxy::System),
            ProxyChoice::None => Ok(Proxy::None),
            ProxyChoice::At { address } => Proxy::parse(address).map_err(bad_proxy),
        }
    }
}

impl LeverPlace {
    /// The other region; `None`: this one has no other.
    #[must_use]
    pub fn other_region(&self) -> Option<Self> {
        match self {
            Self::Production => Some(Self::Eu),
            Self::Eu => Some(Self::Production),
            Self::Sandbox | Self::Other { .. } => None,
        }
    }
}

impl ProxyChoice {
    /// Which kind, without any address.
    pub(crate) fn in_brief(&self) -> &'static str {
        match self {
            Self::System => "the system's",
            Self::None => "none",
            Self::At { .. } => "another",
        }
    }
}

fn bad_root(service: Service, why: BadRoot) -> Problem {
    match why {
        BadRoot::NotAnAddress => Problem::RootNotAnAddress { service },
        BadRoot::NotSecure => Problem::RootNotSecure { service },
        BadRoot::TooMuch => Problem::RootTooMuch { service },
    }
}

fn bad_proxy(why: BadProxy) -> Problem {
    match why {
        BadProxy::NotAnAddress => Problem::ProxyNotAnAddress,
        BadProxy::Secret => Problem::ProxyWithSecret,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_a_root_and_production_is_what_nobody_chose() {
        let (lever, coderpad) = Connection::default().roots().unwrap();
        assert_eq!(lever.as_url().as_str(), LEVER);
        assert_eq!(coderpad.as_url().host_str(), Some("app.coderpad.io"));
        for place in [LeverPlace::Eu, LeverPlace::Sandbox] {
            let elsewhere = Connection {
                lever: place,
                coderpad: CoderpadPlace::Eu,
                ..Connection::default()
            };
            let (other, eu) = elsewhere.roots().unwrap();
            assert_ne!(other, lever);
            assert_ne!(eu, coderpad);
        }
    }

    #[test]
    fn what_was_typed_wrong_is_named() {
        let typed = |root: &str| Connection {
            lever: LeverPlace::Other {
                root: root.to_owned(),
            },
            ..Connection::default()
        };
        let service = Service::Lever;
        for (root, expected) in [
            ("api", Problem::RootNotAnAddress { service }),
            ("http://api.lever.co", Problem::RootNotSecure { service }),
            ("https://a:b@api.lever.co", Problem::RootTooMuch { service }),
        ] {
            assert_eq!(typed(root).roots().unwrap_err(), expected);
        }
        assert!(typed("https://lever.example/v1").roots().is_ok());
        let secret = Connection {
            proxy: ProxyChoice::At {
                address: "http://me:secret@proxy.example".to_owned(),
            },
            ..Connection::default()
        };
        let problem = secret.proxy().unwrap_err();
        assert!(!format!("{problem:?}").contains("secret@"), "{problem:?}");
    }

    #[test]
    fn in_brief_no_address_of_a_proxy_is_told() {
        let secret = ProxyChoice::At {
            address: "proxy.example:3128".to_owned(),
        };
        assert!(!secret.in_brief().contains("example"));
    }

    #[test]
    fn an_empty_file_is_the_default() {
        let read: Connection = serde_json::from_str("{}").unwrap();
        assert_eq!(read, Connection::default());
    }
}
