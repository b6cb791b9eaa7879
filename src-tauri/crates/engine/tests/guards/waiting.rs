//! A candidate who waits is told why.

use padwatch_domain::settings::Settings;
use padwatch_engine::snapshot::{HeldUp, Waiting};

use crate::desk::{Services, pad_ready};
use crate::office::MINUTE;

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_candidate_left_to_another_program_says_so_and_is_served() {
    let services = Services::new(951);
    let (ada, ben) = (services.candidate("Ada"), services.candidate("Ben"));
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    // Another program was faster: its pad is as new as the candidate is in the stage.
    services.to_phone_screen(&ada);
    let (_, link) = services.pad_by_hand(None);
    services
        .world
        .with(|world| world.add_link(&ada, &link).unwrap());
    desk.hears("the other program's pad", pad_ready).await;
    services.to_phone_screen(&ben);
    desk.until("noticed", |snapshot| {
        snapshot.counts.waiting == 1 && snapshot.counts.to_send == 1
    })
    .await;
    assert_eq!(
        desk.row(&ben).await.held_up,
        Some(HeldUp::Waiting(Waiting::OtherProgram))
    );
    desk.hears("a pad", pad_ready).await;
    services.wait(2 * MINUTE).await;
    assert_eq!(services.pads_for(&ben).len(), 1);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_candidate_without_a_pad_left_in_the_plan_says_so() {
    let services = Services::new(952);
    let ada = services.candidate("Ada");
    services.world.with(|world| world.coderpad.quota.limit = 0);
    let desk = services.desk(Settings::default()).await;
    desk.until("first look", |snapshot| snapshot.last_checked_ms.is_some())
        .await;
    services.to_phone_screen(&ada);
    desk.until("noticed", |snapshot| snapshot.counts.waiting == 1)
        .await;
    assert_eq!(
        desk.row(&ada).await.held_up,
        Some(HeldUp::Waiting(Waiting::PlanUsedUp))
    );
}
