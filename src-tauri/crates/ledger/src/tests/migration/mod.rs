//! A ledger of an earlier version, full of everything that can be in one, is opened: nothing about
//! a candidate is lost or asked again.
//!
//! `schema_12.sql` and `rows_12.sql` are what schema version 12 wrote; they never change. Version 13
//! has the same tables, with codes in the place of sentences, and version 14 other sections, which are
//! derived: their full ledgers are that of version 12 after their own steps. With the next version
//! that stores something else comes a full ledger of the one before it, with a row for every state
//! that there is.

mod kept;
mod original;

use std::collections::BTreeSet;

use rusqlite::Connection;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::super::listing::section_name;
use super::super::schema::{self, Plan};
use super::super::{Found, LedgerError};
use super::*;
use original::{Original, tables};
use padwatch_domain::announcement::News;
use padwatch_domain::change::StateKey;
use padwatch_domain::lifecycle::{Ending, Fallback, Hold};
use padwatch_domain::note::{PartState, Stage, What};
use padwatch_domain::reason::{Doubt, PadDoubt};
use padwatch_domain::secrecy::Secrecy;
use padwatch_domain::tracking::Progress;

/// The schema version of the full ledger.
const FULL: i64 = 12;
/// Those after it that store no more than it does.
const SAME_FACTS: [i64; 3] = [13, 14, 15];
const SCHEMA: &str = include_str!("schema_12.sql");
const ROWS: &str = include_str!("rows_12.sql");

/// The full ledger, as its version had it, at the folder's path.
fn full(folder: &Folder) -> Connection {
    let connection = Connection::open(folder.ledger()).unwrap();
    let sql = format!("BEGIN; {SCHEMA} {ROWS} COMMIT;");
    connection.execute_batch(&sql).unwrap();
    connection
        .pragma_update(None, "user_version", FULL)
        .unwrap();
    connection
}

/// What of the full ledger fits into a ledger of an older schema version.
fn older(folder: &Folder, version: i64, full: &Original) -> Connection {
    let Plan { migrations, .. } = schema::plan();
    let mut connection = Connection::open(folder.ledger()).unwrap();
    let steps = usize::try_from(version).unwrap();
    migrations.to_version(&mut connection, steps).unwrap();
    full.fill(&connection);
    connection
}

#[test]
fn a_full_ledger_of_the_version_before_keeps_everything() {
    let folder = Folder::new();
    let before = Original::read(&full(&folder));
    let (ledger, found) = Ledger::open(&folder.ledger(), NOW_MS).unwrap();
    assert_eq!(found, Found::Usable);
    kept::check(&ledger, &before);
    drop(ledger);
    let (again, found) = Ledger::open(&folder.ledger(), NOW_MS).unwrap();
    assert_eq!(found, Found::Usable);
    kept::check(&again, &before);
}

#[test]
fn a_full_ledger_with_the_same_facts_keeps_everything() {
    for version in SAME_FACTS {
        let folder = Folder::new();
        let mut connection = full(&folder);
        let Plan { migrations, .. } = schema::plan();
        let steps = usize::try_from(version).unwrap();
        migrations.to_version(&mut connection, steps).unwrap();
        let before = Original::read(&connection);
        drop(connection);
        let (ledger, found) = Ledger::open(&folder.ledger(), NOW_MS).unwrap();
        assert_eq!(found, Found::Usable, "version {version}");
        kept::check(&ledger, &before);
    }
}

#[test]
fn a_full_ledger_of_every_version_keeps_everything() {
    let newest = Original::read(&full(&Folder::new()));
    for version in 1..FULL {
        let folder = Folder::new();
        let before = Original::read(&older(&folder, version, &newest));
        let (ledger, found) = Ledger::open(&folder.ledger(), NOW_MS).unwrap();
        assert_eq!(found, Found::Usable, "version {version}");
        kept::check(&ledger, &before);
    }
}

