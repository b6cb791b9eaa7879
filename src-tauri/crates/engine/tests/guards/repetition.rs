//! A pad is asked for again by Padwatch itself once at the most, and only an answer of CoderPad's
//! own proves that there is none.

use std::time::Duration;

use padwatch_domain::announcement::News;
use padwatch_domain::section::Section;
use padwatch_domain::settings::Settings;
use padwatch_engine::listing::Chosen;
use padwatch_engine::snapshot::Action;
use sandbox::{Effect, Matching, OtherStatus, Page, Service};

use crate::desk::{Desk, Services, pad_ready};
use crate::office::{HOUR, MAKE, MINUTE, id, settings};

fn asks(news: &News) -> bool {
    matches!(news, News::Asks { .. })
}

fn again() -> Settings {
    settings(|settings| settings.guards.make_again_when_not_found = true)
}

fn done(status: u16, body: Page, retry_after: Option<u64>) -> Effect {
    Effect::Status(OtherStatus {
        status,
        body,
        retry_after,
        done: true,
        ..OtherStatus::default()
    })
}

async fn comes(services: &Services, settings: Settings) -> (sandbox::OpportunityId, Desk) {
    let ada = services.candidate("Ada Example");
    let desk = services.desk(settings).await;
    desk.watching().await;
    (ada, desk)
}

#[tokio::test(start_paused = true)]
async fn a_service_that_denies_what_it_did_makes_two_pads_at_most() {
    for restarts in [false, true] {
        let services = Services::new(1301);
        let (ada, mut desk) = comes(&services, again()).await;
        services.world.with(|world| {
            let denies = done(502, Page::Html, None);
            world.faults.always(Matching::creating_a_pad(), denies);
            let hours = 6 * 3_600_000;
            world.switch(|switches| switches.coderpad.lists.membership_lag_ms = hours);
        });
        services.to_phone_screen(&ada);
        for _ in 0..9 {
            services.wait(10 * MINUTE).await;
            if restarts {
                desk = services.desk_in(desk.crash().await, again()).await;
            }
        }
        assert_eq!(services.count(MAKE), 2, "restarts: {restarts}");
        assert_eq!(desk.row(&ada).await.section, Section::NeedsYou);
        assert!(desk.heard().await.iter().any(|told| asks(&told.news)));
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_repetition_on_ones_word_none_comes_by_itself() {
    let services = Services::new(1302);
    let (ada, mut desk) = comes(&services, Settings::default()).await;
    services.world.with(|world| {
        let denies = Effect::Status(OtherStatus::page(502));
        world.faults.always(Matching::creating_a_pad(), denies);
    });
    services.to_phone_screen(&ada);
    desk.hears("a question", asks).await;
    desk.handle.change_settings(again()).await.unwrap();
    desk.act(&ada, Action::MakeAnother).await;
    services.wait(3 * HOUR).await;
    assert_eq!(services.count(MAKE), 2);
}

#[tokio::test(start_paused = true)]
async fn a_429_in_a_foreign_form_is_reconciled_before_anything_else() {
    for (status, body, retry_after) in [
        (429, Page::Html, None),
        (429, Page::Html, Some(30)),
        (429, Page::Empty, None),
        (400, Page::Html, None),
        (403, Page::Html, Some(5)),
        (404, Page::Empty, None),
        (409, Page::Html, None),
        (409, Page::Json, None),
        (422, Page::Json, None),
        (500, Page::Json, None),
        (503, Page::Html, Some(60)),
    ] {
        let services = Services::new(1303);
        let (ada, mut desk) = comes(&services, again()).await;
        services.world.with(|world| {
            let denies = done(status, body, retry_after);
            world.faults.once(Matching::creating_a_pad(), denies);
        });
        services.to_phone_screen(&ada);
        desk.hears("a pad", pad_ready).await;
        desk.linked(1).await;
        services.wait(HOUR).await;
        assert_eq!(services.count(MAKE), 1, "{status} {body:?}");
        let pad = &services.pads_for(&ada)[0];
        assert_eq!(
            services.links(&ada),
            std::slice::from_ref(&pad.url),
            "{status} {body:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_pad_that_turns_up_twenty_hours_late_is_still_named() {
    let services = Services::new(1304);
    let (ada, mut desk) = comes(&services, Settings::default()).await;
    let after_ms = 20 * 3_600_000;
    services.world.with(|world| {
        let late = Effect::Late { after_ms };
        world.faults.once(Matching::creating_a_pad(), late);
    });
    services.to_phone_screen(&ada);
    desk.hears("a question", asks).await;
    desk.act(&ada, Action::MakeAnother).await;
    desk.linked(1).await;
    let heard = desk.hears_within(22 * HOUR).await;
    let named = |news: &News| matches!(news, News::Duplicate { ours: true, .. });
    assert!(heard.iter().any(named), "{heard:?}");
}

#[tokio::test(start_paused = true)]
async fn settings_narrowed_during_the_preparation_decide() {
    type Narrow = fn(&mut Settings);
    let narrowed: [Narrow; 3] = [
        |settings| settings.watch.tag = "another".to_owned(),
        |settings| {
            let on_site = padwatch_domain::settings::WatchedStages::Name("On-site".to_owned());
            settings.watch.stages = on_site;
        },
        |settings| {
            settings.watch.whose = padwatch_domain::settings::Whose::Mine;
            settings.acting_user = Some(lever::UserId::new("somebody-else"));
        },
    ];
    for narrow in narrowed {
        let services = Services::new(1305);
        let (ada, desk) = comes(&services, Settings::default()).await;
        let reading = Matching::of(Service::Lever, "GET", "/v1/opportunities/*");
        let slow = Effect::Delay { ms: 8_000 };
        services
            .world
            .with(|world| world.faults.once(reading, slow));
        services.to_phone_screen(&ada);
        let read = || services.count("GET /v1/opportunities/:id") > 0;
        services.until("read again", read).await;
        desk.handle.change_settings(settings(narrow)).await.unwrap();
        services.wait(HOUR).await;
        assert_eq!(services.count(MAKE), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn stopping_a_bulk_start_works_although_one_is_gone() {
    let services = Services::new(1306);
    let people = services.candidates(6);
    for one in &people {
        services.to_phone_screen(one);
    }
    services
        .world
        .with(|world| world.switch(|switches| switches.coderpad.maintenance = true));
    let desk = services.desk(Settings::default()).await;
    desk.until("listed", |snapshot| snapshot.counts.already_there == 6)
        .await;
    let chosen = Chosen {
        opportunities: people.iter().map(id).collect(),
    };
    let served = desk.handle.serve(Section::AlreadyThere, chosen).await;
    assert_eq!(served.unwrap(), 6);
    services
        .world
        .with(|world| world.anonymize(&people[2]).unwrap());
    services.wait(26 * HOUR).await;
    desk.handle.cancel_serving().await.unwrap();
    services
        .world
        .with(|world| world.switch(|switches| switches.coderpad.maintenance = false));
    services.wait(Duration::from_secs(7200)).await;
    assert_eq!(services.count(MAKE), 0);
}
