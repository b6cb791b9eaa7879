//! Writing: all or nothing, in order, and what must not be forgotten makes the ledger older.

use padwatch_domain::change::StateKey;
use padwatch_domain::marker::Marker;

use super::*;

fn id(text: &str) -> OpportunityId {
    OpportunityId::new(text)
}

fn touched(row: Candidacy) -> Change {
    Change::Touched(Box::new(row))
}

#[test]
fn what_contradicts_the_ledger_is_left_out_whole_and_told_once() {
    let mut ledger = Ledger::in_memory().unwrap();
    let one = noticed(row("one", "One", created("K7QWM3ZD")));
    ledger.commit(&[one], NOW_MS).unwrap();
    let beside = touched(row("beside", "Beside", eligible()));
    let two = touched(row("two", "Two", created("K7QWM3ZD")));
    let after = touched(row("after", "After", eligible()));
    let conflicting = vec![beside, two];
    ledger.write(conflicting.clone(), NOW_MS).unwrap();
    ledger.write(vec![after], NOW_MS).unwrap();
    assert!(!ledger.has_pending());
    assert_eq!(ledger.take_left_out(), conflicting);
    assert_eq!(ledger.take_left_out(), []);
    assert_eq!(ledger.row(&id("beside")).unwrap(), None);
    assert_eq!(ledger.row(&id("two")).unwrap(), None);
    assert!(ledger.row(&id("after")).unwrap().is_some());
}

#[test]
fn nothing_to_write_changes_nothing() {
    let mut ledger = Ledger::in_memory().unwrap();
    let before = ledger.age.clone();
    ledger.commit(&[], NOW_MS).unwrap();
    ledger.write(Vec::new(), NOW_MS).unwrap();
    assert_eq!(ledger.age, before);
    assert!(!ledger.has_pending());
}

#[test]
fn only_what_must_not_be_forgotten_makes_the_ledger_older() {
    let marker = Marker::fresh(id("ada"), &transport::SeededRng::new(3));
    let moved = |trigger| Change::Moved {
        row: Box::new(row("ada", "Ada", eligible())),
        what: Activity::Noticed,
        trigger,
    };
    let kept = |key| Change::Kept(key, "7".to_owned());
    let opened = Change::MarkerOpened {
        marker: marker.clone(),
        written_ms: NOW_MS,
    };
    let mut ledger = Ledger::in_memory().unwrap();
    for (change, grows) in [
        (moved(Trigger::Poll), false),
        (moved(Trigger::Making), false),
        (moved(Trigger::Person), true),
        (opened, true),
        (Change::MarkerSettled(marker.clone()), false),
        (Change::MarkerSuperseded(marker), true),
        (Change::HadPad(id("ben")), true),
        (Change::PersonsSeen(vec![id("ada")]), false),
        (Change::PersonRemoved(id("ada")), true),
        (kept(StateKey::Settings), true),
        (kept(StateKey::SetUp), true),
        (kept(StateKey::Pause), true),
        (Change::Dropped(StateKey::Pause), true),
        (kept(StateKey::CreationOff), true),
        (kept(StateKey::PadSearch), true),
        (kept(StateKey::Reaches), false),
        (kept(StateKey::QuotaTold), false),
    ] {
        let before = ledger.age.count;
        ledger
            .commit(std::slice::from_ref(&change), NOW_MS)
            .unwrap();
        let grown = ledger.age.count - before;
        assert_eq!(grown, u64::from(grows), "{change:?}");
    }
}

#[test]
fn an_age_that_is_written_itself_does_not_grow_by_being_written() {
    let mut ledger = Ledger::in_memory().unwrap();
    let age = Change::Kept(StateKey::Age, "{\"line\":\"x\",\"count\":40}".to_owned());
    let settings = Change::Kept(StateKey::Settings, "{}".to_owned());
    let before = ledger.age.clone();
    ledger.commit(&[settings, age], NOW_MS).unwrap();
    assert_eq!(ledger.age, before);
    let text = ledger.load::<serde_json::Value>(StateKey::Age).unwrap();
    assert_eq!(text.unwrap()["count"], 40);
}

#[test]
fn a_keepsake_that_cannot_be_read_is_not_missing_where_that_matters() {
    use super::super::Stored;
    let mut ledger = Ledger::in_memory().unwrap();
    let read = |ledger: &Ledger| ledger.stored::<bool>(StateKey::CreationOff).unwrap();
    assert_eq!(read(&ledger), Stored::Missing);
    assert_eq!(read(&ledger).or_when_unreadable(true), None);
    let keep = |text: &str| Change::Kept(StateKey::CreationOff, text.to_owned());
    ledger.commit(&[keep("false")], NOW_MS).unwrap();
    assert_eq!(read(&ledger), Stored::Read(false));
    assert!(!read(&ledger).is_unreadable());
    assert_eq!(read(&ledger).or_when_unreadable(true), Some(false));
    let unreadable = |ledger: &Ledger| {
        assert_eq!(read(ledger), Stored::Unreadable);
        assert!(read(ledger).is_unreadable());
        assert_eq!(read(ledger).or_when_unreadable(true), Some(true));
        assert_eq!(ledger.load::<bool>(StateKey::CreationOff).unwrap(), None);
    };
    ledger.commit(&[keep("\"perhaps\"")], NOW_MS).unwrap();
    unreadable(&ledger);
    let spoil = "PRAGMA ignore_check_constraints = ON;
        UPDATE keepsake SET value = CAST(x'FF' AS TEXT) WHERE name = 'creation-off'";
    ledger.connection.execute_batch(spoil).unwrap();
    unreadable(&ledger);
    ledger
        .commit(&[Change::Dropped(StateKey::CreationOff)], NOW_MS)
        .unwrap();
    assert_eq!(read(&ledger), Stored::Missing);
}
