//! Reading candidacies.

use coderpad::PadId;
use lever::{ContactId, OpportunityId, PostingId, StageId, UserId};
use rusqlite::{OptionalExtension as _, Row as SqlRow, params};

use super::quarantine::{self, Kind};
use super::{Ledger, LedgerError};
use padwatch_domain::candidacy::{Candidacy, Seen};
use padwatch_domain::lifecycle::Lifecycle;
use padwatch_domain::links::DuplicatePad;
use padwatch_domain::marker::Marker;

/// What there is to do for a candidacy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// A pad is to be made.
    Making,
    /// Only a pad that is on the profile is to be adopted.
    Adopting,
    /// A link is to be put on the profile.
    Linking,
    /// A hold may be over.
    Hold,
}

/// The columns that [`read`] expects, in its order.
pub(super) const COLUMNS: &str = "id, contact, name, posting_id, posting, stage, tags, owner, \
    profile, state, life, pad_id, reason, queued_ms, since_ms, left_ms, copied_ms, sent_ms, \
    arrived_ms";

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
                OR iif(json_valid(life),
                    state = 'eligible' AND json_type(life, '$.consent') = 'text'
                    OR state = 'held' AND json_extract(life, '$.hold.for') IN ('until', 'ask')
                    OR state IN ('created', 'linked')
                        AND json_extract(life, '$.pad.origin') IN ('made', 'found'), 0))";
        let mut query = self.connection.prepare_cached(sql)?;
        let count: i64 = query.query_row([since_ms, now_ms], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or_default())
    }

    /// Returns true if an unclear attempt for this candidacy was followed by another one before,
    /// on the user's request or Padwatch's own.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn was_repeated(&self, id: &OpportunityId) -> Result<bool, LedgerError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM marker \
                   WHERE opportunity = ?1 AND superseded_ms IS NOT NULL)";
        let mut query = self.connection.prepare_cached(sql)?;
        Ok(query.query_row([id.as_str()], |row| row.get(0))?)
    }

    /// Attempts whose pad is not known and may still turn up, begun since then.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn loose_markers(&self, since_ms: i64) -> Result<Vec<(Marker, i64)>, LedgerError> {
        let sql = "SELECT marker, written_ms FROM marker \
                   WHERE outcome = 'superseded' AND written_ms >= ?1 ORDER BY written_ms";
        let found = self.collect(sql, [since_ms], |row| {
            let text = row.get::<_, String>(0).ok()?;
            Some((Marker::parse(&text)?, row.get::<_, i64>(1).ok()?))
        })?;
        Ok(found.into_iter().flatten().collect())
    }

    /// The pads too many of one candidacy that are still there.
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

    /// The pads of one candidacy that were deleted: its own, and those that were too many.
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

/// Reads a candidacy; `None`: not even whose it is can be read.
pub(super) fn read(row: &SqlRow<'_>) -> Option<Candidacy> {
    let id = OpportunityId::new(row.get::<_, String>("id").ok()?);
    let whole = read_whole(row, id.clone());
    Some(whole.unwrap_or_else(|| quarantine::unreadable(row, id)))
}

fn read_whole(row: &SqlRow<'_>, opportunity: OpportunityId) -> Option<Candidacy> {
    let tags: String = row.get("tags").ok()?;
    let life: String = row.get("life").ok()?;
    let life: Lifecycle = serde_json::from_str(&life).ok()?;
    let state: String = row.get("state").ok()?;
    let pad: Option<String> = row.get("pad_id").ok()?;
    // Queries go by these columns: one that says otherwise was not written by us.
    if state != life.state() || pad.as_deref() != life.pad().map(|pad| pad.id.as_str()) {
        return None;
    }
    let text = |name: &str| row.get::<_, Option<String>>(name).ok();
    Some(Candidacy {
        opportunity,
        seen: Seen {
            contact: text("contact")?.map(ContactId::new),
            name: row.get("name").ok()?,
            posting: text("posting_id")?.map(PostingId::new),
            posting_title: row.get("posting").ok()?,
            stage: text("stage")?.map(StageId::new),
            tags: serde_json::from_str(&tags).ok()?,
            owner: text("owner")?.map(UserId::new),
            profile_url: text("profile")?,
            arrived_ms: row.get("arrived_ms").ok()?,
        },
        life,
        reason: row.get("reason").ok()?,
        queued_ms: row.get("queued_ms").ok()?,
        since_ms: row.get("since_ms").ok()?,
        left_ms: row.get("left_ms").ok()?,
        copied_ms: row.get("copied_ms").ok()?,
        sent_ms: row.get("sent_ms").ok()?,
    })
}
