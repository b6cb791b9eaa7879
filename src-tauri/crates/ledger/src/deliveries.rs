//! The events of Lever's webhooks: tokens, so that none counts twice, and hints, until each was
//! looked up.

use lever::OpportunityId;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::database::{Ledger, run};
use super::error::LedgerError;
use super::suspects::Kind;

/// An opportunity that is to be looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredHint {
    /// The newest event about it. What was read before a newer event came answers only the older.
    pub number: i64,
    pub opportunity: OpportunityId,
}

/// How many hints wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HintBacklog {
    pub count: usize,
    /// The number of the newest.
    pub newest: i64,
}

/// A verified event of a webhook.
#[derive(Debug, Clone, Copy)]
pub struct Event<'a> {
    /// By which a replay is known.
    pub token: &'a str,
    /// Where to look.
    pub opportunity: &'a OpportunityId,
    /// When it was triggered, in ms since the epoch, by Lever's clock.
    pub triggered_ms: i64,
}

impl Ledger {
    /// Records an event: its token and its hint, durably, in one transaction. Returns true if the
    /// token was new; otherwise nothing was done. Tokens of events
    /// that were triggered before `forget_before_ms` are no longer needed and go.
    ///
    /// # Errors
    /// When the ledger can't be written; then nothing has changed.
    pub fn take(
        &mut self,
        event: Event<'_>,
        now_ms: i64,
        forget_before_ms: i64,
    ) -> Result<bool, LedgerError> {
        let transaction = self.connection.transaction()?;
        let opportunity = event.opportunity.as_str();
        let new = transaction
            .prepare_cached("INSERT OR IGNORE INTO delivery VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![
                event.token,
                opportunity,
                event.triggered_ms,
                now_ms
            ])?;
        if new == 0 {
            return Ok(false);
        }
        // A new row for the same opportunity has a new number, and keeps its place in the queue.
        let hint = "INSERT OR REPLACE INTO hint (opportunity, since_ms) VALUES \
            (?1, coalesce((SELECT since_ms FROM hint WHERE opportunity = ?1), ?2))";
        transaction
            .prepare_cached(hint)?
            .execute(params![opportunity, now_ms])?;
        transaction
            .prepare_cached("DELETE FROM delivery WHERE triggered_ms < ?1")?
            .execute([forget_before_ms])?;
        transaction.commit()?;
        Ok(true)
    }

    /// The hints that wait, oldest first, at most so many.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn hints(&self, most: usize) -> Result<Vec<StoredHint>, LedgerError> {
        let sql = "SELECT number, opportunity FROM hint ORDER BY since_ms, number LIMIT ?1";
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let found = self.collect(sql, [most], |row| {
            let number = row.get(0).ok()?;
            let Ok(text) = row.get::<_, String>(1) else {
                self.suspect(Kind::Hint, i64::to_string(&number));
                return None;
            };
            Some(StoredHint {
                number,
                opportunity: OpportunityId::new(text),
            })
        })?;
        Ok(found.into_iter().flatten().collect())
    }

    /// How many hints wait.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn hint_backlog(&self) -> Result<HintBacklog, LedgerError> {
        let sql = "SELECT count(*), coalesce(max(number), 0) FROM hint";
        let mut query = self.connection.prepare_cached(sql)?;
        Ok(query.query_row([], |row| {
            let count: i64 = row.get(0)?;
            Ok(HintBacklog {
                count: usize::try_from(count).unwrap_or_default(),
                newest: row.get(1)?,
            })
        })?)
    }

    /// Returns true if an event about this opportunity was triggered at that time or later.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn was_told_of(&self, id: &OpportunityId, since_ms: i64) -> Result<bool, LedgerError> {
        let sql = "SELECT 1 FROM delivery WHERE opportunity = ?1 AND triggered_ms >= ?2 LIMIT 1";
        let mut query = self.connection.prepare_cached(sql)?;
        let told = query
            .query_row(params![id.as_str(), since_ms], |_| Ok(()))
            .optional()?;
        Ok(told.is_some())
    }

    /// When the newest event came, in ms since the epoch.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn last_delivery_ms(&self) -> Result<Option<i64>, LedgerError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT max(seen_ms) FROM delivery")?;
        Ok(query.query_row([], |row| row.get(0))?)
    }
}

