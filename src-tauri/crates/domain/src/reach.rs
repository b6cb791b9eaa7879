//! What a key can see, and since when it has been seen completely.
//!
//! A key that shows more than the one before makes no one new: a candidate it shows for the first
//! time, and who arrived before the last complete look, was there all along.

use lever::{Opportunity, StageId};
use serde::{Deserialize, Serialize};

/// So many reaches are remembered, the latest.
const REMEMBERED: usize = 8;
/// After so many complete looks a reach is known.
const KNOWN_AFTER: u32 = 2;

/// What a look can show: one Lever key sees other candidates than another, and confidential ones
/// only with a grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reach {
    /// Tells keys apart without telling the key.
    pub key: String,
    /// Whether confidential candidates are shown.
    pub confidential: bool,
}

impl Reach {
    /// Returns true if a look with this reach shows everyone that one with the other shows.
    pub fn covers(&self, other: &Self) -> bool {
        self.key == other.key && (self.confidential || !other.confidential)
    }
}

/// Which reaches looks had, and when each was last complete. Persisted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReachLog(Vec<Complete>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Complete {
    reach: Reach,
    /// When the last complete look was asked for, in ms since the epoch.
    asked_ms: i64,
    /// Complete looks in a row.
    looks: u32,
    /// Those who arrived before, in ms since the epoch, were there when it was seen first.
    #[serde(default)]
    since_ms: i64,
}

/// How a candidate is taken whom the ledger doesn't know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Horizon {
    #[default]
    Open,
    /// This reach is seen for the first time: those who arrived before this time, in ms since the
    /// epoch, were there already.
    FirstLook(i64),
    /// It was seen once, at this time, in ms since the epoch. That poll may have left a candidate
    /// out: those of whom nothing has changed since were there already.
    SecondLook(i64),
}

impl ReachLog {
    /// How a look with this reach takes those whom the ledger doesn't know.
    pub fn horizon(&self, reach: &Reach) -> Horizon {
        let Some(last) = self.0.last() else {
            return Horizon::Open;
        };
        if last.reach.covers(reach) {
            return if last.looks < KNOWN_AFTER {
                Horizon::SecondLook(last.since_ms)
            } else {
                Horizon::Open
            };
        }
        let covering = self.0.iter().filter(|known| known.reach.covers(reach));
        let since_ms = covering.map(|known| known.asked_ms).max();
        Horizon::FirstLook(since_ms.unwrap_or(last.asked_ms))
    }

    /// A look with this reach is over. One of which some rows could not be read (`is_whole`) makes
    /// the reach no better known.
    pub fn complete(&mut self, reach: &Reach, asked_ms: i64, is_whole: bool) {
        let since_ms = match self.horizon(reach) {
            Horizon::FirstLook(since_ms) => since_ms,
            Horizon::Open | Horizon::SecondLook(_) => asked_ms,
        };
        let is_again = self.0.last().is_some_and(|last| last.reach == *reach);
        let known = self.0.iter().position(|known| known.reach == *reach);
        let before = known.map(|at| self.0.remove(at)).filter(|_| is_again);
        let (looks, since_ms) = match before {
            Some(before) if before.looks > 0 => {
                let further = u32::from(is_whole);
                let looks = before.looks.saturating_add(further).min(KNOWN_AFTER);
                (looks, before.since_ms)
            }
            _ => (1, since_ms),
        };
        self.0.push(Complete {
            reach: reach.clone(),
            asked_ms,
            looks,
            since_ms,
        });
        let surplus = self.0.len().saturating_sub(REMEMBERED);
        self.0.drain(..surplus);
    }

    /// Other candidates are watched from now on: the next look is the first of them.
    pub fn watches_others(&mut self) {
        if let Some(last) = self.0.last_mut() {
            (last.looks, last.since_ms) = (0, last.asked_ms);
        }
    }

    /// Returns true if the latest look had this reach, and its looks are known to be complete.
    pub fn is_settled_at(&self, reach: &Reach) -> bool {
        let last = self.0.last();
        last.is_some_and(|last| last.reach == *reach && last.looks >= KNOWN_AFTER)
    }

    /// Returns true if confidential candidates were ever shown.
    pub fn has_shown_confidential(&self) -> bool {
        self.0.iter().any(|known| known.reach.confidential)
    }
}

