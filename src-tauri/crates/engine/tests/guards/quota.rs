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
