//! Deciding, from what is in the ledger and beside it, what kind of ledger was opened, and writing
//! that down in one transaction. Until that transaction is on the disk, each start decides again, so
//! the finding can't be lost between two steps.

use std::path::Path;

use super::age::{Age, AgeFile, is_behind};
use super::aside;
use super::database::Ledger;
use super::error::LedgerError;
use padwatch_domain::announcement::News;
use padwatch_domain::change::{Change, StateKey};
use padwatch_domain::creation_off::CreationOff;
use padwatch_domain::pad_search::PadSearch;

/// What was found when the ledger was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A ledger that can be used.
    Usable,
    /// None: this is the first start in this folder.
    Nothing,
    /// A damaged one, which was set aside under this name.
    Damaged { set_aside: String },
    /// One that went back in time: older than what was done last in this folder.
    Older,
}

/// Decides what the ledger at `path` is, and writes what follows from it.
pub(super) fn classify(
    ledger: &mut Ledger,
    path: &Path,
    now_ms: i64,
) -> Result<Found, LedgerError> {
    let file = AgeFile::beside(path);
    let beside = file.read();
    let inside: Option<Age> = ledger.load(StateKey::Age)?;
    let found = if is_begun(ledger)? {
        if is_behind(inside.as_ref(), &beside) {
            Found::Older
        } else {
            Found::Usable
        }
    } else {
        match aside::newest_damaged(path) {
            Some(set_aside) => Found::Damaged { set_aside },
            None if is_behind(None, &beside) => Found::Older,
            None => Found::Nothing,
        }
    };
    ledger.age = match inside {
        Some(age) if found == Found::Usable => age,
        inside => {
            let age = Age::after(inside.as_ref(), &beside, fresh_line(ledger)?);
            let mut facts = facts(&found);
            facts.push(Change::Kept(StateKey::Age, serde_json::to_string(&age)?));
            ledger.write_all(&facts, now_ms)?;
            age
        }
    };
    ledger.age_file = Some(file);
    ledger.is_sealed = matches!(&beside, super::age::Beside::Known(known) if *known == ledger.age);
    ledger.seal()?;
    Ok(found)
}

/// What is true of a ledger from its beginning. A ledger that was lost never means that everyone
/// gets a pad: see [`PadSearch`].
pub(super) fn facts(found: &Found) -> Vec<Change> {
    match found {
        Found::Usable => Vec::new(),
        Found::Nothing => vec![Change::pad_search(PadSearch::AtFirstStart)],
        Found::Damaged { set_aside } => {
            let told = News::LedgerRebuilt {
                set_aside: set_aside.clone(),
            };
            CreationOff::Damaged.stop(told)
        }
        Found::Older => CreationOff::Older.stop(CreationOff::Older.news()),
    }
}

/// What remains when everything was forgotten: pads that are there are found again by a search. One
/// that may have been on its way is looked for as after a damage, since the list shows it late.
pub(super) fn forgotten(is_unclear: bool) -> Vec<Change> {
    let kind = if is_unclear {
        PadSearch::AfterDamage
    } else {
        PadSearch::AtFirstStart
    };
    vec![Change::pad_search(kind)]
}

/// Returns true once the facts of a beginning were written: before that there is nothing else.
fn is_begun(ledger: &Ledger) -> Result<bool, LedgerError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM keepsake) OR EXISTS (SELECT 1 FROM opportunity)
        OR EXISTS (SELECT 1 FROM removed)";
    Ok(ledger.connection.query_row(sql, [], |row| row.get(0))?)
}

fn fresh_line(ledger: &Ledger) -> Result<String, LedgerError> {
    let sql = "SELECT lower(hex(randomblob(16)))";
    Ok(ledger.connection.query_row(sql, [], |row| row.get(0))?)
}
