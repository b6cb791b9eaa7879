//! Writing: a slice of changes is one transaction.

use rusqlite::{Transaction, named_params, params};

use super::age::must_not_be_forgotten;
use super::pending::Pending;
use super::quarantine::Suspects;
use super::{Ledger, LedgerError, beginning};
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::change::{Change, StateKey, Trigger};
use padwatch_domain::folding::searched;
use padwatch_domain::lifecycle::Lifecycle;

impl Ledger {
    /// Writes all changes or none, durably. What must not be forgotten makes the ledger older.
    pub(super) fn write_all(&mut self, changes: &[Change], now_ms: i64) -> Result<(), LedgerError> {
        if changes.is_empty() {
            return Ok(());
        }
        let brings_age = |change: &Change| matches!(change, Change::Kept(StateKey::Age, _));
        let grows = changes.iter().any(must_not_be_forgotten) && !changes.iter().any(brings_age);
        let older = grows.then(|| self.age.next());
        let transaction = self.connection.transaction()?;
        for change in changes {
            write(&transaction, change, now_ms)?;
        }
        if let Some(age) = &older {
            write(
                &transaction,
                &Change::Kept(StateKey::Age, crate::json::json(age)?),
                now_ms,
            )?;
        }
        transaction.commit()?;
        if let Some(age) = older {
            self.age = age;
            self.is_sealed = false;
            if let Err(error) = self.seal() {
                // It is tried again, and nothing is created until it succeeds.
                tracing::error!(%error, "the ledger's age can't be written");
            }
        }
        Ok(())
    }

    /// Deletes everything in one transaction. What may still stand in free space, and in the copies
    /// and set-aside ledgers, is owed to [`Ledger::wipe`].
    ///
    /// # Errors
    /// When the ledger can't be written; then nothing has changed.
    pub fn forget_everything(&mut self, now_ms: i64) -> Result<(), LedgerError> {
        let may_have_begun = "SELECT EXISTS (
            SELECT 1 FROM opportunity WHERE state IN ('intent', 'uncertain'))";
        let transaction = self.connection.transaction()?;
        let is_unclear: bool = transaction.query_row(may_have_begun, [], |row| row.get(0))?;
        for table in [
            "activity",
            "announcement",
            "duplicate",
            "interview",
            "note",
            "removed",
            "marker",
            "opportunity",
            "posting",
            "keepsake",
            "delivery",
            "hint",
            "sighting",
            "quarantine",
        ] {
            transaction.execute(&format!("DELETE FROM {table}"), [])?;
        }
        // The index keeps the words of what was deleted until it is merged or started afresh.
        transaction.execute_batch(
            "INSERT INTO opportunity_text (opportunity_text) VALUES ('delete-all')",
        )?;
        let age = self.age.next();
        let mut facts = beginning::forgotten(is_unclear);
        facts.push(Change::Kept(StateKey::Age, crate::json::json(&age)?));
        facts.push(Change::Kept(StateKey::WipeOwed, "true".to_owned()));
        for fact in &facts {
            write(&transaction, fact, now_ms)?;
        }
        transaction.commit()?;
        self.age = age;
        self.is_sealed = false;
        self.pending = Pending::default();
        self.suspects = Suspects::default();
        Ok(())
    }
}

fn write(transaction: &Transaction<'_>, change: &Change, now_ms: i64) -> Result<(), LedgerError> {
    match change {
        // What can't be read stays as it is.
        Change::Moved { row, .. } | Change::Touched(row) if row.life == Lifecycle::Unreadable => {
            Ok(())
        }
        Change::Moved { row, what, trigger } => {
            put(transaction, row)?;
            happened(
                transaction,
                row.opportunity.as_str(),
                what,
                &row.reason,
                *trigger,
                now_ms,
            )
        }
        Change::Touched(row) => put(transaction, row),
        Change::Happened {
            opportunity,
            what,
            why,
            trigger,
        } => happened(
            transaction,
            opportunity.as_str(),
            what,
            why,
            *trigger,
            now_ms,
        ),
        Change::Announced(news) => super::outbox::tell(transaction, news, now_ms),
        Change::MarkerOpened { marker, written_ms } => {
            let sql = "INSERT INTO marker (marker, opportunity, written_ms, outcome) \
                       VALUES (?1, ?2, ?3, 'open')";
            let opportunity = marker.opportunity.as_str();
            run(
                transaction,
                sql,
                params![marker.to_string(), opportunity, written_ms],
            )
        }
        Change::MarkerSettled(marker) => {
            let sql = "UPDATE marker SET outcome = 'settled' WHERE marker = ?1";
            run(transaction, sql, [marker.to_string()])
        }
        Change::MarkerSuperseded(marker) => {
            let sql = "UPDATE marker SET outcome = 'superseded', superseded_ms = ?2 \
                       WHERE marker = ?1";
            run(transaction, sql, params![marker.to_string(), now_ms])
        }
        Change::DuplicateFound {
            opportunity,
            pad,
            link,
            ours,
        } => {
            let sql = "INSERT INTO duplicate VALUES (?1, ?2, ?3, ?4, ?5, NULL) \
                       ON CONFLICT (pad_id) DO UPDATE SET gone_ms = NULL, ours = excluded.ours";
            let opportunity = opportunity.as_str();
            run(
                transaction,
                sql,
                params![pad.as_str(), opportunity, link, ours, now_ms],
            )
        }
        Change::DuplicateGone(pad) => {
            let sql = "UPDATE duplicate SET gone_ms = ?2 WHERE pad_id = ?1";
            run(transaction, sql, params![pad.as_str(), now_ms])
        }
        Change::Posting(id, title) => entitle(transaction, id.as_str(), title),
        Change::LookedUp(number) => {
            run(transaction, "DELETE FROM hint WHERE number = ?1", [number])
        }
        Change::AllLookedUp(newest) => {
            run(transaction, "DELETE FROM hint WHERE number <= ?1", [newest])
        }
        Change::Followed {
            opportunity,
            pad,
            known,
        } => super::interviews::put(transaction, opportunity, pad, known),
        Change::Noted(note, file) => super::notes::put(transaction, note, file.as_deref()),
        Change::NoteGone(id) => run(
            transaction,
            "DELETE FROM note WHERE opportunity = ?1",
            [id.as_str()],
        ),
        Change::Sighted(id, sighting) => super::sightings::put(transaction, id, sighting),
        Change::HadPad(id) => super::persons::had_pad(transaction, id, now_ms),
        Change::PersonRemoved(id) => super::persons::remove(transaction, id, now_ms),
        Change::PersonsSeen(ids) => super::persons::seen(transaction, ids, now_ms),
        Change::Kept(key, value) => {
            let sql = "INSERT INTO keepsake VALUES (?1, ?2) \
                       ON CONFLICT (name) DO UPDATE SET value = excluded.value";
            run(transaction, sql, params![key.name(), value])
        }
        Change::Dropped(key) => run(
            transaction,
            "DELETE FROM keepsake WHERE name = ?1",
            [key.name()],
        ),
    }
}

