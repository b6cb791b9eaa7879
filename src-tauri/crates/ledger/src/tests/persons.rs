//! Whose data is stored, for how long, and what stays of them.

use padwatch_domain::lifecycle::{Ending, Hold, Intent};
use padwatch_domain::marker::Marker;

use super::*;

fn id(text: &str) -> OpportunityId {
    OpportunityId::new(text)
}

fn queued(who: &str, queued_ms: i64) -> Change {
    let mut row = row(who, who, eligible());
    row.queued_ms = queued_ms;
    noticed(row)
}

fn ids(found: &[OpportunityId]) -> Vec<&str> {
    found.iter().map(OpportunityId::as_str).collect()
}

#[test]
fn those_of_whom_nothing_was_heard_for_longest_are_checked_first() {
    let mut ledger = Ledger::in_memory().unwrap();
    let people = [queued("b", 20), queued("a", 10), queued("c", 30)];
    ledger.commit(&people, NOW_MS).unwrap();
    let check = |ledger: &Ledger, before_ms, most| {
        let found = ledger.persons_to_check(before_ms, most).unwrap();
        ids(&found).join(" ")
    };
    assert_eq!(check(&ledger, 31, 9), "a b c");
    assert_eq!(check(&ledger, 30, 9), "a b");
    assert_eq!(check(&ledger, 31, 1), "a");
    ledger
        .commit(&[Change::PersonsSeen(vec![id("a"), id("nobody")])], 25)
        .unwrap();
    assert_eq!(check(&ledger, 31, 9), "b a c");
    assert_eq!(check(&ledger, 25, 9), "b");
}

#[test]
fn only_what_is_over_and_quiet_since_then_counts_as_long_over() {
    let in_state = |who: &str, life, since_ms, left_ms| {
        let mut row = row(who, who, life);
        row.since_ms = since_ms;
        row.left_ms = left_ms;
        noticed(row)
    };
    let finished = |pad_id| Lifecycle::Finished {
        pad: pad(pad_id),
        ended_ms: 1,
        ending: Ending::Held,
    };
    let ask = || Lifecycle::Held { hold: Hold::Ask };
    let mut ledger = Ledger::in_memory().unwrap();
    let people = [
        in_state("late", finished("LATEPAD1"), 100, None),
        in_state("finished", finished("ENDEDPAD"), 99, None),
        in_state("skipped", Lifecycle::Skipped, 10, None),
        in_state("open", ask(), 10, None),
        in_state("left", ask(), 10, Some(50)),
        in_state("left lately", ask(), 10, Some(100)),
        in_state("unclear", intent("unclear"), 10, Some(50)),
    ];
    ledger.commit(&people, NOW_MS).unwrap();
    let over = |before_ms, most| -> Vec<String> {
        let found = ledger.long_over(before_ms, most).unwrap();
        let mut found: Vec<String> = found.iter().map(ToString::to_string).collect();
        found.sort();
        found
    };
    assert_eq!(over(100, 9), ["finished", "left", "skipped"]);
    assert_eq!(over(99, 9), ["left", "skipped"]);
    assert_eq!(over(101, 9).len(), 5);
    assert_eq!(over(100, 2).len(), 2);
    let found = ledger.long_over(100, 9).unwrap();
    assert_eq!(ids(&found).last(), Some(&"finished"), "the oldest first");
}

fn intent(who: &str) -> Lifecycle {
    Lifecycle::Intent {
        intent: Intent {
            asker: None,
            secrecy: padwatch_domain::secrecy::Secrecy::default(),
            marker: Marker::fresh(id(who), &transport::SeededRng::new(1)),
            written_ms: NOW_MS,
            consent: Consent::Rules,
            beside: Vec::new(),
        },
    }
}

#[test]
fn of_a_removed_candidate_with_a_pad_the_id_stays_and_of_others_nothing() {
    let mut ledger = Ledger::in_memory().unwrap();
    let people = [
        noticed(row("pad", "Ada", created("ADASPAD1"))),
        noticed(row("unclear", "Ben", intent("unclear"))),
        noticed(row("none", "Cleo", eligible())),
        noticed(row("stays", "Dan", created("DANSPAD1"))),
    ];
    ledger.commit(&people, NOW_MS).unwrap();
    let removed = ["pad", "unclear", "none"].map(|who| Change::PersonRemoved(id(who)));
    ledger.commit(&removed, NOW_MS).unwrap();
    let was_removed = |who: &str| ledger.was_removed(&id(who)).unwrap();
    assert!(was_removed("pad"));
    assert!(was_removed("unclear"));
    assert!(!was_removed("none"));
    assert!(!was_removed("stays"));
    for who in ["pad", "unclear", "none"] {
        assert_eq!(ledger.row(&id(who)).unwrap(), None, "{who}");
        assert_eq!(ledger.timeline(&id(who)).unwrap(), [], "{who}");
    }
    assert!(ledger.row(&id("stays")).unwrap().is_some());
}

#[test]
fn a_pad_of_someone_unknown_is_remembered_by_the_candidates_id_alone() {
    let mut ledger = Ledger::in_memory().unwrap();
    ledger.commit(&[Change::HadPad(id("ada"))], NOW_MS).unwrap();
    assert!(ledger.was_removed(&id("ada")).unwrap());
    assert_eq!(ledger.row(&id("ada")).unwrap(), None);
}

#[test]
fn in_memory_there_are_no_copies_to_remove() {
    let mut ledger = Ledger::in_memory().unwrap();
    ledger.remove_old_copies(NOW_MS).unwrap();
    ledger.commit(&[queued("ada", 1)], NOW_MS).unwrap();
    let removed = Change::PersonRemoved(id("ada"));
    ledger.commit(&[removed], NOW_MS).unwrap();
    assert!(ledger.owes_wipe().unwrap());
    ledger.wipe().unwrap();
    assert!(!ledger.owes_wipe().unwrap());
}
