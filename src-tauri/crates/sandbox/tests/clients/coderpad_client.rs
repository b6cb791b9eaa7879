//! The CoderPad client against the sandbox's real servers: what it is for, and every documented
//! error.

use std::sync::Arc;
use std::time::Duration;

use crate::support::Tried;
use coderpad::history::{HistoryHosts, Limits, fetch, replay};
use coderpad::{
    Client, CreateError, CreatedPad, Error, EventKind, NewPad, PadChange, PadPage, PadSort,
    PadState, Refusal, UnclearCause,
};
use futures_util::TryStreamExt as _;
use sandbox::coderpad::interview::Guest;
use sandbox::coderpad::people::Role;
use sandbox::{Effect, Matching, OtherStatus, Page, Service};
use transport::{ApiRoot, Failure, FailureKind, FastClock, SecretString, SeededRng};

const ADA: Guest<'_> = Guest {
    name: "Ada",
    email: None,
};

fn client(tried: &Tried) -> Client {
    with_key(tried, &tried.running.addresses.coderpad_key)
}

/// Waits for a retry pass a thousand times as fast.
fn with_key(tried: &Tried, key: &str) -> Client {
    let root = ApiRoot::parse(&tried.running.addresses.coderpad_api).unwrap();
    let (clock, rng) = (Arc::new(FastClock::new(1000)), Arc::new(SeededRng::new(1)));
    Client::new(tried.web.clone(), root, SecretString::from(key), clock, rng)
}

fn new_pad() -> NewPad {
    NewPad {
        title: "Ada & friends".into(),
        language: Some("python".into()),
        notes: "mark-1\nhidden".into(),
        execution_enabled: Some(false),
        ..NewPad::default()
    }
}

async fn list(client: &Client, sort: PadSort) -> Result<Vec<coderpad::Pad>, Error> {
    let pages: Vec<PadPage> = client.pads(sort).try_collect().await?;
    Ok(pages.into_iter().flat_map(|page| page.pads).collect())
}

fn pads() -> Matching {
    Matching::of(Service::CoderPad, "GET", "/api/pads")
}

#[tokio::test]
async fn a_pad_goes_from_its_making_to_its_record() {
    let tried = Tried::start().await;
    let client = client(&tried);
    let CreatedPad {
        id, server_date_ms, ..
    } = client.create_pad(&new_pad()).await.unwrap();
    assert!(server_date_ms.is_some());
    let pad = client.pad(&id).await.unwrap();
    assert_eq!(
        (pad.title.as_deref(), pad.notes.as_deref()),
        (Some("Ada & friends"), Some("mark-1\nhidden"))
    );
    assert_eq!(pad.state, PadState::Pending);
    let made = sandbox::PadId::from(id.as_str());
    assert!(!tried.world(|world| world.coderpad.pads[&made].values.execution_enabled));
    let text = "print('🙂')\n";
    tried.world(|world| {
        world.join(&made, ADA).unwrap();
        world.write_code(&made, ADA, None, text).unwrap();
        world.run_code(&made, ADA).unwrap();
    });
    client.end_pad(&id).await.unwrap();
    let pad = client.pad(&id).await.unwrap();
    assert!(pad.is_finished());
    let events = client.events(&id).await.unwrap();
    assert!(events.complete);
    assert!(
        events
            .events
            .iter()
            .any(|event| event.kind == EventKind::Ended)
    );

    let environment = client.environment(pad.environments[0]).await.unwrap();
    let file = &environment.files.rows[0];
    assert_eq!(file.contents.as_deref(), Some(text));
    let hosts = HistoryHosts::beside(client.root());
    let log = fetch(tried.web.as_ref(), file.history.as_deref().unwrap(), &hosts)
        .await
        .unwrap();
    assert_eq!(
        replay(&log, None, &Limits::default())
            .unwrap()
            .unwrap()
            .text,
        text
    );
    client.delete_pad(&id).await.unwrap();
    assert_eq!(client.pad(&id).await.unwrap_err(), Error::Gone);
    assert!(tried.world(|world| world.journal.violations().is_empty()));
}

#[tokio::test]
async fn a_change_and_the_account_can_be_read_back() {
    let tried = Tried::start().await;
    let client = client(&tried);
    let id = client.create_pad(&new_pad()).await.unwrap().id;
    let change = PadChange {
        title: Some("Other".into()),
        ..PadChange::default()
    };
    client.update_pad(&id, &change).await.unwrap();
    assert_eq!(
        client.pad(&id).await.unwrap().title.as_deref(),
        Some("Other")
    );
    let quota = client.quota().await.unwrap();
    assert_eq!((quota.used, quota.remaining), (1, Some(49)));
    assert_eq!(client.organization().await.unwrap().unwrap().users.len(), 2);
    assert_eq!(
        client.account().await.unwrap().unwrap().allow_pad_creation,
        Some(true)
    );
    let questions = client.questions("", 3).await.unwrap();
    assert_eq!(questions.questions.len(), 1);
}

