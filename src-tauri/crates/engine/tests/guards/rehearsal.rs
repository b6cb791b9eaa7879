//! A rehearsal of the last 30 days says what the engine really does when they are played live.

use std::collections::BTreeMap;
use std::time::Duration;

use padwatch_domain::problem::ProblemCode;
use padwatch_domain::rehearsal::{LinkFound, Obstacle, Rehearsal, Verdict};
use padwatch_domain::settings::Settings;
use sandbox::{Candidate, Effect, Matching, OpportunityId, OtherStatus, Service};
use transport::{Rng as _, SeededRng};

use crate::desk::{Desk, Services};
use crate::office::{HOUR, MINUTE, settings};
use crate::seeds::Runs;

const DAY: Duration = Duration::from_secs(24 * 3_600);
/// How far apart moves are: further than two looks.
const SLOT: Duration = Duration::from_secs(4 * 3_600);

/// Looks once an hour: 30 days of them are played in seconds.
fn patient() -> Settings {
    settings(|settings| settings.watch.every_seconds = 3_600)
}

async fn rehearsed(desk: &Desk) -> std::sync::Arc<Rehearsal> {
    desk.handle.rehearse().await.unwrap().unwrap()
}

/// People who are tagged or not, in the stage or before it.
fn people(services: &Services, rng: &SeededRng, count: usize) -> Vec<OpportunityId> {
    let person = |number| {
        let (tagged, there) = (rng.fraction() < 0.75, rng.fraction() < 0.1);
        services.world.with(|world| {
            world
                .add_candidate(Candidate {
                    name: format!("Candidate {number:03}"),
                    tags: tagged.then(|| "coderpad".to_owned()).into_iter().collect(),
                    stage: Some(
                        if there {
                            "Phone Screen"
                        } else {
                            "Recruiter Call"
                        }
                        .to_owned(),
                    ),
                    ..Candidate::default()
                })
                .unwrap()
        })
    };
    (0..count).map(person).collect()
}

