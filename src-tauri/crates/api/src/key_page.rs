//! The pages of the services' sites where keys are found.

use padwatch_domain::problem::Problem;
use padwatch_engine::Answer;
use serde::Deserialize;
use ts_rs::TS;
use url::Url;

use crate::connection::{CoderpadPlace, Connection, LeverPlace};
use crate::links::Places;

/// Whose key is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum KeyOf {
    /// Lever's.
    Lever,
    /// CoderPad's.
    Coderpad,
}

/// The page, in the region that is chosen. With an address of one's own, the usual site: an address
/// of an API says nothing about the site's.
pub(crate) fn key_page(chosen: &Connection, service: KeyOf) -> Answer<Url> {
    let page = match service {
        KeyOf::Lever => match chosen.lever {
            LeverPlace::Eu => "https://hire.eu.lever.co/settings",
            LeverPlace::Sandbox => "https://hire.sandbox.lever.co/settings",
            LeverPlace::Production | LeverPlace::Other { .. } => "https://hire.lever.co/settings",
        },
        KeyOf::Coderpad => match chosen.coderpad {
            CoderpadPlace::Eu => "https://eu.app.coderpad.io/dashboard/settings",
            CoderpadPlace::Production | CoderpadPlace::Other { .. } => {
                "https://app.coderpad.io/dashboard/settings"
            }
        },
    };
    Places::default()
        .check(page)
        .map_err(|_| Problem::LinkElsewhere)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_has_a_page_at_a_place_that_may_be_opened() {
        let levers = [
            (LeverPlace::Production, "hire.lever.co"),
            (LeverPlace::Eu, "hire.eu.lever.co"),
            (LeverPlace::Sandbox, "hire.sandbox.lever.co"),
        ];
        let coderpads = [
            (CoderpadPlace::Production, "app.coderpad.io"),
            (CoderpadPlace::Eu, "eu.app.coderpad.io"),
        ];
        let hosts = |lever: &LeverPlace, coderpad: &CoderpadPlace| {
            let chosen = Connection {
                lever: lever.clone(),
                coderpad: coderpad.clone(),
                ..Connection::default()
            };
            [KeyOf::Lever, KeyOf::Coderpad].map(|of| {
                key_page(&chosen, of)
                    .unwrap()
                    .host_str()
                    .unwrap()
                    .to_owned()
            })
        };
        for (lever, host) in &levers {
            for (coderpad, pads) in &coderpads {
                assert_eq!(hosts(lever, coderpad), [*host, *pads]);
            }
        }
        let own = LeverPlace::Other {
            root: "http://127.0.0.1:1".to_owned(),
        };
        assert_eq!(hosts(&own, &CoderpadPlace::Production)[0], "hire.lever.co");
    }
}
