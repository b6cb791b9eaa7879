//! A wall clock that is set by hours: no one waits for hours, and no one gets a second pad.

use std::sync::Arc;
use std::time::Duration;

use padwatch_domain::announcement::News;
use padwatch_domain::pause::PauseFor;
use padwatch_domain::settings::Settings;
use sandbox::{Effect, Matching};

use crate::desk::set_clock::SetClock;
use crate::desk::{Desk, Services, Setup, pad_ready};
use crate::office::{HOUR, MAKE, MINUTE, settings};

const HOUR_MS: i64 = 3_600_000;

async fn desk_by(services: &Services, clock: &Arc<SetClock>, settings: Settings) -> Desk {
    let setup = Setup {
        clock: clock.clone(),
        ..services.setup(settings)
    };
    let desk = services.start(setup).await;
    desk.watching().await;
    desk
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_clock_leap_at_any_point_creates_no_second_pad_and_no_delay() {
    for (seed, leap) in [(501, 5), (502, -5), (503, 30), (504, -30)] {
        for wait_s in [0, 15, 32, 40, 100] {
            let services = Services::new(seed);
            let clock = SetClock::of(&services);
            let people = services.candidates(3);
            let mut desk = desk_by(&services, &clock, Settings::default()).await;
            services.world.with(|world| {
                let creating = Matching::creating_a_pad();
                world.faults.once(creating, Effect::DropAfter);
            });
            for one in &people {
                services.to_phone_screen(one);
            }
            services.wait(Duration::from_secs(wait_s)).await;
            clock.set_by(leap * HOUR_MS);
            let begun = services.clock.elapsed();
            for _ in 0..3 {
                desk.hears("a pad", pad_ready).await;
            }
            desk.linked(3).await;
            let took = services.clock.elapsed() - begun;
            assert!(took < 5 * MINUTE, "{leap} h after {wait_s} s: {took:?}");
            services.wait(2 * HOUR).await;
            assert_eq!(services.count(MAKE), 3, "{leap} h after {wait_s} s");
        }
    }
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn those_who_wait_when_the_clock_is_set_back_go_on_as_if_it_had_not_been() {
    let services = Services::new(505);
    let clock = SetClock::of(&services);
    let people = services.candidates(2);
    let mut desk = desk_by(&services, &clock, Settings::default()).await;
    services
        .world
        .with(|world| world.switch(|switches| switches.coderpad.maintenance = true));
    services.wait(2 * HOUR).await;
    for one in &people {
        services.to_phone_screen(one);
    }
    desk.until("noticed", |snapshot| snapshot.counts.waiting == 2)
        .await;
    clock.set_by(-5 * HOUR_MS);
    services
        .world
        .with(|world| world.switch(|switches| switches.coderpad.maintenance = false));
    let begun = services.clock.elapsed();
    desk.hears("a pad", pad_ready).await;
    desk.linked(2).await;
    assert!(services.clock.elapsed() - begun < 5 * MINUTE);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_hold_is_no_longer_after_a_clock_set_back_and_a_restart() {
    for restart in [false, true] {
        let services = Services::new(506);
        let clock = SetClock::of(&services);
        let ada = services.candidate("Ada Example");
        let hold = settings(|settings| settings.guards.hold_seconds = 300);
        let mut desk = desk_by(&services, &clock, hold.clone()).await;
        services.to_phone_screen(&ada);
        desk.until("noticed", |snapshot| snapshot.counts.waiting == 1)
            .await;
        if restart {
            let folder = desk.close().await;
            clock.set_by(-8 * HOUR_MS);
            let setup = Setup {
                folder,
                clock: clock.clone(),
                ..services.setup(hold)
            };
            desk = services.start(setup).await;
        } else {
            clock.set_by(-8 * HOUR_MS);
        }
        let begun = services.clock.elapsed();
        desk.hears("a pad", pad_ready).await;
        let took = services.clock.elapsed() - begun;
        assert!(took < 6 * MINUTE, "restart {restart}: {took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_hold_lasts_as_long_as_it_should_when_the_clock_is_set_ahead() {
    let services = Services::new(510);
    let clock = SetClock::of(&services);
    let ada = services.candidate("Ada Example");
    let hold = settings(|settings| settings.guards.hold_seconds = 300);
    let mut desk = desk_by(&services, &clock, hold).await;
    services.to_phone_screen(&ada);
    desk.until("noticed", |snapshot| snapshot.counts.waiting == 1)
        .await;
    clock.set_by(8 * HOUR_MS);
    services.wait(4 * MINUTE).await;
    assert_eq!(services.count(MAKE), 0, "the person may still say no");
    desk.hears("a pad", pad_ready).await;
    let begun = services.clock.elapsed();
    desk.linked(1).await;
    assert!(services.clock.elapsed() - begun < 2 * MINUTE);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_pause_lasts_no_longer_when_the_clock_is_set_back() {
    let services = Services::new(507);
    let clock = SetClock::of(&services);
    let ada = services.candidate("Ada Example");
    let mut desk = desk_by(&services, &clock, Settings::default()).await;
    desk.handle.pause(PauseFor::Hour).await.unwrap();
    services.to_phone_screen(&ada);
    services.wait(10 * MINUTE).await;
    clock.set_by(-6 * HOUR_MS);
    let begun = services.clock.elapsed();
    desk.hears("a pad", pad_ready).await;
    let took = services.clock.elapsed() - begun;
    assert!(took < HOUR + MINUTE, "{took:?}");
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_refused_link_is_retried_in_time_after_the_clock_is_set_back() {
    let services = Services::new(508);
    let clock = SetClock::of(&services);
    let ada = services.candidate("Ada Example");
    let mut desk = desk_by(&services, &clock, Settings::default()).await;
    let missing = "Add opportunity links".to_owned();
    services.world.with(|world| {
        let key = world.lever.keys.values_mut().next().unwrap();
        key.missing.insert(missing);
    });
    services.to_phone_screen(&ada);
    desk.hears("why", |news| matches!(news, News::Hindered { .. }))
        .await;
    clock.set_by(-9 * HOUR_MS);
    services.world.with(|world| {
        world
            .lever
            .keys
            .values_mut()
            .next()
            .unwrap()
            .missing
            .clear();
    });
    let begun = services.clock.elapsed();
    desk.linked(1).await;
    assert!(services.clock.elapsed() - begun < 20 * MINUTE);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn newcomers_are_no_surge_because_the_clock_was_set_back() {
    let services = Services::new(509);
    let clock = SetClock::of(&services);
    let people = services.candidates(12);
    let mut desk = desk_by(&services, &clock, Settings::default()).await;
    for one in &people[..9] {
        services.to_phone_screen(one);
    }
    desk.linked(9).await;
    clock.set_by(-5 * HOUR_MS);
    services.wait(10 * MINUTE).await;
    for one in &people[9..] {
        services.to_phone_screen(one);
    }
    let heard = desk.hears_within(10 * MINUTE).await;
    let surged = heard.iter().any(|news| matches!(news, News::Surge { .. }));
    assert!(!surged, "{heard:?}");
}
