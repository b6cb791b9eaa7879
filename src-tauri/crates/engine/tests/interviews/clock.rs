//! A wall clock that is set while it is not known whether a note is on the candidate.

use std::time::Duration;

use sandbox::Effect;

use crate::desk::set_clock::SetClock;
use crate::desk::{Services, Setup};
use crate::notes::{POST, sending_notes};
use crate::round::{HOUR, MINUTE, Round, acting, finished, patient};

const HOUR_MS: i64 = 3_600_000;
/// The looks that find nothing span so long before a note is sent again.
const SPAN: Duration = Duration::from_secs(120);

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_neither_delays_a_note_nor_sends_it_again_early() {
    for (seed, leap) in [(70, 3), (71, -3), (72, 48), (73, -48)] {
        for wait_s in [0, 4, 6, 30, 66, 70, 100] {
            let services = Services::new(seed);
            let settings = patient(acting(&services));
            let clock = SetClock::of(&services);
            let setup = Setup {
                clock: clock.clone(),
                ..services.setup(settings.clone())
            };
            let desk = services.start(setup).await;
            let mut round = Round::at(services, desk, settings).await;
            round.play_and_end().await;
            round.desk.hears("the end", finished).await;
            let prepared = round.prepare(None).await;
            round.fault(sending_notes(), Effect::DropBefore, 1);
            round.send(&prepared.text).await.unwrap();
            let sent = round.services.clock.elapsed();
            round.wait(Duration::from_secs(wait_s)).await;
            clock.set_by(leap * HOUR_MS);
            let services = &round.services;
            while services.world.with(|world| world.journal.count(POST)) < 2 {
                services.clock.sleep(Duration::from_secs(1)).await;
                let took = services.clock.elapsed() - sent;
                assert!(took < 6 * MINUTE, "{leap} h after {wait_s} s: {took:?}");
            }
            let took = round.services.clock.elapsed() - sent;
            assert!(took >= SPAN, "{leap} h after {wait_s} s: {took:?}");
            round.wait(HOUR).await;
            assert_eq!(round.notes().len(), 1, "{leap} h after {wait_s} s");
            assert_eq!(round.asked(POST), 2, "{leap} h after {wait_s} s");
        }
    }
}
