//! How a candidate was last seen, as far as the rules need it to judge an absence or a return.

use lever::Opportunity;
use serde::{Deserialize, Serialize};

use crate::reach::Reach;

/// How a candidate was last seen. Persisted beside the candidacy.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Sighting {
    /// When the candidate came to the stage, in ms since the epoch by Lever's clock.
    pub(crate) entered_ms: Option<i64>,
    /// Whether only keys with the grant see this candidate.
    confidential: bool,
    /// The reach of the look that showed the candidate last.
    reach: Option<Reach>,
    /// Whether a read of this very candidate showed that the tag, the stage or the place among the
    /// active ones was gone.
    pub(crate) departed: bool,
}

impl Sighting {
    /// Someone whom a look with this reach has just shown.
    pub fn of(opportunity: &Opportunity, reach: Option<Reach>) -> Self {
        Self {
            entered_ms: opportunity.arrival_ms(),
            confidential: opportunity.confidential,
            reach,
            departed: false,
        }
    }

    /// The same for a read of one candidate: it tells nothing of what a list shows.
    pub fn read(opportunity: &Opportunity, before: Option<&Self>, reach: Reach) -> Self {
        let before = before.and_then(|before| before.reach.clone());
        Self::of(opportunity, before.or(Some(reach)))
    }

    /// A read of this candidate showed the departure.
    pub fn departed(mut self) -> Self {
        self.departed = true;
        self
    }

    /// Returns true if a look with this reach would show the candidate.
    pub fn is_within(&self, reach: &Reach) -> bool {
        let last = self.reach.as_ref();
        let same_key = last.is_none_or(|last| last.key == reach.key);
        same_key && (reach.confidential || !self.confidential)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(key: &str, confidential: bool) -> Reach {
        Reach {
            key: key.to_owned(),
            confidential,
        }
    }

    #[test]
    fn a_look_with_a_smaller_reach_is_no_evidence() {
        let ada = || -> Opportunity { serde_json::from_str(r#"{"id":"ada"}"#).unwrap() };
        let mut confidential = ada();
        confidential.confidential = true;
        let seen = Sighting::of(&confidential, Some(reach("a", true)));
        assert!(seen.is_within(&reach("a", true)));
        assert!(!seen.is_within(&reach("a", false)));
        assert!(!seen.is_within(&reach("b", true)));
        let open = Sighting::of(&ada(), Some(reach("a", true)));
        assert!(open.is_within(&reach("a", false)));
    }
}
