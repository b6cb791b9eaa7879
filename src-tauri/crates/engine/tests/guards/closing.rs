//! Closing takes in what is in flight, for five seconds at most.

use std::time::Duration;

use padwatch_domain::listing::Counts;
use padwatch_domain::section::Section;
use padwatch_domain::settings::Settings;
use sandbox::{Effect, Matching, Service};

use crate::desk::Services;
use crate::office::{HOUR, MAKE};

#[tokio::test(start_paused = true)]
async fn closing_waits_for_the_answer_to_a_creation() {
    for (delay_ms, is_answered) in [(3_000, true), (60_000, false)] {
        let services = Services::new(1501);
        let (ada, ben) = (services.candidate("Ada"), services.candidate("Ben"));
        let desk = services.desk(Settings::default()).await;
        desk.watching().await;
        services.world.with(|world| {
            let slow = Effect::Delay { ms: delay_ms };
            world.faults.once(Matching::creating_a_pad(), slow);
        });
        services.to_phone_screen(&ada);
        services
            .until("asked for", || services.count(MAKE) == 1)
            .await;
        services.to_phone_screen(&ben);
        let begun = services.clock.elapsed();
        let folder = desk.close().await;
        let took = services.clock.elapsed() - begun;
        assert!(took < Duration::from_millis(5_100), "{took:?}");
        assert_eq!(services.count(MAKE), 1, "nothing new was begun");
        offline(&services, true);
        let desk = services.desk_in(folder, Settings::default()).await;
        let row = desk.row(&ada).await;
        let section = if is_answered {
            Section::ToSend
        } else {
            // It is looked for; no one has to decide anything yet.
            Section::Waiting
        };
        assert_eq!(row.section, section, "{:?}", row.reason);
        offline(&services, false);
        services.wait(HOUR).await;
        assert_eq!(services.pads_for(&ada).len(), 1);
        assert_eq!(services.pads_for(&ben).len(), 1);
    }
}

/// What the ledger says is seen as long as no service can add to it.
fn offline(services: &Services, is_offline: bool) {
    services.world.with(|world| {
        world.switch(|switches| {
            switches.lever.offline = is_offline;
            switches.coderpad.offline = is_offline;
        });
    });
}

#[tokio::test(start_paused = true)]
async fn closing_while_a_pad_is_prepared_begins_nothing() {
    let services = Services::new(1502);
    let ada = services.candidate("Ada");
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.world.with(|world| {
        let reading = Matching::of(Service::Lever, "GET", "/v1/opportunities/*");
        world.faults.once(reading, Effect::Delay { ms: 3_000 });
    });
    services.to_phone_screen(&ada);
    let read = || services.count("GET /v1/opportunities/:id") > 0;
    services.until("read again", read).await;
    let folder = desk.close().await;
    services.wait(HOUR).await;
    assert_eq!(services.count(MAKE), 0);
    let desk = services.desk_in(folder, Settings::default()).await;
    desk.linked(1).await;
    assert_eq!(services.pads_for(&ada).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_is_prepared_beside_a_creation_is_not_begun_while_closing() {
    let services = Services::new(1504);
    let [cara, ada, ben] = ["Cara", "Ada", "Ben"].map(|name| services.candidate(name));
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    // After a link without trouble, several are created at once.
    services.to_phone_screen(&cara);
    desk.linked(1).await;
    services.world.with(|world| {
        let slow = Effect::Delay { ms: 4_500 };
        world.faults.once(Matching::creating_a_pad(), slow);
        let bens = format!("/v1/opportunities/{ben}");
        let reading = Matching::of(Service::Lever, "GET", &bens);
        world.faults.once(reading, Effect::Delay { ms: 3_000 });
    });
    services.to_phone_screen(&ada);
    services.to_phone_screen(&ben);
    services
        .until("asked for", || services.count(MAKE) == 2)
        .await;
    let folder = desk.close().await;
    assert_eq!(services.count(MAKE), 2, "nothing new was begun");
    let desk = services.desk_in(folder, Settings::default()).await;
    desk.linked(3).await;
    assert_eq!(services.pads_for(&ada).len(), 1);
    assert_eq!(services.pads_for(&ben).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn forgetting_waits_for_a_creation_and_names_its_candidate() {
    for delay_ms in [3_000, 60_000] {
        let services = Services::new(1503);
        let ada = services.candidate("Ada");
        let desk = services.desk(Settings::default()).await;
        desk.watching().await;
        services.world.with(|world| {
            let slow = Effect::Delay { ms: delay_ms };
            world.faults.once(Matching::creating_a_pad(), slow);
        });
        services.to_phone_screen(&ada);
        services
            .until("asked for", || services.count(MAKE) == 1)
            .await;
        let begun = services.clock.elapsed();
        let named = desk.handle.forget_everything().await.unwrap();
        let took = services.clock.elapsed() - begun;
        assert!(took > Duration::from_millis(2_900), "{took:?}");
        assert!(took < Duration::from_millis(5_100), "{took:?}");
        assert_eq!(named, ["Ada"]);
        assert_eq!(desk.handle.snapshot().counts, Counts::default());
        services.wait(HOUR).await;
        assert_eq!(services.count(MAKE), 1, "nothing was begun afterwards");
        // Nothing left is named a second time.
        assert_eq!(desk.handle.forget_everything().await, Ok(Vec::new()));
    }
}
