//! Whether events arrive: what slows the asking down, and what brings it back. Pure.

use std::time::Duration;

use lever::webhook::EventKind;
use lever::{Opportunity, OpportunityId, StageId};

/// Without an event for so long, Lever is asked as often as without webhooks. A quiet office looks
/// like this too; asking costs one request.
const QUIET: Duration = Duration::from_secs(3600);
/// How long an event may take, with the first of Lever's further tries: their pauses are not
/// published (contracts/lever.md, 5.6).
const PATIENCE: Duration = Duration::from_secs(60);
/// How far Lever's time of a move may lie behind that of its event, in ms.
const SKEW_MS: i64 = 60_000;
/// Moves before that are no longer held against the events, in ms: their tokens will be forgotten.
const OLD_MS: i64 = 2 * 24 * 60 * 60 * 1000;

/// What is known of the arrival of events.
#[derive(Debug, Default)]
pub(crate) struct Arrivals {
    /// Since when we listen, in ms since the epoch.
    since_ms: Option<i64>,
    last: Option<Duration>,
    doubts: Vec<Doubt>,
    is_silent: bool,
}

/// A move of which an event should have told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Doubt {
    /// Whose.
    pub(crate) opportunity: OpportunityId,
    /// An event triggered at that time or later tells of it, in ms since the epoch.
    pub(crate) told_since_ms: i64,
    until: Duration,
}

impl Arrivals {
    /// We listen from now on, or still do.
    pub(crate) fn listening(&mut self, now_ms: i64) {
        self.since_ms.get_or_insert(now_ms);
    }

    /// We don't listen any more, and nothing is expected.
    pub(crate) fn not_listening(&mut self) {
        *self = Self::default();
    }

    /// The computer slept: what was known of the way from Lever to here is old.
    pub(crate) fn slept(&mut self, now_ms: i64) {
        self.last = None;
        self.doubts.clear();
        self.since_ms = self.since_ms.map(|_| now_ms);
    }

    /// An event with a right signature came.
    pub(crate) fn came(&mut self, now: Duration) {
        self.last = Some(now);
    }

    /// An event told of this opportunity.
    pub(crate) fn told(&mut self, kind: &EventKind, id: &OpportunityId, now: Duration) {
        self.came(now);
        self.doubts.retain(|doubt| doubt.opportunity != *id);
        if *kind == EventKind::CandidateStageChange {
            self.is_silent = false;
        }
    }

    /// A look at Lever found somebody new in a watched stage. If it was a move while we listened,
    /// an event should tell of it, now or soon. A tag tells no event, nor perhaps does a candidacy
    /// that begins in the stage (contracts/lever.md, 5.1).
    pub(crate) fn found(
        &mut self,
        found: &Opportunity,
        watched: &[StageId],
        now: Duration,
        now_ms: i64,
    ) {
        let ([_, .., last], Some(since_ms)) = (&found.stage_changes[..], self.since_ms) else {
            return;
        };
        let Some(moved_ms) = last.updated_at_ms else {
            return;
        };
        let expected = moved_ms >= since_ms && moved_ms > now_ms.saturating_sub(OLD_MS);
        let known = self
            .doubts
            .iter()
            .any(|doubt| doubt.opportunity == found.id);
        if expected && !known && watched.contains(&last.to_stage) {
            self.doubts.push(Doubt {
                opportunity: found.id.clone(),
                told_since_ms: moved_ms.saturating_sub(SKEW_MS),
                until: now + PATIENCE,
            });
        }
    }

    /// The moves of which an event should have told by now.
    pub(crate) fn overdue(&mut self, now: Duration) -> Vec<Doubt> {
        self.doubts
            .extract_if(.., |doubt| doubt.until <= now)
            .collect()
    }

    /// No event told of a move.
    pub(crate) fn missing(&mut self) {
        self.is_silent = true;
    }

    /// Whether no event told of a move, and none has told of one since.
    pub(crate) fn are_missing(&self) -> bool {
        self.is_silent
    }

    /// Whether Lever may be asked less often.
    pub(crate) fn are_healthy(&self, now: Duration) -> bool {
        let recent = self
            .last
            .is_some_and(|last| now.saturating_sub(last) < QUIET);
        self.since_ms.is_some() && recent && !self.is_silent
    }

