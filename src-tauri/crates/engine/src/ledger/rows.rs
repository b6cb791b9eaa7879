//! Reading candidacies.

use coderpad::PadId;
use lever::{ContactId, OpportunityId, PostingId, StageId, UserId};
use rusqlite::types::Type;
use rusqlite::{OptionalExtension as _, Row as SqlRow, params};

use super::{Ledger, LedgerError};
use crate::life::Life;
use crate::marker::Marker;
use crate::row::{Row, Seen};
use crate::snapshot::DuplicatePad;

/// What there is to do for a candidacy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// A pad is to be made.
    Making,
    /// Only a pad that is on the profile is to be taken over.
    Adopting,
    /// A link is to be put on the profile.
    Linking,
    /// A hold may be over.
    Hold,
}

/// The columns that [`read`] expects, in its order.
pub(super) const COLUMNS: &str = "id, contact, name, posting_id, posting, stage, tags, owner, \
    profile, life, reason, queued_ms, since_ms, left_ms, copied_ms, sent_ms, arrived_ms";

impl Ledger {
    /// One candidacy.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn row(&self, id: &OpportunityId) -> Result<Option<Row>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM opportunity WHERE id = ?1");
        let mut query = self.connection.prepare_cached(&sql)?;
        Ok(query.query_row([id.as_str()], read).optional()?)
    }

    /// The candidacies for which there is something of one kind to do by now, in the order of the
    /// queue. By kind, so that those who can't go on don't stand in the way of those who can.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn due(&self, kind: Due, now_ms: i64, most: usize) -> Result<Vec<Row>, LedgerError> {
        let condition = match kind {
            Due::Making => "state = 'eligible' AND json_type(life, '$.consent') = 'text'",
            Due::Adopting => "state = 'eligible' AND json_type(life, '$.consent') <> 'text'",
            Due::Linking => "state = 'created'",
            Due::Hold => "state = 'held'",
        };
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        self.rows(
            &format!("due_ms <= ?1 AND {condition} ORDER BY queued_ms, row LIMIT ?2"),
            params![now_ms, most],
        )
    }

    /// The candidacies that come due later than any wait that there is: the clock was set back.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn due_after(&self, latest_ms: i64) -> Result<Vec<Row>, LedgerError> {
        self.rows("due_ms > ?1 ORDER BY queued_ms, row", [latest_ms])
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
    pub fn in_state(&self, state: &str) -> Result<Vec<Row>, LedgerError> {
        self.rows("state = ?1 ORDER BY queued_ms, row", [state])
    }

    /// The candidacies of one person.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn of_contact(&self, contact: &ContactId) -> Result<Vec<Row>, LedgerError> {
        self.rows("contact = ?1 ORDER BY queued_ms, row", [contact.as_str()])
    }

    /// The candidacies that are neither over nor set aside: those that may leave.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn present(&self) -> Result<Vec<OpportunityId>, LedgerError> {
        let sql = "SELECT id FROM opportunity WHERE left_ms IS NULL \
                   AND state NOT IN ('finished', 'deleted', 'skipped')";
        let mut query = self.connection.prepare_cached(sql)?;
        let ids = query.query_map([], |row| Ok(OpportunityId::new(row.get::<_, String>(0)?)))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Whose pad it is, if the ledger knows it: made, adopted, or a duplicate.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn owner_of(&self, pad: &PadId) -> Result<Option<OpportunityId>, LedgerError> {
        let sql = "SELECT id FROM opportunity WHERE pad_id = ?1
                   UNION ALL SELECT opportunity FROM duplicate WHERE pad_id = ?1 LIMIT 1";
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
                OR state = 'eligible' AND json_type(life, '$.consent') = 'text'
                OR state = 'held' AND json_extract(life, '$.hold.for') IN ('until', 'ask')
                OR state IN ('created', 'linked')
                    AND json_extract(life, '$.pad.origin') IN ('made', 'found'))";
        let mut query = self.connection.prepare_cached(sql)?;
        let count: i64 = query.query_row([since_ms, now_ms], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or_default())
    }

    /// Attempts whose pad is not known and may still turn up, begun since then.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn loose_markers(&self, since_ms: i64) -> Result<Vec<(Marker, i64)>, LedgerError> {
        let sql = "SELECT marker, written_ms FROM marker \
                   WHERE outcome = 'superseded' AND written_ms >= ?1 ORDER BY written_ms";
        let mut query = self.connection.prepare_cached(sql)?;
        let found = query.query_map([since_ms], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
        })?;
        let mut markers = Vec::new();
        for entry in found {
            let (text, written_ms) = entry?;
            markers.extend(Marker::parse(&text).map(|marker| (marker, written_ms)));
        }
        Ok(markers)
    }

    /// The pads too many of one candidacy that are still there.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn duplicates(&self, id: &OpportunityId) -> Result<Vec<DuplicatePad>, LedgerError> {
        let sql = "SELECT pad_id, link, ours FROM duplicate \
                   WHERE opportunity = ?1 AND gone_ms IS NULL ORDER BY found_ms";
        let mut query = self.connection.prepare_cached(sql)?;
        let found = query.query_map([id.as_str()], |row| {
            let pad = row.get::<_, String>(0)?;
            let id = PadId::parse(&pad).map_err(|_| unreadable(0))?;
            Ok(DuplicatePad {
                id,
                link: row.get(1)?,
                ours: row.get(2)?,
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The pads of one candidacy that were deleted: its own, and those that were too many.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn deleted_pads(&self, id: &OpportunityId) -> Result<Vec<PadId>, LedgerError> {
        let sql = "SELECT pad_id FROM opportunity WHERE id = ?1 AND state = 'deleted'
                   UNION ALL SELECT pad_id FROM duplicate
                   WHERE opportunity = ?1 AND ours = 1 AND gone_ms IS NOT NULL";
        let mut query = self.connection.prepare_cached(sql)?;
        let found = query.query_map([id.as_str()], |row| {
            PadId::parse(&row.get::<_, String>(0)?).map_err(|_| unreadable(0))
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The title of a posting, if it was read once.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn posting_title(&self, id: &PostingId) -> Result<Option<String>, LedgerError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT title FROM posting WHERE id = ?1")?;
        Ok(query
            .query_row([id.as_str()], |row| row.get(0))
            .optional()?)
    }

    /// The postings whose title is not known, of candidates who don't wait for a pad: whose does,
    /// its creation reads it.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn untitled_postings(&self) -> Result<Vec<PostingId>, LedgerError> {
        let sql = "SELECT posting_id FROM opportunity
                   WHERE posting = '' AND posting_id IS NOT NULL AND left_ms IS NULL
                       AND state NOT IN ('eligible', 'intent')
                   GROUP BY posting_id ORDER BY max(row) DESC LIMIT 50";
        let mut query = self.connection.prepare_cached(sql)?;
        let found = query.query_map([], |row| row.get::<_, String>(0))?;
        let ids = found.map(|id| id.map(PostingId::new));
        Ok(ids.collect::<Result<_, _>>()?)
    }

    pub(super) fn rows(
        &self,
        condition: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<Row>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM opportunity WHERE {condition}");
        let mut query = self.connection.prepare_cached(&sql)?;
        let rows = query.query_map(values, read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

pub(super) fn read(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    let tags: String = row.get("tags")?;
    let life: String = row.get("life")?;
    let text = |name: &str| row.get::<_, Option<String>>(name);
    Ok(Row {
        opportunity: OpportunityId::new(row.get::<_, String>("id")?),
        seen: Seen {
            contact: text("contact")?.map(ContactId::new),
            name: row.get("name")?,
            posting: text("posting_id")?.map(PostingId::new),
            posting_title: row.get("posting")?,
            stage: text("stage")?.map(StageId::new),
            tags: serde_json::from_str(&tags).map_err(|_| unreadable(6))?,
            owner: text("owner")?.map(UserId::new),
            profile_url: text("profile")?,
            arrived_ms: row.get("arrived_ms")?,
        },
        life: serde_json::from_str::<Life>(&life).map_err(|_| unreadable(9))?,
        reason: row.get("reason")?,
        queued_ms: row.get("queued_ms")?,
        since_ms: row.get("since_ms")?,
        left_ms: row.get("left_ms")?,
        copied_ms: row.get("copied_ms")?,
        sent_ms: row.get("sent_ms")?,
    })
}

/// A text that passed SQLite's checks but not ours: the ledger is damaged.
fn unreadable(column: usize) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnType(column, "unreadable".to_owned(), Type::Text)
}
