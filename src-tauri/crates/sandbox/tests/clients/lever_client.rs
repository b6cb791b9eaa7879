//! The Lever client against the sandbox's real servers: what it is for, and every documented error.

use std::sync::Arc;

use crate::support::{SEED, Tried};
use bytes::Bytes;
use lever::permissions::Access;
use lever::{
    Client, Confidentiality, Error, NewFile, NewNote, NewWebhook, OpportunityQuery, Permission,
    PostingQuery, ProtocolViolation,
};
use sandbox::{Candidate, Effect, Matching, OpportunityId, OtherStatus, Page, Service, sample};
use transport::{ApiRoot, Failure, FailureKind, FastClock, SecretString, SeededRng};

/// Waits for a retry, and for the rate limit, pass a thousand times as fast.
pub(crate) fn client(tried: &Tried) -> Client {
    with_key(tried, &tried.running.addresses.lever_key)
}

pub(crate) fn with_key(tried: &Tried, key: &str) -> Client {
    at(tried, &tried.running.addresses.lever_api, key, 1000)
}

/// For lists of several pages. They have a time limit, which must not pass on a busy computer.
fn reader(tried: &Tried) -> Client {
    let addresses = &tried.running.addresses;
    at(tried, &addresses.lever_api, &addresses.lever_key, 20)
}

pub(crate) fn at(tried: &Tried, root: &str, key: &str, speed: u32) -> Client {
    let root = ApiRoot::parse(root).unwrap();
    let (clock, rng) = (Arc::new(FastClock::new(speed)), Arc::new(SeededRng::new(1)));
    Client::new(tried.web.clone(), root, SecretString::from(key), clock, rng)
}

pub(crate) fn id(of: &OpportunityId) -> lever::OpportunityId {
    serde_json::from_value(serde_json::json!(of)).unwrap()
}

pub(crate) fn user(tried: &Tried) -> lever::UserId {
    let user = tried.world(|world| world.lever.users.keys().next().cloned());
    serde_json::from_value(serde_json::json!(user)).unwrap()
}

fn reads() -> Matching {
    Matching {
        method: Some("GET".into()),
        ..Matching::all_of(Service::Lever)
    }
}

#[tokio::test]
async fn the_whole_account_can_be_read() {
    let tried = Tried::with(sample(SEED, 1_767_225_600_000).unwrap()).await;
    let client = client(&tried);
    let stages = client.stages().await.unwrap().rows;
    assert_eq!(
        stages
            .iter()
            .filter(|stage| stage.text == "Phone Screen")
            .count(),
        1
    );
    let tags = client.tags().await.unwrap().rows;
    let spellings: Vec<&str> = tags
        .iter()
        .map(|tag| tag.text.as_str())
        .filter(|tag| tag.trim().eq_ignore_ascii_case("coderpad"))
        .collect();
    assert_eq!(spellings, ["CoderPad", "coderpad", "Coderpad "]);
    assert_eq!(
        client
            .users(Some(sandbox::sample::RECRUITER))
            .await
            .unwrap()
            .rows
            .len(),
        1
    );
    assert_eq!(
        client
            .postings(&PostingQuery::default())
            .await
            .unwrap()
            .rows
            .len(),
        4
    );
    let seen = client
        .opportunities(&OpportunityQuery::default())
        .await
        .unwrap()
        .rows;
    assert_eq!(seen.len(), 12);
    let all = OpportunityQuery {
        confidentiality: Confidentiality::All,
        ..OpportunityQuery::default()
    };
    assert_eq!(client.opportunities(&all).await.unwrap().rows.len(), 13);
    assert!(tried.world(|world| world.journal.violations().is_empty()));
}

#[tokio::test]
async fn three_pages_of_candidates_come_as_one_list() {
    let tried = Tried::start().await;
    for number in 0..250 {
        tried.add(Candidate {
            since_ms: number,
            ..Candidate::default()
        });
    }
    let all = reader(&tried)
        .opportunities(&OpportunityQuery::default())
        .await
        .unwrap()
        .rows;
    assert_eq!(all.len(), 250);
    assert_eq!(
        tried.world(|world| world.journal.count("GET /v1/opportunities")),
        3
    );
}

