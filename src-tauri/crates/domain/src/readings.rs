//! What look-ups of single opportunities said lately. Pure.
//!
//! A list of everyone that was asked for before knows less than they do: it must not take back
//! what they told. A candidate read a moment ago need not be read again before the pad is
//! made.

use std::collections::HashMap;
use std::time::Duration;

use lever::{Opportunity, OpportunityId};

/// Reads younger than this are reused.
const FRESH: Duration = Duration::from_secs(2);
/// How far Lever's list may lag behind its single answers. Nothing is documented; it costs one
/// round of asking.
const LAG: Duration = Duration::from_secs(5);

#[derive(Debug, Default)]
pub struct Readings(HashMap<OpportunityId, Reading>);

#[derive(Debug)]
struct Reading {
    at: Duration,
    /// `None`: Lever no longer has it.
    found: Option<Opportunity>,
}

impl Readings {
    /// Keeps one.
    pub fn keep(&mut self, id: OpportunityId, found: Option<Opportunity>, at: Duration) {
        self.0.insert(id, Reading { at, found });
    }

    /// Forgets one: something else is known by now.
    pub fn forget(&mut self, id: &OpportunityId) {
        self.0.remove(id);
    }

    /// One that is as good as reading again.
    pub fn fresh(&self, id: &OpportunityId, now: Duration) -> Option<Opportunity> {
        let reading = self.0.get(id)?;
        let is_fresh = now.saturating_sub(reading.at) <= FRESH;
        reading.found.clone().filter(|_| is_fresh)
    }

    /// Returns true if a list that was asked for at `asked` may know less about this one.
    pub fn supersedes(&self, id: &OpportunityId, asked: Duration) -> bool {
        self.0
            .get(id)
            .is_some_and(|reading| reading.at + LAG > asked)
    }

    /// Those that a list asked for at `asked` doesn't outdate; the others go.
    pub fn newer_than(&mut self, asked: Duration) -> impl Iterator<Item = &Opportunity> {
        self.0.retain(|_, reading| reading.at + LAG > asked);
        self.0.values().filter_map(|reading| reading.found.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ada() -> Opportunity {
        serde_json::from_value(serde_json::json!({"id": "ada"})).unwrap()
    }

    #[test]
    fn a_reading_is_fresh_for_a_moment_and_outdates_lists_asked_for_before() {
        let second = Duration::from_secs;
        let mut readings = Readings::default();
        let id = ada().id;
        readings.keep(id.clone(), Some(ada()), second(100));
        assert!(readings.fresh(&id, second(102)).is_some());
        assert!(readings.fresh(&id, second(103)).is_none());
        assert!(readings.supersedes(&id, second(99)));
        assert!(readings.supersedes(&id, second(104)));
        assert!(!readings.supersedes(&id, second(105)));
        assert_eq!(readings.newer_than(second(104)).count(), 1);
        assert_eq!(readings.newer_than(second(105)).count(), 0);
        assert!(!readings.supersedes(&id, second(0)), "it is forgotten");
    }

    #[test]
    fn what_is_gone_is_never_fresh_and_still_outdates() {
        let mut readings = Readings::default();
        let id = ada().id;
        readings.keep(id.clone(), None, Duration::ZERO);
        assert!(readings.fresh(&id, Duration::ZERO).is_none());
        assert!(readings.supersedes(&id, Duration::ZERO));
    }

    #[test]
    fn what_is_forgotten_outdates_nothing() {
        let mut readings = Readings::default();
        let id = ada().id;
        readings.keep(id.clone(), Some(ada()), Duration::ZERO);
        readings.forget(&id);
        assert!(readings.fresh(&id, Duration::ZERO).is_none());
        assert!(!readings.supersedes(&id, Duration::ZERO));
    }
}
