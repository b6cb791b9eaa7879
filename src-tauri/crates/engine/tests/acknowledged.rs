//! What was acknowledged to Lever survives SIGKILL: the headless host is killed between the
//! acknowledgement of an event and the look-up, again and again.
//!
//! Everything is real here, as in the crash tests; only the clocks run faster.
// The host is told to end by SIGTERM, which Windows lacks.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod host;

use std::time::Duration;

use host::{Host, Office};
use sandbox::lever::webhook::Event;
use sandbox::{Effect, Matching, Service, WebhookCommand, WebhookId};
use transport::{Rng as _, SeededRng};

/// Kills while the look-up is under way, and kills at a random time soon after the answer.
const HELD: u64 = 5;
const RANDOM: u64 = 20;
const LISTEN: [&str; 2] = ["--webhooks", "0"];

#[test]
#[ignore = "starts the host: cargo xtask test --only long"]
fn the_host_names_its_help_where_it_knows_no_option() {
    let said = host::answer(&["--profle", "DIR"]);
    assert!(
        said.contains("--profle") && said.contains("headless --help"),
        "{said}"
    );
    let help = host::answer(&["--help"]);
    for option in ["--profile DIR", "--settings FILE", "--fast N", "--die-at"] {
        assert!(help.contains(option), "{option}: {help}");
    }
}

#[test]
#[ignore = "takes minutes: cargo xtask test --only long"]
fn a_kill_between_acknowledgement_and_look_up_loses_nothing() {
    let seed = 1;
    let rng = SeededRng::new(seed);
    let mut office = Office::looking_every(seed, 3600);
    let (first, hook) = set_up(&mut office);
    first.end();

    let mut people = Vec::new();
    for kill in 0..HELD + RANDOM {
        let is_held = kill < HELD;
        let host = listening(&office, &hook);
        let rule = office.with(|world| {
            let read = Matching::of(Service::Lever, "GET", "/v1/opportunities/*");
            let held = Effect::Delay { ms: 3_600_000 };
            is_held.then(|| world.faults.always(read, held))
        });
        let ada = office.candidate(&format!("Candidate {kill}"));
        office.to_phone_screen(&ada);
        people.push(ada.clone());
        until_acknowledged(&office);
        let lifetime = if is_held { 0.0 } else { rng.fraction() * 0.05 };
        Host::kill_after(host, Duration::from_secs_f64(lifetime));

        let about = format!("FROM delivery WHERE opportunity = '{ada}'");
        assert_eq!(
            office.count_in_ledger(&format!("SELECT count(*) {about}")),
            1,
            "{kill}"
        );
        if let Some(rule) = rule {
            let hinted = format!("SELECT count(*) FROM hint WHERE opportunity = '{ada}'");
            assert_eq!(office.count_in_ledger(&hinted), 1, "{kill}");
            office.with(|world| world.faults.remove(rule));
        }
    }

    let last = listening(&office, &hook);
    office.until_all_is_done(&people, "after the last kill");
    office.until("all hints looked up", || {
        office.count_in_ledger("SELECT count(*) FROM hint") == 0
    });
    replay_changes_nothing(&office);
    last.end();
    let pads = office.assert_one_pad_each("after the last kill");
    println!(
        "kills: {}, of them with the look-up held up: {HELD}, pads: {pads}",
        HELD + RANDOM
    );
}

/// The first look, and a webhook in Lever whose token the host knows.
fn set_up(office: &mut Office) -> (Host, WebhookId) {
    let host = office.host(&LISTEN);
    office.until("the first look written", || {
        office.count_in_ledger("SELECT count(*) FROM keepsake WHERE name = 'first-look'") == 1
    });
    office.until("listening", || !office.listened_at().is_empty());
    let event = Event::StageChange;
    let url = office.listened_at()[0].clone();
    let made = office.with(|world| {
        let on = WebhookCommand::SwitchEvents { event, on: true };
        on.obey(world).unwrap();
        WebhookCommand::Add { event, url }.obey(world).unwrap()
    });
    let token = made["signatureToken"].as_str().unwrap();
    office.signing_tokens.push(token.to_owned());
    let hook = serde_json::from_value(made["webhook"].clone()).unwrap();
    (host, hook)
}

/// A host that listens. Its port is kept, unless someone else has taken it meanwhile.
fn listening(office: &Office, hook: &WebhookId) -> Host {
    let before = office.listened_at().len();
    let host = office.host(&LISTEN);
    office.until("listening again", || office.listened_at().len() > before);
    let url = office.listened_at().pop().unwrap();
    office.with(|world| {
        let hooks = world.lever.webhooks.hooks.iter_mut();
        hooks
            .filter(|known| known.id == *hook)
            .for_each(|known| known.url.clone_from(&url));
    });
    host
}

fn until_acknowledged(office: &Office) {
    office.until("acknowledged", || {
        office.with(|world| {
            let last = world.lever.webhooks.deliveries.iter().next_back();
            let tries = last.map(|last| last.tries.as_slice()).unwrap_or_default();
            tries.iter().any(|tried| tried.status == Some(200))
        })
    });
}

/// Someone presses Rerun: acknowledged, and nothing else.
fn replay_changes_nothing(office: &Office) {
    let stored = || office.count_in_ledger("SELECT count(*) FROM delivery");
    let before = stored();
    let delivery = office.with(|world| {
        let last = world.lever.webhooks.deliveries.iter().next_back().unwrap();
        last.number
    });
    office.with(|world| WebhookCommand::Rerun { delivery }.obey(world).unwrap());
    until_acknowledged(office);
    assert_eq!(stored(), before);
    assert_eq!(office.count_in_ledger("SELECT count(*) FROM hint"), 0);
}
