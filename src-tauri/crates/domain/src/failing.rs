//! The things that keep failing: when each may be asked for again, and why it failed. Pure.

use std::collections::HashMap;
use std::time::Duration;

use lever::OpportunityId;

use crate::backoff::Backoffs;
use crate::blast_radius::{BlastRadius, Suspicions};
use crate::problem::Problem;
use crate::service_error::{Service, ServiceError};
use crate::thing::{Subject, Thing};

/// All that fails, of both services.
#[derive(Debug, Default)]
pub struct Failing {
    backoffs: Backoffs<Thing>,
    reasons: HashMap<Thing, Problem>,
    lever: Suspicions,
    coderpad: Suspicions,
}

impl Failing {
    /// Counts a failure and returns whose it is: `Item` or `Service`. A failure that is certainly
    /// the service's is not counted against the thing.
    pub fn failed(
        &mut self,
        thing: Thing,
        service_error: &ServiceError,
        now: Duration,
    ) -> BlastRadius {
        if service_error.radius == BlastRadius::Service {
            return BlastRadius::Service;
        }
        let code = service_error.problem.code();
        let whose =
            self.suspicions(service_error.service)
                .judge(&thing, service_error.radius, code, now);
        self.count(thing, service_error, now);
        whose
    }

    /// Counts a failure that says nothing about a service, such as a job that ended without an
    /// outcome.
    pub fn count(&mut self, thing: Thing, service_error: &ServiceError, now: Duration) {
        self.reasons
            .insert(thing.clone(), service_error.problem.clone());
        self.backoffs.failed(thing, now, service_error.wait);
    }

    /// A thing was read or written.
    pub fn succeeded(&mut self, service: Service, thing: &Thing) {
        self.clear(thing);
        for other in self.suspicions(service).succeeded(thing) {
            self.clear(&other);
        }
    }

    /// Forgets the failures of one thing, which is to be tried at once.
    pub fn clear(&mut self, thing: &Thing) {
        self.backoffs.clear(thing);
        self.reasons.remove(thing);
    }

    /// Keeps what is about candidates that still matter.
    pub fn retain_candidates(&mut self, is_kept: impl Fn(&OpportunityId) -> bool) {
        let is_kept = |thing: &Thing| match thing.subject() {
            Subject::Candidate(id) => is_kept(id),
            Subject::Posting(_) => true,
        };
        self.backoffs.retain(is_kept);
        self.reasons.retain(|thing, _| is_kept(thing));
        self.lever.retain(is_kept);
        self.coderpad.retain(is_kept);
    }

    /// Returns true if it may be asked for at `now`.
    pub fn is_due(&self, thing: &Thing, now: Duration) -> bool {
        self.backoffs.is_due(thing, now)
    }

    /// How long it waits at `now` before it may be asked for again.
    pub fn wait(&self, thing: &Thing, now: Duration) -> Duration {
        self.backoffs.wait(thing, now)
    }

    /// How often it failed in a row.
    pub fn failures(&self, thing: &Thing) -> u32 {
        self.backoffs.failures(thing)
    }

    /// Returns true if a request for it may be repeated at once when it fails: what has failed
    /// before is asked for once at a time.
    pub fn may_repeat(&self, thing: &Thing) -> bool {
        let is_guilty = self.lever.is_guilty(thing) || self.coderpad.is_guilty(thing);
        self.failures(thing) == 0 && !is_guilty
    }

    /// Returns true if it failed so often that a person should know.
    pub fn is_quarantined(&self, thing: &Thing) -> bool {
        self.backoffs.is_quarantined(thing)
    }

    /// Why something about a candidate is quarantined, if anything is.
    pub fn quarantine_of(&self, id: &OpportunityId) -> Option<&Problem> {
        let mut things = self.reasons.iter();
        things
            .find(|(thing, _)| {
                thing.subject() == Subject::Candidate(id) && self.is_quarantined(thing)
            })
            .map(|(_, problem)| problem)
    }

    /// How many things wait for another try.
    pub fn count_waiting(&self) -> usize {
        self.backoffs.count_waiting()
    }

