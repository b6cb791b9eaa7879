//! Reading candidacies.

use coderpad::PadId;
use lever::{ContactId, OpportunityId};
use rusqlite::{OptionalExtension as _, params};

use super::database::Ledger;
use super::error::LedgerError;
use super::row::{COLUMNS, read};
use super::suspects::Kind;
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::lifecycle::Lifecycle;

/// What there is to do for a candidacy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// A pad is to be created.
    Making,
    /// Only a pad that is on the profile is to be adopted.
    Adopting,
    /// A link is to be added to the profile.
    Linking,
    /// A hold may be over.
    Hold,
}

impl Ledger {
    /// One candidacy, as it will be once everything is written that waits. One that is there and
    /// can't be read is [`Lifecycle::Unreadable`], not missing.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn row(&self, id: &OpportunityId) -> Result<Option<Candidacy>, LedgerError> {
        if let Some(row) = self.pending.row(id) {
            return Ok(Some(row.clone()));
        }
        Ok(self.rows("id = ?1", [id.as_str()])?.pop())
    }

    /// The candidacies for which there is something of one kind to do by now, in the order of the
    /// queue. By kind, so that those that are blocked don't hold up the others.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn due(&self, kind: Due, now_ms: i64, most: usize) -> Result<Vec<Candidacy>, LedgerError> {
        let condition = match kind {
            Due::Making => {
                "state = 'eligible' AND iif(json_valid(life), json_type(life, '$.consent') = 'text', 0)"
            }
            Due::Adopting => {
                "state = 'eligible' AND iif(json_valid(life), json_type(life, '$.consent') <> 'text', 0)"
            }
            Due::Linking => "state = 'created'",
            Due::Hold => "state = 'held'",
        };
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        self.readable(
            &format!("due_ms <= ?1 AND {condition} ORDER BY queued_ms, row LIMIT ?2"),
            params![now_ms, most],
        )
    }

    /// The candidacies that come due later than any wait that there is: the clock was set back.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn due_after(&self, latest_ms: i64) -> Result<Vec<Candidacy>, LedgerError> {
        self.readable("due_ms > ?1 ORDER BY queued_ms, row", [latest_ms])
    }

    /// When the next candidacy comes due, in ms since the epoch, after `now_ms`.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn next_due_ms(&self, now_ms: i64) -> Result<Option<i64>, LedgerError> {
        let sql = "SELECT min(due_ms) FROM opportunity WHERE due_ms > ?1";
        let mut query = self.connection.prepare_cached(sql)?;
        Ok(query.query_row([now_ms], |row| row.get(0))?)
    }

    /// All candidacies in one state, in the order of the queue.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn in_state(&self, state: &str) -> Result<Vec<Candidacy>, LedgerError> {
        self.readable("state = ?1 ORDER BY queued_ms, row", [state])
    }

    /// The candidacies of one person.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn of_contact(&self, contact: &ContactId) -> Result<Vec<Candidacy>, LedgerError> {
        self.rows("contact = ?1 ORDER BY queued_ms, row", [contact.as_str()])
    }

    /// The candidacies that are neither over nor set aside: those that may leave.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn present(&self) -> Result<Vec<OpportunityId>, LedgerError> {
        let sql = "SELECT id FROM opportunity WHERE left_ms IS NULL \
                   AND state NOT IN ('finished', 'deleted', 'skipped')";
        let ids = self.collect(sql, [], |row| row.get::<_, String>(0).ok())?;
        Ok(ids.into_iter().flatten().map(OpportunityId::new).collect())
    }

    /// Whose pad it is, if the ledger knows it: created, adopted, or a duplicate.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn owner_of(&self, pad: &PadId) -> Result<Option<OpportunityId>, LedgerError> {
        // A link may have the id in small letters.
        let sql = "SELECT id FROM opportunity WHERE pad_id IN (?1, upper(?1))
                   UNION ALL SELECT opportunity FROM duplicate WHERE pad_id IN (?1, upper(?1)) LIMIT 1";
        let mut query = self.connection.prepare_cached(sql)?;
        let owner = query
            .query_row([pad.as_str()], |row| row.get::<_, String>(0))
            .optional()?;
        Ok(owner.map(OpportunityId::new))
    }

    /// How many candidacies were noticed between then and now and let through by the rules, one
    /// by one or behind a hold. Pads that were there already don't count.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn let_through(&self, since_ms: i64, now_ms: i64) -> Result<usize, LedgerError> {
        let sql = "SELECT count(*) FROM opportunity WHERE queued_ms BETWEEN ?1 AND ?2 AND (
                state IN ('intent', 'uncertain', 'refused')
                OR iif(json_valid(life),
                    state = 'eligible' AND json_type(life, '$.consent') = 'text'
                    OR state = 'held' AND json_extract(life, '$.hold.for') IN ('until', 'ask')
                    OR state IN ('created', 'linked')
                        AND json_extract(life, '$.pad.origin') IN ('made', 'found'), 0))";
        let mut query = self.connection.prepare_cached(sql)?;
        let count: i64 = query.query_row([since_ms, now_ms], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or_default())
    }

    /// Those that something can be done for.
    fn readable(
        &self,
        condition: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<Candidacy>, LedgerError> {
        let mut rows = self.rows(condition, values)?;
        rows.retain(|row| row.life != Lifecycle::Unreadable);
        Ok(rows)
    }

    /// All that fit, those that can't be read among them.
    pub(super) fn rows(
        &self,
        condition: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<Candidacy>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM opportunity WHERE {condition}");
        let rows = self.collect(&sql, values, read)?;
        let rows: Vec<Candidacy> = rows.into_iter().flatten().collect();
        for row in rows.iter().filter(|row| row.life == Lifecycle::Unreadable) {
            self.suspect(Kind::Candidacy, row.opportunity.as_str());
        }
        Ok(rows)
    }
}
