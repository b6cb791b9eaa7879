//! What it changes who is in a pad after the start of its interview. Pure.

use crate::activity::Activity;
use crate::announcement::News;
use crate::candidacy::Candidacy;
use crate::change::{Change, Trigger};
use crate::interview::attendance::{Attendance, Missing, of_this_start};
use crate::interview::known::Known;
use crate::lifecycle::Lifecycle;
use crate::reason::Reason;

/// Takes in who is missing in an open pad. It is announced once for each start, and ends when both
/// sides are there.
#[must_use]
pub fn on_attendance(
    row: &Candidacy,
    known: Known,
    missing: Option<Missing>,
    now_ms: i64,
) -> Vec<Change> {
    let (Lifecycle::Created { pad, .. } | Lifecycle::Linked { pad }, Some(plan)) =
        (&row.life, known.plan)
    else {
        return Vec::new();
    };
    let before = of_this_start(plan, known.attended);
    let attended = Attendance {
        for_ms: plan.starts_ms,
        at_ms: now_ms,
        missing,
    };
    let followed = Change::Followed {
        opportunity: row.opportunity.clone(),
        pad: pad.id.clone(),
        known: Known {
            attended: Some(attended),
            ..known
        },
    };
    let mut changes = vec![followed];
    let was_missing = before.and_then(|before| before.missing);
    match missing {
        Some(missing) if was_missing != Some(missing) => {
            let why = Reason::NotThere { missing };
            changes.push(happened(row, Activity::SomeoneMissing, why));
        }
        None if was_missing.is_some() => {
            let why = Reason::EveryoneThere;
            changes.push(happened(row, Activity::EveryoneThere, why));
        }
        _ => {}
    }
    if let (None, Some(missing)) = (before, missing) {
        changes.push(Change::Announced(News::Late {
            who: row.who(),
            starts_ms: plan.starts_ms,
            missing,
        }));
    }
    changes
}

fn happened(row: &Candidacy, what: Activity, why: Reason) -> Change {
    Change::Happened {
        opportunity: row.opportunity.clone(),
        what,
        why,
        trigger: Trigger::Follow,
    }
}

#[cfg(test)]
mod tests {
    use coderpad::PadId;
    use lever::OpportunityId;

    use super::*;
    use crate::candidacy::Seen;
    use crate::interview::Plan;
    use crate::lifecycle::{LedgerPad, Origin};

    fn row() -> Candidacy {
        let pad = LedgerPad {
            playback: None,
            id: PadId::parse("K7QWM3ZD").unwrap(),
            link: "https://app.coderpad.io/K7QWM3ZD".to_owned(),
            origin: Origin::Made,
            since_ms: 1,
            beside: Vec::new(),
        };
        let life = Lifecycle::Linked { pad };
        let id = OpportunityId::new("ada");
        Candidacy::noticed(id, Seen::default(), life, Reason::PadCreated, 1)
    }

    /// What is known then, the lines of history, and how much is announced.
    fn see(known: Known, missing: Option<Missing>) -> (Known, Vec<Activity>, usize) {
        let (mut then, mut lines, mut told) = (known, Vec::new(), 0);
        for change in on_attendance(&row(), known, missing, 9) {
            match change {
                Change::Followed { known, .. } => then = known,
                Change::Happened { what, .. } => lines.push(what),
                Change::Announced(News::Late { .. }) => told += 1,
                other => panic!("{other:?}"),
            }
        }
        (then, lines, told)
    }

    fn planned() -> Known {
        let plan = Plan {
            starts_ms: 5,
            ends_ms: 50,
        };
        Known {
            plan: Some(plan),
            ..Known::default()
        }
    }

    #[test]
    fn someone_who_is_late_is_told_once_and_it_ends_when_both_are_there() {
        let (then, lines, told) = see(planned(), Some(Missing::Everyone));
        assert_eq!((lines, told), (vec![Activity::SomeoneMissing], 1));
        let (then, lines, told) = see(then, Some(Missing::Everyone));
        assert_eq!((lines, told), (vec![], 0));
        let (then, lines, told) = see(then, Some(Missing::Candidate));
        assert_eq!((lines, told), (vec![Activity::SomeoneMissing], 0));
        let (then, lines, told) = see(then, None);
        assert_eq!((lines, told), (vec![Activity::EveryoneThere], 0));
        assert_eq!(then.attended.and_then(|seen| seen.missing), None);
    }

    #[test]
    fn an_interview_that_both_came_to_leaves_no_line() {
        let (then, lines, told) = see(planned(), None);
        assert_eq!((lines, told), (vec![], 0));
        assert!(then.attended.is_some(), "it is not looked at again");
    }
}
