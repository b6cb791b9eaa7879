//! One row that can't be read doesn't condemn the others.

use rusqlite::Connection;

use super::super::{Due, Found, LedgerError};
use super::*;
use padwatch_domain::announcement::News;

/// Three candidacies, of which the second is spoiled by `sql` as no program of ours would.
fn spoiled(sql: &str) -> Folder {
    let folder = Folder::new();
    let rows = ["ada", "ben", "cleo"].map(|id| noticed(row(id, id, eligible())));
    let news = News::Asks {
        who: row("ben", "ben", eligible()).who(),
        question: padwatch_domain::reason::Reason::AskToCreate,
    };
    let mut ledger = folder.open();
    ledger.commit(&rows, NOW_MS).unwrap();
    ledger.commit(&[Change::Announced(news)], NOW_MS).unwrap();
    drop(ledger);
    let other = Connection::open(folder.ledger()).unwrap();
    other
        .execute_batch("PRAGMA ignore_check_constraints = ON")
        .unwrap();
    other.execute_batch(sql).unwrap();
    folder
}

#[test]
fn one_row_that_cannot_be_read_is_named_and_everything_else_continues() {
    for change in [
        "life = '{\"state\":\"dreaming\"}'",
        "life = '{}'",
        "life = '7'",
        "life = 'not json'",
        "life = '{\"state\":\"linked\",\"pad\":{\"id\":\"/../\"}}', state = 'linked'",
        "life = '{\"state\":\"linked\",\"pad\":5}', state = 'linked'",
        "state = 'dreaming'",
        "state = 'linked'",
        "tags = 'not json'",
        "tags = '{}'",
        "pad_id = 'K7QWM3ZD'",
        "name = CAST(x'FF' AS TEXT)",
        "life = '{\"state\":\"eligible\",\"consent\":\"somebody\"}'",
    ] {
        let folder = spoiled(&format!("UPDATE opportunity SET {change} WHERE id = 'ben'"));
        let (mut ledger, found) = Ledger::open(&folder.ledger(), NOW_MS).unwrap();
        assert_eq!(found, Found::Usable, "{change}");
        let ben = ledger.row(&OpportunityId::new("ben")).unwrap().unwrap();
        assert_eq!(ben.life, Lifecycle::Unreadable, "{change}");
        assert_eq!(ben.seen.posting_title, "Backend Engineer", "{change}");
        assert_eq!(ledger.quarantined().unwrap(), 1, "{change}");
        let due = ledger.due(Due::Making, NOW_MS, 10).unwrap();
        let due: Vec<&str> = due.iter().map(|row| row.opportunity.as_str()).collect();
        assert_eq!(due, ["ada", "cleo"], "{change}");
        ledger.let_through(0, NOW_MS).unwrap();
        assert_eq!(ledger.counts(TODAY).unwrap().needs_you, 1, "{change}");
        let told = ledger.untold(0).unwrap();
        let asks = |news: &News| matches!(news, News::Asks { who, .. } if who.opportunity.as_str() == "ben");
        assert_eq!(
            told.iter().filter(|one| asks(&one.news)).count(),
            2,
            "{change}"
        );
        // Nothing writes over it.
        let stored = |ledger: &Ledger| -> (Vec<u8>, String) {
            let sql = "SELECT CAST(life AS BLOB), state FROM opportunity WHERE id = 'ben'";
            let read = ledger
                .connection
                .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)));
            read.unwrap()
        };
        let before = stored(&ledger);
        ledger.commit(&[noticed(ben)], NOW_MS).unwrap();
        assert_eq!(stored(&ledger), before, "{change}");
        drop(ledger);
        let again = folder.open();
        assert_eq!(
            again.untold(0).unwrap().len(),
            told.len(),
            "{change}: told once"
        );
    }
}

#[test]
fn a_row_that_is_written_again_leaves_the_quarantine_at_once() {
    let sql = "UPDATE opportunity SET life = '{}' WHERE id = 'ben'";
    let (mut ledger, _) = Ledger::open(&spoiled(sql).ledger(), NOW_MS).unwrap();
    assert_eq!(ledger.quarantined().unwrap(), 1);
    let ben = ledger.row(&OpportunityId::new("ben")).unwrap().unwrap();
    let skipped = row("ben", "ben", Lifecycle::Skipped);
    assert_eq!(ben.opportunity, skipped.opportunity);
    ledger.commit(&[noticed(skipped)], NOW_MS).unwrap();
    // It was unreadable when it was last read, and isn't by now.
    assert!(!ledger.quarantine_found(NOW_MS).unwrap());
    assert_eq!(ledger.quarantined().unwrap(), 0);
    assert_eq!(ledger.counts(TODAY).unwrap().needs_you, 0);
}

