use coderpad::QuestionId;
use serde_json::{Value, json};

use super::*;

const MINUTE: i64 = 60_000;
const START: i64 = 1_772_532_000_000;
const PLAN: Plan = Plan {
    starts_ms: START,
    ends_ms: START + 60 * MINUTE,
};
const ADA: &str = "11111111-1111-4111-8111-111111111111";

fn found(pad: Value, choice: &PadChoice) -> Vec<Finding> {
    let mut pad = pad;
    pad["id"] = json!("K7QWM3ZD");
    let pad: Pad = serde_json::from_value(pad).unwrap();
    of_pad(&pad, choice, &OpportunityId::new(ADA)).into()
}

fn choice() -> PadChoice {
    PadChoice {
        language: Some("Rust".to_owned()),
        waiting_room: Some(true),
        owner_email: Some("Rec@example.test".to_owned()),
        ..PadChoice::default()
    }
}

#[test]
fn a_pad_as_it_was_chosen_has_no_findings() {
    let pad = json!({"language": "rust", "private": true, "owner_email": "rec@example.test",
        "question_ids": [7]});
    assert_eq!(found(pad, &choice()), []);
    // What was left to the account can't be wrong.
    let other = json!({"language": "go", "private": false, "owner_email": "x@example.test"});
    assert_eq!(found(other, &PadChoice::default()), []);
}

#[test]
fn what_differs_from_the_choice_is_found_one_by_one() {
    let pad = json!({"language": "go", "private": false, "owner_email": "x@example.test"});
    let all = [Finding::Language, Finding::Owner, Finding::WaitingRoom];
    assert_eq!(found(pad, &choice()), all);
}

#[test]
fn what_coderpad_does_not_say_is_never_wrong() {
    assert_eq!(found(json!({}), &choice()), []);
    let odd = json!({"language": null, "private": "maybe", "owner_email": 5});
    assert_eq!(found(odd, &choice()), []);
}

#[test]
fn a_question_brings_its_language_and_an_empty_list_says_nothing() {
    let choice = PadChoice {
        question: Some(QuestionId(7)),
        ..choice()
    };
    let of = |questions: Value| {
        let pad = json!({"language": "go", "question_ids": questions});
        found(pad, &choice)
    };
    assert_eq!(of(json!([3, 7])), []);
    assert_eq!(of(json!([])), []);
    assert_eq!(of(json!([3])), [Finding::Question]);
}

#[test]
fn only_the_marker_of_another_candidate_makes_it_their_pad() {
    let marker = |id: &str| format!("padwatch:{id}:{}", "0".repeat(32));
    let other = marker("22222222-2222-4222-8222-222222222222");
    let of = |notes: String| found(json!({"notes": notes}), &PadChoice::default());
    assert_eq!(of(marker(ADA)), []);
    assert_eq!(of(format!("{other} {}", marker(ADA))), []);
    assert_eq!(of("a note".to_owned()), []);
    assert_eq!(of(other), [Finding::PadOfAnother]);
}

fn holding(interviewers: &Value, canceled: Option<i64>, at: i64) -> Vec<Finding> {
    let panel = json!({"canceledAt": canceled,
        "interviews": [{"date": at, "interviewers": interviewers}]});
    let panel: Panel = serde_json::from_value(panel).unwrap();
    of_panels(&[panel], PLAN).into()
}

#[test]
fn interviewers_are_wrong_when_none_is_there_or_one_declined() {
    let unknown = [Finding::InterviewersNotShown];
    let said = |reply: &str| json!([{"responseStatus": "accepted"}, {"responseStatus": reply}]);
    assert_eq!(holding(&said("needsAction"), None, START), []);
    let declined = holding(&said("declined"), None, START);
    assert_eq!(declined, [Finding::InterviewerDeclined]);
    assert_eq!(holding(&json!([]), None, START), [Finding::NoInterviewer]);
    assert_eq!(holding(&json!(null), None, START), unknown);
    assert_eq!(holding(&json!([]), None, START + 1), unknown, "another one");
    assert_eq!(holding(&json!([]), Some(1), START), unknown, "called off");
}

fn checked(findings: &[Finding], at_ms: i64) -> Checked {
    Checked {
        for_ms: START,
        at_ms,
        findings: findings.iter().copied().collect(),
        told: false,
    }
}

#[test]
fn it_is_due_once_and_again_only_while_something_is_off_or_unknown() {
    let due = |checked, ms| is_due(PLAN, checked, 15, ms);
    let opens = START - 15 * MINUTE;
    assert!(!due(None, opens - 1) && due(None, opens) && due(None, START - 1));
    assert!(!due(None, START), "it has begun");
    let well = Some(checked(&[], opens));
    assert!(!due(well, START - 1));
    for finding in [Finding::Language, Finding::InterviewersNotShown] {
        let off = Some(checked(&[finding], opens));
        assert!(!due(off, opens + AGAIN_MS - 1) && due(off, opens + AGAIN_MS));
    }
    let moved = well.map(|checked| Checked {
        for_ms: START - 1,
        ..checked
    });
    assert!(due(moved, opens), "the interview has another time now");
}

#[test]
fn a_mark_is_shown_from_the_check_to_the_start() {
    let at = |checked, ms| readiness(PLAN, checked, Invitation::Current, 15, ms);
    let opens = START - 15 * MINUTE;
    let well = Some(checked(&[], opens));
    let none = Findings::default();
    assert_eq!(at(well, opens - 1), None);
    assert_eq!(at(well, opens), Some(Readiness::Ready(none)));
    assert_eq!(at(well, START), None);
    assert_eq!(at(None, opens + LATE_MS - 1), None, "it is under way");
    assert_eq!(at(None, opens + LATE_MS), Some(Readiness::NotChecked));
}

#[test]
fn what_the_candidate_is_sent_after_the_check_is_no_longer_off() {
    let opens = START - 15 * MINUTE;
    let before = Some(checked(&[], opens));
    let at = |invitation| readiness(PLAN, before, invitation, 15, opens);
    for (invitation, finding) in [
        (Invitation::NotCopied, Finding::LinkNotCopied),
        (Invitation::OldTime, Finding::OldTime),
    ] {
        let off = Findings::default().with(finding);
        assert_eq!(at(invitation), Some(Readiness::NotReady(off)));
    }
    let well = Some(Readiness::Ready(Findings::default()));
    assert_eq!(at(Invitation::Current), well);
}

#[test]
fn what_is_unknown_makes_nothing_wrong_but_a_pad_must_have_been_seen() {
    let opens = START - 15 * MINUTE;
    let at = |finding| {
        let checked = Some(checked(&[finding], opens));
        readiness(PLAN, checked, Invitation::Current, 15, opens)
    };
    let unknown = Finding::InterviewersNotShown;
    let findings = Findings::default().with(unknown);
    assert_eq!(at(unknown), Some(Readiness::Ready(findings)));
    assert_eq!(at(Finding::PadNotShown), Some(Readiness::NotChecked));
}