/// Remembers the title of a job, and gives it to the candidates who are shown without it.
fn entitle(transaction: &Transaction<'_>, id: &str, title: &str) -> Result<(), LedgerError> {
    let sql = "INSERT INTO posting VALUES (?1, ?2) \
               ON CONFLICT (id) DO UPDATE SET title = excluded.title";
    run(transaction, sql, params![id, title])?;
    let sql = "SELECT row, name, coalesce(link, '') FROM opportunity \
               WHERE posting_id = ?1 AND posting = ''";
    let mut query = transaction.prepare_cached(sql)?;
    let found = query.query_map([id], |row| {
        Ok((
            row.get(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, String>(2)?,
        ))
    })?;
    let found = found.collect::<Result<Vec<(i64, String, String)>, _>>()?;
    for (row, name, link) in found {
        let sql = "UPDATE opportunity SET posting = ?2, folded = ?3 WHERE row = ?1";
        run(
            transaction,
            sql,
            params![row, title, searched(&name, title, &link)],
        )?;
    }
    Ok(())
}

pub(super) fn put(transaction: &Transaction<'_>, row: &Candidacy) -> Result<(), LedgerError> {
    let sql = "INSERT INTO opportunity (id, contact, name, posting_id, posting, stage, tags, owner,
            profile, state, life, pad_id, link, folded, reason, queued_ms, since_ms,
            left_ms, copied_ms, sent_ms, arrived_ms)
        VALUES (:id, :contact, :name, :posting_id, :posting, :stage, :tags, :owner,
            :profile, :state, :life, :pad_id, :link, :folded, :reason, :queued_ms, :since_ms,
            :left_ms, :copied_ms, :sent_ms, :arrived_ms)
        ON CONFLICT (id) DO UPDATE SET contact = excluded.contact, name = excluded.name,
            posting_id = excluded.posting_id, posting = excluded.posting, stage = excluded.stage,
            tags = excluded.tags, owner = excluded.owner, profile = excluded.profile,
            state = excluded.state, life = excluded.life, quarantined_ms = NULL,
            pad_id = excluded.pad_id, link = excluded.link, folded = excluded.folded,
            reason = excluded.reason,
            since_ms = excluded.since_ms, left_ms = excluded.left_ms,
            copied_ms = excluded.copied_ms, sent_ms = excluded.sent_ms,
            arrived_ms = excluded.arrived_ms";
    let seen = &row.seen;
    let pad = row.life.pad();
    run(
        transaction,
        sql,
        named_params! {
            ":id": row.opportunity.as_str(),
            ":contact": seen.contact.as_ref().map(AsRef::as_ref),
            ":name": seen.name,
            ":posting_id": seen.posting.as_ref().map(AsRef::as_ref),
            ":posting": seen.posting_title,
            ":stage": seen.stage.as_ref().map(AsRef::as_ref),
            ":tags": crate::json::json(&seen.tags)?,
            ":owner": seen.owner.as_ref().map(AsRef::as_ref),
            ":profile": seen.profile_url,
            ":state": row.life.state(),
            ":life": crate::json::json(&row.life)?,
            ":pad_id": pad.map(|pad| pad.id.as_str()),
            ":link": pad.map(|pad| pad.link.as_str()),
            ":folded": searched(&seen.name, &seen.posting_title, pad.map_or("", |pad| &pad.link)),
            ":reason": row.reason,
            ":queued_ms": row.queued_ms,
            ":since_ms": row.since_ms,
            ":left_ms": row.left_ms,
            ":copied_ms": row.copied_ms,
            ":sent_ms": row.sent_ms,
            ":arrived_ms": seen.arrived_ms,
        },
    )
}

fn happened(
    transaction: &Transaction<'_>,
    opportunity: &str,
    what: &str,
    why: &str,
    trigger: Trigger,
    now_ms: i64,
) -> Result<(), LedgerError> {
    let sql = "INSERT INTO activity (opportunity, at_ms, what, why, set_off_by) \
               VALUES (?1, ?2, ?3, ?4, ?5)";
    run(
        transaction,
        sql,
        params![opportunity, now_ms, what, why, trigger.words()],
    )
}

pub(super) fn run(
    transaction: &Transaction<'_>,
    sql: &str,
    values: impl rusqlite::Params,
) -> Result<(), LedgerError> {
    transaction.prepare_cached(sql)?.execute(values)?;
    Ok(())
}
