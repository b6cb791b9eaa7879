//! A note that can't be looked for, or that is never confirmed, costs itself alone.

use padwatch_domain::announcement::News;
use padwatch_domain::note::NoteState;
use padwatch_engine::record::NoteToSend;
use sandbox::{Effect, Matching, OpportunityId, Service};

use super::ways::{Ways, all_ways, status};
use super::{FIRST_HOUR, LATER, looks_every};
use crate::desk::{Desk, Services, pad_ready};
use crate::office::{HOUR, MINUTE, id, settings};

const ADD: &str = "POST /v1/opportunities/:id/notes";
const READ: &str = "GET /v1/opportunities/:id/notes";

/// Someone whose interview has ended.
async fn ended(seed: u64) -> (Services, Desk, OpportunityId) {
    let services = Services::new(seed);
    let ada = services.candidate("Ada Example");
    let wanted = settings(|settings| settings.watch.every_seconds = 120);
    let mut desk = services.desk(wanted).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.hears("a pad", pad_ready).await;
    services.wait(20 * MINUTE).await;
    let pad = services.pads_for(&ada)[0].id.clone();
    let pad = sandbox::PadId::from(pad.as_str());
    services.world.with(|world| {
        world.play_interview(&pad, "Ada Example").unwrap();
        world.end_interview(&pad).unwrap();
    });
    let is_end = |news: &News| matches!(news, News::Finished { .. });
    desk.hears("the end", is_end).await;
    (services, desk, ada)
}

/// Sends a note while both of these fail for good, and counts the requests of two hours.
async fn requests_about_a_note(
    (services, desk, ada): (&Services, &Desk, &OpportunityId),
    adding: Effect,
    reading: Effect,
) -> (u64, u64) {
    let notes = format!("/v1/opportunities/{ada}/notes");
    services.world.with(|world| {
        world.journal.clear();
        let rule = |method| Matching::of(Service::Lever, method, &notes);
        world.faults.always(rule("POST"), adding);
        world.faults.always(rule("GET"), reading);
    });
    let prepared = desk.handle.prepare_note(id(ada), None).await.unwrap();
    let note = NoteToSend {
        text: prepared.text,
        secret: false,
    };
    // Whatever comes of it, it is looked at afterwards.
    let _ = desk.handle.send_note(id(ada), note).await;
    let asked = || services.count(ADD) + services.count(READ);
    services.wait(HOUR).await;
    let first = asked();
    looks_every(desk, 600).await;
    services.wait(HOUR).await;
    (first, asked() - first)
}

async fn cannot_be_looked_for(first_seed: u64, ways: Ways) {
    for (seed, (what, how)) in (first_seed..).zip(ways) {
        if matches!(what, "without id" | "odd shape") {
            continue; // A list has no id, and a refused one is a list without rows.
        }
        println!("seed {seed}: {what}");
        let (services, desk, ada) = ended(seed).await;
        let about = (&services, &desk, &ada);
        let (first, later) = requests_about_a_note(about, Effect::DropAfter, how).await;
        assert!(first <= u64::from(FIRST_HOUR), "{what}: {first}");
        assert!(later <= u64::from(LATER), "{what}: {later}");
        let row = desk.row(&ada).await;
        if what == "429 for a day" {
            continue; // Once an hour isn't often enough to name it by then.
        }
        let is_halted = row.note.as_ref().is_some_and(|note| note.problem.is_some());
        assert!(row.trouble().is_some() || is_halted, "{what}: {row:?}");
    }
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_note_that_cannot_be_looked_for_keeps_to_the_budget() {
    cannot_be_looked_for(820, all_ways()).await;
}

#[tokio::test(start_paused = true)]
async fn a_note_that_is_never_confirmed_is_sent_thrice_then_asked_about() {
    for (seed, (what, how)) in (850..).zip([
        ("closed", Effect::DropBefore),
        ("500", status(500)),
        ("silence", Effect::Delay { ms: 3_600_000 }),
    ]) {
        println!("seed {seed}: {what}");
        let (services, desk, ada) = ended(seed).await;
        let about = (&services, &desk, &ada);
        // Silence is done in the end; here it never is.
        let adding = match how {
            Effect::Delay { .. } => Effect::Late {
                after_ms: 360_000_000,
            },
            how => how,
        };
        let readable = Effect::Delay { ms: 1 };
        let (first, later) = requests_about_a_note(about, adding, readable).await;
        assert!(first <= u64::from(FIRST_HOUR), "{what}: {first}");
        assert_eq!(later, 0, "{what}");
        let note = desk.row(&ada).await.note.unwrap();
        assert_eq!(note.state, NoteState::Prepared, "{what}: {note:?}");
        assert!(note.problem.is_some(), "{what}: {note:?}");
    }
}
