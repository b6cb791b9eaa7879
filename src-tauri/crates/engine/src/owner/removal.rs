//! Removing people from the ledger, a few at a time: with a large ledger each takes milliseconds,
//! and requests that are in flight must not wait for hundreds of them.

use std::collections::VecDeque;

use lever::OpportunityId;

use super::{Change, Owner};

/// So many are removed before whatever else is due has its turn.
const AT_ONCE: usize = 1;

/// Who is to be removed.
#[derive(Debug, Default)]
pub(super) struct Removal {
    queue: VecDeque<OpportunityId>,
    /// What is true once all of them are.
    then: Vec<Change>,
}

impl Removal {
    fn add(&mut self, ids: impl IntoIterator<Item = OpportunityId>) {
        for id in ids {
            if !self.queue.contains(&id) {
                self.queue.push_back(id);
            }
        }
    }

    fn next(&mut self) -> Vec<OpportunityId> {
        let count = self.queue.len().min(AT_ONCE);
        self.queue.drain(..count).collect()
    }

    /// Returns true if there is nothing to do.
    pub(super) fn is_empty(&self) -> bool {
        self.queue.is_empty() && self.then.is_empty()
    }
}

impl Owner<'_> {
    /// Removes all that the ledger knows of these, soon. One that is being worked on waits for the
    /// next time that it is found.
    pub(super) fn remove(&mut self, ids: Vec<OpportunityId>) {
        let known: Vec<OpportunityId> = ids
            .into_iter()
            .filter(|id| matches!(self.cx.store.ledger.row(id), Ok(Some(_))))
            .collect();
        self.retention.removal.add(known);
    }

    /// As [`Owner::remove`]; then this is written.
    pub(super) fn remove_then(&mut self, ids: Vec<OpportunityId>, then: Change) {
        self.remove(ids);
        self.retention.removal.then.push(then);
    }

    pub(super) fn remove_some(&mut self) {
        if self.retention.removal.is_empty() {
            return;
        }
        let mut ids = self.retention.removal.next();
        ids.retain(|id| {
            let is_known = matches!(self.cx.store.ledger.row(id), Ok(Some(_)));
            is_known
                && !self.provisioning.under_way.contains_key(id)
                && !self.cx.is_note_in_flight(id)
        });
        let mut changes: Vec<Change> = ids.iter().cloned().map(Change::PersonRemoved).collect();
        if self.retention.removal.queue.is_empty() {
            changes.append(&mut self.retention.removal.then);
        }
        if changes.is_empty() || !self.cx.try_commit(&changes) {
            return;
        }
        for id in &ids {
            self.reconciling.schedules.remove(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_are_removed_at_a_time_and_each_once() {
        let id = |number: usize| OpportunityId::new(number.to_string());
        let mut removal = Removal::default();
        removal.add((0..10).map(id));
        removal.add((0..10).map(id));
        let mut turns = 0;
        let mut all = Vec::new();
        while !removal.is_empty() {
            let some = removal.next();
            assert!(some.len() <= AT_ONCE);
            all.extend(some);
            turns += 1;
        }
        assert_eq!((turns, all), (10, (0..10).map(id).collect()));
    }
}