#[tokio::test]
async fn links_tags_notes_and_files_arrive() {
    let tried = Tried::start().await;
    let here = tried.candidate();
    let (client, at, by) = (client(&tried), id(&here), user(&tried));
    let link = vec!["https://app.coderpad.io/ABCD1234".to_owned()];
    let with_link = client.add_links(&at, &link, Some(&by)).await.unwrap();
    assert_eq!(with_link.links, link);
    assert!(
        client
            .remove_links(&at, &link, None)
            .await
            .unwrap()
            .links
            .is_empty()
    );
    let tagged = client
        .add_tags(&at, &["done".to_owned()], Some(&by))
        .await
        .unwrap();
    assert!(tagged.tags.contains(&"done".to_owned()));
    client
        .remove_tags(&at, &["done".to_owned()], None)
        .await
        .unwrap();
    let note = client
        .create_note(&at, &NewNote::new("the code"), Some(&by))
        .await
        .unwrap();
    let notes = client.notes(&at).await.unwrap().rows;
    assert_eq!(
        (notes[0].id.clone(), notes[0].values.clone()),
        (note.clone(), vec!["the code".to_owned()])
    );
    client.delete_note(&at, &note).await.unwrap();
    let file = NewFile {
        name: "a.py".into(),
        media_type: "text/x-python".into(),
        bytes: Bytes::from_static(b"print()"),
    };
    client.upload_file(&at, &file, &by).await.unwrap();
    let stored = tried.world(|world| world.lever.opportunities[&here].files[0].clone());
    assert_eq!(
        (stored.name.as_str(), &stored.bytes[..]),
        ("a.py", &b"print()"[..])
    );
}

#[tokio::test]
async fn interviews_and_deletions_are_seen() {
    let tried = Tried::start().await;
    let (here, gone) = (tried.candidate(), tried.candidate());
    let now = tried.world(|world| {
        world.schedule_interview(&here, 5_000, 60).unwrap();
        world.delete_candidate(&gone).unwrap();
        world.now()
    });
    let client = client(&tried);
    assert_eq!(client.interviews(&id(&here)).await.unwrap().rows.len(), 1);
    let deleted = client
        .deleted_opportunities(now - 1, now + 1)
        .await
        .unwrap()
        .rows;
    assert_eq!(deleted[0].id, id(&gone));
    assert!(matches!(
        client.opportunity(&id(&gone)).await,
        Err(Error::Gone {
            what: "opportunity"
        })
    ));
}

#[tokio::test]
async fn webhooks_are_made_listed_and_removed() {
    let tried = Tried::start().await;
    let client = client(&tried);
    let new = NewWebhook {
        url: "https://example.test/lever/x".into(),
        event: lever::webhook::EventKind::CandidateStageChange,
    };
    let made = client.create_webhook(&new).await.unwrap();
    assert!(made.signature_token.is_some());
    assert_eq!(client.webhooks().await.unwrap().rows.len(), 1);
    client.delete_webhook(&made.webhook.id).await.unwrap();
    assert!(client.webhooks().await.unwrap().rows.is_empty());
}

#[tokio::test]
async fn a_posting_is_tagged_and_its_candidates_with_it() {
    let tried = Tried::with(sample(SEED, 1_767_225_600_000).unwrap()).await;
    let client = client(&tried);
    let postings = client
        .postings(&PostingQuery::default())
        .await
        .unwrap()
        .rows;
    let design = postings
        .iter()
        .find(|posting| posting.text == "Product Designer")
        .unwrap();
    client
        .set_posting_tags(&design.id, &["coderpad".to_owned()], &user(&tried))
        .await
        .unwrap();
    let query = OpportunityQuery {
        tags: vec!["coderpad".into()],
        ..OpportunityQuery::default()
    };
    let found = client.opportunities(&query).await.unwrap().rows;
    assert!(
        found
            .iter()
            .any(|opportunity| opportunity.name == "Priya Raghavan")
    );
}

#[tokio::test]
async fn the_probe_names_what_the_key_lacks() {
    let tried = Tried::start().await;
    tried.candidate();
    tried.world(|world| {
        for key in world.lever.keys.values_mut() {
            for missing in [
                Permission::FindAllTags,
                Permission::FindAllInterviews,
                Permission::FindAllWebhooks,
            ] {
                key.missing.insert(missing.check_box().into());
            }
            key.confidential = false;
        }
    });
    let report = lever::permissions::probe(&client(&tried)).await.unwrap();
    let found = report.permissions.into_iter();
    let denied = found.filter(|(_, access)| *access == Access::Denied);
    let mut denied: Vec<Permission> = denied.map(|(permission, _)| permission).collect();
    denied.sort();
    assert_eq!(
        denied,
        [
            Permission::FindAllTags,
            Permission::FindAllInterviews,
            Permission::FindAllWebhooks
        ]
    );
    assert_eq!(report.confidential, Access::Denied);
    assert!(tried.world(|world| world.journal.entries().all(|entry| !entry.changed)));
}

