//! How well events are delivered: it decides how often Lever is polled beside them. Pure.

use std::time::Duration;

use lever::webhook::EventKind;
use lever::{Opportunity, OpportunityId, StageId};

/// Without an event for so long, Lever is polled as often as without webhooks. A quiet office looks
/// like this too; a poll costs one request.
const QUIET: Duration = Duration::from_secs(3600);
/// How long an event may take, with the first of Lever's further tries: their pauses are not
/// published (contracts/lever.md, 5.6).
const PATIENCE: Duration = Duration::from_secs(60);
/// How far Lever's time of a move may lie behind that of its event, in ms.
const SKEW_MS: i64 = 60_000;
/// Moves before that are no longer held against the events, in ms: their tokens will be forgotten.
const OLD_MS: i64 = 2 * 24 * 60 * 60 * 1000;

/// Which events were received, and which are overdue.
#[derive(Debug, Default)]
pub(crate) struct DeliveryHealth {
    /// Since when we listen, in ms since the epoch.
    since_ms: Option<i64>,
    last: Option<Duration>,
    expected: Vec<ExpectedEvent>,
    is_overdue: bool,
}

/// A move of which an event should tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExpectedEvent {
    /// The one that was moved.
    pub(crate) opportunity: OpportunityId,
    /// An event triggered at that time or later is the expected one, in ms since the epoch.
    pub(crate) since_ms: i64,
    until: Duration,
}

impl DeliveryHealth {
    /// We listen from now on, or still do.
    pub(super) fn listening(&mut self, now_ms: i64) {
        self.since_ms.get_or_insert(now_ms);
    }

    /// We no longer listen, and nothing is expected.
    pub(super) fn not_listening(&mut self) {
        *self = Self::default();
    }

    /// The computer was suspended: what was known of the way from Lever to here is old.
    pub(crate) fn suspended(&mut self, now_ms: i64) {
        self.last = None;
        self.expected.clear();
        self.since_ms = self.since_ms.map(|_| now_ms);
    }

    /// An event with a right signature came.
    pub(super) fn received(&mut self, now: Duration) {
        self.last = Some(now);
    }

    /// An event about this opportunity came.
    pub(super) fn received_about(&mut self, kind: &EventKind, id: &OpportunityId, now: Duration) {
        self.received(now);
        self.expected.retain(|event| event.opportunity != *id);
        if *kind == EventKind::CandidateStageChange {
            self.is_overdue = false;
        }
    }

    /// A poll found a new candidate in a watched stage. If it was a move while we listened, an event
    /// should tell of it, now or soon. A tag causes no event, nor perhaps does a candidacy that
    /// begins in the stage (contracts/lever.md, 5.1).
    pub(super) fn expect_event_of(
        &mut self,
        found: &Opportunity,
        watched: &[StageId],
        now: Duration,
        now_ms: i64,
    ) {
        let ([_, .., last], Some(since_ms)) = (&found.course.stage_changes[..], self.since_ms)
        else {
            return;
        };
        let Some(moved_ms) = last.updated_at_ms else {
            return;
        };
        let expected = moved_ms >= since_ms && moved_ms > now_ms.saturating_sub(OLD_MS);
        let known = self
            .expected
            .iter()
            .any(|event| event.opportunity == found.id);
        if expected && !known && watched.contains(&last.to_stage) {
            self.expected.push(ExpectedEvent {
                opportunity: found.id.clone(),
                since_ms: moved_ms.saturating_sub(SKEW_MS),
                until: now + PATIENCE,
            });
        }
    }

    /// The moves of which an event should have told by now.
    pub(super) fn take_overdue(&mut self, now: Duration) -> Vec<ExpectedEvent> {
        self.expected
            .extract_if(.., |event| event.until <= now)
            .collect()
    }

    /// No event told of a move in time.
    pub(super) fn mark_overdue(&mut self) {
        self.is_overdue = true;
    }

    /// Returns true if no event told of a move in time, and none has told of any since.
    pub(super) fn is_overdue(&self) -> bool {
        self.is_overdue
    }

