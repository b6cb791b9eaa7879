use padwatch_domain::note::{Draft, Note, NoteChoice, Offers, Stage};
use padwatch_domain::tracking::Known;

use super::*;

fn id(text: &str) -> OpportunityId {
    OpportunityId::new(text)
}

fn pad_id(text: &str) -> PadId {
    PadId::parse(text).unwrap()
}

fn known(seen_ms: i64) -> Known {
    Known {
        seen_ms: Some(seen_ms),
        ..Known::default()
    }
}

fn followed(opportunity: &str, pad: &str, seen_ms: i64) -> Change {
    Change::Followed {
        opportunity: id(opportunity),
        pad: pad_id(pad),
        known: known(seen_ms),
    }
}

fn note(opportunity: &str, text: &str) -> Note {
    let draft = Draft {
        text: text.to_owned(),
        secret: false,
        choice: NoteChoice::default(),
        offers: Offers::default(),
        file: None,
        notices: Vec::new(),
    };
    Note {
        opportunity: id(opportunity),
        pad: pad_id("ADASPAD1"),
        stage: Stage::Prepared {
            draft,
            refused: None,
            since_ms: 1,
        },
    }
}

fn noted(opportunity: &str, text: &str) -> Change {
    Change::Noted(Box::new(note(opportunity, text)), None)
}

/// Ada and Bo with a pad each, in a ledger that can't be written just now.
fn stuck() -> Ledger {
    let mut ledger = Ledger::in_memory().unwrap();
    let people = [
        noticed(row("ada", "Ada", created("ADASPAD1"))),
        noticed(row("bo", "Bo", created("BOSPAD12"))),
        followed("ada", "ADASPAD1", 1),
        followed("bo", "BOSPAD12", 2),
        noted("ada", "as it was"),
    ];
    ledger.commit(&people, NOW_MS).unwrap();
    may_write(&ledger, false);
    ledger
}

fn may_write(ledger: &Ledger, may: bool) {
    let sql = format!("PRAGMA query_only = {}", u8::from(!may));
    ledger.connection.execute_batch(&sql).unwrap();
}

#[test]
fn an_interview_that_waits_to_be_written_is_read_for_its_own_pad_alone() {
    let mut ledger = stuck();
    let late = vec![
        followed("ada", "OLDPAD12", 8),
        followed("ada", "ADASPAD1", 7),
        followed("ada", "ADASPAD1", 9),
    ];
    assert!(ledger.write(late, NOW_MS).is_err());
    assert!(ledger.has_pending());
    let read = |ledger: &Ledger| {
        [
            ledger.known_of(&id("ada"), &pad_id("ADASPAD1")).unwrap(),
            ledger.known_of(&id("ada"), &pad_id("OLDPAD12")).unwrap(),
            ledger.known_of(&id("bo"), &pad_id("BOSPAD12")).unwrap(),
            ledger.known_of(&id("bo"), &pad_id("ADASPAD1")).unwrap(),
            ledger.interview(&id("bo")).unwrap(),
        ]
    };
    let expected = [known(9), known(8), known(2), Known::default(), known(2)];
    assert_eq!(read(&ledger), expected);
    may_write(&ledger, true);
    ledger.flush().unwrap();
    assert!(!ledger.has_pending());
    // Written, the interview in the newest pad takes the place of the one before.
    let [_, _, others @ ..] = expected;
    assert_eq!(read(&ledger)[..2], [known(9), Known::default()]);
    assert_eq!(read(&ledger)[2..], others);
    assert_eq!(ledger.interview(&id("ada")).unwrap(), known(9));
}

#[test]
fn a_note_that_waits_to_be_written_or_removed_is_read_as_if_it_were() {
    let mut ledger = stuck();
    assert!(ledger.write(vec![noted("ada", "changed")], NOW_MS).is_err());
    let changed = Some(note("ada", "changed"));
    assert_eq!(ledger.note(&id("ada")).unwrap(), changed);
    assert_eq!(ledger.note(&id("bo")).unwrap(), None);
    let gone = vec![Change::NoteGone(id("ada")), noted("bo", "new")];
    assert!(ledger.write(gone, NOW_MS).is_err());
    assert_eq!(ledger.note(&id("ada")).unwrap(), None);
    assert_eq!(ledger.note(&id("bo")).unwrap(), Some(note("bo", "new")));
    may_write(&ledger, true);
    ledger.flush().unwrap();
    assert_eq!(ledger.note(&id("ada")).unwrap(), None);
    assert_eq!(ledger.note(&id("bo")).unwrap(), Some(note("bo", "new")));
}

#[test]
fn the_newest_row_that_waits_is_read_and_no_other_candidates() {
    let mut ledger = stuck();
    let copied = |at_ms| {
        let mut ada = row("ada", "Ada", created("ADASPAD1"));
        ada.copied_ms = Some(at_ms);
        Change::Touched(Box::new(ada))
    };
    assert!(ledger.write(vec![copied(3), copied(4)], NOW_MS).is_err());
    assert!(ledger.write(vec![copied(5)], NOW_MS).is_err());
    let copied_ms = |ledger: &Ledger, who: &str| {
        let row = ledger.row(&id(who)).unwrap().unwrap();
        row.copied_ms
    };
    assert_eq!(copied_ms(&ledger, "ada"), Some(5));
    assert_eq!(copied_ms(&ledger, "bo"), None);
    may_write(&ledger, true);
    ledger.flush().unwrap();
    assert_eq!(copied_ms(&ledger, "ada"), Some(5));
}
