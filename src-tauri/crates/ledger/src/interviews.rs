//! What is known of the interviews in open pads.

use coderpad::PadId;
use lever::OpportunityId;
use rusqlite::{Row as SqlRow, Transaction, named_params};
use serde::{Deserialize, Serialize};

use super::database::Ledger;
use super::error::LedgerError;
use super::suspects::Kind;
use padwatch_domain::change::Change;
use padwatch_domain::identity::Fingerprint;
use padwatch_domain::interview::Plan;
use padwatch_domain::interview::attendance::Attendance;
use padwatch_domain::interview::invited::Invited;
use padwatch_domain::interview::readiness::Checked;
use padwatch_domain::tracking::{ClosedPad, Known, OpenPad, Progress};

/// To version 16: what is to be said around an interview, as JSON.
pub(super) const REMARKS: &str = "ALTER TABLE interview ADD COLUMN remarks TEXT;";

/// What is to be said around an interview, in one column: it is read and written as a whole.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Remarks {
    checked: Option<Checked>,
    attended: Option<Attendance>,
    invited: Option<Invited>,
    canceled_ms: Option<i64>,
    kept_ms: Option<i64>,
}

const KNOWN: &str = "interview.progress, interview.seen_ms, interview.active_ms, \
    interview.asked_ms, interview.starts_ms, interview.ends_ms, interview.reminded_ms, \
    interview.unsent_ms, interview.seen_by, interview.missing_ms, interview.remarks";

impl Ledger {
    /// The pads whose interviews are not over, as far as the ledger knows.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn open_pads(&self) -> Result<Vec<OpenPad>, LedgerError> {
        // What is known of another pad of the same candidacy says nothing about this one.
        let sql = format!(
            "SELECT opportunity.id, opportunity.pad_id, opportunity.since_ms,
                    opportunity.copied_ms IS NOT NULL OR opportunity.sent_ms IS NOT NULL, {KNOWN}
             FROM opportunity LEFT JOIN interview
               ON interview.opportunity = opportunity.id AND interview.pad_id = opportunity.pad_id
             WHERE opportunity.state IN ('created', 'linked')"
        );
        let pads = self.collect(&sql, [], |row| {
            let id = row.get::<_, String>(0).ok()?;
            Some(OpenPad {
                pad: pad_id(row, 1)?,
                since_ms: row.get(2).ok()?,
                is_sent: row.get(3).unwrap_or_default(),
                known: self.known(row, 4, &id),
                opportunity: OpportunityId::new(id),
            })
        })?;
        Ok(pads.into_iter().flatten().collect())
    }

    /// The pads that are over or deleted since then, in ms since the epoch; the newest first, and
    /// not more than `most`.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn closed_pads(&self, since_ms: i64, most: usize) -> Result<Vec<ClosedPad>, LedgerError> {
        let sql = format!(
            "SELECT opportunity.id, opportunity.pad_id, opportunity.since_ms,
                    opportunity.state = 'deleted', {KNOWN}
             FROM opportunity LEFT JOIN interview
               ON interview.opportunity = opportunity.id AND interview.pad_id = opportunity.pad_id
             WHERE opportunity.since_ms >= ?1 AND opportunity.state IN ('finished', 'deleted')
             ORDER BY opportunity.since_ms DESC LIMIT ?2"
        );
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let pads = self.collect(&sql, [since_ms, most], |row| {
            let id = row.get::<_, String>(0).ok()?;
            Some(ClosedPad {
                pad: pad_id(row, 1)?,
                since_ms: row.get(2).ok()?,
                is_deleted: row.get(3).ok()?,
                known: self.known(row, 4, &id),
                opportunity: OpportunityId::new(id),
            })
        })?;
        Ok(pads.into_iter().flatten().collect())
    }

    /// What is known of a pad that a candidacy had, by its id.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn known_of(&self, id: &OpportunityId, pad: &PadId) -> Result<Known, LedgerError> {
        let sql = format!("SELECT {KNOWN} FROM interview WHERE opportunity = ?1 AND pad_id = ?2");
        let waiting = self.pending.newest(|change| match change {
            Change::Followed {
                opportunity,
                pad: of,
                known,
            } if opportunity == id && of == pad => Some(known),
            _ => None,
        });
        if let Some(known) = waiting {
            return Ok(*known);
        }
        let ids = [id.as_str(), pad.as_str()];
        let mut found = self.collect(&sql, ids, |row| self.known(row, 0, id.as_str()))?;
        Ok(found.pop().unwrap_or_default())
    }

    /// What is known of the interview in one candidacy's pad.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn interview(&self, id: &OpportunityId) -> Result<Known, LedgerError> {
        let sql = format!(
            "SELECT {KNOWN} FROM interview JOIN opportunity
               ON interview.opportunity = opportunity.id AND interview.pad_id = opportunity.pad_id
             WHERE interview.opportunity = ?1"
        );
        let waiting = self.pending.newest(|change| match change {
            Change::Followed {
                opportunity, known, ..
            } if opportunity == id => Some(known),
            _ => None,
        });
        if let Some(known) = waiting {
            return Ok(*known);
        }
        let mut found = self.collect(&sql, [id.as_str()], |row| self.known(row, 0, id.as_str()))?;
        Ok(found.pop().unwrap_or_default())
    }

    /// What can't be read is asked for again: the services know it.
    fn known(&self, row: &SqlRow<'_>, first: usize, id: &str) -> Known {
        known(row, first).unwrap_or_else(|_| {
            self.suspect(Kind::Interview, id);
            Known::default()
        })
    }
}

