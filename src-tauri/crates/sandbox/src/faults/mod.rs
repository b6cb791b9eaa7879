//! Faults: rules that say which requests something goes wrong with, and what.

mod effect;
mod matching;
mod rewriting;

use serde::{Deserialize, Serialize};

pub use effect::{Effect, OtherStatus, Page};
pub use matching::Matching;

use crate::ids::Ids;
use crate::incoming::{Incoming, Service};

/// One rule. As JSON, what is left out of the match fits everything.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    /// What people call it.
    #[serde(default)]
    pub name: String,
    /// Which requests it is about.
    #[serde(default, rename = "match")]
    pub matching: Matching,
    /// What goes wrong.
    pub effect: Effect,
    /// It strikes so often, and then never again. For ever, if not said.
    #[serde(default)]
    pub times: Option<u32>,
}

/// The rules that are set.
#[derive(Debug, Default)]
pub struct Faults {
    rules: Vec<Standing>,
    numbers: u64,
}

/// A rule with what it has seen so far.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    /// Its number, to take it away by.
    pub number: u64,
    /// The rule.
    #[serde(flatten)]
    pub rule: Rule,
    /// Requests that fitted.
    pub seen: u32,
    /// Requests that were struck.
    pub struck: u32,
}

/// What struck a request.
#[derive(Debug, Clone)]
pub(crate) struct Strike {
    pub(crate) name: String,
    pub(crate) effect: Effect,
}

impl Faults {
    /// Sets a rule. Gives its number. Of several that fit, the one set first strikes.
    pub fn set(&mut self, rule: Rule) -> u64 {
        self.numbers += 1;
        self.rules.push(Standing {
            number: self.numbers,
            rule,
            seen: 0,
            struck: 0,
        });
        self.numbers
    }

    /// Sets a rule that strikes one request.
    pub fn once(&mut self, matching: Matching, effect: Effect) -> u64 {
        self.set(Rule {
            name: String::new(),
            matching,
            effect,
            times: Some(1),
        })
    }

    /// Sets a rule that strikes every request that fits.
    pub fn always(&mut self, matching: Matching, effect: Effect) -> u64 {
        self.set(Rule {
            name: String::new(),
            matching,
            effect,
            times: None,
        })
    }

    /// Takes a rule away.
    pub fn remove(&mut self, number: u64) {
        self.rules.retain(|standing| standing.number != number);
    }

    /// Takes all rules away.
    pub fn clear(&mut self) {
        self.rules.clear();
    }

    /// The rules that are set, with what they have seen.
    #[must_use]
    pub fn rules(&self) -> &[Standing] {
        &self.rules
    }

    /// What strikes this request, if anything does.
    pub(crate) fn strike(
        &mut self,
        service: Service,
        incoming: &Incoming,
        ids: &mut Ids,
    ) -> Option<Strike> {
        let mut strike = None;
        for standing in &mut self.rules {
            let rule = &standing.rule;
            if !rule.matching.fits(service, incoming) {
                continue;
            }
            standing.seen += 1;
            let spent = rule.times.is_some_and(|times| standing.struck >= times);
            let lucky = rule.matching.chance < 1.0 && ids.unit() >= rule.matching.chance;
            if strike.is_some() || spent || standing.seen <= rule.matching.skip || lucky {
                continue;
            }
            standing.struck += 1;
            strike = Some(Strike {
                name: rule.label(),
                effect: rule.effect.clone(),
            });
        }
        strike
    }
}

impl Rule {
    /// Its name, or else the kind of its effect.
    pub(crate) fn label(&self) -> String {
        if !self.name.is_empty() {
            return self.name.clone();
        }
        let kind = serde_json::to_value(&self.effect).ok();
        let kind = kind.as_ref().and_then(|value| value.get("kind")?.as_str());
        kind.unwrap_or_default().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use transport::Request;

    use super::*;

    fn incoming(path: &str) -> Incoming {
        Incoming::from_request(&Request::get(
            format!("http://127.0.0.1:1{path}").parse().unwrap(),
        ))
    }

    fn effects(faults: &mut Faults, path: &str, requests: usize) -> Vec<bool> {
        let mut ids = Ids::seeded(3);
        (0..requests)
            .map(|_| {
                faults
                    .strike(Service::Lever, &incoming(path), &mut ids)
                    .is_some()
            })
            .collect()
    }

    #[test]
    fn a_rule_can_wait_for_the_nth_request_and_strike_a_number_of_times() {
        let mut faults = Faults::default();
        let matching = Matching {
            skip: 2,
            ..Matching::of(Service::Lever, "get", "/v1/stages")
        };
        faults.set(Rule {
            name: String::new(),
            matching,
            effect: Effect::DropBefore,
            times: Some(2),
        });
        assert_eq!(effects(&mut faults, "/v1/tags", 3), [false; 3]);
        assert_eq!(
            effects(&mut faults, "/v1/stages", 6),
            [false, false, true, true, false, false]
        );
    }

    #[test]
    fn chance_strikes_about_as_often_as_it_says() {
        let mut faults = Faults::default();
        faults.always(
            Matching {
                chance: 0.25,
                ..Matching::default()
            },
            Effect::DropAfter,
        );
        let struck = effects(&mut faults, "/v1/tags", 1000)
            .iter()
            .filter(|struck| **struck)
            .count();
        assert!((200..300).contains(&struck), "{struck} of 1000");
    }

    #[test]
    fn rules_are_read_from_json() {
        let rule: Rule = serde_json::from_value(json!({
            "match": {"service": "coderpad", "method": "POST", "path": "/api/pads"},
            "effect": {"kind": "status", "status": 503, "body": "html", "done": true, "delayMs": 5},
            "times": 1,
        }))
        .unwrap();
        assert_eq!(rule.matching, Matching::creating_a_pad());
        assert!(rule.effect.lets_work());
    }
}
