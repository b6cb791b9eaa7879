//! What the check before an interview changes. Pure.

use crate::activity::Activity;
use crate::announcement::News;
use crate::candidacy::Candidacy;
use crate::change::{Change, Trigger};
use crate::interview::known::Known;
use crate::interview::readiness::{Checked, Finding, Findings, of_this_start};
use crate::lifecycle::Lifecycle;
use crate::reason::Reason;

/// Takes in what a check found of an open pad. It is announced once for each start when something
/// is wrong, and stands in the history when it differs from the last one.
#[must_use]
pub fn on_check(row: &Candidacy, known: Known, found: Findings, now_ms: i64) -> Vec<Change> {
    let (Lifecycle::Created { pad, .. } | Lifecycle::Linked { pad }, Some(plan)) =
        (&row.life, known.plan)
    else {
        return Vec::new();
    };
    let before = of_this_start(plan, known.checked);
    let mut checked = Checked {
        for_ms: plan.starts_ms,
        at_ms: now_ms,
        findings: found,
        told: before.is_some_and(|before| before.told),
    };
    let findings = checked.findings_now(known.invitation(row.is_in_hand()));
    let wrong = findings.wrong();
    // The reminder has handed over the link already.
    let is_told = known.reminded_ms == Some(plan.starts_ms)
        && wrong == Findings::default().with(Finding::LinkNotCopied);
    let tells = !wrong.is_empty() && !checked.told && !is_told;
    checked.told |= tells;
    let mut changes = vec![Change::Followed {
        opportunity: row.opportunity.clone(),
        pad: pad.id.clone(),
        known: Known {
            checked: Some(checked),
            ..known
        },
    }];
    let is_seen = findings.iter().all(|one| one != Finding::PadNotShown);
    if is_seen && before.is_none_or(|before| before.findings != found) {
        changes.push(happened(row, wrong));
    }
    if tells {
        changes.push(Change::Announced(News::NotReady {
            who: row.who(),
            starts_ms: plan.starts_ms,
            findings: wrong,
        }));
    }
    changes
}

fn happened(row: &Candidacy, wrong: Findings) -> Change {
    let (what, why) = if wrong.is_empty() {
        (Activity::ReadyForInterview, Reason::Ready)
    } else {
        let why = Reason::NotReady { findings: wrong };
        (Activity::NotReadyForInterview, why)
    };
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

    const START: i64 = 1_772_532_000_000;
    const NOW: i64 = START - 900_000;

    fn row(copied_ms: Option<i64>) -> Candidacy {
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
        let row = Candidacy::noticed(id, Seen::default(), life, Reason::PadCreated, 1);
        Candidacy { copied_ms, ..row }
    }

    fn known() -> Known {
        let ends_ms = START + 1;
        Known {
            plan: Some(Plan {
                starts_ms: START,
                ends_ms,
            }),
            ..Known::default()
        }
    }

    /// What is known then, the line of history, and what is announced.
    fn check(
        row: &Candidacy,
        known: Known,
        found: &[Finding],
    ) -> (Known, Vec<Activity>, Vec<News>) {
        let found = found.iter().copied().collect();
        let (mut then, mut lines, mut news) = (known, Vec::new(), Vec::new());
        for change in on_check(row, known, found, NOW) {
            match change {
                Change::Followed { known, .. } => then = known,
                Change::Happened { what, .. } => lines.push(what),
                Change::Announced(told) => news.push(told),
                other => panic!("{other:?}"),
            }
        }
        (then, lines, news)
    }

    #[test]
    fn a_check_without_findings_is_kept_and_told_to_nobody() {
        let (then, lines, news) = check(&row(Some(1)), known(), &[]);
        assert_eq!(lines, [Activity::ReadyForInterview]);
        assert_eq!(news, []);
        assert!(
            then.checked
                .is_some_and(|it| it.for_ms == START && !it.told)
        );
    }

    #[test]
    fn what_is_off_is_told_once_for_a_start() {
        let found = [Finding::WaitingRoom];
        let (then, lines, news) = check(&row(Some(1)), known(), &found);
        assert_eq!(lines, [Activity::NotReadyForInterview]);
        assert_eq!(news.len(), 1);
        let (then, lines, news) = check(&row(Some(1)), then, &found);
        assert_eq!((lines.len(), news.len()), (0, 0), "nothing is new");
        let (then, lines, _) = check(&row(Some(1)), then, &[]);
        assert_eq!(lines, [Activity::ReadyForInterview], "it was put right");
        let (_, _, news) = check(&row(Some(1)), then, &[Finding::Language]);
        assert_eq!(news, [], "told once");
    }

    #[test]
    fn a_link_that_the_reminder_handed_over_is_not_told_again() {
        let reminded = Known {
            reminded_ms: Some(START),
            ..known()
        };
        assert_eq!(check(&row(None), reminded, &[]).2.len(), 0);
        assert_eq!(check(&row(None), known(), &[]).2.len(), 1);
        assert_eq!(check(&row(None), reminded, &[Finding::Owner]).2.len(), 1);
    }

    #[test]
    fn a_pad_that_is_not_shown_is_no_line_of_history() {
        let (then, lines, news) = check(&row(Some(1)), known(), &[Finding::PadNotShown]);
        assert_eq!((lines.len(), news.len()), (0, 0));
        assert!(then.checked.is_some());
    }
}
