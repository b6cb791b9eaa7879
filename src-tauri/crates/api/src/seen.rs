use padwatch_domain::problem;
use padwatch_engine::Snapshot as Facts;
use serde::Serialize;
use ts_rs::TS;

use crate::dto::convert::convert;
use crate::dto::problem::{Problem, ProblemCode};
use crate::dto::snapshot::{Condition, Snapshot};

/// The snapshot as a person should see it: with what is wrong with the desktop.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Seen {
    /// How things stand.
    #[serde(flatten)]
    pub snapshot: Snapshot,
    /// What is wrong with the desktop, most important first.
    pub notices: Vec<Problem>,
    /// Whether Lever and CoderPad are imitated on this computer.
    pub sandbox: bool,
}

impl Seen {
    /// Puts both together. The engine knows only that it has no keys; if the reason is the
    /// keyring, that is what the person can do something about.
    #[must_use]
    pub fn of(facts: &Facts, notices: Vec<problem::Problem>, sandbox: bool) -> Self {
        Self::beside(convert(facts.clone()), convert(notices), sandbox)
    }

    fn beside(mut snapshot: Snapshot, mut notices: Vec<Problem>, sandbox: bool) -> Self {
        let keyring = notices
            .iter()
            .position(|notice| is_about_the_keyring(notice.code));
        if let (Condition::SetUp { problem, .. }, Some(place)) = (&mut snapshot.condition, keyring)
            && problem.code == ProblemCode::KeyMissing
        {
            *problem = notices.remove(place);
        }
        // An engine that does not answer can't say so itself.
        let silent = |notice: &Problem| notice.code == ProblemCode::EngineSilent;
        if let Some(place) = notices.iter().position(silent) {
            let problem = notices.remove(place);
            snapshot.condition = Condition::Stopped { problem };
        }
        Self {
            snapshot,
            notices,
            sandbox,
        }
    }
}

fn is_about_the_keyring(code: ProblemCode) -> bool {
    matches!(
        code,
        ProblemCode::KeyringMissing
            | ProblemCode::KeyringLocked
            | ProblemCode::KeyringWaiting
            | ProblemCode::KeyNotUsable
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dto::lists::Counts;
    use crate::dto::settings::WhoMakes;
    use crate::dto::webhooks::WebhookState;

    fn snapshot(condition: Condition) -> Snapshot {
        Snapshot {
            revision: 1,
            condition,
            last_checked_ms: None,
            current_until_ms: None,
            counts: Counts::default(),
            newest: Vec::new(),
            needs_you: Vec::new(),
            next_interview: None,
            finished: Vec::new(),
            quota: None,
            who_makes: WhoMakes::Padwatch,
            progress: None,
            webhooks: WebhookState::Off,
            degraded: Vec::new(),
            unreadable: None,
        }
    }

    fn problem(code: ProblemCode) -> Problem {
        Problem {
            code,
            message: "message".to_owned(),
            means: "means".to_owned(),
            hint: "hint".to_owned(),
            remedy: None,
        }
    }

    #[test]
    fn missing_keys_are_explained_by_a_keyring_that_cannot_be_read() {
        let without = snapshot(Condition::SetUp {
            problem: problem(ProblemCode::KeyMissing),
            step: None,
        });
        let locked = problem(ProblemCode::KeyringLocked);
        let shown = Seen::beside(without.clone(), vec![locked.clone()], false);
        assert_eq!(
            shown.snapshot.condition,
            Condition::SetUp {
                problem: locked,
                step: None,
            }
        );
        assert_eq!(shown.notices, [], "said once, not twice");
        assert_eq!(
            Seen::beside(without.clone(), Vec::new(), false).snapshot,
            without
        );
    }

    #[test]
    fn an_engine_that_does_not_answer_is_not_shown_as_watching() {
        let silent = problem(ProblemCode::EngineSilent);
        let shown = Seen::beside(snapshot(Condition::Watching), vec![silent.clone()], false);
        assert_eq!(
            shown.snapshot.condition,
            Condition::Stopped { problem: silent }
        );
        assert_eq!(shown.notices, []);
    }

    #[test]
    fn a_keyring_that_fails_later_does_not_hide_that_the_engine_watches() {
        let watching = snapshot(Condition::Watching);
        let shown = Seen::beside(
            watching.clone(),
            vec![problem(ProblemCode::KeyringLocked)],
            false,
        );
        assert_eq!(shown.snapshot, watching);
        assert_eq!(shown.notices.len(), 1);
    }
}
