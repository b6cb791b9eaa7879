//! Backoff for one thing that keeps failing: a pad, a profile, an interview, a note.
//!
//! A failure about one thing slows down that thing alone. The pauses grow to an hour, so that an
//! item which answers 400 for good costs a handful of requests in its first hour and one an hour
//! from then on; after the fifth failure it is quarantined, which its row says.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::Duration;

/// The pauses after the first, second, … failure; the last one is kept.
const PAUSES: [Duration; 6] = [
    Duration::from_secs(10),
    Duration::from_secs(30),
    Duration::from_secs(2 * 60),
    Duration::from_secs(8 * 60),
    Duration::from_secs(30 * 60),
    Duration::from_secs(60 * 60),
];
/// The failure that quarantines.
const QUARANTINED_AT: u32 = 5;

/// Failures in a row of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
    until: Duration,
}

/// The backoffs of many things of one kind.
#[derive(Debug)]
pub struct Backoffs<K> {
    of: HashMap<K, Backoff>,
}

impl Backoff {
    /// The backoff after one more failure at `now`. `asked` is a pause that the service asked for.
    pub fn after_failure(before: Option<Self>, now: Duration, asked: Option<Duration>) -> Self {
        let failures = before.map_or(1, |before| before.failures.saturating_add(1));
        let nth = usize::try_from(failures.saturating_sub(1)).unwrap_or(usize::MAX);
        let [.., longest] = PAUSES;
        let pause = PAUSES.get(nth).copied().unwrap_or(longest);
        // A service may ask for any time; no item waits for longer than the longest pause.
        let pause = pause.max(asked.unwrap_or_default().min(longest));
        Self {
            failures,
            until: now.saturating_add(pause),
        }
    }

    /// Returns true if it failed so often that a person should know.
    pub fn is_quarantined(self) -> bool {
        self.failures >= QUARANTINED_AT
    }
}

impl<K> Default for Backoffs<K> {
    fn default() -> Self {
        Self { of: HashMap::new() }
    }
}

impl<K: Eq + Hash> Backoffs<K> {
    /// Counts a failure and returns the new backoff.
    pub fn failed(&mut self, key: K, now: Duration, asked: Option<Duration>) -> Backoff {
        let backoff = Backoff::after_failure(self.of.get(&key).copied(), now, asked);
        self.of.insert(key, backoff);
        backoff
    }

    /// Forgets the failures of something that worked, or that is to be tried at once.
    pub fn clear(&mut self, key: &K) -> Option<Backoff> {
        self.of.remove(key)
    }

    /// Keeps the failures of things that still matter.
    pub fn retain(&mut self, is_kept: impl Fn(&K) -> bool) {
        self.of.retain(|key, _| is_kept(key));
    }

    /// Returns true if it may be tried at `now`.
    pub fn is_due(&self, key: &K, now: Duration) -> bool {
        self.of.get(key).is_none_or(|backoff| backoff.until <= now)
    }

    /// How long it waits at `now` before it may be tried again.
    pub fn wait(&self, key: &K, now: Duration) -> Duration {
        let backoff = self.of.get(key);
        backoff.map_or(Duration::ZERO, |backoff| backoff.until.saturating_sub(now))
    }

    /// Returns true if it failed so often that a person should know.
    pub fn is_quarantined(&self, key: &K) -> bool {
        self.of
            .get(key)
            .is_some_and(|backoff| backoff.is_quarantined())
    }

    /// How often it failed in a row.
    pub fn failures(&self, key: &K) -> u32 {
        self.of.get(key).map_or(0, |backoff| backoff.failures)
    }

    /// What failed most often in a row, and how often.
    pub fn most_failed(&self) -> Option<(&K, u32)> {
        let failures = self.of.iter().map(|(key, backoff)| (key, backoff.failures));
        failures.max_by_key(|(_, failures)| *failures)
    }

    /// How many things are waiting for another try.
    pub fn count_waiting(&self) -> usize {
        self.of.len()
    }

