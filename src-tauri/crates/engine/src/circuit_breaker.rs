//! Whether a service lets work through: pure, in time that never jumps.

use std::time::Duration;

use padwatch_domain::service_error::ServiceError;

/// First wait after a trouble that may pass on its own, and the longest.
const PASSING: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(60));
/// The same for a trouble that shows only when a pad is made: each try may leave one uncertain.
const IN_MAKING: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(600));
/// The same for a trouble that someone has to fix.
const LASTING: (Duration, Duration) = (Duration::from_secs(60), Duration::from_secs(600));
/// The longest wait that a service can ask of us.
const LONGEST: Duration = Duration::from_secs(3600);

/// The gate of one service.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum CircuitBreaker {
    /// Work goes through.
    #[default]
    Open,
    /// Work waits; from time to time one request tries whether the cause is gone.
    Closed {
        /// The cause.
        service_error: ServiceError,
        /// When to try next.
        next_try: Duration,
        /// Tries so far.
        tries: u32,
    },
    /// One piece of work may go, to see whether it fares better.
    HalfOpen {
        /// What it was.
        service_error: ServiceError,
        /// Tries so far.
        tries: u32,
    },
}

impl CircuitBreaker {
    /// How many steps may be under way.
    #[must_use]
    pub(crate) fn permits(&self, most: usize) -> usize {
        match self {
            Self::Open => most,
            Self::HalfOpen { .. } => most.min(1),
            Self::Closed { .. } => 0,
        }
    }

    /// Whether it is worth reading: what shows only in making a pad hides no pad that is there.
    #[must_use]
    pub(crate) fn permits_reads(&self) -> bool {
        match self {
            Self::Open | Self::HalfOpen { .. } => true,
            Self::Closed { service_error, .. } => service_error.in_making,
        }
    }

    /// Closes after a failure. The same trouble again makes the waits longer.
    #[must_use]
    pub(crate) fn close(&self, service_error: ServiceError, now: Duration) -> Self {
        let tries = match self {
            Self::Closed {
                service_error: before,
                tries,
                ..
            }
            | Self::HalfOpen {
                service_error: before,
                tries,
            } if before.problem.code() == service_error.problem.code() => {
                // Steps that failed at the same time are one failure.
                if matches!(self, Self::Closed { .. }) {
                    *tries
                } else {
                    tries + 1
                }
            }
            _ => 1,
        };
        let next_try = now.saturating_add(wait(&service_error, tries));
        Self::Closed {
            service_error,
            next_try,
            tries,
        }
    }

    /// After a try that failed again.
    #[must_use]
    pub(crate) fn record_failure(&self, service_error: ServiceError, now: Duration) -> Self {
        let tries = match self {
            Self::Closed { tries, .. } | Self::HalfOpen { tries, .. } => tries + 1,
            Self::Open => 1,
        };
        let next_try = now.saturating_add(wait(&service_error, tries));
        Self::Closed {
            service_error,
            next_try,
            tries,
        }
    }

    /// After a try that showed that the service answers. Whether it also does what was refused
    /// can only be seen by doing it.
    #[must_use]
    pub(crate) fn answered(self) -> Self {
        match self {
            Self::Closed {
                service_error,
                tries,
                ..
            } if service_error.in_making => Self::HalfOpen {
                service_error,
                tries,
            },
            Self::Closed { .. } | Self::Open => Self::Open,
            Self::HalfOpen { .. } => self,
        }
    }

    /// Tries at that time, if not sooner.
    pub(crate) fn retry_now(&mut self, at: Duration) {
        if let Self::Closed { next_try, .. } = self {
            *next_try = (*next_try).min(at);
        }
    }

    /// When to try next, if it is closed.
    #[must_use]
    pub(crate) fn next_try(&self) -> Option<Duration> {
        match self {
            Self::Closed { next_try, .. } => Some(*next_try),
            Self::Open | Self::HalfOpen { .. } => None,
        }
    }

    /// The trouble, once it is known to be about the service: a single creation without a clear
    /// answer says nothing about others.
    #[must_use]
    pub(crate) fn outage(&self) -> Option<&ServiceError> {
        let is_one_creation = |service_error: &&ServiceError| {
            let (Self::Closed { tries, .. } | Self::HalfOpen { tries, .. }) = self else {
                return false;
            };
            service_error.passing && service_error.in_making && *tries <= 1
        };
        self.service_error()
            .filter(|service_error| !is_one_creation(service_error))
    }

    /// The trouble, while there is one.
    #[must_use]
    pub(crate) fn service_error(&self) -> Option<&ServiceError> {
        match self {
            Self::Closed { service_error, .. } | Self::HalfOpen { service_error, .. } => {
                Some(service_error)
            }
            Self::Open => None,
        }
    }
}

fn wait(service_error: &ServiceError, tries: u32) -> Duration {
    if let Some(asked) = service_error.wait {
        return asked.min(LONGEST);
    }
    let (first, longest) = match (service_error.passing, service_error.in_making) {
        (true, false) => PASSING,
        (true, true) => IN_MAKING,
        (false, _) => LASTING,
    };
    let doublings = tries.saturating_sub(1).min(16);
    first.saturating_mul(1 << doublings).min(longest)
}

#[cfg(test)]
mod tests {
    use transport::FailureKind;

    use super::*;
    use padwatch_domain::service_error::{self, Service};