/// What Lever's users do in 30 days.
async fn play(services: &Services, people: &[OpportunityId], rng: &SeededRng) {
    let end_ms = services.clock.now_ms() + i64::try_from((30 * DAY).as_millis()).unwrap();
    let pick = || &people[(rng.fraction() * people.len() as f64) as usize];
    let left = || end_ms - services.clock.now_ms();
    let bulk_at = (rng.fraction() * 150.0) as i64;
    for slot in 0.. {
        services.wait(SLOT).await;
        if left() < 2 * i64::try_from(SLOT.as_millis()).unwrap() {
            break;
        }
        let moved = match slot {
            _ if slot == bulk_at => people.iter().take(25).collect(),
            _ if rng.fraction() < 0.6 => vec![pick(), pick()],
            _ => Vec::new(),
        };
        for one in moved {
            services.world.with(|world| {
                let stage = if rng.fraction() < 0.6 {
                    "Phone Screen"
                } else {
                    "On-site"
                };
                world.move_to_stage(one, stage).unwrap();
            });
        }
        if rng.fraction() < 0.05 {
            services.world.with(|world| world.archive(pick()).unwrap());
        }
    }
    services
        .wait(Duration::from_millis(u64::try_from(left()).unwrap()))
        .await;
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_rehearsal_lists_what_the_engine_did_in_the_same_30_days() {
    for seed in Runs::of("PADWATCH_REHEARSALS", 1).seeds() {
        println!("seed {seed}");
        let services = Services::new(seed);
        let rng = SeededRng::new(seed);
        let people = people(&services, &rng, 40);
        let desk = services.desk(patient()).await;
        desk.watching().await;
        play(&services, &people, &rng).await;
        let played = rehearsed(&desk).await;
        let pads = services.world.with(|world| world.pads_by_opportunity());
        let got: BTreeMap<&str, usize> = pads.iter().map(|(id, n)| (id.as_str(), *n)).collect();
        assert!(got.values().all(|count| *count == 1), "{got:?}");
        let would: BTreeMap<&str, usize> = played
            .rows
            .iter()
            .filter(|row| row.verdict == Verdict::Creates)
            .map(|row| (row.arrival.opportunity.as_str(), 1))
            .collect();
        assert_eq!(would, got, "seed {seed}");
        assert!(would.len() > 5, "seed {seed}: {}", would.len());
        // Nobody waited longer than two looks.
        let longest_ms = played.longest_wait_ms.unwrap();
        assert!(
            longest_ms <= 2 * 3_600_000 + 60_000,
            "seed {seed}: {longest_ms} ms"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_written_and_what_hinders_a_pad_is_named() {
    let services = Services::new(411);
    let ada = services.candidate("Ada Example");
    let untagged = services.world.with(|world| {
        let ben = Candidate {
            name: "Ben Example".to_owned(),
            stage: Some("Phone Screen".to_owned()),
            ..Candidate::default()
        };
        world.add_candidate(ben).unwrap()
    });
    services.to_phone_screen(&ada);
    services.wait(HOUR).await;
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.world.with(|world| world.journal.clear());
    let played = rehearsed(&desk).await;
    let verdict = |id: &OpportunityId| {
        let row = played.rows.iter();
        let row = row
            .clone()
            .find(|row| row.arrival.opportunity.as_str() == id.as_str());
        row.map(|row| (row.verdict, row.found))
    };
    assert_eq!(verdict(&ada), Some((Verdict::Creates, LinkFound::Missing)));
    let not_tagged = Verdict::Passes(Obstacle::NoTag);
    assert_eq!(verdict(&untagged), Some((not_tagged, LinkFound::Missing)));
    assert_eq!((played.creates, played.missing), (1, 1));
    assert_eq!(played.pads_in_plan, Some(50));
    services.world.with(|world| {
        let wrote = world
            .journal
            .entries()
            .filter(|entry| entry.method != "GET");
        assert_eq!(wrote.count(), 0);
    });
    assert_eq!(services.pads().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_service_that_does_not_answer_ends_a_rehearsal_in_words() {
    let services = Services::new(412);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.world.with(|world| {
        let pads = Matching::of(Service::CoderPad, "GET", "/api/pads");
        let down = Effect::Status(OtherStatus::page(503));
        world.faults.always(pads, down);
    });
    let problem = desk.handle.rehearse().await.unwrap_err();
    assert_eq!(problem.code(), ProblemCode::ServiceDown);
    assert_eq!(desk.handle.last_rehearsal().await.unwrap(), None);
    services.to_phone_screen(&ada);
    desk.hears("a pad all the same", crate::desk::pad_ready)
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_rehearsal_shows_how_far_it_is_and_can_be_given_up() {
    let services = Services::new(413);
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.world.with(|world| {
        let list = Matching::of(Service::Lever, "GET", "/v1/opportunities");
        world.faults.always(list, Effect::Delay { ms: 2_000 });
    });
    let handle = desk.handle.clone();
    let playing = tokio::spawn(async move { handle.rehearse().await });
    let shown = desk
        .until("its progress", |snapshot| {
            snapshot.progress.as_ref().is_some_and(|it| it.done >= 6)
        })
        .await;
    assert_eq!(shown.progress.as_ref().unwrap().of, Some(30));
    desk.handle.end_rehearsal().await.unwrap();
    assert_eq!(playing.await.unwrap(), Ok(None));
    desk.until("no progress", |snapshot| snapshot.progress.is_none())
        .await;
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn five_thousand_candidacies_are_read_at_the_pace_of_lever() {
    let services = Services::new(414);
    services.world.with(|world| {
        for number in 0..5_000 {
            let candidate = Candidate {
                name: format!("Candidate {number:04}"),
                tags: vec!["coderpad".to_owned()],
                stage: Some("Phone Screen".to_owned()),
                ..Candidate::default()
            };
            world.add_candidate(candidate).unwrap();
        }
    });
    services.wait(10 * MINUTE).await;
    let desk = services
        .desk(settings(|it| it.guards.surge_limit = 100))
        .await;
    desk.watching().await;
    services.world.with(|world| world.journal.clear());
    let (began, before) = (services.clock.elapsed(), resident_bytes());
    let played = rehearsed(&desk).await;
    let took = services.clock.elapsed().saturating_sub(began);
    let grown = resident_bytes().saturating_sub(before);
    let asked = services.count("GET /v1/opportunities");
    println!(
        "{} rows, {asked} requests to Lever, {took:?} at its pace, {} kB more in memory",
        played.rows.len(),
        grown / 1_000
    );
    assert_eq!(played.rows.len(), 5_000);
    assert!(asked < 75, "{asked}");
    assert!(took < 2 * MINUTE, "{took:?}");
    assert!(grown < 40_000_000, "{grown} bytes");
}

/// What the process has in memory, in bytes; 0 where that can't be read.
fn resident_bytes() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").ok();
    let resident = pages.and_then(|text| text.split(' ').nth(1)?.parse::<u64>().ok());
    resident.unwrap_or_default() * 4_096
}
