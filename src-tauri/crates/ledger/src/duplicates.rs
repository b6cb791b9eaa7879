//! Extra pads, and pads that were deleted.

use coderpad::PadId;
use lever::OpportunityId;
use rusqlite::{Transaction, params};

use super::database::{Ledger, run};
use super::error::LedgerError;
use super::suspects::Kind;
use padwatch_domain::links::DuplicatePad;

impl Ledger {
    /// The extra pads of one candidacy that are still there.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn duplicates(&self, id: &OpportunityId) -> Result<Vec<DuplicatePad>, LedgerError> {
        let sql = "SELECT pad_id, link, ours FROM duplicate \
                   WHERE opportunity = ?1 AND gone_ms IS NULL ORDER BY found_ms";
        let found = self.collect(sql, [id.as_str()], |row| {
            let text: String = row.get(0).unwrap_or_default();
            let duplicate = PadId::parse(&text).ok().and_then(|id| {
                Some(DuplicatePad {
                    id,
                    link: row.get(1).ok()?,
                    ours: row.get(2).ok()?,
                })
            });
            if duplicate.is_none() {
                self.suspect(Kind::Duplicate, text);
            }
            duplicate
        })?;
        Ok(found.into_iter().flatten().collect())
    }

    /// The pads of one candidacy that were deleted: its own, and extra ones.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn deleted_pads(&self, id: &OpportunityId) -> Result<Vec<PadId>, LedgerError> {
        let sql = "SELECT pad_id FROM opportunity WHERE id = ?1 AND state = 'deleted'
                   UNION ALL SELECT pad_id FROM duplicate
                   WHERE opportunity = ?1 AND ours = 1 AND gone_ms IS NOT NULL";
        let found = self.collect(sql, [id.as_str()], |row| row.get::<_, String>(0).ok())?;
        let found = found.into_iter().flatten();
        Ok(found.filter_map(|text| PadId::parse(&text).ok()).collect())
    }
}

pub(super) fn put(
    transaction: &Transaction<'_>,
    opportunity: &OpportunityId,
    duplicate: (&PadId, &str, bool),
    now_ms: i64,
) -> Result<(), LedgerError> {
    let (pad, link, ours) = duplicate;
    let sql = "INSERT INTO duplicate VALUES (?1, ?2, ?3, ?4, ?5, NULL) \
               ON CONFLICT (pad_id) DO UPDATE SET gone_ms = NULL, ours = excluded.ours";
    let opportunity = opportunity.as_str();
    run(
        transaction,
        sql,
        params![pad.as_str(), opportunity, link, ours, now_ms],
    )
}

pub(super) fn gone(
    transaction: &Transaction<'_>,
    pad: &PadId,
    now_ms: i64,
) -> Result<(), LedgerError> {
    let sql = "UPDATE duplicate SET gone_ms = ?2 WHERE pad_id = ?1";
    run(transaction, sql, params![pad.as_str(), now_ms])
}