impl Horizon {
    /// Returns true if a candidate whom the ledger doesn't know was there all along.
    pub fn was_there(self, opportunity: &Opportunity, watched: &[StageId]) -> bool {
        let arrived_ms = opportunity.course.last_arrival_ms(watched);
        match self {
            Self::Open => false,
            Self::FirstLook(before_ms) => arrived_ms.is_none_or(|at| at < before_ms),
            Self::SecondLook(before_ms) => {
                arrived_ms.max(opportunity.course.updated_at_ms) < Some(before_ms)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(key: &str, confidential: bool) -> Reach {
        Reach {
            key: key.to_owned(),
            confidential,
        }
    }

    fn known(looks: &[(&Reach, i64)]) -> ReachLog {
        let mut log = ReachLog::default();
        for (reach, asked_ms) in looks {
            log.complete(reach, *asked_ms, true);
        }
        log
    }

    fn arrived_at(at: i64, updated: i64) -> Opportunity {
        serde_json::from_value(serde_json::json!({
            "id": "ada", "createdAt": 1, "updatedAt": updated,
            "stageChanges": [{"toStageId": "phone", "updatedAt": at}],
        }))
        .unwrap()
    }

    #[test]
    fn a_key_that_shows_more_makes_nobody_new() {
        let (less, more) = (reach("a", false), reach("a", true));
        let log = known(&[(&less, 10), (&less, 40)]);
        assert_eq!(log.horizon(&less), Horizon::Open);
        assert_eq!(log.horizon(&more), Horizon::FirstLook(40));
        assert_eq!(log.horizon(&reach("b", false)), Horizon::FirstLook(40));
        assert_eq!(known(&[]).horizon(&less), Horizon::Open);
    }

    #[test]
    fn a_reach_that_comes_back_counts_from_its_own_last_look() {
        let (more, less) = (reach("a", true), reach("b", false));
        let log = known(&[(&more, 10), (&more, 40), (&less, 70), (&less, 100)]);
        assert_eq!(log.horizon(&more), Horizon::FirstLook(40));
        let narrow = reach("a", false);
        let log = known(&[(&more, 10), (&more, 40), (&narrow, 70)]);
        assert_eq!(log.horizon(&more), Horizon::FirstLook(40));
    }

    #[test]
    fn who_is_missing_from_the_first_look_of_a_reach_is_not_there_already() {
        let (less, more) = (reach("a", false), reach("b", true));
        let log = known(&[(&less, 10), (&less, 40), (&more, 70)]);
        assert_eq!(log.horizon(&more), Horizon::SecondLook(40));
    }

    #[test]
    fn the_second_look_still_adds_to_those_who_were_there() {
        let all = reach("a", true);
        let once = known(&[(&all, 10)]);
        assert_eq!(once.horizon(&all), Horizon::SecondLook(10));
        assert!(!once.is_settled_at(&all));
        let mut twice = known(&[(&all, 10), (&all, 40)]);
        assert!(twice.is_settled_at(&all));
        assert_eq!(twice.horizon(&all), Horizon::Open);
        let mut with_gaps = once;
        with_gaps.complete(&all, 40, false);
        assert_eq!(with_gaps.horizon(&all), Horizon::SecondLook(10));
        twice.watches_others();
        assert_eq!(twice.horizon(&all), Horizon::SecondLook(40));
    }

    #[test]
    fn who_arrived_or_changed_since_is_new() {
        let phone = [StageId::new("phone")];
        let there =
            |horizon: Horizon, at, updated| horizon.was_there(&arrived_at(at, updated), &phone);
        assert!(there(Horizon::FirstLook(40), 39, 90));
        assert!(!there(Horizon::FirstLook(40), 40, 40));
        assert!(there(Horizon::SecondLook(40), 39, 39));
        assert!(!there(Horizon::SecondLook(40), 39, 41), "tagged since");
        assert!(!there(Horizon::Open, 1, 1));
    }

    #[test]
    fn only_the_latest_reaches_are_remembered() {
        let mut log = ReachLog::default();
        for number in 0..20 {
            log.complete(&reach(&number.to_string(), true), number, true);
        }
        assert_eq!(log.0.len(), REMEMBERED);
        assert_eq!(log.horizon(&reach("19", true)), Horizon::SecondLook(18));
    }
}
