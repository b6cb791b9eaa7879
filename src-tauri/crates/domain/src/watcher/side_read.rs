//! Reading what helps, and must not stop anything: the tag list, the stages. Pure, in time that
//! never jumps.

use std::time::Duration;

use crate::problem::Problem;

/// After a failure: the first pause, by how much it grows, and the longest.
const FIRST: Duration = Duration::from_secs(60);
const GROWTH: u32 = 4;
const LONGEST: Duration = Duration::from_secs(3600);

/// When something is read, and why it can't be.
#[derive(Debug, Default)]
pub struct SideRead {
    next: Duration,
    failures: u32,
    problem: Option<Problem>,
}

impl SideRead {
    /// Returns true if it is time.
    pub fn is_due(&self, now: Duration) -> bool {
        self.next() <= now
    }

    /// It was read; the next time is at `next`.
    pub fn succeeded(&mut self, next: Duration) {
        *self = Self {
            next,
            ..Self::default()
        };
    }

    /// It was not. Pauses grow to an hour.
    pub fn failed(&mut self, problem: Problem, now: Duration) {
        let factor = GROWTH.saturating_pow(self.failures.min(8));
        self.next = now + FIRST.saturating_mul(factor).min(LONGEST);
        self.failures = self.failures.saturating_add(1);
        self.problem = Some(problem);
    }

    /// Reads at once.
    pub fn hurry(&mut self, now: Duration) {
        self.next = self.next.min(now);
    }

    /// Waits at least until then.
    pub fn postpone(&mut self, until: Duration) {
        self.next = self.next.max(until);
    }

    /// Under other keys nothing is known yet.
    pub fn begin_again(&mut self, now: Duration) {
        *self = Self {
            next: now,
            ..Self::default()
        };
    }

    /// When to read next.
    pub fn next(&self) -> Duration {
        self.next
    }

    /// Why it can't be read, if so.
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_failing_is_asked_less_and_less_often() {
        let mut read = SideRead::default();
        let mut now = Duration::ZERO;
        let mut waits = Vec::new();
        for _ in 0..6 {
            assert!(read.is_due(now));
            read.failed(Problem::NoteNotConfirmed, now);
            let next = read.next();
            waits.push((next - now).as_secs());
            now = next;
        }
        assert_eq!(waits, [60, 240, 960, 3600, 3600, 3600]);
        assert!(read.problem().is_some());
        assert!(read.is_due(now));
        read.succeeded(now + FIRST);
        assert_eq!((read.problem(), read.next()), (None, now + FIRST));
    }
}
