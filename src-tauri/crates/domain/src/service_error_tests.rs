use super::*;

const WAIT: Option<Duration> = Some(Duration::from_secs(9));

#[test]
fn each_failure_of_lever_is_named_by_its_code() {
    use lever::Error;
    for (error, code) in [
        (Error::WrongKey, ProblemCode::LeverKeyWrong),
        (
            Error::Refused {
                code: String::new(),
                message: String::new(),
            },
            ProblemCode::Refused,
        ),
        (Error::NeedsPerformAs, ProblemCode::ActingUserNeeded),
        (
            Error::RateLimited { retry_after: WAIT },
            ProblemCode::ServiceDown,
        ),
        (Error::Down { status: 503 }, ProblemCode::ServiceDown),
    ] {
        let told = of_lever(&error);
        assert_eq!(told.problem.code(), code, "{error:?}");
        assert_eq!(told.service, Service::Lever);
        assert_eq!(told.passing, error.is_passing(), "{error:?}");
        assert!(!told.in_making);
        let waits = matches!(error, Error::RateLimited { .. });
        assert_eq!(told.wait.is_some(), waits, "{error:?}");
    }
}

#[test]
fn each_failure_of_coderpad_is_named_by_its_code() {
    use coderpad::Error;
    for (error, code) in [
        (Error::WrongKey, ProblemCode::CoderpadKeyWrong),
        (Error::Gone, ProblemCode::Gone),
        (
            Error::Refused {
                message: String::new(),
            },
            ProblemCode::Refused,
        ),
        (Error::OverQuota, ProblemCode::OverQuota),
        (
            Error::RateLimited { retry_after: WAIT },
            ProblemCode::ServiceDown,
        ),
        (Error::Down { status: 503 }, ProblemCode::ServiceDown),
    ] {
        let told = of_coderpad(&error);
        assert_eq!(told.problem.code(), code, "{error:?}");
        assert_eq!(told.service, Service::Coderpad);
        assert_eq!(told.passing, error.is_passing(), "{error:?}");
        let waits = matches!(error, Error::RateLimited { .. });
        assert_eq!(told.wait, WAIT.filter(|_| waits), "{error:?}");
    }
}

#[test]
fn a_service_that_says_why_it_refuses_is_quoted() {
    let message = "Title is too long".to_owned();
    let refused = of_coderpad(&coderpad::Error::Refused {
        message: message.clone(),
    });
    let service = Service::Coderpad;
    let said = message;
    assert_eq!(refused.problem, Problem::Declined { service, said });
}

#[test]
fn what_hinders_a_connection_is_told_apart() {
    for (kind, code) in [
        (FailureKind::Tls, ProblemCode::NotSecure),
        (FailureKind::Proxy, ProblemCode::Offline),
        (FailureKind::TooLarge, ProblemCode::NotTheService),
        (FailureKind::CrossOriginRedirect, ProblemCode::NotTheService),
        (FailureKind::NoRoute, ProblemCode::Offline),
        (FailureKind::Refused, ProblemCode::Offline),
        (FailureKind::TimedOut, ProblemCode::Offline),
        (FailureKind::Broken, ProblemCode::Offline),
    ] {
        let told = not_sent(Service::Lever, kind);
        assert_eq!(told.problem.code(), code, "{kind:?}");
        assert!(told.passing && told.radius == BlastRadius::Service);
    }
    let proxy = not_sent(Service::Lever, FailureKind::Proxy).problem;
    let broken = not_sent(Service::Lever, FailureKind::Broken).problem;
    assert_ne!(proxy, broken);
}

#[test]
fn only_a_failed_creation_waits_for_another_creation_to_show_its_end() {
    assert!(no_clear_answer(WAIT).in_making);
    assert_eq!(no_clear_answer(WAIT).wait, WAIT);
    let limited = rate_limited(Service::Lever, WAIT);
    assert_eq!(
        (limited.in_making, limited.wait, limited.passing),
        (false, WAIT, true)
    );
    let lasting = |problem| ServiceError::lasting(Service::Coderpad, problem);
    assert!(lasting(Problem::PlanUsedUp).in_making);
    assert!(lasting(Problem::CreationNotAllowed).in_making);
    assert!(!lasting(wrong_key(Service::Coderpad)).in_making);
    assert!(!lasting(Problem::PlanUsedUp).passing);
}

#[test]
fn each_service_has_its_name_and_its_outage() {
    let told = |service: Service| (service.name(), service.outage_kind());
    assert_eq!(told(Service::Lever), ("Lever", OutageKind::Lever));
    assert_eq!(told(Service::Coderpad), ("CoderPad", OutageKind::Coderpad));
    assert_eq!(wrong_key(Service::Lever).code(), ProblemCode::LeverKeyWrong);
    assert_eq!(
        wrong_key(Service::Coderpad).code(),
        ProblemCode::CoderpadKeyWrong
    );
    assert_eq!(over_quota().code(), ProblemCode::OverQuota);
}

#[test]
fn a_candidate_who_is_kept_back_holds_up_no_one_else() {
    let error = kept_back();
    assert_eq!(error.radius, BlastRadius::Item);
    assert_eq!(error.problem, Problem::CandidateConfidential);
    assert_eq!((error.service, error.passing), (Service::Lever, false));
    let lasting = ServiceError::lasting(Service::Lever, Problem::CandidateConfidential);
    assert_eq!(lasting.radius, BlastRadius::Service);
}