#[tokio::test]
async fn trouble_that_lasts_is_told_apart() {
    let tried = Tried::start().await;
    let client = client(&tried);
    let other = |status, body, retry_after| {
        Effect::Status(OtherStatus {
            body,
            retry_after,
            ..OtherStatus::of(status)
        })
    };
    let rate_limited = |seconds: Option<u64>| Error::RateLimited {
        retry_after: seconds.map(std::time::Duration::from_secs),
    };
    let odd = |violation| Error::NotLever {
        about: "stages",
        violation,
    };
    for (effect, error) in [
        (other(429, Page::Json, None), rate_limited(None)),
        (other(429, Page::Json, Some(1)), rate_limited(Some(1))),
        (other(500, Page::Json, None), Error::Down { status: 500 }),
        (other(503, Page::Html, None), Error::Down { status: 503 }),
        (
            Effect::DropBefore,
            Error::Unreachable(Failure::Unclear(FailureKind::Broken)),
        ),
        (
            Effect::CutOff,
            Error::Unreachable(Failure::Unclear(FailureKind::Broken)),
        ),
        (
            Effect::Redirect {
                to: "https://evil.example/".into(),
            },
            Error::Unreachable(Failure::NotSent(FailureKind::CrossOriginRedirect)),
        ),
        (Effect::ProxyPage, odd(ProtocolViolation::WebPage)),
        (Effect::Truncated, odd(ProtocolViolation::NotJson)),
        (Effect::LoopingNext, odd(ProtocolViolation::EndlessPages)),
        (
            Effect::EmptyPageWithMore,
            odd(ProtocolViolation::EndlessPages),
        ),
    ] {
        tried.world(|world| {
            world.faults.clear();
            world.faults.always(reads(), effect.clone());
        });
        assert_eq!(client.stages().await.unwrap_err(), error, "{effect:?}");
    }
    tried.world(|world| {
        world.faults.clear();
        world.switch(|switches| switches.lever.offline = true);
    });
    while client.stages().await.err()
        != Some(Error::Unreachable(Failure::NotSent(FailureKind::Refused)))
    {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_read_survives_three_bad_answers_and_a_link_too() {
    let tried = Tried::start().await;
    let here = id(&tried.candidate());
    let client = client(&tried);
    for effect in [
        Effect::DropBefore,
        Effect::DropAfter,
        Effect::Status(OtherStatus::page(503)),
    ] {
        let thrice = |matching: Matching| sandbox::Rule {
            name: String::new(),
            matching,
            effect: effect.clone(),
            times: Some(3),
        };
        tried.world(|world| {
            world.faults.clear();
            world.faults.set(thrice(reads()));
            world.faults.set(thrice(Matching::of(
                Service::Lever,
                "POST",
                "/v1/opportunities/*/addLinks",
            )));
        });
        assert!(client.stages().await.is_ok(), "{effect:?}");
        let linked = client
            .add_links(&here, &["x".to_owned()], None)
            .await
            .unwrap();
        assert_eq!(linked.links, ["x"], "{effect:?}");
    }
}

#[tokio::test]
async fn a_note_is_sent_once_whatever_comes_back() {
    for effect in [
        Effect::DropBefore,
        Effect::DropAfter,
        Effect::Status(OtherStatus::of(429)),
        Effect::Status(OtherStatus::page(503)),
    ] {
        let tried = Tried::start().await;
        let here = tried.candidate();
        let notes = Matching::of(Service::Lever, "POST", "/v1/opportunities/*/notes");
        tried.world(|world| world.faults.always(notes, effect.clone()));
        let outcome = client(&tried)
            .create_note(&id(&here), &NewNote::new("x"), None)
            .await;
        assert!(outcome.is_err(), "{effect:?}");
        assert_eq!(
            tried.world(|world| world.journal.count("POST /v1/opportunities/:id/notes")),
            1,
            "{effect:?}"
        );
    }
}

#[tokio::test]
async fn a_token_that_is_no_longer_known_starts_the_list_over_once() {
    let tried = Tried::start().await;
    for number in 0..150 {
        tried.add(Candidate {
            since_ms: number,
            ..Candidate::default()
        });
    }
    let second = Matching {
        skip: 1,
        ..Matching::of(Service::Lever, "GET", "/v1/opportunities")
    };
    let stale = OtherStatus {
        message: "Invalid offset token".into(),
        ..OtherStatus::of(400)
    };
    tried.world(|world| world.faults.once(second, Effect::Status(stale)));
    let all = reader(&tried)
        .opportunities(&OpportunityQuery::default())
        .await
        .unwrap()
        .rows;
    assert_eq!(all.len(), 150);
}

#[tokio::test]
async fn nulls_and_unknown_fields_are_borne() {
    let tried = Tried::with(sample(SEED, 1_767_225_600_000).unwrap()).await;
    tried.world(|world| {
        world.switch(|switches| switches.lever.unknown_fields = true);
        world.faults.always(Matching::default(), Effect::Nulls);
    });
    let client = client(&tried);
    assert_eq!(
        client
            .opportunities(&OpportunityQuery::default())
            .await
            .unwrap()
            .rows
            .len(),
        12
    );
    assert!(client.users(None).await.is_ok());
    assert!(client.postings(&PostingQuery::default()).await.is_ok());
}