#[test]
fn sentences_of_the_version_before_become_codes_with_facts() {
    let folder = Folder::new();
    drop(full(&folder));
    let (ledger, _) = Ledger::open(&folder.ledger(), NOW_MS).unwrap();
    let row = |id: &str| ledger.row(&OpportunityId::new(id)).unwrap().unwrap();
    let text = "Lever can’t be reached.".to_owned();
    let (tag, doubt) = ("coderpad".to_owned(), PadDoubt::NotAllowed);
    for (id, reason) in [
        ("o00", Reason::Tagged { tag }),
        ("o13", Reason::WhosePad { doubt }),
        ("o23", Reason::UserSkipped),
        ("o29", Reason::Earlier { text }),
    ] {
        assert_eq!(row(id).reason, reason, "{id}");
    }
    let Lifecycle::Uncertain { search, .. } = row("o64").life else {
        panic!("{:?}", row("o64"))
    };
    assert_eq!(search.doubt, Doubt::NoAnswer);
    let was_refused = row("o29");
    let Lifecycle::Created { linking, .. } = was_refused.life else {
        panic!("{was_refused:?}")
    };
    let text = "Not allowed.".to_owned();
    assert_eq!(linking.refused, Some(Reason::Earlier { text }));
}

#[test]
fn an_odd_row_of_the_version_before_is_quarantined_alone() {
    for odd in ["life = 'not json'", "life = '{}'", "state = 'dreaming'"] {
        let folder = Folder::new();
        let connection = full(&folder);
        let mut before = Original::read(&connection);
        let spoil = format!(
            "PRAGMA ignore_check_constraints = ON; UPDATE opportunity SET {odd} WHERE id = 'o01'"
        );
        connection.execute_batch(&spoil).unwrap();
        drop(connection);
        let (ledger, found) = Ledger::open(&folder.ledger(), NOW_MS).unwrap();
        assert_eq!(found, Found::Usable, "{odd}");
        assert_eq!(ledger.quarantined().unwrap(), 1, "{odd}");
        before
            .tables
            .get_mut("opportunity")
            .unwrap()
            .retain(|row| row.text("id") != "o01");
        kept::check_rows(&ledger, &before);
    }
}

#[test]
fn a_migration_that_was_released_never_changes() {
    let Plan { migrations, newest } = schema::plan();
    let mut connection = Connection::open_in_memory().unwrap();
    let steps = usize::try_from(FULL).unwrap();
    migrations.to_version(&mut connection, steps).unwrap();
    let then = Connection::open_in_memory().unwrap();
    then.execute_batch(SCHEMA).unwrap();
    assert_eq!(definitions(&connection), definitions(&then));
    assert!(
        SAME_FACTS.contains(&(newest - 1)),
        "a full ledger of version {} is missing",
        newest - 1
    );
}

/// What the schema consists of, by name.
fn definitions(connection: &Connection) -> BTreeSet<(String, String)> {
    let sql =
        "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'";
    let mut query = connection.prepare(sql).unwrap();
    let found = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    found.unwrap().map(Result::unwrap).collect()
}

/// SQLite derives the sections, because a page of many rows needs an index; the rule is domain's.
#[test]
fn the_ledger_derives_the_same_section_as_the_domain_for_every_state() {
    let full = Original::read(&full(&Folder::new()));
    let mut ledger = Ledger::in_memory().unwrap();
    let rows = full.rows("opportunity");
    let read = |life| serde_json::from_value::<Lifecycle>(life).unwrap();
    let mut lives: Vec<Lifecycle> = rows.iter().map(|row| read(row.json("life"))).collect();
    let deleted = lives.iter().find_map(|life| match life {
        Lifecycle::Deleted { pad, .. } => Some(pad.clone()),
        _ => None,
    });
    let pad = deleted.unwrap();
    lives.push(Lifecycle::Deleted { pad, asks: true });
    for (number, life) in lives.into_iter().enumerate() {
        for marks in 0..8_u8 {
            let is_set = |bit: u8| (marks & bit != 0).then_some(NOW_MS);
            let mut one = super::row(&format!("o{number}"), "Ada Example", life.clone());
            (one.left_ms, one.copied_ms, one.sent_ms) = (is_set(1), is_set(2), is_set(4));
            ledger.commit(&[noticed(one.clone())], NOW_MS).unwrap();
            let sql = "SELECT section FROM opportunity WHERE id = ?1";
            let id = one.opportunity.as_str();
            let read = ledger.connection.query_row(sql, [id], |row| row.get(0));
            let derived: String = read.unwrap();
            assert_eq!(derived, section_name(one.section()), "{one:?}");
        }
    }
}

