//! Who is back, and whose absence can't be believed.

use lever::Opportunity;

use crate::candidacy::Candidacy;
use crate::rules::same_tag;
use crate::sighting::Sighting;

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
    opportunity.arrival_ms() > Some(before_ms.unwrap_or(row.since_ms))
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
