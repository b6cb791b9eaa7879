//! Which requests are sent again, and when: one policy for both services, as a pure function.

use std::time::Duration;

use http::StatusCode;

use crate::{Failure, Idempotency, Reply};

/// How often and how long a caller tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Tries in all, the first included.
    pub tries: u32,
    /// The longest wait before the second try; it doubles with every further one.
    pub first_wait: Duration,
    /// No wait is longer than this.
    pub longest_wait: Duration,
    /// A `Retry-After` longer than this is left to the caller.
    pub patience: Duration,
}

/// What to do after a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Take what came as the answer.
    Settled,
    /// Send it again after this wait.
    Again(Duration),
}

impl Default for Policy {
    /// Four tries: waits of up to 1, 2 and 4 seconds (Lever recommends exponential backoff and
    /// documents no `Retry-After`: contracts/lever.md, 1.6).
    fn default() -> Self {
        Self {
            tries: 4,
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(30),
            patience: Duration::from_secs(30),
        }
    }
}

/// Decides after try number `tried` (from 1). `jitter` in `0.0..1.0` spreads the waits.
#[must_use]
pub fn verdict(
    policy: Policy,
    idempotency: Idempotency,
    tried: u32,
    outcome: &Result<Reply, Failure>,
    jitter: f64,
) -> Verdict {
    if idempotency == Idempotency::NotIdempotent || tried >= policy.tries || !may_pass(outcome) {
        return Verdict::Settled;
    }
    let asked = outcome.as_ref().ok().and_then(Reply::retry_after);
    match asked {
        Some(wait) if wait > policy.patience => Verdict::Settled,
        // "At once" is answered with our own wait all the same.
        Some(wait) => Verdict::Again(wait.max(backoff(policy, tried, jitter))),
        None => Verdict::Again(backoff(policy, tried, jitter)),
    }
}

/// Returns true if the same request may succeed a little later.
fn may_pass(outcome: &Result<Reply, Failure>) -> bool {
    match outcome {
        Ok(reply) => matches!(
            reply.status,
            StatusCode::REQUEST_TIMEOUT
                | StatusCode::TOO_MANY_REQUESTS
                | StatusCode::INTERNAL_SERVER_ERROR
                | StatusCode::BAD_GATEWAY
                | StatusCode::SERVICE_UNAVAILABLE
                | StatusCode::GATEWAY_TIMEOUT
        ),
        Err(failure) => failure.kind().may_pass(),
    }
}

/// Half of the doubled wait for certain, the other half by chance.
fn backoff(policy: Policy, tried: u32, jitter: f64) -> Duration {
    let doubled = policy
        .first_wait
        .saturating_mul(2_u32.saturating_pow(tried.saturating_sub(1)));
    let whole = doubled.min(policy.longest_wait);
    whole.mul_f64(0.5 + jitter.clamp(0.0, 1.0) / 2.0)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, HeaderValue};
    use proptest::prelude::*;

    use super::*;
    use crate::FailureKind;

    fn reply(status: u16, retry_after: Option<&'static str>) -> Result<Reply, Failure> {
        let mut headers = HeaderMap::new();
        if let Some(value) = retry_after {
            headers.insert("retry-after", HeaderValue::from_static(value));
        }
        let status = StatusCode::from_u16(status).unwrap();
        Ok(Reply {
            status,
            headers,
            body: Bytes::new(),
        })
    }

    fn after(idempotency: Idempotency, tried: u32, outcome: &Result<Reply, Failure>) -> Verdict {
        verdict(Policy::default(), idempotency, tried, outcome, 1.0)
    }

    #[test]
    fn reads_are_tried_again_with_growing_waits_and_not_for_ever() {
        let busy = reply(503, None);
        let waits: Vec<_> = (1..=4)
            .map(|tried| after(Idempotency::Safe, tried, &busy))
            .collect();
        let again = |seconds| Verdict::Again(Duration::from_secs(seconds));
        assert_eq!(waits, [again(1), again(2), again(4), Verdict::Settled]);
    }

    #[test]
    fn retry_after_is_honoured_up_to_our_patience() {
        let ten = Verdict::Again(Duration::from_secs(10));
        assert_eq!(after(Idempotency::Safe, 1, &reply(429, Some("10"))), ten);
        for long in ["3600", "18446744073709551615", "99999999999999999999999"] {
            assert_eq!(
                after(Idempotency::Safe, 1, &reply(429, Some(long))),
                Verdict::Settled
            );
        }
        let one = Verdict::Again(Duration::from_secs(1));
        assert_eq!(after(Idempotency::Safe, 1, &reply(429, Some("0"))), one);
    }

    #[test]
    fn a_clear_answer_is_taken_at_once() {
        for status in [200, 201, 204, 400, 401, 403, 404, 422] {
            assert_eq!(
                after(Idempotency::Safe, 1, &reply(status, None)),
                Verdict::Settled,
                "{status}"
            );
        }
        let untrusted = Err(Failure::NotSent(FailureKind::Tls));
        assert_eq!(after(Idempotency::Safe, 1, &untrusted), Verdict::Settled);
    }

    proptest! {
        #[test]
        fn what_must_not_be_repeated_never_is(
            status in 100_u16..600, tried in 0_u32..9, chance in 0.0_f64..1.0,
        ) {
            let policy = Policy { tries: u32::MAX, ..Policy::default() };
            let never = Idempotency::NotIdempotent;
            for outcome in [
                reply(status, None),
                reply(status, Some("1")),
                Err(Failure::NotSent(FailureKind::Refused)),
                Err(Failure::Unclear(FailureKind::Broken)),
            ] {
                prop_assert_eq!(verdict(policy, never, tried, &outcome, chance), Verdict::Settled);
            }
        }

        #[test]
        fn no_wait_is_longer_than_the_longest(tried in 1_u32..200, chance in 0.0_f64..1.0) {
            let policy = Policy { tries: u32::MAX, ..Policy::default() };
            let outcome = Err(Failure::Unclear(FailureKind::TimedOut));
            match verdict(policy, Idempotency::Safe, tried, &outcome, chance) {
                Verdict::Again(wait) => prop_assert!(wait <= policy.longest_wait),
                Verdict::Settled => prop_assert!(false, "should ask again"),
            }
        }
    }
}
