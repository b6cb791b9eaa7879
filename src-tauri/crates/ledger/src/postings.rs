//! The titles of jobs.

use lever::PostingId;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::database::{Ledger, run};
use super::error::LedgerError;
use padwatch_domain::folding::searched;

impl Ledger {
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
}

/// Remembers the title of a job, and gives it to the candidates who are shown without it.
pub(super) fn entitle(
    transaction: &Transaction<'_>,
    id: &str,
    title: &str,
) -> Result<(), LedgerError> {
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