pub(super) fn put(
    transaction: &Transaction<'_>,
    id: &OpportunityId,
    pad: &PadId,
    known: &Known,
) -> Result<(), LedgerError> {
    // A candidacy whose data was removed meanwhile stays removed.
    let sql = "INSERT OR REPLACE INTO interview
            (opportunity, pad_id, progress, seen_ms, active_ms, asked_ms, starts_ms, ends_ms,
             reminded_ms, unsent_ms, seen_by, missing_ms, remarks)
        SELECT :id, :pad, :progress, :seen, :active, :asked, :starts, :ends, :reminded, :unsent,
            :by, :missing, :remarks
        WHERE EXISTS (SELECT 1 FROM opportunity WHERE id = :id)";
    let remarks = Remarks {
        checked: known.checked,
        attended: known.attended,
        invited: known.invited,
        canceled_ms: known.canceled_ms,
        kept_ms: known.kept_ms,
    };
    transaction.prepare_cached(sql)?.execute(named_params! {
        ":id": id.as_str(),
        ":pad": pad.as_str(),
        ":progress": known.progress.name(),
        ":seen": known.seen_ms,
        ":active": known.active_ms,
        ":asked": known.asked_ms,
        ":starts": known.plan.map(|plan| plan.starts_ms),
        ":ends": known.plan.map(|plan| plan.ends_ms),
        ":reminded": known.reminded_ms,
        ":unsent": known.unsent_ms,
        ":by": known.seen_by.map(String::from),
        ":missing": known.missing_ms,
        ":remarks": serde_json::to_string(&remarks)?,
    })?;
    Ok(())
}

/// A pad without a readable id can't be followed; the row itself tells what is wrong.
fn pad_id(row: &SqlRow<'_>, column: usize) -> Option<PadId> {
    let text: Option<String> = row.get(column).ok()?;
    PadId::parse(&text?).ok()
}

fn known(row: &SqlRow<'_>, first: usize) -> rusqlite::Result<Known> {
    let progress: Option<String> = row.get(first)?;
    let progress = progress.as_deref().and_then(Progress::parse);
    let (starts_ms, ends_ms): (Option<i64>, Option<i64>) =
        (row.get(first + 4)?, row.get(first + 5)?);
    // What can't be read is found out again.
    let remarks: Option<String> = row.get(first + 10)?;
    let remarks = remarks.and_then(|text| serde_json::from_str(&text).ok());
    let remarks: Remarks = remarks.unwrap_or_default();
    Ok(Known {
        progress: progress.unwrap_or_default(),
        seen_ms: row.get(first + 1)?,
        active_ms: row.get(first + 2)?,
        asked_ms: row.get(first + 3)?,
        plan: starts_ms
            .zip(ends_ms)
            .map(|(starts_ms, ends_ms)| Plan { starts_ms, ends_ms }),
        reminded_ms: row.get(first + 6)?,
        unsent_ms: row.get(first + 7)?,
        seen_by: row
            .get::<_, Option<String>>(first + 8)?
            .and_then(|text| Fingerprint::try_from(text).ok()),
        missing_ms: row.get(first + 9)?,
        checked: remarks.checked,
        attended: remarks.attended,
        invited: remarks.invited,
        canceled_ms: remarks.canceled_ms,
        kept_ms: remarks.kept_ms,
    })
}