/// A state that is new must stand in the full ledger of its version before anything else is
/// released on top of it.
#[test]
fn the_full_ledger_has_a_row_for_everything_there_is() {
    let full = Original::read(&full(&Folder::new()));
    let life = full.texts("opportunity", "life");
    has_all::<Lifecycle>("life", json!({"state": "?"}), &life);
    has_all::<Consent>("consent", json!("?"), &life);
    has_all::<Fallback>("fallback", json!("?"), &life);
    has_all::<Hold>("hold", json!({"for": "?"}), &life);
    has_all::<PadDoubt>("doubt", json!("?"), &life);
    has_all::<Origin>("origin", json!("?"), &life);
    has_all::<Ending>("ending", json!("?"), &life);
    has_all::<Secrecy>("secrecy", json!("?"), &life);
    let note = full.texts("note", "document");
    has_all::<Stage>("stage", json!({"state": "?"}), &note);
    has_all::<What>("what", json!({"kind": "?"}), &note);
    has_all::<PartState>("part", json!({"state": "?"}), &note);
    let news = full.texts("announcement", "news");
    has_all::<News>("news", json!({"kind": "?"}), &news);
    for progress in every_progress() {
        let rows = full.rows("interview");
        assert!(
            rows.iter()
                .any(|row| row.text("progress") == progress.name())
        );
    }
    for key in every_key() {
        let rows = full.rows("keepsake");
        assert!(
            rows.iter().any(|row| row.text("name") == key.name()),
            "{key:?}"
        );
    }
    for table in tables(&Ledger::in_memory().unwrap().connection) {
        let may_be_empty = table == "quarantine";
        assert!(
            may_be_empty || !full.rows(&table).is_empty(),
            "{table} is empty"
        );
    }
}

/// Fails unless each variant, by its stored name, is among these texts. serde lists them when it is
/// given another one.
fn has_all<T: DeserializeOwned>(what: &str, other: Value, stored: &BTreeSet<String>) {
    let Err(error) = serde_json::from_value::<T>(other) else {
        panic!("{what}: a name that doesn’t exist was taken for something")
    };
    let error = error.to_string();
    let names = error.split("expected").nth(1).unwrap();
    for name in names.split('`').skip(1).step_by(2) {
        assert!(stored.contains(name), "{what}: no row with {name}");
    }
}

#[test]
fn a_ledger_of_the_next_version_is_left_as_it_is() {
    let folder = Folder::new();
    let connection = full(&folder);
    let next = schema::plan().newest + 1;
    connection
        .pragma_update(None, "user_version", next)
        .unwrap();
    let before = Original::read(&connection);
    drop(connection);
    let opened = Ledger::open(&folder.ledger(), NOW_MS);
    assert!(matches!(opened, Err(LedgerError::Newer)), "{opened:?}");
    let after = Original::read(&Connection::open(folder.ledger()).unwrap());
    assert_eq!(after.tables, before.tables);
}

/// All of them: a new one doesn't compile until it stands here.
fn every_key() -> Vec<StateKey> {
    use StateKey::{
        Accounts, Age, CreationOff, CreationOffBecause, DeletionsRead, FirstLook, Followed,
        ForecastTold, Hindrance, LeverAccount, PadSearch, Pause, QuotaReadings, QuotaTold, Reaches,
        Rival, SetUp, Settings, Webhooks, WipeOwed,
    };
    let after = |key| match key {
        Settings => Some(FirstLook),
        FirstLook => Some(CreationOff),
        CreationOff => Some(CreationOffBecause),
        CreationOffBecause => Some(Pause),
        Pause => Some(PadSearch),
        PadSearch => Some(Hindrance),
        Hindrance => Some(Rival),
        Rival => Some(QuotaTold),
        QuotaTold => Some(QuotaReadings),
        QuotaReadings => Some(ForecastTold),
        ForecastTold => Some(Webhooks),
        Webhooks => Some(Followed),
        Followed => Some(Accounts),
        Accounts => Some(LeverAccount),
        LeverAccount => Some(Reaches),
        Reaches => Some(DeletionsRead),
        DeletionsRead => Some(SetUp),
        SetUp => Some(Age),
        Age => Some(WipeOwed),
        WipeOwed => None,
    };
    std::iter::successors(Some(Settings), |key| after(*key)).collect()
}

/// All of them: a new one doesn't compile until it stands here.
fn every_progress() -> Vec<Progress> {
    let after = |progress| match progress {
        Progress::Unseen => Some(Progress::Pending),
        Progress::Pending => Some(Progress::UnderWay),
        Progress::UnderWay => Some(Progress::Hidden),
        Progress::Hidden => None,
    };
    std::iter::successors(Some(Progress::Unseen), |progress| after(*progress)).collect()
}
