//! Reasons and what happened, in words.

use padwatch_domain::activity::Activity;
use padwatch_domain::change::Trigger;
use padwatch_domain::problem::Problem;
use padwatch_domain::reason::Reason;
use serde_json::{Value, json};

use super::problem::sentences;
use super::remarks;
use crate::catalogue::words;
use crate::dto::convert::Convert;

/// Why something is as it is.
pub(crate) fn reason(reason: &Reason) -> String {
    if let Reason::NotReady { findings } = reason {
        let found = remarks::findings(*findings);
        let facts = json!({"code": "notReady", "findings": found});
        return words().coded("reason", &facts, "");
    }
    let problem = match reason {
        Reason::Problem { problem }
        | Reason::CannotCheckPad { problem }
        | Reason::PadListIncomplete { problem, .. } => problem,
        Reason::OldLinkStays { problem, .. } => problem.as_ref(),
        _ => return words().coded("reason", reason, ""),
    };
    words().coded("reason", &with_problem(reason, problem), "")
}

/// What happened.
pub(crate) fn activity(activity: &Activity) -> String {
    words().coded("activity", activity, "")
}

/// What set it off.
pub(crate) fn trigger(trigger: Trigger) -> String {
    words().coded("trigger", &json!({"code": trigger.name()}), "")
}

impl Convert<Reason> for String {
    fn convert(from: Reason) -> Self {
        reason(&from)
    }
}

impl Convert<Activity> for String {
    fn convert(from: Activity) -> Self {
        activity(&from)
    }
}

impl Convert<Trigger> for String {
    fn convert(from: Trigger) -> Self {
        trigger(from)
    }
}

/// The facts of a reason, with its problem as a sentence.
fn with_problem(reason: &Reason, problem: &Problem) -> Value {
    let mut facts = json!(reason);
    if let Some(fact) = facts.get_mut("problem") {
        *fact = json!(sentences(problem).happened);
    }
    facts
}

#[cfg(test)]
mod tests {
    use padwatch_domain::reason::Doubt;
    use padwatch_domain::service_error::Service;

    use super::*;

    #[test]
    fn a_reason_says_its_facts() {
        let link = "https://app.coderpad.io/K7QWM3ZD".to_owned();
        let (tag, stage) = ("coderpad".to_owned(), "Phone Screen".to_owned());
        let doubt = Doubt::NoAnswer;
        for (code, sentence) in [
            (
                Reason::TaggedInStage { tag, stage },
                "Tagged “coderpad” and in Phone Screen.",
            ),
            (
                Reason::UserReplaced { link },
                "You chose to replace https://app.coderpad.io/K7QWM3ZD.",
            ),
            (
                Reason::CheckingPad { doubt },
                "CoderPad didn’t answer. Padwatch is checking whether the pad was created. \
                 There’s nothing for you to do yet.",
            ),
            (Reason::from("As it was.".to_owned()), "As it was."),
        ] {
            assert_eq!(reason(&code), sentence);
        }
    }

    #[test]
    fn a_reason_that_holds_a_problem_says_it() {
        let service = Service::Coderpad;
        let problem = Problem::Unreachable { service };
        let said = reason(&Reason::from(problem.clone()));
        assert_eq!(said, "Padwatch can’t reach CoderPad.");
        let doubt = Doubt::Closed;
        let said = reason(&Reason::PadListIncomplete { doubt, problem });
        assert!(
            said.contains("list. Padwatch can’t reach CoderPad. Padwatch will keep checking."),
            "{said}"
        );
    }

    #[test]
    fn each_trigger_has_its_words() {
        for known in Trigger::ALL {
            assert!(!trigger(known).starts_with("trigger-"), "{known:?}");
        }
        assert_eq!(trigger(Trigger::Poll), "Lever check");
    }
}