    #[test]
    fn no_service_can_ask_for_a_longer_wait_than_ours() {
        let now = seconds(1_000);
        for asked in [Duration::MAX, seconds(u64::MAX), seconds(24 * 3600)] {
            let mut service_error = offline();
            service_error.wait = Some(asked);
            assert_eq!(wait(&service_error, 1), LONGEST, "{asked:?}");
            let next = CircuitBreaker::Open.close(service_error, now).next_try();
            assert!(next.is_some_and(|next| next <= now + LONGEST), "{next:?}");
        }
    }

    const fn seconds(count: u64) -> Duration {
        Duration::from_secs(count)
    }

    fn offline() -> ServiceError {
        service_error::not_sent(Service::Coderpad, FailureKind::NoRoute)
    }

    fn lasting(problem: padwatch_domain::problem::Problem) -> ServiceError {
        ServiceError::lasting(Service::Coderpad, problem)
    }

    #[test]
    fn waits_grow_with_each_try_in_vain_and_end_growing() {
        let mut gate = CircuitBreaker::Open.close(offline(), seconds(0));
        let mut waits = Vec::new();
        for _ in 0..6 {
            let at = gate.next_try().unwrap();
            gate = gate.record_failure(offline(), at);
            waits.push((gate.next_try().unwrap() - at).as_secs());
        }
        assert_eq!(waits, [10, 20, 40, 60, 60, 60]);
    }

    #[test]
    fn steps_that_fail_together_count_as_one_failure() {
        let once = CircuitBreaker::Open.close(offline(), seconds(0));
        assert_eq!(once.close(offline(), seconds(0)), once);
    }

    #[test]
    fn a_wait_that_the_service_asks_for_is_kept() {
        let busy = service_error::rate_limited(Service::Coderpad, Some(seconds(90)));
        assert_eq!(
            CircuitBreaker::Open.close(busy, seconds(5)).next_try(),
            Some(seconds(95))
        );
    }

    #[test]
    fn no_wait_that_a_service_asks_for_is_longer_than_an_hour() {
        for asked in [seconds(3601), seconds(u64::MAX), Duration::MAX] {
            let gate = CircuitBreaker::Open.close(
                service_error::rate_limited(Service::Lever, Some(asked)),
                seconds(5),
            );
            assert_eq!(gate.next_try(), Some(seconds(5) + LONGEST));
        }
    }

    #[test]
    fn after_not_allowed_one_piece_of_work_goes_first() {
        let refused = lasting(padwatch_domain::problem::Problem::CreationNotAllowed);
        let trial = CircuitBreaker::Open
            .close(refused.clone(), seconds(0))
            .answered();
        assert_eq!(trial.permits(4), 1);
        let again = trial.close(refused, seconds(100));
        assert_eq!(
            again.next_try(),
            Some(seconds(220)),
            "the second wait is longer"
        );
    }

    #[test]
    fn a_key_that_works_again_opens_the_gate_at_once() {
        let wrong = lasting(service_error::wrong_key(Service::Coderpad));
        let closed = CircuitBreaker::Open.close(wrong, seconds(0));
        assert_eq!(closed.permits(4), 0);
        assert_eq!(closed.answered().permits(4), 4);
    }

    #[test]
    fn after_an_unclear_answer_the_next_pad_waits_a_little_and_after_each_further_one_longer() {
        let mut gate = CircuitBreaker::Open.close(service_error::no_clear_answer(None), seconds(0));
        let mut waits = vec![gate.next_try().unwrap().as_secs()];
        for _ in 0..8 {
            let at = gate.next_try().unwrap();
            gate = gate.answered();
            assert_eq!(gate.permits(4), 1, "one at a time");
            gate = gate.close(service_error::no_clear_answer(None), at);
            waits.push((gate.next_try().unwrap() - at).as_secs());
        }
        assert_eq!(waits, [5, 10, 20, 40, 80, 160, 320, 600, 600]);
    }

    #[test]
    fn one_creation_without_a_clear_answer_is_no_outage() {
        let unclear = || service_error::no_clear_answer(None);
        let once = CircuitBreaker::Open.close(unclear(), seconds(0));
        assert_eq!(once.outage(), None);
        assert_eq!(once.clone().answered().outage(), None);
        let twice = once.answered().close(unclear(), seconds(10));
        assert_eq!(twice.outage(), Some(&unclear()));
        let down = CircuitBreaker::Open.close(offline(), seconds(0));
        assert_eq!(down.outage(), Some(&offline()));
    }

    #[test]
    fn what_shows_only_in_making_stops_no_looking_for_pads() {
        let after = |service_error| CircuitBreaker::Open.close(service_error, seconds(0));
        assert!(after(lasting(service_error::over_quota())).permits_reads());
        assert!(after(service_error::no_clear_answer(None)).permits_reads());
        assert!(!after(offline()).permits_reads());
        let wrong = lasting(service_error::wrong_key(Service::Coderpad));
        assert!(!after(wrong).permits_reads());
    }

    #[test]
    fn somebody_who_wants_to_look_now_does_not_wait_for_the_next_try() {
        let mut gate = CircuitBreaker::Open.close(offline(), seconds(100));
        gate.retry_now(seconds(101));
        assert_eq!(gate.next_try(), Some(seconds(101)));
        gate.retry_now(seconds(200));
        assert_eq!(gate.next_try(), Some(seconds(101)), "never later");
    }
}