#[test]
fn what_can_be_read_again_continues() {
    let folder = spoiled("UPDATE opportunity SET life = '{}' WHERE id = 'ben'");
    drop(folder.open());
    let newer = Connection::open(folder.ledger()).unwrap();
    let life = "{\"state\":\"eligible\",\"consent\":\"rules\"}";
    newer
        .execute("UPDATE opportunity SET life = ?1 WHERE id = 'ben'", [life])
        .unwrap();
    drop(newer);
    let ledger = folder.open();
    assert_eq!(ledger.quarantined().unwrap(), 0);
    assert_eq!(ledger.due(Due::Making, NOW_MS, 10).unwrap().len(), 3);
    assert_eq!(ledger.counts(TODAY).unwrap().waiting, 3);
}

#[test]
fn a_note_that_cannot_be_read_is_not_missing_and_never_due() {
    let folder = spoiled("INSERT INTO note VALUES ('ben', 'sending', '{\"later\":1}', NULL, 5);");
    let mut ledger = folder.open();
    let read = ledger.note(&OpportunityId::new("ben"));
    assert!(matches!(read, Err(LedgerError::Unreadable)), "{read:?}");
    assert!(ledger.due_notes(NOW_MS).unwrap().is_empty());
    assert!(ledger.quarantine_found(NOW_MS).unwrap());
    assert_eq!(ledger.next_note_ms().unwrap(), None);
    assert_eq!(ledger.quarantined().unwrap(), 1);
}

#[test]
fn an_announcement_that_cannot_be_read_holds_nobody_elses_back() {
    let mut folder = spoiled("UPDATE announcement SET news = '{\"kind\":\"later\"}'");
    let ben = OpportunityId::new("ben");
    for news in ["{\"kind\":\"later\"}", "not json"] {
        let mut ledger = folder.open();
        assert!(ledger.untold(0).unwrap().is_empty());
        assert!(ledger.quarantine_found(NOW_MS).unwrap());
        ledger
            .commit(&[Change::Announced(News::Recovered { from: None })], NOW_MS)
            .unwrap();
        assert_eq!(ledger.untold(0).unwrap().len(), 1, "{news}");
        ledger
            .commit(&[Change::PersonRemoved(ben.clone())], NOW_MS)
            .unwrap();
        folder = spoiled("UPDATE announcement SET news = 'not json'");
    }
}

#[test]
fn a_duplicate_or_interview_that_cannot_be_read_stops_nothing() {
    let folder = spoiled(
        "INSERT INTO duplicate VALUES ('//', 'ada', 'x', 1, 1, NULL), ('K7QWM3ZD', 'ada', 'y', 7, 1, NULL);
         UPDATE opportunity SET state = 'linked', pad_id = 'AAAABBBB', life =
            '{\"state\":\"linked\",\"pad\":{\"id\":\"AAAABBBB\",\"link\":\"l\",\"origin\":\"made\",\"sinceMs\":1}}'
            WHERE id = 'cleo';
         INSERT INTO interview (opportunity, pad_id, progress) VALUES ('cleo', 'AAAABBBB', 'dreaming');",
    );
    let ledger = folder.open();
    assert!(ledger.duplicates(&OpportunityId::new("ada")).unwrap().len() <= 1);
    let pads = ledger.open_pads().unwrap();
    assert_eq!(pads.len(), 1);
    assert_eq!(pads[0].known, padwatch_domain::tracking::Known::default());
}

#[test]
fn a_row_without_readable_id_of_a_pad_keeps_its_trace_when_it_is_removed() {
    let folder = spoiled("UPDATE opportunity SET life = '{}' WHERE id = 'ben'");
    let mut ledger = folder.open();
    let ben = OpportunityId::new("ben");
    ledger
        .commit(&[Change::PersonRemoved(ben.clone())], NOW_MS)
        .unwrap();
    assert!(ledger.was_removed(&ben).unwrap(), "it may have had a pad");
    assert_eq!(ledger.quarantined().unwrap(), 0);
}
