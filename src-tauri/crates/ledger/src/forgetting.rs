//! Forgetting everything at the user's request.

use super::beginning;
use super::database::Ledger;
use super::error::LedgerError;
use super::pending::Pending;
use super::suspects::Suspects;
use super::writing::write;
use padwatch_domain::change::{Change, StateKey};

/// All tables, each before the one that it refers to.
const TABLES: [&str; 14] = [
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
];

impl Ledger {
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
        for table in TABLES {
            transaction.execute(&format!("DELETE FROM {table}"), [])?;
        }
        // The index keeps the words of what was deleted until it is merged or started afresh.
        transaction.execute_batch(
            "INSERT INTO opportunity_text (opportunity_text) VALUES ('delete-all')",
        )?;
        let age = self.age.next();
        let mut facts = beginning::forgotten(is_unclear);
        facts.push(Change::Kept(StateKey::Age, serde_json::to_string(&age)?));
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
