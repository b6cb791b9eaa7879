//! Missing from a list is not gone, and shown for the first time is not new.

use std::time::Duration;

use padwatch_domain::section::Section;
use padwatch_domain::settings::Settings;
use padwatch_engine::Keys;
use sandbox::lever::Key;
use sandbox::{Candidate, Effect, Matching, OpportunityId, OtherStatus, Service};

use crate::bent::Bent;
use crate::desk::{Desk, Services, Setup, pad_ready};
use crate::office::{HOUR, MAKE, MINUTE};

const POLL: Duration = Duration::from_secs(40);

impl Services {
    /// Someone who has been in the watched stage with the tag for a day.
    pub(crate) fn there(&self, name: &str, confidential: bool) -> OpportunityId {
        self.world.with(|world| {
            let candidate = Candidate {
                name: name.to_owned(),
                tags: vec!["coderpad".to_owned()],
                stage: Some("Phone Screen".to_owned()),
                confidential,
                since_ms: 24 * 3_600_000,
                ..Candidate::default()
            };
            world.add_candidate(candidate).unwrap()
        })
    }

    /// Another Lever key, with the keys that go with it.
    pub(crate) fn another_key(&self, name: &str, confidential: bool) -> Keys {
        self.world.with(|world| {
            let mut key = Key::full();
            key.confidential = confidential;
            world.lever.keys.insert(name.to_owned(), key);
        });
        Keys {
            lever: Some(name.to_owned().into()),
            ..self.setup(Settings::default()).keys
        }
    }

    fn list() -> Matching {
        Matching::of(Service::Lever, "GET", "/v1/opportunities")
    }
}

/// A desk behind a way that can be bent, with three who were there at its start.
async fn three_there(seed: u64) -> (Services, Vec<OpportunityId>, Bent, Desk) {
    let services = Services::new(seed);
    let people = ["Ada", "Ben", "Cleo"].map(|name| services.there(name, false));
    let bent = Bent::new(&services);
    let setup = Setup {
        transport: std::sync::Arc::new(bent.clone()),
        ..services.setup(Settings::default())
    };
    let desk = services.start(setup).await;
    settled(&services, &desk, 3).await;
    (services, people.to_vec(), bent, desk)
}

async fn settled(services: &Services, desk: &Desk, there: u32) {
    desk.until("listed", |snapshot| snapshot.counts.already_there == there)
        .await;
    services.wait(3 * MINUTE).await;
}

#[tokio::test(start_paused = true)]
async fn a_list_that_is_empty_once_makes_nobody_new() {
    let (services, _, bent, desk) = three_there(701).await;
    bent.next_page(Vec::clear);
    services.wait(HOUR).await;
    assert_eq!(services.count(MAKE), 0);
    assert_eq!(desk.handle.snapshot().counts.already_there, 3);
}

#[tokio::test(start_paused = true)]
async fn lists_that_stay_empty_for_an_hour_make_nobody_new() {
    for (seed, can_read) in [(702, true), (703, false)] {
        let (services, _, bent, desk) = three_there(seed).await;
        if !can_read {
            let one = Matching::of(Service::Lever, "GET", "/v1/opportunities/*");
            let forbidden = Effect::Status(OtherStatus::of(403));
            services
                .world
                .with(|world| world.faults.always(one, forbidden));
        }
        bent.every_page(Vec::clear);
        services.wait(HOUR).await;
        bent.every_page(|_| {});
        services.wait(HOUR).await;
        assert_eq!(services.count(MAKE), 0, "can read: {can_read}");
        assert_eq!(desk.handle.snapshot().counts.already_there, 3);
    }
}

#[tokio::test(start_paused = true)]
async fn a_first_look_that_leaves_people_out_makes_nobody_new() {
    let services = Services::new(704);
    for number in 0..5 {
        services.there(&format!("Candidate {number}"), false);
    }
    let bent = Bent::new(&services);
    bent.next_page(|rows| rows.truncate(2));
    let setup = Setup {
        transport: std::sync::Arc::new(bent),
        ..services.setup(Settings::default())
    };
    let desk = services.start(setup).await;
    settled(&services, &desk, 5).await;
    assert_eq!(services.count(MAKE), 0);
}

