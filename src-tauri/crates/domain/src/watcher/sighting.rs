//! How a candidate was last seen, as far as the rules need it to judge an absence or a return.

use lever::Opportunity;
use serde::{Deserialize, Serialize};

use super::reach::Reach;
use crate::candidacy::{Candidacy, arrived_ms};
use crate::rules::same_tag;

/// How a candidate was last seen. Persisted beside the candidacy.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Sighting {
    /// When the candidate came to the stage, in ms since the epoch by Lever's clock.
    entered_ms: Option<i64>,
    /// Whether only keys with the grant see this candidate.
    confidential: bool,
    /// The reach of the look that showed the candidate last.
    reach: Option<Reach>,
    /// Whether a read of this very candidate showed that the tag, the stage or the place among the
    /// active ones was gone.
    departed: bool,
}

impl Sighting {
    /// Someone whom a look with this reach has just shown.
    pub fn of(opportunity: &Opportunity, reach: Option<Reach>) -> Self {
        Self {
            entered_ms: arrived_ms(opportunity),
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

/// Returns true if a candidate who left is back because something changed in Lever. Without a
/// sighting, what is known is the time at which the row came into its state.
pub fn is_real_return(
    opportunity: &Opportunity,
    row: &Candidacy,
    sighting: Option<&Sighting>,
) -> bool {
    if sighting.is_some_and(|before| before.departed) {
        return true;
    }
    let before_ms = sighting.and_then(|before| before.entered_ms);
    arrived_ms(opportunity) > Some(before_ms.unwrap_or(row.since_ms))
}

/// Returns true if a read of one candidate can't be believed: Lever knows no candidate without a
/// stage, and the tags that come from the job don't go with the one that is watched.
pub fn is_implausible(opportunity: &Opportunity, row: &Candidacy, tag: &str) -> bool {
    let had_others = row.seen.tags.iter().any(|known| !same_tag(known, tag));
    opportunity.stage.is_none() || (opportunity.tags.is_empty() && had_others)
}

#[cfg(test)]
mod tests {
    use lever::OpportunityId;
    use serde_json::json;

    use super::*;
    use crate::candidacy::Seen;
    use crate::lifecycle::{Hold, Lifecycle};

    fn entered(at: i64) -> Opportunity {
        serde_json::from_value(json!({
            "id": "ada", "stage": "phone", "tags": ["coderpad"],
            "stageChanges": [{"toStageId": "new", "updatedAt": 999},
                             {"toStageId": "phone", "updatedAt": at}],
        }))
        .unwrap()
    }

    fn row() -> Candidacy {
        let life = Lifecycle::Held {
            hold: Hold::AlreadyThere,
        };
        let seen = Seen::of(&entered(10), None);
        Candidacy::noticed(
            OpportunityId::new("ada"),
            seen,
            life,
            crate::reason::Reason::BulkMove,
            50,
        )
    }

    fn reach(key: &str, confidential: bool) -> Reach {
        Reach {
            key: key.to_owned(),
            confidential,
        }
    }

    #[test]
    fn only_a_change_in_lever_makes_a_return_real() {
        let before = Sighting::of(&entered(10), None);
        assert!(!is_real_return(&entered(10), &row(), Some(&before)));
        assert!(is_real_return(&entered(11), &row(), Some(&before)));
        assert!(is_real_return(
            &entered(10),
            &row(),
            Some(&before.departed())
        ));
        assert!(!is_real_return(&entered(50), &row(), None));
        assert!(is_real_return(&entered(51), &row(), None));
    }

    #[test]
    fn a_look_with_a_smaller_reach_is_no_evidence() {
        let mut confidential = entered(10);
        confidential.confidential = true;
        let seen = Sighting::of(&confidential, Some(reach("a", true)));
        assert!(seen.is_within(&reach("a", true)));
        assert!(!seen.is_within(&reach("a", false)));
        assert!(!seen.is_within(&reach("b", true)));
        let open = Sighting::of(&entered(10), Some(reach("a", true)));
        assert!(open.is_within(&reach("a", false)));
    }

    #[test]
    fn a_read_in_which_everything_is_null_is_not_believed() {
        let null = serde_json::from_value(json!({"id": "ada"})).unwrap();
        assert!(is_implausible(&null, &row(), "coderpad"));
        let mut bare = entered(10);
        bare.tags.clear();
        assert!(!is_implausible(&bare, &row(), "coderpad"));
        let mut with_job = row();
        with_job.seen.tags.push("Engineering".to_owned());
        assert!(is_implausible(&bare, &with_job, "coderpad"));
    }
}
