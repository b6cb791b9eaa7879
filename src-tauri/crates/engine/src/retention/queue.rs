//! Removing people from the ledger, a few at a time: with a large ledger each takes milliseconds,
//! and requests that are in flight must not wait for hundreds of them.

use std::collections::VecDeque;

use lever::OpportunityId;

use padwatch_domain::change::Change;

/// So many are removed before whatever else is due has its turn.
const AT_ONCE: usize = 1;

/// Who is to be removed.
#[derive(Debug, Default)]
pub(crate) struct Removal {
    pub(crate) queue: VecDeque<OpportunityId>,
    /// What is true once all of them are.
    pub(crate) then: Vec<Change>,
}

impl Removal {
    pub(super) fn add(&mut self, ids: impl IntoIterator<Item = OpportunityId>) {
        for id in ids {
            if !self.queue.contains(&id) {
                self.queue.push_back(id);
            }
        }
    }

    pub(crate) fn next(&mut self) -> Vec<OpportunityId> {
        let count = self.queue.len().min(AT_ONCE);
        self.queue.drain(..count).collect()
    }

    /// Returns true if there is nothing to do.
    pub(crate) fn is_empty(&self) -> bool {
        self.queue.is_empty() && self.then.is_empty()
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
