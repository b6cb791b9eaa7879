//! Results of the old key that come when the new one is in use already.

use std::time::Duration;

use padwatch_domain::announcement::News;
use padwatch_domain::settings::Settings;
use padwatch_engine::Keys;
use padwatch_engine::snapshot::Condition;
use sandbox::{Effect, Matching, OtherStatus, Service};

use crate::desk::{Services, pad_ready};
use crate::office::{HOUR, MAKE, MINUTE};

fn late(status: u16, page: bool) -> Effect {
    let status = if page {
        OtherStatus::page(status)
    } else {
        OtherStatus::of(status)
    };
    Effect::Status(OtherStatus {
        delay_ms: 20_000,
        ..status
    })
}

fn is_quiet(news: &News) -> bool {
    !matches!(news, News::Hindered { .. } | News::Asks { .. })
}

#[tokio::test(start_paused = true)]
async fn a_refusal_of_the_old_key_closes_no_gate_of_the_new_one() {
    let asked = [
        Matching::of(Service::CoderPad, "GET", "/api/quota"),
        Matching::of(Service::Lever, "GET", "/v1/stages"),
        Matching::of(Service::Lever, "GET", "/v1/opportunities"),
        Matching::of(Service::Lever, "GET", "/v1/opportunities/*"),
        Matching::of(Service::CoderPad, "GET", "/api/user"),
    ];
    for (number, asking) in asked.into_iter().enumerate() {
        for (status, page) in [(401, false), (403, false), (401, true)] {
            let services = Services::new(1310 + number as u64);
            let ada = services.candidate("Ada Example");
            services
                .world
                .with(|world| world.faults.once(asking.clone(), late(status, page)));
            let mut desk = services.desk(Settings::default()).await;
            services.wait(Duration::from_secs(2)).await;
            if number == 3 {
                desk.watching().await;
                services.to_phone_screen(&ada);
                let begun = || services.count("GET /v1/opportunities/:id") > 0;
                services.until("read one by one", begun).await;
            }
            desk.handle.use_keys(services.second_key()).await.unwrap();
            desk.watching().await;
            let heard = desk.hears_within(MINUTE).await;
            assert!(heard.iter().all(is_quiet), "{asking:?} {status}: {heard:?}");
            let condition = desk.handle.snapshot().condition.clone();
            assert_eq!(condition, Condition::Watching, "{asking:?} {status}");
            if number != 3 {
                services.to_phone_screen(&ada);
                desk.hears("a pad", pad_ready).await;
            }
            assert_eq!(services.pads().len(), 1, "{asking:?} {status}");
        }
    }
}

/// The keys are replaced while the request for the pad is on its way.
async fn during_the_post(seed: u64, effect: Effect, keys: impl Fn(&Services) -> Keys) -> usize {
    let services = Services::new(seed);
    let ada = services.candidate("Ada Example");
    services
        .world
        .with(|world| world.faults.once(Matching::creating_a_pad(), effect));
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    let asked = || services.count(MAKE) == 1;
    services.until("asked for", asked).await;
    desk.handle.use_keys(keys(&services)).await.unwrap();
    let heard = desk.hears("a pad", pad_ready).await;
    assert!(pad_ready(&heard.news));
    let rest = desk.hears_within(HOUR).await;
    assert!(rest.iter().all(is_quiet), "{rest:?}");
    desk.linked(1).await;
    services.pads().len()
}

#[tokio::test(start_paused = true)]
async fn a_pad_that_the_old_key_creates_late_is_still_that_pad() {
    for seed in 1320..1324 {
        let late = Effect::Delay { ms: 20_000 };
        let pads = match seed % 3 {
            0 => during_the_post(seed, late, Services::second_key).await,
            1 => during_the_post(seed, late, Services::colleagues_key).await,
            _ => during_the_post(seed, late, Services::own_keys).await,
        };
        assert_eq!(pads, 1, "seed {seed}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_old_key_was_clearly_declined_is_asked_for_with_the_new_one() {
    for (seed, status) in [(1330, 401), (1331, 403)] {
        let pads = during_the_post(seed, late(status, false), Services::second_key).await;
        assert_eq!(pads, 1, "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn keys_that_are_taken_away_and_put_back_leave_nobody_in_between() {
    let services = Services::new(1340);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    // Last year's pad, for another application: reading it takes long.
    let marker = format!(
        "padwatch:{}:{}",
        "3".repeat(8) + "-3333-4333-8333-333333333333",
        "0".repeat(32)
    );
    let (_, link) = services.pad_by_hand(Some(&marker));
    let reading = Matching::of(Service::CoderPad, "GET", "/api/pads/*");
    services.world.with(|world| {
        world.add_link(&ada, &link).unwrap();
        world.faults.once(reading, Effect::Delay { ms: 20_000 })
    });
    services.to_phone_screen(&ada);
    let begun = || services.count("GET /api/pads/:id") > 0;
    services.until("being prepared", begun).await;
    desk.handle.use_keys(Keys::default()).await.unwrap();
    services.wait(MINUTE).await;
    desk.handle.use_keys(services.own_keys()).await.unwrap();
    desk.hears("a pad", pad_ready).await;
    assert_eq!(services.pads_for(&ada).len(), 1);
}
