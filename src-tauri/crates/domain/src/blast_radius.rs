//! What a failed request is about: the one thing it asked for, or the whole service. Pure.
//!
//! One odd pad must not close CoderPad for everyone, and a service that is down must not be asked
//! about each candidate in turn. What a single answer leaves open, the next answers decide: a
//! second thing that fails in the same way shortly after makes it the service's, a success
//! elsewhere makes it the thing's own.

use std::collections::HashSet;
use std::mem::{Discriminant, discriminant};
use std::time::Duration;

use transport::{Failure, FailureKind};

use crate::problem::ProblemCode;
use crate::thing::Thing;

/// A second thing that fails within this time counts with the first.
const WINDOW: Duration = Duration::from_secs(120);

/// What a failure of a request about one thing shows on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlastRadius {
    /// It is about the thing that was asked for.
    Item,
    /// It is about the service: key, connection, allowance.
    Service,
    /// It can be either.
    Suspect,
}

/// What the failures of one service's things have shown so far.
#[derive(Debug, Default)]
pub struct Suspicions {
    /// Recent failures that may be the service's.
    recent: Vec<(Thing, ProblemCode, Duration)>,
    /// Things that failed while another one succeeded.
    guilty: HashSet<Thing>,
    /// The kinds of things of which one has succeeded.
    works: HashSet<Discriminant<Thing>>,
    /// Things that failed in what was taken for the service's failure.
    blamed_on_service: HashSet<Thing>,
}

/// What a failed request to Lever shows on its own.
#[must_use]
pub fn of_lever(error: &lever::Error) -> BlastRadius {
    use lever::Error;
    match error {
        Error::WrongKey | Error::NeedsPerformAs => BlastRadius::Service,
        Error::Gone { .. } | Error::Refused { .. } => BlastRadius::Item,
        // Either a permission of the key, or a confidential record. How Lever says 429 is not
        // known (contracts: no body documented), so that one alone proves nothing.
        Error::NotAllowed { .. }
        | Error::RateLimited { .. }
        | Error::Down { .. }
        | Error::NotLever { .. } => BlastRadius::Suspect,
        Error::Unreachable(failure) => of_failure(*failure),
    }
}

/// What a failed request to CoderPad shows on its own.
#[must_use]
pub fn of_coderpad(error: &coderpad::Error) -> BlastRadius {
    use coderpad::Error;
    match error {
        Error::WrongKey | Error::OverQuota => BlastRadius::Service,
        Error::Gone | Error::Refused { .. } => BlastRadius::Item,
        Error::NotAllowed { .. }
        | Error::RateLimited { .. }
        | Error::Down { .. }
        | Error::NotCoderpad { .. } => BlastRadius::Suspect,
        Error::Unreachable(failure) => of_failure(*failure),
    }
}

/// Without a connection nothing else can be read either. Silence, a broken or an endless answer
/// may be about the one thing.
pub fn of_failure(failure: Failure) -> BlastRadius {
    match failure.kind() {
        FailureKind::NoRoute | FailureKind::Refused | FailureKind::Tls | FailureKind::Proxy => {
            BlastRadius::Service
        }
        FailureKind::TimedOut
        | FailureKind::Broken
        | FailureKind::TooLarge
        | FailureKind::CrossOriginRedirect => BlastRadius::Suspect,
    }
}

/// Returns true if it is about what the key may do, which other things show as well.
pub fn is_not_allowed(code: ProblemCode) -> bool {
    matches!(
        code,
        ProblemCode::LeverNotAllowed
            | ProblemCode::CoderpadNotAllowed
            | ProblemCode::ActingUserNeeded
    )
}