/// The event of this number was looked up, if it is still the newest about its opportunity.
pub(super) fn looked_up(transaction: &Transaction<'_>, number: i64) -> Result<(), LedgerError> {
    run(transaction, "DELETE FROM hint WHERE number = ?1", [number])
}

pub(super) fn all_looked_up(transaction: &Transaction<'_>, newest: i64) -> Result<(), LedgerError> {
    run(transaction, "DELETE FROM hint WHERE number <= ?1", [newest])
}

#[cfg(test)]
mod tests {
    use super::*;
    use padwatch_domain::change::Change;

    /// Records an event, a token of which is known from then on. Returns true if it was new.
    fn take(ledger: &mut Ledger, event: (&str, &str, i64), now_ms: i64, forget_ms: i64) -> bool {
        let (token, opportunity, triggered_ms) = event;
        let opportunity = &OpportunityId::new(opportunity);
        let event = Event {
            token,
            opportunity,
            triggered_ms,
        };
        ledger.take(event, now_ms, forget_ms).unwrap()
    }

    fn waiting(ledger: &Ledger) -> Vec<String> {
        let hints = ledger.hints(100).unwrap();
        hints
            .iter()
            .map(|hint| hint.opportunity.to_string())
            .collect()
    }

    #[test]
    fn a_token_counts_once_and_leaves_one_hint() {
        let mut ledger = Ledger::in_memory().unwrap();
        assert!(take(&mut ledger, ("t1", "ada", 5), 10, 0));
        assert!(!take(&mut ledger, ("t1", "ben", 5), 11, 0));
        assert!(take(&mut ledger, ("t2", "ada", 6), 12, 0));
        assert_eq!(waiting(&ledger), ["ada"]);
        assert_eq!(ledger.last_delivery_ms().unwrap(), Some(12));
    }

    #[test]
    fn what_was_read_before_a_newer_event_came_does_not_answer_it() {
        let mut ledger = Ledger::in_memory().unwrap();
        take(&mut ledger, ("t1", "ada", 5), 10, 0);
        let [asked] = &ledger.hints(1).unwrap()[..] else {
            panic!("one hint")
        };
        take(&mut ledger, ("t2", "ada", 6), 11, 0);
        ledger
            .commit(&[Change::LookedUp(asked.number)], 12)
            .unwrap();
        let [again] = &ledger.hints(1).unwrap()[..] else {
            panic!("the second event still waits")
        };
        ledger
            .commit(&[Change::LookedUp(again.number)], 13)
            .unwrap();
        assert_eq!(waiting(&ledger), [""; 0]);
    }

    #[test]
    fn hints_keep_their_order_and_a_full_poll_answers_the_older() {
        let mut ledger = Ledger::in_memory().unwrap();
        take(&mut ledger, ("t1", "ada", 1), 10, 0);
        take(&mut ledger, ("t2", "ben", 2), 20, 0);
        take(&mut ledger, ("t3", "ada", 3), 30, 0);
        assert_eq!(waiting(&ledger), ["ada", "ben"]);
        let pile = ledger.hint_backlog().unwrap();
        assert_eq!(pile.count, 2);
        take(&mut ledger, ("t4", "cleo", 4), 40, 0);
        ledger
            .commit(&[Change::AllLookedUp(pile.newest)], 50)
            .unwrap();
        assert_eq!(waiting(&ledger), ["cleo"]);
    }

    #[test]
    fn tokens_go_when_their_events_would_be_refused_for_their_age() {
        let mut ledger = Ledger::in_memory().unwrap();
        take(&mut ledger, ("old", "ada", 100), 100, 0);
        take(&mut ledger, ("new", "ada", 900), 900, 101);
        assert!(!ledger.was_told_of(&OpportunityId::new("ada"), 901).unwrap());
        assert!(ledger.was_told_of(&OpportunityId::new("ada"), 900).unwrap());
        assert!(
            take(&mut ledger, ("old", "ada", 100), 901, 0),
            "it was forgotten"
        );
    }
}