#[tokio::test]
async fn an_account_without_organization_is_no_error() {
    let tried = Tried::start().await;
    for forbidden in [false, true] {
        tried.world(|world| {
            world
                .coderpad
                .people
                .values_mut()
                .for_each(|person| person.role = None);
            world.switch(|switches| switches.coderpad.no_organization_forbidden = forbidden);
        });
        assert_eq!(client(&tried).organization().await.unwrap(), None);
    }
    assert!(client(&tried).quota().await.is_ok());
}

#[tokio::test]
async fn every_way_of_paging_shows_every_pad() {
    let tried = Tried::start().await;
    tried.world(|world| {
        for number in 0..120 {
            world.make_pad_by_hand(sandbox::sample::RECRUITER, &format!("{number}"), None);
        }
    });
    for cursors in [false, true] {
        tried.world(|world| {
            world.switch(|switches| switches.coderpad.lists.cursor_paging = cursors);
        });
        for sort in [PadSort::CreatedNewest, PadSort::UpdatedNewest] {
            assert_eq!(list(&client(&tried), sort).await.unwrap().len(), 120);
        }
    }
    let everybodys: Vec<PadPage> = client(&tried)
        .organization_pads(PadSort::CreatedNewest)
        .try_collect()
        .await
        .unwrap();
    assert_eq!(everybodys.len(), 3);
}

#[tokio::test]
async fn a_list_that_cannot_be_read_wholly_is_an_error() {
    let tried = Tried::start().await;
    let client = client(&tried);
    client.create_pad(&new_pad()).await.unwrap();
    for effect in [
        Effect::OffOriginNext,
        Effect::LoopingNext,
        Effect::ProxyPage,
        Effect::Truncated,
    ] {
        tried.world(|world| {
            world.faults.clear();
            world.faults.always(pads(), effect.clone());
        });
        let error = list(&client, PadSort::CreatedNewest).await.unwrap_err();
        assert!(
            matches!(error, Error::NotCoderpad { .. }),
            "{effect:?}: {error:?}"
        );
    }
}

/// Tries to make a pad while this goes wrong. What came of it, and how many pads there are.
async fn struck(effect: &Effect) -> (CreateError, usize) {
    let tried = Tried::start().await;
    tried.world(|world| {
        world
            .faults
            .always(Matching::creating_a_pad(), effect.clone())
    });
    let error = client(&tried).create_pad(&new_pad()).await.unwrap_err();
    let requests = tried.world(|world| world.journal.count("POST /api/pads"));
    assert_eq!(requests, 1, "sent once: {effect:?}");
    (error, tried.world(|world| world.pads().len()))
}

/// What the service does with a creation, what is seen of it, and how many pads there are then.
fn unclear_answers() -> [(Effect, UnclearCause, usize); 13] {
    let broken = UnclearCause::NoAnswer(FailureKind::Broken);
    let other = |status, body, done| {
        Effect::Status(OtherStatus {
            body,
            done,
            ..OtherStatus::of(status)
        })
    };
    [
        (Effect::DropBefore, broken, 0),
        (Effect::DropAfter, broken, 1),
        (Effect::CutOff, broken, 1),
        (Effect::Late { after_ms: 60_000 }, broken, 0),
        (
            other(500, Page::Json, false),
            UnclearCause::ServerError(500),
            0,
        ),
        (
            other(503, Page::Html, true),
            UnclearCause::ServerError(503),
            1,
        ),
        (
            other(403, Page::Html, false),
            UnclearCause::Unreadable(403),
            0,
        ),
        (
            other(418, Page::Json, false),
            UnclearCause::UnknownRefusal(418),
            0,
        ),
        (
            Effect::Redirect {
                to: "/elsewhere".into(),
            },
            UnclearCause::NoAnswer(FailureKind::CrossOriginRedirect),
            0,
        ),
        (Effect::ProxyPage, UnclearCause::Unreadable(200), 0),
        (Effect::Truncated, UnclearCause::Unreadable(200), 1),
        (
            Effect::StatusError { done: true },
            UnclearCause::ErrorWithinSuccess,
            1,
        ),
        (Effect::WithoutId, UnclearCause::NoId, 1),
    ]
}

#[tokio::test]
async fn every_unclear_answer_to_a_creation_is_known_as_such() {
    for (effect, seen, pads) in unclear_answers() {
        let (error, made) = struck(&effect).await;
        let CreateError::Unclear(unclear) = error else {
            panic!("{effect:?}: {error:?}")
        };
        assert_eq!((unclear.cause, made), (seen, pads), "{effect:?}");
    }
}

