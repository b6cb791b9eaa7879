use std::time::Duration;

use coderpad::UnclearOutcome;
use lever::OpportunityId;
use transport::{FailureKind, SeededRng};

use super::*;
use crate::candidacy::Seen;
use crate::lifecycle::Consent;
use crate::secrecy::Secrecy;

const NOW_MS: i64 = 1_772_532_000_000;

fn intent() -> Intent {
    let opportunity = OpportunityId::new("0c8b3c0e-0000-4000-8000-000000000001");
    Intent {
        marker: Marker::fresh(opportunity, &SeededRng::new(1)),
        written_ms: NOW_MS - 1000,
        consent: Consent::User,
        beside: vec![coderpad::PadId::parse("K7QWM3ZD").unwrap()],
        asker: None,
        secrecy: Secrecy::Open,
    }
}

fn candidacy(life: Lifecycle) -> Candidacy {
    let seen = Seen {
        name: " Ada Lovelace ".to_owned(),
        posting_title: "Engineer".to_owned(),
        profile_url: Some("https://hire.lever.co/candidates/1".to_owned()),
        ..Seen::default()
    };
    let opportunity = intent().marker.opportunity;
    Candidacy::noticed(opportunity, seen, life, Reason::UserCreated, 0)
}

fn after(outcome: Result<CreatedPad, CreateError>) -> Transition {
    let root = ApiRoot::parse("https://app.coderpad.io").unwrap();
    let life = Lifecycle::Intent { intent: intent() };
    on_answer(candidacy(life), outcome, &root, NOW_MS)
}

fn moved(transition: &Transition) -> &Candidacy {
    let moved = transition.changes.iter().find_map(|change| match change {
        Change::Moved { row, .. } => Some(&**row),
        _ => None,
    });
    moved.unwrap()
}

fn settles_marker(transition: &Transition) -> bool {
    let marker = Change::MarkerSettled(intent().marker);
    transition.changes.contains(&marker)
}

fn announced(transition: &Transition) -> Option<&News> {
    transition.changes.iter().find_map(|change| match change {
        Change::Announced(news) => Some(news),
        _ => None,
    })
}

fn unclear(cause: UnclearCause) -> Result<CreatedPad, CreateError> {
    Err(CreateError::Unclear(UnclearOutcome {
        cause,
        server_date_ms: Some(NOW_MS + 5000),
        retry_after: Some(Duration::from_secs(9)),
    }))
}

#[test]
fn a_created_pad_can_be_copied_at_once_and_settles_its_marker() {
    let created = after(Ok(CreatedPad {
        id: coderpad::PadId::parse("ABCDEFGH").unwrap(),
        pad: None,
        server_date_ms: None,
    }));
    let Lifecycle::Created { pad, linking } = &moved(&created).life else {
        panic!("{created:?}");
    };
    assert_eq!(pad.link, "https://app.coderpad.io/ABCDEFGH");
    assert_eq!((pad.origin, pad.since_ms), (Origin::Made, NOW_MS));
    assert_eq!(pad.beside, intent().beside);
    assert_eq!((linking.tries, linking.next_ms), (0, NOW_MS));
    assert!(settles_marker(&created));
    assert!(matches!(
        announced(&created),
        Some(News::PadReady { adopted: false, .. })
    ));
    assert!(created.service_error.is_none());
}

#[test]
fn an_unclear_answer_keeps_the_marker_and_the_servers_clock() {
    let silent = after(unclear(UnclearCause::NoAnswer(FailureKind::TimedOut)));
    let Lifecycle::Uncertain {
        intent: kept,
        search,
    } = &moved(&silent).life
    else {
        panic!("{silent:?}");
    };
    assert_eq!(*kept, intent());
    assert_eq!(search.server_ahead_ms, 5000);
    assert!(!search.asks && !search.cannot_look && search.complete_looks == 0);
    assert!(!settles_marker(&silent), "the pad may exist");
    assert!(announced(&silent).is_none());
    let error = silent.service_error.as_ref().unwrap();
    assert!(error.in_making && error.passing, "it stops creations alone");

    let limited = after(unclear(UnclearCause::RateLimited));
    let error = limited.service_error.as_ref().unwrap();
    assert!(!error.in_making, "a rate limit stops every request");
    assert_eq!(error.wait, Some(Duration::from_secs(9)));
}

#[test]
fn a_refusal_about_one_pad_asks_and_one_about_all_stops_creation() {
    for (refusal, for_all) in [
        (Clear::WrongKey, true),
        (Clear::OverQuota, true),
        (Clear::NotAllowed, true),
        (Clear::NotFound, false),
        (
            Clear::BadRequest {
                message: "no such language".to_owned(),
            },
            false,
        ),
    ] {
        let refused = after(Err(CreateError::Refused(refusal.clone())));
        let Lifecycle::Refused {
            refusal: shown,
            consent,
        } = &moved(&refused).life
        else {
            panic!("{refused:?}");
        };
        assert_eq!(
            (shown.for_all, *consent),
            (for_all, Consent::User),
            "{refusal:?}"
        );
        assert_eq!(refused.service_error.is_some(), for_all, "{refusal:?}");
        assert_eq!(announced(&refused).is_some(), !for_all, "{refusal:?}");
        assert!(settles_marker(&refused), "{refusal:?}");
        let again = again(moved(&refused).clone(), NOW_MS).unwrap();
        assert_eq!(
            again.life,
            Lifecycle::Eligible {
                consent: Consent::User
            }
        );
    }
    assert_eq!(again(candidacy(Lifecycle::Skipped), NOW_MS), None);
}

#[test]
fn a_request_that_never_left_returns_to_the_queue() {
    let unsent = after(Err(CreateError::NotSent(FailureKind::NoRoute)));
    let eligible = Lifecycle::Eligible {
        consent: Consent::User,
    };
    assert_eq!(moved(&unsent).life, eligible);
    assert!(settles_marker(&unsent) && unsent.service_error.is_some());
    let asked = Change::Moved {
        row: Box::new(candidacy(Lifecycle::Intent { intent: intent() })),
        what: Activity::PadRequested,
        trigger: Trigger::Making,
    };
    let undone = Transition::changes(not_sent(vec![asked], NOW_MS));
    assert_eq!(moved(&undone).life, eligible);
    assert!(settles_marker(&undone));
}

#[test]
fn after_a_restart_an_intent_is_unclear_and_nothing_else_changes() {
    let restarted = after_restart(candidacy(Lifecycle::Intent { intent: intent() }), NOW_MS);
    assert_eq!(moved(&restarted).life.state(), "uncertain");
    assert!(
        after_restart(candidacy(Lifecycle::Skipped), NOW_MS)
            .changes
            .is_empty()
    );
}

#[test]
fn a_title_names_candidate_and_job_unless_they_may_be_confidential() {
    let open = candidacy(Lifecycle::Skipped);
    let pads = PadSettings::default();
    let asked = new_pad(&open, &intent(), &pads);
    assert_eq!(asked.title, "Ada Lovelace – Engineer");
    assert!(
        asked
            .notes
            .starts_with("Lever: https://hire.lever.co/candidates/1\n\npadwatch:")
    );
    let closed = Intent {
        secrecy: Secrecy::Unknown,
        ..intent()
    };
    assert_eq!(new_pad(&open, &closed, &pads).title, "Interview");
    let bare = Candidacy {
        seen: Seen::default(),
        ..open
    };
    let asked = new_pad(&bare, &intent(), &pads);
    assert_eq!(asked.title, "Candidate");
    assert_eq!(asked.notes, format!("{}\n", intent().marker));
}