    /// The earliest time after `now` at which one of them may be tried again.
    pub fn next_wake(&self, now: Duration) -> Option<Duration> {
        let times = self.of.values().map(|backoff| backoff.until);
        times.filter(|until| *until > now).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    #[test]
    fn a_failing_item_is_tried_six_times_in_its_first_hour_then_hourly() {
        let mut backoffs = Backoffs::default();
        let (mut now, mut tries) = (Duration::ZERO, Vec::new());
        while now < 5 * HOUR {
            tries.push(now);
            now = backoffs.failed("pad", now, None).until;
        }
        let in_hour = |hour: u32| {
            let hours = HOUR * hour..HOUR * (hour + 1);
            tries.iter().filter(|at| hours.contains(*at)).count()
        };
        assert_eq!([0, 1, 2, 3].map(in_hour), [6, 1, 1, 1]);
    }

    #[test]
    fn pauses_grow_from_ten_seconds_to_an_hour() {
        let (mut backoff, mut pauses) = (None, Vec::new());
        for _ in 0..7 {
            let after = Backoff::after_failure(backoff, Duration::ZERO, None);
            pauses.push(after.until.as_secs());
            backoff = Some(after);
        }
        assert_eq!(pauses, [10, 30, 120, 480, 1800, 3600, 3600]);
    }

    #[test]
    fn the_fifth_failure_quarantines_and_a_success_clears() {
        let mut backoffs = Backoffs::default();
        for _ in 0..4 {
            backoffs.failed("pad", Duration::ZERO, None);
        }
        assert!(!backoffs.is_quarantined(&"pad"));
        backoffs.failed("pad", Duration::ZERO, None);
        assert!(backoffs.is_quarantined(&"pad"));
        backoffs.clear(&"pad");
        assert!(!backoffs.is_quarantined(&"pad") && backoffs.is_due(&"pad", Duration::ZERO));
    }

    #[test]
    fn a_pause_that_a_service_asks_for_is_kept_up_to_an_hour() {
        let first = Backoff::after_failure(None, Duration::ZERO, Some(Duration::from_secs(90)));
        assert_eq!(first.until, Duration::from_secs(90));
        let absurd = Backoff::after_failure(None, Duration::ZERO, Some(Duration::MAX));
        assert_eq!(absurd.until, HOUR);
    }

    #[test]
    fn one_failing_item_leaves_the_others_due() {
        let mut backoffs = Backoffs::default();
        backoffs.failed("one", Duration::ZERO, None);
        assert!(backoffs.is_due(&"other", Duration::ZERO));
        assert!(!backoffs.is_due(&"one", Duration::ZERO));
        assert_eq!(
            backoffs.next_wake(Duration::ZERO),
            Some(Duration::from_secs(10))
        );
    }

    #[test]
    fn what_fails_most_often_is_named_and_all_that_wait_are_counted() {
        let mut backoffs = Backoffs::default();
        assert_eq!(backoffs.most_failed(), None);
        for thing in ["one", "two", "two"] {
            backoffs.failed(thing, Duration::ZERO, None);
        }
        assert_eq!(backoffs.most_failed(), Some((&"two", 2)));
        assert_eq!(
            (backoffs.failures(&"two"), backoffs.failures(&"none")),
            (2, 0)
        );
        assert_eq!(backoffs.count_waiting(), 2);
        let second = Duration::from_secs(1);
        assert_eq!(backoffs.wait(&"one", second), second * 9);
        assert_eq!(backoffs.wait(&"one", second * 11), Duration::ZERO);
        assert_eq!(backoffs.wait(&"none", second), Duration::ZERO);
        assert_eq!(
            backoffs.next_wake(second * 10),
            Some(second * 30),
            "not now"
        );
        backoffs.retain(|thing| *thing == "one");
        assert_eq!(backoffs.most_failed(), Some((&"one", 1)));
        assert_eq!(backoffs.next_wake(second * 10), None);
    }
}
