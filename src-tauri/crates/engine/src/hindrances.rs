//! Which of several hindrances is shown. Pure.

use padwatch_domain::problem::Problem;

use crate::snapshot::Condition;

/// The condition for what keeps pads from being created, if anything does. What the person can do
/// something about must not hide behind a service that is down.
#[must_use]
pub(crate) fn most_pressing(hindrances: &[Problem]) -> Option<Condition> {
    let needs_somebody = hindrances.iter().find(|one| one.waits_for().is_none());
    if let Some(problem) = needs_somebody {
        return Some(Condition::Hindered {
            problem: problem.clone(),
        });
    }
    hindrances.iter().find_map(|problem| {
        let service = problem.waits_for()?;
        Some(Condition::Waiting {
            service,
            problem: problem.clone(),
        })
    })
}

#[cfg(test)]
mod tests {
    use padwatch_domain::service_error::Service;

    use super::*;

    #[test]
    fn a_revoked_key_does_not_hide_behind_a_service_that_is_down() {
        let (lever, coderpad) = (Service::Lever, Service::Coderpad);
        let down = Problem::ServiceDown { service: lever };
        let revoked = Problem::KeyRejected { service: coderpad };
        let hindered = Condition::Hindered {
            problem: revoked.clone(),
        };
        let waiting = Condition::Waiting {
            service: lever,
            problem: down.clone(),
        };
        assert_eq!(most_pressing(&[down.clone(), revoked]), Some(hindered));
        assert_eq!(most_pressing(std::slice::from_ref(&down)), Some(waiting));
        assert_eq!(most_pressing(&[]), None);
    }

    #[test]
    fn what_passes_without_anybody_is_waited_for() {
        let service = Service::Coderpad;
        for problem in [
            Problem::ServiceDown { service },
            Problem::RateLimited { service },
            Problem::Unreachable { service },
            Problem::StagesUnreadable {
                because: Box::new(Problem::Unreachable { service }),
            },
        ] {
            let shown = most_pressing(std::slice::from_ref(&problem));
            assert_eq!(shown, Some(Condition::Waiting { service, problem }));
        }
        for problem in [
            Problem::NotTheService { service },
            Problem::NotSecure { service },
            Problem::ProxyBlocks { service },
            Problem::PlanUsedUp,
        ] {
            let shown = most_pressing(std::slice::from_ref(&problem));
            assert_eq!(shown, Some(Condition::Hindered { problem }));
        }
    }
}
