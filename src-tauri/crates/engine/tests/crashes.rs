//! Kills the headless host at every failpoint of a creation, and at random times, starts it again,
//! and counts: one pad for each candidacy, all announced, all linked.
//!
//! Everything is real here: the program, SIGKILL, the disk, the sandbox's HTTP servers. Only the
//! host's clock runs faster, so that two minutes of looking take seconds.
// The host is told to end by SIGTERM, which Windows lacks.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod host;
mod seeds;

use std::time::{Duration, Instant};

use host::{Host, Office};
use padwatch_engine::failpoint::{Failpoint, Side};
use sandbox::{Effect, Matching};
use seeds::{Runs, drawn, number};
use transport::{Rng as _, SeededRng};

/// Random kills without a wish for another number.
const KILLS: u64 = 500;

#[test]
#[ignore = "takes minutes: cargo xtask test --only long"]
fn a_kill_at_any_point_of_a_creation_leaves_one_pad_announced_and_linked() {
    let mut slowest = Duration::ZERO;
    for at in Failpoint::ALL {
        for side in [Side::Before, Side::After] {
            slowest = slowest.max(killed_at(side, at));
        }
    }
    println!(
        "kill points: {}, slowest recovery: {slowest:?}",
        2 * Failpoint::ALL.len()
    );
}

/// How long the second start took to set everything right.
fn killed_at(side: Side, at: Failpoint) -> Duration {
    let point = format!("{}-{}", side.name(), at.name());
    let office = Office::new(1);
    office.let_first_look_pass();
    let ada = office.candidate("Ada Example");
    if matches!(at, Failpoint::Look | Failpoint::LookWrite) {
        office.with(|world| {
            world
                .faults
                .once(Matching::creating_a_pad(), Effect::DropAfter);
        });
    }
    office.to_phone_screen(&ada);
    let mut doomed = office.host(&["--die-at", &point]);
    assert!(doomed.died_by_sigkill(), "{point} was never passed");
    let begun = Instant::now();
    let again = office.host(&[]);
    office.until_all_is_done(&[ada], &point);
    let took = begun.elapsed();
    // Whatever it might do twice, it has done by then.
    office.until_two_more_looks();
    again.end();
    office.assert_one_pad_each(&point);
    took
}

#[test]
#[ignore = "takes minutes: cargo xtask test --only long"]
fn five_hundred_kills_at_random_times_leave_one_pad_each() {
    let seed = number("PADWATCH_CRASH_SEED").unwrap_or_else(drawn);
    let runs = Runs::of("PADWATCH_CRASH_KILLS", KILLS);
    println!("PADWATCH_CRASH_SEED={seed}");
    let rng = SeededRng::new(seed);
    let office = Office::new(seed);
    office.let_first_look_pass();
    let mut people = Vec::new();
    let mut kills = 0;
    while runs.is_due(kills) {
        let ada = office.candidate(&format!("Candidate {kills}"));
        office.to_phone_screen(&ada);
        people.push(ada);
        let lifetime = Duration::from_secs_f64(0.03 + rng.fraction() * rng.fraction() * 0.6);
        Host::kill_after(office.host(&[]), lifetime);
        kills += 1;
    }
    let begun = Instant::now();
    let last = office.host(&[]);
    office.until_all_is_done(&people, &format!("PADWATCH_CRASH_SEED={seed}"));
    let took = begun.elapsed();
    office.until_two_more_looks();
    last.end();
    let made = office.assert_one_pad_each(&format!("PADWATCH_CRASH_SEED={seed}"));
    println!("kills: {kills}, pads: {made}, last recovery: {took:?}");
}
