//! The step to schema version 13: reasons and history become codes.

use rusqlite::Transaction;
use rusqlite_migration::{HookError, HookResult};
use serde::Serialize;

use super::prose;

/// How many lines are changed at a time.
const AT_A_TIME: i64 = 1_000;

/// Why and what are codes with facts from now on; until this version they were sentences. An odd
/// row is quarantined later: changing it must not fail because of it.
pub(super) const CODES: &str = "
PRAGMA ignore_check_constraints = ON;
";

/// Changes every sentence, in the transaction of the migration.
pub(super) fn sentences_to_codes(transaction: &Transaction<'_>) -> HookResult {
    reasons_to_codes(transaction)?;
    doubts_to_codes(transaction)?;
    activity_to_codes(transaction)?;
    transaction.execute_batch("PRAGMA ignore_check_constraints = OFF")?;
    Ok(())
}

fn reasons_to_codes(transaction: &Transaction<'_>) -> HookResult {
    let mut rows = transaction.prepare("SELECT row, reason FROM opportunity")?;
    let mut change = transaction.prepare("UPDATE opportunity SET reason = ?2 WHERE row = ?1")?;
    let found = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let found: Vec<(i64, String)> = found.collect::<Result<_, _>>()?;
    for (row, text) in found {
        change.execute((row, in_json(&prose::reason(&text))?))?;
    }
    Ok(())
}

/// What was seen instead of an answer stands in the state itself.
fn doubts_to_codes(transaction: &Transaction<'_>) -> HookResult {
    let sql = "SELECT row, json_extract(life, '$.search.doubt') FROM opportunity
        WHERE state = 'uncertain' AND json_valid(life)
            AND json_type(life, '$.search.doubt') = 'text'";
    let mut rows = transaction.prepare(sql)?;
    let sql = "UPDATE opportunity SET life = json_set(life, '$.search.doubt', json(?2))
        WHERE row = ?1";
    let mut change = transaction.prepare(sql)?;
    let found = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let found: Vec<(i64, String)> = found.collect::<Result<_, _>>()?;
    for (row, text) in found {
        change.execute((row, in_json(&prose::doubt(&text))?))?;
    }
    Ok(())
}

fn activity_to_codes(transaction: &Transaction<'_>) -> HookResult {
    let sql = "SELECT number, what, why, set_off_by FROM activity
        WHERE number > ?1 ORDER BY number LIMIT ?2";
    let mut lines = transaction.prepare(sql)?;
    let sql = "UPDATE activity SET what = ?2, why = ?3, set_off_by = ?4 WHERE number = ?1";
    let mut change = transaction.prepare(sql)?;
    let mut last = i64::MIN;
    loop {
        let found = lines.query_map((last, AT_A_TIME), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
        let found: Vec<(i64, String, String, String)> = found.collect::<Result<_, _>>()?;
        let Some((newest, ..)) = found.last() else {
            return Ok(());
        };
        last = *newest;
        for (number, what, why, trigger) in found {
            change.execute((
                number,
                in_json(&prose::activity(&what))?,
                in_json(&prose::reason(&why))?,
                prose::trigger(&trigger).name(),
            ))?;
        }
    }
}

fn in_json(code: &impl Serialize) -> Result<String, HookError> {
    serde_json::to_string(code).map_err(|error| HookError::Hook(error.to_string()))
}