    /// When to look at this again.
    pub(crate) fn next(&self, now: Duration) -> Option<Duration> {
        let quiet = self.last.map(|last| last + QUIET).filter(|at| *at > now);
        let doubts = self.doubts.iter().map(|doubt| doubt.until);
        doubts.chain(quiet).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START_MS: i64 = 1_772_532_000_000;
    const MINUTE: Duration = Duration::from_secs(60);

    fn stages() -> [StageId; 1] {
        [StageId::new("phone")]
    }

    /// Somebody who went through these stages, at these times.
    fn found(changes: &[(&str, i64)]) -> Opportunity {
        let changes: Vec<_> = changes
            .iter()
            .map(|(stage, at)| serde_json::json!({"toStageId": stage, "updatedAt": at}))
            .collect();
        serde_json::from_value(serde_json::json!({"id": "ada", "stageChanges": changes})).unwrap()
    }

    fn listening() -> Arrivals {
        let mut arrivals = Arrivals::default();
        arrivals.listening(START_MS);
        arrivals
    }

    #[test]
    fn a_move_that_no_event_tells_of_is_overdue_after_a_minute() {
        let mut arrivals = listening();
        let ada = found(&[("new", START_MS - 9), ("phone", START_MS + 5)]);
        arrivals.found(&ada, &stages(), Duration::ZERO, START_MS + 9);
        arrivals.found(&ada, &stages(), Duration::ZERO, START_MS + 9);
        assert_eq!(arrivals.next(Duration::ZERO), Some(MINUTE));
        assert_eq!(arrivals.overdue(MINUTE / 2), []);
        assert_eq!(arrivals.overdue(MINUTE).len(), 1);
        assert_eq!(arrivals.overdue(MINUTE), [], "asked once");
    }

    #[test]
    fn what_no_event_would_tell_of_is_expected_of_none() {
        let mut arrivals = listening();
        for nothing in [
            found(&[]),
            found(&[("phone", START_MS + 5)]),
            found(&[("new", START_MS - 9), ("phone", START_MS - 5)]),
            found(&[("phone", START_MS - 9), ("onsite", START_MS + 5)]),
        ] {
            arrivals.found(&nothing, &stages(), Duration::ZERO, START_MS + 9);
        }
        assert_eq!(arrivals.next(Duration::ZERO), None);
        let mut deaf = Arrivals::default();
        let ada = found(&[("new", START_MS - 9), ("phone", START_MS + 5)]);
        deaf.found(&ada, &stages(), Duration::ZERO, START_MS + 9);
        assert_eq!(deaf.next(Duration::ZERO), None);
    }

    #[test]
    fn events_are_healthy_for_an_hour_and_while_none_is_missing() {
        let mut arrivals = listening();
        let ada = OpportunityId::new("ada");
        assert!(!arrivals.are_healthy(MINUTE), "nothing has come yet");
        arrivals.told(&EventKind::CandidateHired, &ada, MINUTE);
        assert!(arrivals.are_healthy(60 * MINUTE));
        assert!(!arrivals.are_healthy(61 * MINUTE));
        assert_eq!(arrivals.next(MINUTE), Some(61 * MINUTE));

        arrivals.missing();
        arrivals.told(&EventKind::CandidateHired, &ada, 61 * MINUTE);
        assert!(
            !arrivals.are_healthy(62 * MINUTE),
            "it is moves that were missing"
        );
        arrivals.told(&EventKind::CandidateStageChange, &ada, 62 * MINUTE);
        assert!(arrivals.are_healthy(63 * MINUTE));
        arrivals.slept(START_MS);
        assert!(!arrivals.are_healthy(63 * MINUTE));
    }

    #[test]
    fn an_event_that_comes_in_time_ends_the_doubt() {
        let mut arrivals = listening();
        let ada = found(&[("new", START_MS - 9), ("phone", START_MS + 5)]);
        arrivals.found(&ada, &stages(), Duration::ZERO, START_MS + 9);
        arrivals.told(&EventKind::CandidateStageChange, &ada.id, MINUTE / 2);
        assert_eq!(arrivals.overdue(MINUTE), []);
    }
}