#[tokio::test]
async fn a_429_not_in_the_services_own_form_leaves_it_open() {
    for retry_after in [None, Some(30)] {
        let other = OtherStatus {
            retry_after,
            ..OtherStatus::page(429)
        };
        let (error, made) = struck(&Effect::Status(other)).await;
        let CreateError::Unclear(unclear) = error else {
            panic!("{error:?}")
        };
        let wait = retry_after.map(Duration::from_secs);
        assert_eq!(
            (unclear.cause, unclear.retry_after),
            (UnclearCause::RateLimited, wait)
        );
        assert_eq!(made, 0);
    }
}

#[tokio::test]
async fn every_clear_refusal_of_a_creation_is_known_as_such() {
    let tried = Tried::start().await;
    let refusal =
        async |client: &Client, new: &NewPad| match client.create_pad(new).await.unwrap_err() {
            CreateError::Refused(refusal) => refusal,
            other => panic!("{other:?}"),
        };
    assert_eq!(
        refusal(&with_key(&tried, "nobody"), &new_pad()).await,
        Refusal::WrongKey
    );
    let client = client(&tried);
    let klingon = NewPad {
        language: Some("klingon".into()),
        ..new_pad()
    };
    assert_eq!(
        refusal(&client, &klingon).await,
        Refusal::BadRequest {
            message: "Bad Request".into()
        }
    );
    let question = serde_json::from_str("123").unwrap();
    let unknown = NewPad {
        question: Some(question),
        language: None,
        ..new_pad()
    };
    assert_eq!(refusal(&client, &unknown).await, Refusal::NotFound);
    tried.world(|world| {
        world
            .coderpad
            .people
            .values_mut()
            .for_each(|person| person.role = Some(Role::Member));
    });
    let for_another = NewPad {
        owner_email: Some("tomas.ferreira@example.test".into()),
        ..new_pad()
    };
    assert_eq!(refusal(&client, &for_another).await, Refusal::NotAllowed);
    tried.world(|world| world.coderpad.quota.limit = 0);
    assert_eq!(refusal(&client, &new_pad()).await, Refusal::OverQuota);
    assert!(tried.world(|world| world.pads().is_empty()));

    tried.world(|world| world.switch(|switches| switches.coderpad.offline = true));
    while client.create_pad(&new_pad()).await.err()
        != Some(CreateError::NotSent(FailureKind::Refused))
    {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn trouble_with_reading_is_told_apart() {
    let tried = Tried::start().await;
    let client = client(&tried);
    let id = client.create_pad(&new_pad()).await.unwrap().id;
    let other = |status, body, retry_after| {
        Effect::Status(OtherStatus {
            body,
            retry_after,
            ..OtherStatus::of(status)
        })
    };
    let rate_limited = |seconds: Option<u64>| Error::RateLimited {
        retry_after: seconds.map(Duration::from_secs),
    };
    for (effect, error) in [
        (other(401, Page::Json, None), Error::WrongKey),
        (other(404, Page::Json, None), Error::Gone),
        (other(500, Page::Json, None), Error::Down { status: 500 }),
        (other(503, Page::Html, None), Error::Down { status: 503 }),
        (other(429, Page::Html, None), rate_limited(None)),
        (other(429, Page::Html, Some(1)), rate_limited(Some(1))),
        (
            Effect::DropBefore,
            Error::Unreachable(Failure::Unclear(FailureKind::Broken)),
        ),
    ] {
        tried.world(|world| {
            world.faults.clear();
            world.faults.always(
                Matching::of(Service::CoderPad, "GET", "/api/pads/*"),
                effect.clone(),
            );
        });
        assert_eq!(client.pad(&id).await.unwrap_err(), error, "{effect:?}");
    }
    for effect in [Effect::ProxyPage, Effect::Truncated, Effect::WithoutId] {
        tried.world(|world| {
            world.faults.clear();
            world.faults.always(Matching::default(), effect.clone());
        });
        let error = client.pad(&id).await.unwrap_err();
        assert!(
            matches!(error, Error::NotCoderpad { .. }),
            "{effect:?}: {error:?}"
        );
    }
}

#[tokio::test]
async fn unknown_states_fields_and_nulls_are_borne() {
    let tried = Tried::start().await;
    let client = client(&tried);
    let id = client.create_pad(&new_pad()).await.unwrap().id;
    tried.world(|world| {
        world.switch(|switches| {
            switches.coderpad.unknown_state = true;
            switches.coderpad.unknown_fields = true;
        });
        world.faults.always(Matching::default(), Effect::Nulls);
    });
    let pad = client.pad(&id).await.unwrap();
    assert_eq!(pad.state, PadState::Other("hovering".into()));
    assert!(!pad.is_finished());
    assert_eq!(
        list(&client, PadSort::UpdatedNewest).await.unwrap().len(),
        1
    );
}
