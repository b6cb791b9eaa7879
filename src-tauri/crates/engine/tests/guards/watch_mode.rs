//! CoderPad's own integration makes the pads; Padwatch watches.

use std::time::Duration;

use padwatch_domain::announcement::News;
use padwatch_domain::settings::Settings;
use padwatch_domain::settings::WhoMakes;
use padwatch_engine::snapshot::Action;
use sandbox::{Effect, Matching, OtherStatus, Service};

use crate::desk::{Services, pad_ready};
use crate::office::{HOUR, MAKE, MINUTE, link_of, settings};

fn watching() -> Settings {
    settings(|settings| settings.who_makes = WhoMakes::CoderpadIntegration)
}

/// A pad that CoderPad's integration created: another user's, so that our key finds it in the
/// organization's list alone.
fn by_integration(world: &mut sandbox::World) -> String {
    let pad = world.make_pad_by_hand("tomas.ferreira@example.test", "By the integration", None);
    let reading = Matching::of(Service::CoderPad, "GET", &format!("/api/pads/{pad}"));
    let hidden = Effect::Status(OtherStatus::of(404));
    world.faults.always(reading, hidden);
    link_of(&pad)
}

fn no_link(news: &News) -> bool {
    matches!(news, News::NoLink { .. })
}

fn adopted(news: &News) -> bool {
    matches!(news, News::PadReady { adopted: true, .. })
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn the_integrations_link_is_adopted_and_announced_and_nothing_is_made() {
    let services = Services::new(201);
    let (ada, ben) = (services.candidate("Ada"), services.candidate("Ben"));
    let mut desk = services.desk(watching()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    services.world.with(|world| {
        let link = by_integration(world);
        world.add_link(&ben, &link).unwrap();
    });
    services.to_phone_screen(&ben);
    services.wait(MINUTE).await;
    let theirs = services.world.with(|world| {
        let link = by_integration(world);
        world.add_link(&ada, &link).unwrap();
        link
    });
    let heard = desk.hears_within(HOUR).await;
    assert_eq!(
        heard.iter().filter(|news| adopted(news)).count(),
        2,
        "{heard:?}"
    );
    assert_eq!(heard.len(), 2, "{heard:?}");
    assert_eq!(services.count(MAKE), 0);
    assert_eq!(desk.row(&ada).await.pad.unwrap().link, theirs);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_missing_link_is_reported_once_and_a_pad_can_be_created() {
    let services = Services::new(202);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(watching()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.until("noticed", |snapshot| snapshot.counts.waiting == 1)
        .await;
    let begun = services.clock.elapsed();
    desk.hears("a report", no_link).await;
    let took = services.clock.elapsed() - begun;
    let (least, most) = (Duration::from_secs(299), Duration::from_secs(330));
    assert!(took >= least && took < most, "{took:?}");
    let folder = desk.close().await;
    let mut again = services.desk_in(folder, watching()).await;
    let heard = again.hears_within(2 * HOUR).await;
    assert_eq!(heard, [], "reported once");
    assert_eq!(services.count(MAKE), 0);
    again.act(&ada, Action::MakeNow).await;
    again.hears("a pad", pad_ready).await;
    again.linked(1).await;
    assert_eq!(services.pads_for(&ada).len(), 1);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_link_that_comes_after_the_report_is_adopted_too() {
    let services = Services::new(203);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(watching()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.hears("a report", no_link).await;
    services.world.with(|world| {
        let link = by_integration(world);
        world.add_link(&ada, &link).unwrap();
    });
    desk.hears("a pad", adopted).await;
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn the_pad_of_another_job_starts_no_wait_anew() {
    let services = Services::new(204);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(watching()).await;
    desk.watching().await;
    let other = "padwatch:11111111-1111-4111-8111-111111111111:00112233445566778899aabbccddeeff";
    let (_, link) = services.pad_by_hand(Some(other));
    services.to_phone_screen(&ada);
    desk.hears("a report", no_link).await;
    services
        .world
        .with(|world| world.add_link(&ada, &link).unwrap());
    let folder = desk.close().await;
    let mut again = services.desk_in(folder, watching()).await;
    assert_eq!(
        again.hears_within(2 * HOUR).await,
        [],
        "it was reported already"
    );
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_switch_to_watching_takes_back_the_word_for_those_who_wait() {
    let services = Services::new(205);
    let ada = services.candidate("Ada Example");
    let hold = settings(|settings| settings.guards.hold_seconds = 600);
    let mut desk = services.desk(hold).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.until("noticed", |snapshot| snapshot.counts.waiting == 1)
        .await;
    desk.handle.change_settings(watching()).await.unwrap();
    desk.hears("a report", no_link).await;
    services.wait(2 * HOUR).await;
    assert_eq!(services.count(MAKE), 0);
}
