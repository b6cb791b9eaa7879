use coderpad::PadId;
use lever::OpportunityId;

use super::*;
use crate::candidacy::Seen;
use crate::interview::Plan;
use crate::lifecycle::{Consent, Ending, LedgerPad, Linking, Origin};

const NOW: i64 = 1_772_532_000_000;
const LEFT: i64 = NOW - 60 * MINUTE_MS;

fn pad(origin: Origin) -> LedgerPad {
    LedgerPad {
        playback: None,
        id: PadId::parse("K7QWM3ZD").unwrap(),
        link: "https://app.coderpad.io/K7QWM3ZD".to_owned(),
        origin,
        since_ms: 1,
        beside: Vec::new(),
    }
}

fn linked() -> Lifecycle {
    let pad = pad(Origin::Made);
    Lifecycle::Linked { pad }
}

fn row(life: Lifecycle, reason: Reason, left_ms: Option<i64>) -> Candidacy {
    let id = OpportunityId::new("ada");
    Candidacy {
        left_ms,
        ..Candidacy::noticed(id, Seen::default(), life, reason, 1)
    }
}

fn pending() -> Known {
    Known {
        progress: Progress::Pending,
        ..Known::default()
    }
}

fn planned(from: i64, to: i64) -> Option<Plan> {
    let at = |minutes: i64| NOW + minutes * MINUTE_MS;
    Some(Plan {
        starts_ms: at(from),
        ends_ms: at(to),
    })
}

fn why(reason: Reason, left_ms: Option<i64>, is_earlier: bool, known: &Known) -> Option<Unneeded> {
    let row = row(linked(), reason, left_ms);
    leftover(&row, known, is_earlier, NOW).map(|leftover| leftover.why)
}

#[test]
fn each_reason_why_a_pad_is_no_longer_needed_is_told_and_no_other() {
    use Unneeded::{Archived, InterviewCanceled, MovedBack, TagRemoved};
    let canceled = Known {
        canceled_ms: Some(LEFT),
        ..pending()
    };
    let planned_again = Known {
        plan: planned(60, 120),
        ..canceled
    };
    let none = pending();
    let left = Some(LEFT);
    let table = [
        (Reason::LinkOnProfile, None, false, &none, None),
        (
            Reason::LinkOnProfile,
            None,
            false,
            &canceled,
            Some(InterviewCanceled),
        ),
        (Reason::LinkOnProfile, None, false, &planned_again, None),
        (Reason::Archived, left, false, &none, Some(Archived)),
        (Reason::Archived, left, false, &canceled, Some(Archived)),
        (Reason::Anonymized, left, false, &none, Some(Archived)),
        (
            Reason::TagRemovedPadStays,
            left,
            false,
            &none,
            Some(TagRemoved),
        ),
        (Reason::LeftStage, left, true, &none, Some(MovedBack)),
        // They moved on: the interview may be held in the next stage.
        (Reason::LeftStage, left, false, &none, None),
        (
            Reason::LeftStage,
            left,
            false,
            &canceled,
            Some(InterviewCanceled),
        ),
        // What isn't known exactly says nothing.
        (Reason::TagOrStageLeft, left, true, &none, None),
        (Reason::OtherOwner, left, true, &none, None),
        (Reason::GoneFromLever, left, true, &none, None),
        // They are back.
        (Reason::Archived, None, false, &none, None),
    ];
    for (reason, left_ms, is_earlier, known, expected) in table {
        let case = format!("{reason:?} {left_ms:?} {is_earlier} {known:?}");
        assert_eq!(why(reason, left_ms, is_earlier, known), expected, "{case}");
    }
}

#[test]
fn only_an_open_pad_is_named() {
    let pad = || pad(Origin::Made);
    let linking = Linking::default();
    let lives = [
        (linked(), true),
        (
            Lifecycle::Created {
                pad: pad(),
                linking,
            },
            true,
        ),
        (
            Lifecycle::Finished {
                pad: pad(),
                ended_ms: 1,
                ending: Ending::Held,
            },
            false,
        ),
        (
            Lifecycle::Deleted {
                pad: pad(),
                asks: false,
            },
            false,
        ),
        (
            Lifecycle::Eligible {
                consent: Consent::User,
            },
            false,
        ),
        (Lifecycle::Skipped, false),
    ];
    for (life, expected) in lives {
        let row = row(life, Reason::Archived, Some(LEFT));
        let is_named = leftover(&row, &pending(), false, NOW).is_some();
        assert_eq!(is_named, expected, "{row:?}");
    }
}

#[test]
fn a_pad_in_use_is_not_named() {
    let at_work = |active_ms| Known {
        progress: Progress::UnderWay,
        active_ms,
        ..Known::default()
    };
    let with_plan = |plan| Known { plan, ..pending() };
    let knowns = [
        (Known::default(), true),
        (at_work(None), false),
        (at_work(Some(NOW - LIVELY_MS + 1)), false),
        (at_work(Some(NOW - LIVELY_MS)), true),
        (with_plan(planned(-10, 35)), false),
        (with_plan(planned(-60, 0)), true),
        (with_plan(planned(10, 55)), true),
    ];
    for (known, expected) in knowns {
        let row = row(linked(), Reason::Archived, Some(LEFT));
        let is_named = leftover(&row, &known, false, NOW).is_some();
        assert_eq!(is_named, expected, "{known:?}");
    }
}

#[test]
fn a_pad_that_is_kept_is_asked_about_again_only_for_another_reason() {
    let kept = Known {
        kept_ms: Some(LEFT),
        ..pending()
    };
    let found = |left_ms| {
        let row = row(linked(), Reason::Archived, Some(left_ms));
        leftover(&row, &kept, false, NOW).unwrap().is_kept
    };
    assert!(found(LEFT));
    assert!(!found(LEFT + 1), "they came back and left again");
}

fn since(why: Unneeded, since_ms: i64) -> Leftover {
    Leftover {
        why,
        since_ms,
        is_ours: true,
        is_kept: false,
    }
}

#[test]
fn a_setting_ends_only_our_pads_of_those_who_left_and_after_a_while() {
    let leftover = |why| since(why, NOW - PATIENCE_MS);
    let archived = leftover(Unneeded::Archived);
    let coming = Known {
        plan: planned(60, 120),
        ..pending()
    };
    let over = Known {
        plan: planned(-120, -60),
        ..pending()
    };
    let table = [
        (archived, pending(), true),
        (leftover(Unneeded::MovedBack), pending(), true),
        (leftover(Unneeded::TagRemoved), pending(), true),
        (leftover(Unneeded::InterviewCanceled), pending(), false),
        (archived, coming, false),
        (archived, over, true),
        (
            Leftover {
                is_ours: false,
                ..archived
            },
            pending(),
            false,
        ),
        (
            Leftover {
                is_kept: true,
                ..archived
            },
            pending(),
            false,
        ),
        (since(archived.why, NOW - LONGEST_MS), pending(), false),
        (since(archived.why, archived.since_ms + 1), pending(), false),
    ];
    for (leftover, known, expected) in table {
        let ends = ends_by_setting(leftover, &known, NOW);
        assert_eq!(ends, expected, "{leftover:?} {known:?}");
    }
}