impl Suspicions {
    /// Decides whose a failure at `now` is: `Item` or `Service`.
    pub fn judge(
        &mut self,
        thing: &Thing,
        radius: BlastRadius,
        code: ProblemCode,
        now: Duration,
    ) -> BlastRadius {
        if radius != BlastRadius::Suspect {
            return radius;
        }
        if self.guilty.contains(thing) {
            return BlastRadius::Item;
        }
        self.recent
            .retain(|(_, _, at)| now.saturating_sub(*at) <= WINDOW);
        let others = self.recent.iter();
        let others: Vec<Thing> = others
            .filter(|(other, how, _)| *how == code && other.subject() != thing.subject())
            .map(|(other, _, _)| other.clone())
            .collect();
        let is_second = self
            .recent
            .iter()
            .any(|(known, how, _)| known == thing && *how == code);
        self.recent.push((thing.clone(), code, now));
        // Where only one thing of its kind is asked for, its second refusal must do.
        let lacks_permission =
            is_not_allowed(code) && is_second && !self.works.contains(&discriminant(thing));
        if others.is_empty() && !lacks_permission {
            return BlastRadius::Item;
        }
        self.blamed_on_service.extend(others);
        self.blamed_on_service.insert(thing.clone());
        BlastRadius::Service
    }

    /// A thing was read: the service works. Returns what had failed in the service's name.
    pub fn succeeded(&mut self, thing: &Thing) -> HashSet<Thing> {
        let failed = std::mem::take(&mut self.recent);
        let others = failed.into_iter().map(|(other, _, _)| other);
        self.guilty.extend(others);
        self.guilty.remove(thing);
        self.works.insert(discriminant(thing));
        std::mem::take(&mut self.blamed_on_service)
    }

    /// Returns true if it failed while others succeeded, and has not succeeded since.
    pub fn is_guilty(&self, thing: &Thing) -> bool {
        self.guilty.contains(thing)
    }

    /// Forgets things that don't matter any longer.
    pub fn retain(&mut self, is_kept: impl Fn(&Thing) -> bool) {
        self.recent.retain(|(thing, _, _)| is_kept(thing));
        self.guilty.retain(&is_kept);
        self.blamed_on_service.retain(&is_kept);
    }
}

#[cfg(test)]
mod tests {
    use lever::{OpportunityId, Permission, ProtocolViolation};

    use super::BlastRadius::{Item, Service, Suspect};
    use super::*;

    const DOWN: ProblemCode = ProblemCode::ServiceDown;

    fn thing(name: &str) -> Thing {
        Thing::Interviews(OpportunityId::new(name))
    }

    fn unclear(why: FailureKind) -> Failure {
        Failure::Unclear(why)
    }

    #[test]
    fn each_failure_of_lever_has_its_radius() {
        use lever::Error;
        let odd = |violation| Error::NotLever {
            about: "opportunity",
            violation,
        };
        let table = [
            (Error::WrongKey, Service),
            (Error::NeedsPerformAs, Service),
            (
                Error::NotAllowed {
                    what: Permission::CreateAnOpportunityNote,
                },
                Suspect,
            ),
            (Error::Gone { what: "note" }, Item),
            (
                Error::Refused {
                    code: "HTTP 409".into(),
                    message: "no".into(),
                },
                Item,
            ),
            (Error::RateLimited { retry_after: None }, Suspect),
            (Error::Down { status: 408 }, Suspect),
            (Error::Down { status: 500 }, Suspect),
            (odd(ProtocolViolation::WebPage), Suspect),
            (odd(ProtocolViolation::NotJson), Suspect),
            (odd(ProtocolViolation::WrongShape), Suspect),
            (odd(ProtocolViolation::UnknownPath), Suspect),
            (odd(ProtocolViolation::Status(302)), Suspect),
            (odd(ProtocolViolation::EndlessPages), Suspect),
            (Error::Unreachable(unclear(FailureKind::TimedOut)), Suspect),
            (Error::Unreachable(unclear(FailureKind::TooLarge)), Suspect),
            (
                Error::Unreachable(Failure::NotSent(FailureKind::NoRoute)),
                Service,
            ),
        ];
        for (error, radius) in table {
            assert_eq!(of_lever(&error), radius, "{error}");
        }
    }