    /// Returns true if Lever may be polled less often.
    pub(super) fn is_healthy(&self, now: Duration) -> bool {
        let recent = self
            .last
            .is_some_and(|last| now.saturating_sub(last) < QUIET);
        self.since_ms.is_some() && recent && !self.is_overdue
    }

    /// When to check this again.
    pub(super) fn next_check(&self, now: Duration) -> Option<Duration> {
        let quiet = self.last.map(|last| last + QUIET).filter(|at| *at > now);
        let expected = self.expected.iter().map(|event| event.until);
        expected.chain(quiet).min()
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

    /// A candidate who went through these stages, at these times.
    fn found(changes: &[(&str, i64)]) -> Opportunity {
        let changes: Vec<_> = changes
            .iter()
            .map(|(stage, at)| serde_json::json!({"toStageId": stage, "updatedAt": at}))
            .collect();
        serde_json::from_value(serde_json::json!({"id": "ada", "stageChanges": changes})).unwrap()
    }

    fn listening() -> DeliveryHealth {
        let mut health = DeliveryHealth::default();
        health.listening(START_MS);
        health
    }

    #[test]
    fn a_move_without_an_event_is_overdue_after_a_minute() {
        let mut health = listening();
        let ada = found(&[("new", START_MS - 9), ("phone", START_MS + 5)]);
        health.expect_event_of(&ada, &stages(), Duration::ZERO, START_MS + 9);
        health.expect_event_of(&ada, &stages(), Duration::ZERO, START_MS + 9);
        assert_eq!(health.next_check(Duration::ZERO), Some(MINUTE));
        assert_eq!(health.take_overdue(MINUTE / 2), []);
        assert_eq!(health.take_overdue(MINUTE).len(), 1);
        assert_eq!(health.take_overdue(MINUTE), [], "asked once");
    }

    #[test]
    fn moves_that_cause_no_event_are_not_expected() {
        let mut health = listening();
        for nothing in [
            found(&[]),
            found(&[("phone", START_MS + 5)]),
            found(&[("new", START_MS - 9), ("phone", START_MS - 5)]),
            found(&[("phone", START_MS - 9), ("onsite", START_MS + 5)]),
        ] {
            health.expect_event_of(&nothing, &stages(), Duration::ZERO, START_MS + 9);
        }
        assert_eq!(health.next_check(Duration::ZERO), None);
        let mut off = DeliveryHealth::default();
        let ada = found(&[("new", START_MS - 9), ("phone", START_MS + 5)]);
        off.expect_event_of(&ada, &stages(), Duration::ZERO, START_MS + 9);
        assert_eq!(off.next_check(Duration::ZERO), None);
    }

    #[test]
    fn deliveries_are_healthy_for_an_hour_while_none_is_overdue() {
        let mut health = listening();
        let ada = OpportunityId::new("ada");
        assert!(!health.is_healthy(MINUTE), "nothing has come yet");
        health.received_about(&EventKind::CandidateHired, &ada, MINUTE);
        assert!(health.is_healthy(60 * MINUTE));
        assert!(!health.is_healthy(61 * MINUTE));
        assert_eq!(health.next_check(MINUTE), Some(61 * MINUTE));

        health.mark_overdue();
        health.received_about(&EventKind::CandidateHired, &ada, 61 * MINUTE);
        assert!(
            !health.is_healthy(62 * MINUTE),
            "it is moves that were missing"
        );
        health.received_about(&EventKind::CandidateStageChange, &ada, 62 * MINUTE);
        assert!(health.is_healthy(63 * MINUTE));
        health.suspended(START_MS);
        assert!(!health.is_healthy(63 * MINUTE));
    }

    #[test]
    fn an_event_in_time_is_no_longer_expected() {
        let mut health = listening();
        let ada = found(&[("new", START_MS - 9), ("phone", START_MS + 5)]);
        health.expect_event_of(&ada, &stages(), Duration::ZERO, START_MS + 9);
        health.received_about(&EventKind::CandidateStageChange, &ada.id, MINUTE / 2);
        assert_eq!(health.take_overdue(MINUTE), []);
    }
}