    /// The earliest time after `now` at which one of them may be tried again.
    pub fn next_wake(&self, now: Duration) -> Option<Duration> {
        self.backoffs.next_wake(now)
    }

    fn suspicions(&mut self, service: Service) -> &mut Suspicions {
        match service {
            Service::Lever => &mut self.lever,
            Service::Coderpad => &mut self.coderpad,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service_error::of_coderpad;

    const REFUSED: coderpad::Error = coderpad::Error::Refused {
        message: String::new(),
    };

    fn link(name: &str) -> Thing {
        Thing::Link(OpportunityId::new(name))
    }

    #[test]
    fn the_fifth_failure_names_the_candidate_and_a_success_clears_it() {
        let (mut failing, service_error) = (Failing::default(), of_coderpad(&REFUSED));
        let id = OpportunityId::new("a");
        for _ in 0..5 {
            assert_eq!(failing.quarantine_of(&id), None);
            let whose = failing.failed(link("a"), &service_error, Duration::ZERO);
            assert_eq!(whose, BlastRadius::Item);
            assert!(
                !failing.is_due(&link("a"), Duration::ZERO),
                "it has to wait"
            );
        }
        let wait = failing.wait(&link("a"), Duration::ZERO);
        assert!(failing.is_due(&link("a"), wait), "and no longer");
        assert_eq!(failing.quarantine_of(&id), Some(&service_error.problem));
        assert_eq!(failing.quarantine_of(&OpportunityId::new("b")), None);
        failing.succeeded(Service::Coderpad, &link("a"));
        assert_eq!(failing.quarantine_of(&id), None);
    }

    #[test]
    fn what_the_service_is_to_blame_for_is_tried_at_once_when_it_works_again() {
        let mut failing = Failing::default();
        let down = of_coderpad(&coderpad::Error::Down { status: 500 });
        let now = Duration::ZERO;
        assert_eq!(failing.failed(link("a"), &down, now), BlastRadius::Item);
        assert_eq!(failing.failed(link("b"), &down, now), BlastRadius::Service);
        failing.succeeded(Service::Coderpad, &link("c"));
        assert!(failing.is_due(&link("a"), now) && failing.is_due(&link("b"), now));
        assert!(!failing.may_repeat(&link("a")), "it has failed before");
    }

    #[test]
    fn a_wrong_key_counts_against_no_thing() {
        let mut failing = Failing::default();
        let wrong = of_coderpad(&coderpad::Error::WrongKey);
        let whose = failing.failed(link("a"), &wrong, Duration::ZERO);
        assert_eq!((whose, failing.count_waiting()), (BlastRadius::Service, 0));
    }

    #[test]
    fn what_has_failed_is_not_repeated_at_once_until_it_works() {
        let (mut failing, refused) = (Failing::default(), of_coderpad(&REFUSED));
        assert!(failing.may_repeat(&link("a")));
        failing.failed(link("a"), &refused, Duration::ZERO);
        assert!(!failing.may_repeat(&link("a")));
        assert!(failing.may_repeat(&link("b")));
        assert_eq!(failing.failures(&link("a")), 1);
        let second = Duration::from_secs(1);
        assert_eq!(failing.wait(&link("a"), second), second * 9);
        assert_eq!(failing.next_wake(second), Some(second * 10));
        failing.clear(&link("a"));
        assert_eq!(failing.next_wake(Duration::ZERO), None);
    }

    #[test]
    fn failures_go_with_their_candidate_and_those_of_jobs_stay() {
        let (mut failing, refused) = (Failing::default(), of_coderpad(&REFUSED));
        let job = Thing::Posting(lever::PostingId::new("job"));
        for _ in 0..5 {
            for thing in [link("a"), link("b"), job.clone()] {
                failing.count(thing, &refused, Duration::ZERO);
            }
        }
        failing.retain_candidates(|id| id.as_str() == "a");
        let counts = [link("a"), link("b"), job].map(|thing| failing.failures(&thing));
        assert_eq!(counts, [5, 0, 5]);
        assert!(failing.quarantine_of(&OpportunityId::new("a")).is_some());
        assert!(failing.quarantine_of(&OpportunityId::new("b")).is_none());
    }
}
