//! Kills the headless host while it sends notes, starts it again, and counts: one note about each
//! interview, whatever was on its way when it died.
//!
//! Everything is real here, as in `crashes`: the program, SIGKILL, the disk, the sandbox's HTTP
//! servers. Only the clocks run faster.
// The host is told to end by SIGTERM, which Windows lacks.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod host;
mod seeds;

use std::time::Instant;

use host::Office;
use padwatch_engine::failpoint::{Failpoint, Side};
use sandbox::{Effect, Matching, OpportunityId, Service};
use seeds::{Runs, drawn, number};
use transport::{Rng as _, SeededRng};

/// Kills without a wish for another number.
const KILLS: u64 = 100;
/// And where the time is short.
const FEW_KILLS: u64 = 25;
/// The longest time from a failpoint to the kill, in microseconds. An answer of Lever's takes up to
/// 50 ms here, so that many kills hit a note on its way.
const LATEST_MICROS: f64 = 60_000.0;
/// How late Lever's answer is in such a case, in ms of the fast clock.
const LATE_MS: u64 = 3_000;

const FINISHED: &str = "SELECT count(*) FROM opportunity WHERE state = 'finished'";
const ADDED: &str = "SELECT count(*) FROM note WHERE state = 'added' AND due_ms IS NULL";

#[test]
#[ignore = "takes minutes: cargo xtask test --only long"]
fn a_hundred_kills_while_a_note_is_sent_leave_one_note_each() {
    let seed = number("PADWATCH_CRASH_SEED").unwrap_or_else(drawn);
    let kills = Runs::of("PADWATCH_CRASH_KILLS", KILLS).or_a_few(FEW_KILLS);
    let what = format!("PADWATCH_CRASH_SEED={seed}");
    println!("{what}");
    let rng = SeededRng::new(seed);
    let office = Office::new(seed);
    let people = with_finished_interviews(&office, kills);
    for kill in 0..kills {
        office.with(|world| world.faults.clear());
        let trouble = trouble(rng.fraction());
        let is_looked_for = trouble.as_ref().is_some_and(leaves_in_doubt);
        if let Some(effect) = trouble {
            office.with(|world| world.faults.once(sending(), effect));
        }
        let point = point(&rng, is_looked_for);
        let mut doomed = office.host(&["--send-notes", "1", "--die-at", &point]);
        assert!(doomed.died_by_sigkill(), "{what}, kill {kill}: {point}");
    }
    office.with(|world| world.faults.clear());
    let begun = Instant::now();
    let last = office.host(&["--send-notes", &kills.to_string()]);
    let all = i64::try_from(kills).unwrap();
    office.until_in_ledger(ADDED, all, "notes that nothing is in doubt about");
    let took = begun.elapsed();
    office.until_two_more_looks();
    last.end();
    for id in &people {
        let notes = office.with(|world| world.notes_of(id));
        assert_eq!(notes.len(), 1, "{what}: notes on {id}: {notes:?}");
    }
    let sent = office.with(|world| world.journal.count("POST /v1/opportunities/:id/notes"));
    println!("kills: {kills}, notes: {all}, sent: {sent}, last recovery: {took:?}");
}

/// So many candidates whose interviews were held and are known to be over.
fn with_finished_interviews(office: &Office, count: u64) -> Vec<OpportunityId> {
    office.let_first_look_pass();
    let people: Vec<_> = (0..count)
        .map(|number| office.candidate(&format!("Candidate {number}")))
        .collect();
    for id in &people {
        office.to_phone_screen(id);
    }
    let host = office.host(&[]);
    office.until_all_is_done(&people, "before the interviews");
    office.with(|world| {
        for pad in world
            .pads()
            .into_iter()
            .map(|pad| pad.id)
            .collect::<Vec<_>>()
        {
            let pad = sandbox::PadId::from(pad.as_str());
            world.play_interview(&pad, "Candidate").unwrap();
            world.end_interview(&pad).unwrap();
        }
    });
    office.until_in_ledger(FINISHED, i64::try_from(count).unwrap(), "interviews over");
    host.end();
    people
}

/// What goes wrong on the way, beside the kill.
fn trouble(share: f64) -> Option<Effect> {
    match share {
        ..0.4 => Some(Effect::Delay { ms: LATE_MS }),
        ..0.5 => Some(Effect::DropAfter),
        ..0.6 => Some(Effect::DropBefore),
        ..0.7 => Some(Effect::Late { after_ms: LATE_MS }),
        _ => None,
    }
}

/// Whether the note is looked for afterwards.
fn leaves_in_doubt(effect: &Effect) -> bool {
    !matches!(effect, Effect::Delay { .. })
}

/// Somewhere between the moment before a note is written down and a while after it was sent, or
/// looked for.
fn point(rng: &SeededRng, is_looked_for: bool) -> String {
    let passed = if is_looked_for { 5 } else { 3 };
    let points: Vec<_> = Failpoint::OF_A_NOTE
        .into_iter()
        .take(passed)
        .flat_map(|at| [(Side::Before, at), (Side::After, at)])
        .collect();
    let place = (rng.fraction() * points.len() as f64) as usize;
    let (side, at) = points[place.min(points.len() - 1)];
    let later = match rng.fraction() {
        ..0.3 => 0,
        share => (share * LATEST_MICROS) as u64,
    };
    format!("{}-{}+{later}", side.name(), at.name())
}

fn sending() -> Matching {
    Matching::of(Service::Lever, "POST", "/v1/opportunities/*/notes")
}