#[tokio::test(start_paused = true)]
async fn one_refusal_of_confidential_candidates_makes_nobody_new() {
    for refusals in [1, 2, 3] {
        let services = Services::new(705);
        services.there("Ada", true);
        services.there("Ben", true);
        services.there("Cleo", false);
        let mut desk = services.desk(Settings::default()).await;
        settled(&services, &desk, 3).await;
        services.world.with(|world| {
            let forbidden = Effect::Status(OtherStatus::of(403));
            // Each look that is refused asks for the others too.
            for number in 0..refusals {
                let one = Matching {
                    skip: number,
                    ..Services::list()
                };
                world.faults.once(one, forbidden.clone());
            }
        });
        services.wait(10 * MINUTE).await;
        let snapshot = desk.handle.snapshot();
        assert_eq!(snapshot.counts.already_there, 3, "{refusals}");
        // Who comes meanwhile is not missed.
        services.there("Dora", true);
        desk.hears("a pad", pad_ready).await;
        services.wait(HOUR).await;
        assert_eq!(services.count(MAKE), 1, "{refusals}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_tag_that_is_spelled_anew_makes_nobody_new() {
    for (seed, can_read) in [(706, true), (707, false)] {
        let (services, people, _, desk) = three_there(seed).await;
        if !can_read {
            let one = Matching::of(Service::Lever, "GET", "/v1/opportunities/*");
            let forbidden = Effect::Status(OtherStatus::of(403));
            services
                .world
                .with(|world| world.faults.always(one, forbidden));
        }
        for (from, to) in [("coderpad", "CoderPad"), ("CoderPad", "coderpad")] {
            services.world.with(|world| {
                for one in &people {
                    world.untag(one, from).unwrap();
                    world.tag(one, to).unwrap();
                }
            });
            services.wait(HOUR).await;
            assert_eq!(services.count(MAKE), 0, "{from} to {to}");
            assert_eq!(desk.handle.snapshot().counts.already_there, 3);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_page_in_which_everything_is_null_makes_nobody_new() {
    let (services, _, bent, desk) = three_there(708).await;
    bent.next_page(|rows| {
        for row in rows {
            for (name, value) in row.as_object_mut().unwrap() {
                if name != "id" {
                    *value = serde_json::Value::Null;
                }
            }
        }
    });
    services.wait(HOUR).await;
    assert_eq!(services.count(MAKE), 0);
    assert_eq!(desk.handle.snapshot().counts.already_there, 3);
}

#[tokio::test(start_paused = true)]
async fn who_really_leaves_and_comes_back_is_served() {
    let (services, people, _, mut desk) = three_there(709).await;
    let [ada, ben, cleo] = [0, 1, 2].map(|n: usize| people[n].clone());
    services.world.with(|world| {
        world.move_to_stage(&ada, "On-site").unwrap();
        world.untag(&ben, "coderpad").unwrap();
        world.archive(&cleo).unwrap();
    });
    services.wait(POLL).await;
    for one in &people {
        assert_eq!(desk.row(one).await.section, Section::SetAside);
    }
    services.wait(HOUR).await;
    services.world.with(|world| {
        world.move_to_stage(&ada, "Phone Screen").unwrap();
        world.tag(&ben, "coderpad").unwrap();
        world.unarchive(&cleo).unwrap();
    });
    for _ in 0..3 {
        desk.hears("a pad", pad_ready).await;
    }
    services.wait(HOUR).await;
    assert_eq!(services.count(MAKE), 3);
}

#[tokio::test(start_paused = true)]
async fn who_is_deleted_leaves_after_two_looks() {
    let (services, people, _, desk) = three_there(710).await;
    services
        .world
        .with(|world| world.delete_candidate(&people[0]).unwrap());
    services.wait(2 * MINUTE).await;
    assert_eq!(desk.handle.snapshot().counts.already_there, 2);
}

#[tokio::test(start_paused = true)]
async fn a_key_that_sees_more_makes_nobody_new_and_newcomers_are_served() {
    for restarts in [false, true] {
        let services = Services::new(711);
        services.there("Ada", true);
        services.there("Ben", false);
        services.there("Cleo", true);
        let (less, more) = (
            services.another_key("less", false),
            services.another_key("more", true),
        );
        let setup = Setup {
            keys: less.clone(),
            ..services.setup(Settings::default())
        };
        let mut desk = services.start(setup).await;
        settled(&services, &desk, 1).await;
        // More, less, and more again, as someone tries keys.
        for keys in [&more, &less, &more] {
            desk = change_key(&services, desk, keys, restarts).await;
            services.wait(10 * MINUTE).await;
        }
        assert_eq!(services.count(MAKE), 0, "restarts: {restarts}");
        assert_eq!(desk.handle.snapshot().counts.already_there, 3);
        services.there("Dora", true);
        let eve = services.candidate("Eve");
        services.to_phone_screen(&eve);
        // Dora was moved a day ago, and is seen only now: with this reach she is new.
        desk.hears("a pad", pad_ready).await;
        desk.hears("a pad", pad_ready).await;
        services.wait(HOUR).await;
        assert_eq!(services.count(MAKE), 2, "restarts: {restarts}");
    }
}

async fn change_key(services: &Services, desk: Desk, keys: &Keys, restarts: bool) -> Desk {
    if !restarts {
        desk.handle.use_keys(keys.clone()).await.unwrap();
        return desk;
    }
    let setup = Setup {
        folder: desk.close().await,
        keys: keys.clone(),
        ..services.setup(Settings::default())
    };
    services.start(setup).await
}

#[tokio::test(start_paused = true)]
async fn who_arrives_while_the_key_is_replaced_is_served() {
    let services = Services::new(712);
    services.there("Ada", true);
    let (less, more) = (
        services.another_key("less", false),
        services.another_key("more", true),
    );
    let setup = Setup {
        keys: less,
        ..services.setup(Settings::default())
    };
    let desk = services.start(setup).await;
    desk.watching().await;
    services.wait(10 * MINUTE).await;
    let folder = desk.close().await;
    let ben = services.candidate("Ben");
    services.wait(MINUTE).await;
    services.to_phone_screen(&ben);
    let setup = Setup {
        folder,
        keys: more,
        ..services.setup(Settings::default())
    };
    let mut desk = services.start(setup).await;
    desk.hears("a pad", pad_ready).await;
    services.wait(HOUR).await;
    assert_eq!(services.pads_for(&ben).len(), 1);
    assert_eq!(services.count(MAKE), 1);
}

#[tokio::test(start_paused = true)]
async fn a_key_that_shows_other_owners_candidates_makes_nobody_new() {
    let (services, people, bent, desk) = three_there(713).await;
    let hidden: Vec<_> = (0..4)
        .map(|n| services.there(&format!("Hidden {n}"), false))
        .map(|id| id.to_string())
        .collect();
    drop((services, people, bent, desk));
    let services = Services::new(714);
    services.there("Ada", false);
    let hidden_here: Vec<_> = (0..hidden.len())
        .map(|n| services.there(&format!("Hidden {n}"), false).to_string())
        .collect();
    let bent = Bent::new(&services);
    bent.every_page(move |rows| {
        rows.retain(|row| !hidden_here.iter().any(|id| row["id"] == id.as_str()));
    });
    let setup = Setup {
        transport: std::sync::Arc::new(bent.clone()),
        ..services.setup(Settings::default())
    };
    let desk = services.start(setup).await;
    settled(&services, &desk, 1).await;
    let other = services.another_key("colleague", true);
    bent.every_page(|_| {});
    desk.handle.use_keys(other).await.unwrap();
    services.wait(HOUR).await;
    assert_eq!(services.count(MAKE), 0);
    assert_eq!(desk.handle.snapshot().counts.already_there, 5);
}
