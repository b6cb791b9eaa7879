//! Rows that can't be read: a state of a newer Padwatch, or a value that something else has
//! spoiled. Each is named, served no more, and left as it is; everything else continues.

use std::cell::RefCell;
use std::collections::BTreeSet;

use lever::OpportunityId;
use rusqlite::{Row as SqlRow, Transaction, params};

use super::rows::{self, COLUMNS};
use super::{Ledger, LedgerError};
use padwatch_domain::announcement::News;
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::lifecycle::Lifecycle;

/// Which table a row that can't be read is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Candidacy,
    Note,
    Interview,
    Duplicate,
    Announcement,
    Hint,
}

/// Rows that were found while reading, until they are quarantined.
#[derive(Debug, Default)]
pub(super) struct Suspects(RefCell<BTreeSet<(Kind, String)>>);

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Candidacy => "candidacy",
            Self::Note => "note",
            Self::Interview => "interview",
            Self::Duplicate => "duplicate",
            Self::Announcement => "announcement",
            Self::Hint => "hint",
        }
    }
}

impl Ledger {
    /// Notes a row that can't be read.
    pub(super) fn suspect(&self, kind: Kind, id: impl Into<String>) {
        self.suspects.0.borrow_mut().insert((kind, id.into()));
    }

    /// Quarantines what was found while reading since the last time. Returns true if there is
    /// something new.
    ///
    /// # Errors
    /// When the ledger can't be written; then it is found again.
    pub fn quarantine_found(&mut self, now_ms: i64) -> Result<bool, LedgerError> {
        let found = self.suspects.0.take();
        if found.is_empty() {
            return Ok(false);
        }
        let transaction = self.connection.transaction()?;
        let mut is_new = false;
        for (kind, id) in found {
            is_new |= isolate(&transaction, kind, &id, now_ms)?;
        }
        transaction.commit()?;
        Ok(is_new)
    }

    /// How many rows are quarantined.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn quarantined(&self) -> Result<u32, LedgerError> {
        let sql = "SELECT count(*) FROM quarantine";
        let mut query = self.connection.prepare_cached(sql)?;
        let count: i64 = query.query_row([], |row| row.get(0))?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// At a start: what can be read again continues, and what is open and can't be read is found
    /// before anything is done for it.
    pub(super) fn quarantine_at_start(&mut self, now_ms: i64) -> Result<(), LedgerError> {
        self.release_readable()?;
        let open = self.rows(
            "section IN ('needsYou', 'toSend', 'waiting', 'upcoming')",
            [],
        )?;
        tracing::debug!(open = open.len(), "open candidacies were read");
        self.quarantine_found(now_ms)?;
        Ok(())
    }

    /// A newer Padwatch may read what an older one could not.
    fn release_readable(&mut self) -> Result<(), LedgerError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM opportunity
             WHERE id IN (SELECT id FROM quarantine WHERE kind = 'candidacy')"
        );
        let readable = self.collect(&sql, [], rows::read)?;
        let readable: Vec<Candidacy> = readable
            .into_iter()
            .flatten()
            .filter(|row| row.life != Lifecycle::Unreadable)
            .collect();
        let transaction = self.connection.transaction()?;
        for row in &readable {
            super::writing::put(&transaction, row)?;
            let sql = "DELETE FROM quarantine WHERE kind = 'candidacy' AND id = ?1";
            transaction.execute(sql, [row.opportunity.as_str()])?;
        }
        // Of the others it shows again when they are read.
        transaction.execute("DELETE FROM quarantine WHERE kind <> 'candidacy'", [])?;
        Ok(transaction.commit()?)
    }

    /// All rows of a query, as far as each can be read.
    pub(super) fn collect<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl Fn(&SqlRow<'_>) -> T,
    ) -> Result<Vec<T>, LedgerError> {
        let mut query = self.connection.prepare_cached(sql)?;
        let mut rows = query.query(values)?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(read(row));
        }
        Ok(all)
    }
}

/// Takes a row out of all work, and tells once that it can't be read.
fn isolate(
    transaction: &Transaction<'_>,
    kind: Kind,
    id: &str,
    now_ms: i64,
) -> Result<bool, LedgerError> {
    let sql = "INSERT OR IGNORE INTO quarantine VALUES (?1, ?2, ?3)";
    let new = transaction.execute(sql, params![kind.name(), id, now_ms])?;
    if new == 0 {
        return Ok(false);
    }
    tracing::error!(
        kind = kind.name(),
        id,
        "a row can't be read and is quarantined"
    );
    match kind {
        Kind::Candidacy => {
            let sql = "UPDATE opportunity SET quarantined_ms = ?2 WHERE id = ?1";
            transaction.execute(sql, params![id, now_ms])?;
            tell(transaction, id, now_ms)?;
        }
        Kind::Note => {
            let sql = "UPDATE note SET due_ms = NULL WHERE opportunity = ?1";
            transaction.execute(sql, [id])?;
        }
        Kind::Interview | Kind::Duplicate | Kind::Announcement | Kind::Hint => {}
    }
    Ok(true)
}

fn tell(transaction: &Transaction<'_>, id: &str, now_ms: i64) -> Result<(), LedgerError> {
    let sql = format!("SELECT {COLUMNS} FROM opportunity WHERE id = ?1");
    let mut query = transaction.prepare_cached(&sql)?;
    let mut found = query.query([id])?;
    let Some(row) = found.next()?.and_then(rows::read) else {
        return Ok(());
    };
    let news = News::Asks {
        who: row.who(),
        question: row.reason,
    };
    super::outbox::tell(transaction, &news, now_ms)
}

/// A candidacy of which nothing can be said but who it is about.
pub(super) fn unreadable(row: &SqlRow<'_>, opportunity: OpportunityId) -> Candidacy {
    let text = |name: &str| row.get::<_, String>(name).unwrap_or_default();
    let time = |name: &str| row.get::<_, Option<i64>>(name).unwrap_or_default();
    let seen = padwatch_domain::candidacy::Seen {
        contact: row
            .get::<_, Option<String>>("contact")
            .unwrap_or_default()
            .map(lever::ContactId::new),
        name: text("name"),
        posting_title: text("posting"),
        profile_url: row.get("profile").unwrap_or_default(),
        ..padwatch_domain::candidacy::Seen::default()
    };
    Candidacy {
        opportunity,
        seen,
        life: Lifecycle::Unreadable,
        reason: "Padwatch can’t read what it saved about this candidate, so it creates no pad. \
                 Update Padwatch, or add a pad link in Lever yourself."
            .to_owned(),
        queued_ms: time("queued_ms").unwrap_or_default(),
        since_ms: time("since_ms").unwrap_or_default(),
        left_ms: None,
        copied_ms: None,
        sent_ms: None,
    }
}