    #[test]
    fn each_failure_of_coderpad_has_its_radius() {
        use coderpad::Error;
        let odd = |status| Error::NotCoderpad { status, seen: "" };
        let table = [
            (Error::WrongKey, Service),
            (Error::OverQuota, Service),
            (Error::NotAllowed { what: "pads" }, Suspect),
            (Error::Gone, Item),
            (
                Error::Refused {
                    message: String::new(),
                },
                Item,
            ),
            (Error::RateLimited { retry_after: None }, Suspect),
            (Error::Down { status: 503 }, Suspect),
            (odd(Some(200)), Suspect),
            (odd(None), Suspect),
            (Error::Unreachable(unclear(FailureKind::Broken)), Suspect),
            (
                Error::Unreachable(Failure::NotSent(FailureKind::Tls)),
                Service,
            ),
            (
                Error::Unreachable(Failure::NotSent(FailureKind::Refused)),
                Service,
            ),
        ];
        for (error, radius) in table {
            assert_eq!(of_coderpad(&error), radius, "{error}");
        }
    }

    #[test]
    fn a_second_thing_within_the_window_makes_it_the_services() {
        let mut suspicions = Suspicions::default();
        let mut judge =
            |name, at| suspicions.judge(&thing(name), Suspect, DOWN, Duration::from_secs(at));
        assert_eq!(judge("a", 0), Item);
        assert_eq!(judge("a", 10), Item, "the same thing again");
        assert_eq!(judge("b", 20), Service);
        assert_eq!(judge("c", 400), Item, "long after");
    }

    #[test]
    fn another_way_of_failing_is_no_second_witness() {
        let mut suspicions = Suspicions::default();
        let mut judge = |name, code| suspicions.judge(&thing(name), Suspect, code, Duration::ZERO);
        assert_eq!(judge("a", DOWN), Item);
        assert_eq!(judge("b", ProblemCode::NotTheService), Item);
    }

    #[test]
    fn what_fails_while_others_succeed_stays_the_things_own() {
        let mut suspicions = Suspicions::default();
        let at = Duration::from_secs;
        suspicions.judge(&thing("a"), Suspect, DOWN, at(0));
        suspicions.judge(&thing("b"), Suspect, DOWN, at(1));
        let forgiven = suspicions.succeeded(&thing("c"));
        assert_eq!(forgiven, HashSet::from([thing("a"), thing("b")]));
        assert_eq!(suspicions.judge(&thing("a"), Suspect, DOWN, at(2)), Item);
        assert_eq!(suspicions.judge(&thing("b"), Suspect, DOWN, at(3)), Item);
        suspicions.succeeded(&thing("a"));
        assert!(!suspicions.is_guilty(&thing("a")) && suspicions.is_guilty(&thing("b")));
    }

    #[test]
    fn a_permission_never_used_is_missing_at_the_second_refusal() {
        let not_allowed = ProblemCode::LeverNotAllowed;
        let mut suspicions = Suspicions::default();
        let judge =
            |it: &mut Suspicions| it.judge(&thing("a"), Suspect, not_allowed, Duration::ZERO);
        assert_eq!(judge(&mut suspicions), Item);
        assert_eq!(judge(&mut suspicions), Service);
        let mut suspicions = Suspicions::default();
        suspicions.succeeded(&thing("b"));
        assert_eq!(judge(&mut suspicions), Item);
        assert_eq!(judge(&mut suspicions), Item, "one confidential record");
    }

    #[test]
    fn two_endpoints_of_one_candidate_are_one_witness() {
        let mut suspicions = Suspicions::default();
        let id = OpportunityId::new("a");
        let (one, two) = (Thing::Candidate(id.clone()), Thing::Interviews(id));
        suspicions.judge(&one, Suspect, DOWN, Duration::ZERO);
        let verdict = suspicions.judge(&two, Suspect, DOWN, Duration::ZERO);
        assert_eq!(verdict, Item);
    }
}
