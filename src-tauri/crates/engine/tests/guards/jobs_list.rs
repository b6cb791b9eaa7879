//! The jobs of the account, by state, channel and confidentiality.

use padwatch_domain::settings::Settings;
use sandbox::lever::postings::Posting;
use sandbox::{Effect, Matching, OtherStatus, PostingId, Service};

use crate::desk::{Desk, Services};

const EVERY_LIST: &str = "/v1/postings";

fn add(services: &Services, title: &str, change: impl FnOnce(&mut Posting)) {
    let mut posting = Posting {
        title: title.to_owned(),
        state: "published".to_owned(),
        ..Posting::default()
    };
    change(&mut posting);
    services.world.with(|world| {
        let id = PostingId::from(format!("posting-{title}").as_str());
        world.lever.postings.insert(id, posting);
    });
}

/// One job of each kind.
async fn desk_with_jobs() -> (Services, Desk) {
    let services = Services::new(2201);
    services.world.with(|world| world.lever.postings.clear());
    for state in [
        "published",
        "internal",
        "draft",
        "pending",
        "closed",
        "rejected",
    ] {
        add(&services, state, |posting| posting.state = state.to_owned());
    }
    add(&services, "own people", |posting| {
        posting.internal_only = true;
    });
    add(&services, "secret", |posting| posting.confidential = true);
    add(&services, "secret own people", |posting| {
        (posting.confidential, posting.internal_only) = (true, true);
    });
    add(&services, "closed and tagged", |posting| {
        posting.state = "closed".to_owned();
        posting.tags = vec!["CoderPad".to_owned()];
    });
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    (services, desk)
}

async fn titles(desk: &Desk) -> Vec<String> {
    let found = desk.handle.postings().await.unwrap();
    found.into_iter().map(|posting| posting.title).collect()
}

const OPEN: [&str; 6] = [
    "closed and tagged",
    "draft",
    "internal",
    "own people",
    "pending",
    "published",
];

#[tokio::test(start_paused = true)]
async fn jobs_of_every_state_and_channel_are_listed_with_the_confidential_ones() {
    let (_services, desk) = desk_with_jobs().await;
    let mut all: Vec<&str> = OPEN.to_vec();
    all.extend(["secret", "secret own people"]);
    assert_eq!(titles(&desk).await, all);
}

#[tokio::test(start_paused = true)]
async fn a_key_without_confidential_access_lists_the_others_however_it_is_refused() {
    let (services, desk) = desk_with_jobs().await;
    for status in [400, 401, 403, 404, 422] {
        services.world.with(|world| {
            world.faults.clear();
            let lists = Matching {
                query: Some("confidentiality=all".to_owned()),
                ..Matching::of(Service::Lever, "GET", EVERY_LIST)
            };
            world
                .faults
                .always(lists, Effect::Status(OtherStatus::of(status)));
        });
        assert_eq!(titles(&desk).await, OPEN, "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_list_by_state_or_channel_that_lever_refuses_costs_itself_alone() {
    let (services, desk) = desk_with_jobs().await;
    services.world.with(|world| {
        let lists = Matching {
            query: Some("distributionChannel".to_owned()),
            ..Matching::of(Service::Lever, "GET", EVERY_LIST)
        };
        world
            .faults
            .always(lists, Effect::Status(OtherStatus::of(400)));
    });
    let listed = titles(&desk).await;
    assert!(listed.contains(&"published".to_owned()), "{listed:?}");
    assert!(!listed.contains(&"own people".to_owned()), "{listed:?}");
}
