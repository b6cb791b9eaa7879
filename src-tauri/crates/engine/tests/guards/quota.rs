//! How many pads are left, and answers of CoderPad that leave doubt.

use padwatch_domain::announcement::News;
use padwatch_domain::settings::Settings;
use sandbox::{Effect, Matching, OtherStatus, Service};

use crate::desk::{Services, pad_ready};
use crate::office::{HOUR, MAKE, MINUTE};

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn few_pads_left_are_told_once_a_month_also_across_a_restart() {
    let services = Services::new(401);
    services.world.with(|world| world.coderpad.quota.limit = 7);
    let people = services.candidates(4);
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    let mut heard = Vec::new();
    for one in &people[..2] {
        services.to_phone_screen(one);
        heard.extend(desk.hears_within(3 * MINUTE).await);
    }
    let low = |heard: &[News]| {
        let low = heard
            .iter()
            .filter(|news| matches!(news, News::QuotaLow { .. }));
        low.cloned().collect::<Vec<_>>()
    };
    assert_eq!(
        low(&heard),
        [News::QuotaLow {
            remaining: 5,
            overages: Some(false)
        }]
    );
    let folder = desk.close().await;
    let mut again = services.desk_in(folder, Settings::default()).await;
    services.to_phone_screen(&people[2]);
    assert_eq!(low(&again.hears_within(3 * HOUR).await), []);
    services.world.with(|world| world.coderpad.quota.used = 0);
    services.wait(2 * HOUR).await;
    services.world.with(|world| world.coderpad.quota.used = 2);
    services.to_phone_screen(&people[3]);
    let heard = again.hears_within(3 * HOUR).await;
    assert_eq!(low(&heard).len(), 1, "{heard:?}");
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn an_account_that_may_not_see_its_quota_gets_its_pads_all_the_same() {
    let services = Services::new(402);
    let ada = services.candidate("Ada Example");
    services.world.with(|world| {
        let quota = Matching::of(Service::CoderPad, "GET", "/api/quota");
        world
            .faults
            .always(quota, Effect::Status(OtherStatus::of(403)));
    });
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    let told = desk.hears("a pad", |_| true).await;
    assert!(pad_ready(&told.news), "{told:?}");
    services.wait(3 * HOUR).await;
    desk.watching().await;
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn after_an_unclear_answer_the_others_wait_a_little() {
    let services = Services::new(403);
    let people = services.candidates(10);
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.world.with(|world| {
        let page = Effect::Status(OtherStatus::page(503));
        world.faults.always(Matching::creating_a_pad(), page);
    });
    for one in &people {
        services.to_phone_screen(one);
    }
    services.wait(10 * MINUTE).await;
    let asked = services.count(MAKE);
    assert!((2..=8).contains(&asked), "{asked}");
    services.world.with(|world| world.faults.clear());
    let heard = desk.hears_within(2 * HOUR).await;
    let ready = heard.iter().filter(|news| pad_ready(news)).count();
    assert_eq!(ready + usize::try_from(asked).unwrap(), 10, "{heard:?}");
    desk.until("asks", |snapshot| {
        u64::from(snapshot.counts.needs_you) == asked
    })
    .await;
}

/// The twelfth of the month, with 20 pads created since the first.
async fn twelfth_with_limit(seed: u64, limit: u32) -> Services {
    let services = Services::new(seed);
    services.wait(9 * 24 * HOUR).await;
    services.world.with(|world| {
        world.coderpad.quota.used = 20;
        world.coderpad.quota.limit = limit;
    });
    services
}

fn short(heard: &[News]) -> Vec<News> {
    let short = heard
        .iter()
        .filter(|news| matches!(news, News::PlanShort { .. }));
    short.cloned().collect()
}

#[tokio::test(start_paused = true)]
async fn a_plan_that_will_not_last_is_told_early_and_once() {
    let services = twelfth_with_limit(404, 28).await;
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    let heard = desk.hears_within(10 * MINUTE).await;
    let expected = News::PlanShort {
        remaining: 8,
        needed: 34,
        overages: false,
    };
    assert_eq!(short(&heard), [expected]);
    let shown = desk.handle.snapshot().quota.unwrap().short.unwrap();
    assert_eq!(shown.needed, 34);
    let folder = desk.close().await;
    let mut again = services.desk_in(folder, Settings::default()).await;
    again.watching().await;
    assert_eq!(short(&again.hears_within(3 * HOUR).await), []);
}

#[tokio::test(start_paused = true)]
async fn a_plan_that_lasts_is_not_talked_about() {
    let services = twelfth_with_limit(405, 60).await;
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    assert_eq!(short(&desk.hears_within(3 * HOUR).await), []);
    let quota = desk.handle.snapshot().quota.unwrap();
    assert_eq!((quota.remaining, quota.short), (Some(40), None));
}

#[tokio::test(start_paused = true)]
async fn a_quota_that_can_not_be_read_foresees_nothing_and_delays_no_pad() {
    let services = twelfth_with_limit(406, 28).await;
    let ada = services.candidate("Ada Example");
    services.world.with(|world| {
        let quota = Matching::of(Service::CoderPad, "GET", "/api/quota");
        let refused = Effect::Status(OtherStatus::of(404));
        world.faults.always(quota, refused);
    });
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.hears("a pad", pad_ready).await;
    assert_eq!(short(&desk.hears_within(3 * HOUR).await), []);
}
