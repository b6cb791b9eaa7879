use lever::OpportunityId;
use padwatch_domain::reason::Reason;
use padwatch_domain::section::Section;
use padwatch_domain::service_error::Service;

use super::*;
use crate::tray::examples::snapshot;

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

fn row(held_up: Option<HeldUp>) -> snapshot::PadRow {
    snapshot::PadRow {
        opportunity: OpportunityId::new("ada"),
        name: "Ada".to_owned(),
        posting: String::new(),
        section: Section::Waiting,
        state: RowState::WaitingForPad,
        reason: Reason::BulkMove,
        held_up,
        times: snapshot::RowTimes::default(),
        pad: None,
        profile_url: None,
        on_profile: false,
        note: None,
        duplicates: Vec::new(),
        actions: Vec::new(),
        remark: None,
    }
}

#[test]
fn the_recorded_reason_is_told_unless_something_holds_up() {
    assert_eq!(reason(&row(None)), "Part of a bulk move.");
    let waits = reason(&row(Some(HeldUp::Waiting(Waiting::OtherProgram))));
    assert!(waits.starts_with("Another program"), "{waits}");
    let waits = reason(&row(Some(HeldUp::Waiting(Waiting::PlanUsedUp))));
    assert!(waits.contains("CoderPad plan"), "{waits}");
    let waits = reason(&row(Some(HeldUp::Waiting(Waiting::For(Service::Lever)))));
    assert!(waits.starts_with("Lever isn’t available"), "{waits}");
}

#[test]
fn a_quarantine_names_what_fails_and_that_it_is_about_one_candidate() {
    let problem = problem::Problem::LinkNotShown;
    let told = reason(&row(Some(HeldUp::Quarantined(problem))));
    assert!(told.starts_with("Lever accepted the link"), "{told}");
    assert!(told.contains("this candidate only"), "{told}");
}
