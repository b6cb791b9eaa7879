//! A link is checked before it is copied: a dead one is refused.

use std::time::Duration;

use padwatch_domain::problem::ProblemCode;
use padwatch_domain::settings::Settings;
use padwatch_engine::listing::LinkCheck;
use padwatch_engine::snapshot::RowState;
use sandbox::{Effect, Matching, OtherStatus, PadId, Service};

use crate::desk::{Services, pad_ready};
use crate::office::{HOUR, MINUTE, id};

const READ: &str = "GET /api/pads/:id";

#[tokio::test(start_paused = true)]
async fn a_link_is_checked_at_every_copy_and_a_dead_one_is_refused() {
    let services = Services::new(1380);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.hears("a pad", pad_ready).await;
    desk.linked(1).await;
    let check = || desk.handle.check_link(id(&ada));
    assert_eq!(check().await.unwrap(), LinkCheck::Checked, "just created");
    services.wait(10 * MINUTE).await;
    let before = services.count(READ);
    for _ in 0..3 {
        assert_eq!(check().await.unwrap(), LinkCheck::Checked);
    }
    assert_eq!(services.count(READ), before + 1);

    services.wait(Duration::from_secs(6)).await;
    let pad = PadId::from(services.pads_for(&ada)[0].id.as_str());
    services.world.with(|world| world.delete_pad(&pad).unwrap());
    for _ in 0..3 {
        let problem = check().await.unwrap_err();
        assert_eq!(problem.code(), ProblemCode::Gone);
    }
    services.wait(5 * MINUTE).await;
    assert_eq!(desk.row(&ada).await.state, RowState::PadDeleted);
    assert_eq!(check().await.unwrap_err().code(), ProblemCode::Gone);
}

#[tokio::test(start_paused = true)]
async fn a_pad_deleted_while_its_link_is_being_added_is_not_copied() {
    let services = Services::new(1383);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    let adding = Matching::of(Service::Lever, "POST", "/v1/opportunities/*/addLinks");
    let slow = Effect::Delay { ms: 20_000 };
    // Lever has the link, and its answer is on the way.
    services.world.with(|world| world.faults.once(adding, slow));
    services.to_phone_screen(&ada);
    desk.hears("a pad", pad_ready).await;
    let pad = PadId::from(services.pads_for(&ada)[0].id.as_str());
    services.world.with(|world| world.delete_pad(&pad).unwrap());
    services.wait(Duration::from_secs(6)).await;
    let refused = desk.handle.check_link(id(&ada)).await.unwrap_err();
    assert_eq!(refused.code(), ProblemCode::Gone);
}

#[tokio::test(start_paused = true)]
async fn a_404_that_a_window_met_counts_for_the_copy_and_one_alone_passes() {
    let services = Services::new(1381);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.hears("a pad", pad_ready).await;
    desk.linked(1).await;
    services.wait(10 * MINUTE).await;
    let reading = Matching::of(Service::CoderPad, "GET", "/api/pads/*");
    let gone = Effect::Status(OtherStatus::of(404));
    services
        .world
        .with(|world| world.faults.once(reading.clone(), gone));
    assert!(desk.handle.pad(id(&ada)).await.is_err());
    let down = Effect::Status(OtherStatus::page(503));
    let rule = services
        .world
        .with(|world| world.faults.always(reading, down));
    services.wait(Duration::from_secs(1)).await;
    let refused = desk.handle.check_link(id(&ada)).await.unwrap_err();
    assert_eq!(
        refused.code(),
        ProblemCode::Gone,
        "not found, and not seen since"
    );
    services.world.with(|world| world.faults.remove(rule));
    services.wait(HOUR).await;
    assert_eq!(
        desk.row(&ada).await.state,
        RowState::Ready,
        "it was seen again"
    );
    let check = desk.handle.check_link(id(&ada)).await.unwrap();
    assert_eq!(check, LinkCheck::Checked);
}

#[tokio::test(start_paused = true)]
async fn a_link_that_can_not_be_checked_in_time_is_copied_and_that_is_said() {
    let services = Services::new(1382);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.hears("a pad", pad_ready).await;
    desk.linked(1).await;
    for effect in [
        Effect::Status(OtherStatus::page(503)),
        Effect::Status(OtherStatus::of(403)),
        Effect::Status(OtherStatus::of(400)),
        Effect::Status(OtherStatus::page(404)),
        Effect::Delay { ms: 30_000 },
        Effect::Unreachable,
    ] {
        services.wait(10 * MINUTE).await;
        let reading = Matching::of(Service::CoderPad, "GET", "/api/pads/*");
        let rule = services
            .world
            .with(|world| world.faults.always(reading, effect.clone()));
        let (before, asked) = (services.clock.elapsed(), services.count(READ));
        let check = desk.handle.check_link(id(&ada)).await.unwrap();
        assert_eq!(check, LinkCheck::NotChecked, "{effect:?}");
        let took = services.clock.elapsed().saturating_sub(before);
        assert!(took <= Duration::from_secs(3), "{effect:?}: {took:?}");
        assert!(services.count(READ) <= asked + 1, "{effect:?}: one request");
        services.world.with(|world| world.faults.remove(rule));
    }
    // Another user's key doesn't find it: that says nothing.
    let keys = services.colleagues_key();
    desk.handle.use_keys(keys).await.unwrap();
    services.wait(10 * MINUTE).await;
    let check = desk.handle.check_link(id(&ada)).await.unwrap();
    assert_eq!(check, LinkCheck::NotChecked);
}
