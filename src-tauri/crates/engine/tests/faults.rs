//! Every fault at every point of a creation, seeded, in virtual time: one pad for each
//! candidacy, no one forgotten, nothing hidden.
//!
//! `PADWATCH_FAULT_RUNS` sets how many runs there are, `PADWATCH_FAULT_SEED` repeats one of them.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise, and says what it counted"
)]

mod desk;
mod seeds;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use desk::{Desk, Services};
use padwatch_domain::announcement::News;
use padwatch_domain::settings::Settings;
use padwatch_engine::snapshot::Action;
use sandbox::{Effect, ListOrder, Matching, OpportunityId, OtherStatus, Rule, Service};
use seeds::{Runs, number};
use transport::{Rng as _, SeededRng};

/// Runs without a wish for another number.
const RUNS: u64 = 2000;
/// So many runs draw every kind of fault.
const ENOUGH: u64 = 200;
/// Those who come in one run.
const PEOPLE: usize = 3;
/// How long a run may take, in virtual time: more than the longest of the waits one after another.
const PATIENCE: Duration = Duration::from_secs(6 * 3600);

/// What happened in all runs.
#[derive(Debug, Default)]
struct Tally {
    runs: u64,
    pads: usize,
    second_creates: usize,
    slowest: Duration,
    by_effect: BTreeMap<String, u64>,
    failed: Vec<u64>,
}

/// One run's plan, drawn from its seed.
struct Plan {
    point: (&'static str, Matching),
    effect: (&'static str, Effect),
    times: u32,
    lag_ms: i64,
    order: ListOrder,
    others: u32,
    /// When the computer crashes and starts again, in virtual time after the three came.
    crash: Option<Duration>,
}

#[test]
#[ignore = "takes minutes: cargo xtask test --only long"]
fn every_fault_at_every_point_leaves_one_linked_pad_for_each() {
    let tally = match number("PADWATCH_FAULT_SEED") {
        Some(seed) => tally_of([seed]),
        None => in_all_threads(Runs::of("PADWATCH_FAULT_RUNS", RUNS)),
    };
    println!("{tally:#?}");
    assert!(
        tally.failed.is_empty(),
        "these seeds failed: {:?}",
        tally.failed
    );
    assert!(
        tally.runs < ENOUGH || tally.by_effect.len() >= 12,
        "too few kinds of faults were drawn"
    );
}

/// Each run has a world and a time of its own, so that they can continue side by side.
fn in_all_threads(runs: Runs) -> Tally {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads)
            .map(|first| scope.spawn(move || tally_of(runs.seeds().skip(first).step_by(threads))))
            .collect();
        let tallies = running.into_iter().map(|one| one.join().expect("a tally"));
        tallies.fold(Tally::default(), Tally::with)
    })
}

fn tally_of(seeds: impl IntoIterator<Item = u64>) -> Tally {
    let mut tally = Tally::default();
    seeds.into_iter().for_each(|seed| run(seed, &mut tally));
    tally
}

impl Tally {
    fn with(mut self, other: Self) -> Self {
        self.runs += other.runs;
        self.pads += other.pads;
        self.second_creates += other.second_creates;
        self.slowest = self.slowest.max(other.slowest);
        for (effect, runs) in other.by_effect {
            *self.by_effect.entry(effect).or_default() += runs;
        }
        self.failed.extend(other.failed);
        self
    }
}

fn run(seed: u64, tally: &mut Tally) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .expect("a runtime");
    let plan = draw(seed);
    let what = format!(
        "seed {seed}: {} x {} x {} (lag {} ms, {:?}, {} others, crash {:?})",
        plan.point.0, plan.effect.0, plan.times, plan.lag_ms, plan.order, plan.others, plan.crash
    );
    *tally.by_effect.entry(plan.effect.0.to_owned()).or_default() += 1;
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        runtime.block_on(one(seed, plan, tally));
    }));
    if outcome.is_err() {
        println!("FAILED: {what}");
        tally.failed.push(seed);
    }
    tally.runs += 1;
}

/// Three people come while the fault is on; the keys and the quota come back after a while.
async fn one(seed: u64, plan: Plan, tally: &mut Tally) {
    let services = Services::new(seed);
    let people: Vec<_> = (0..PEOPLE)
        .map(|n| services.candidate(&format!("Candidate {n}")))
        .collect();
    let mut settings = Settings::default();
    // The standing word for a pad that repeated complete looks have not found.
    settings.guards.make_again_when_not_found = true;
    let desk = services.desk(settings.clone()).await;
    desk.watching().await;
    let begun = services.clock.elapsed();
    services.world.with(|world| {
        // The pads of others in between count against the same quota.
        world.coderpad.quota.limit = 1_000_000;
        world.switch(|switches| {
            switches.coderpad.lists.membership_lag_ms = plan.lag_ms;
            switches.coderpad.lists.value_lag_ms = plan.lag_ms;
            switches.coderpad.lists.order = plan.order;
            switches.coderpad.others_with_create = plan.others;
        });
        let (name, times) = (plan.effect.0.to_owned(), Some(plan.times));
        world.faults.set(Rule {
            name,
            matching: plan.point.1,
            effect: plan.effect.1,
            times,
        });
    });
    for id in &people {
        services.to_phone_screen(id);
    }
    let mend = mend_later(&services);
    let ready = tokio::time::timeout(PATIENCE, async {
        let ready = all_ready(&services, desk, settings, plan.crash);
        let (desk, ()) = tokio::join!(ready, mend);
        desk.linked(people.len()).await;
        desk
    });
    let desk = ready.await.expect("somebody was forgotten");
    tally.slowest = tally.slowest.max(services.clock.elapsed() - begun);
    count(&services, &people, tally);
    desk.close().await;
}

/// Anyone who runs the accounts notices after 20 minutes and sets things right.
async fn mend_later(services: &Services) {
    services.clock.sleep(Duration::from_secs(20 * 60)).await;
    services.world.with(|world| {
        for key in world.lever.keys.values_mut() {
            key.revoked = false;
        }
        for key in world.coderpad.keys.values_mut() {
            key.revoked = false;
        }
        world.faults.clear();
        world.coderpad.quota.used = 0;
    });
}

/// Listens until every pad was told of, across a crash of the computer.
async fn all_ready(
    services: &Services,
    mut desk: Desk,
    settings: Settings,
    crash: Option<Duration>,
) -> Desk {
    let mut ready = BTreeSet::new();
    let mut crash = crash.map(|after| services.clock.sleep(after));
    while ready.len() < PEOPLE {
        let comes = async {
            match &mut crash {
                Some(comes) => comes.await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            told = desk.announcements.recv() => {
                let told = told.expect("an engine that goes on");
                desk.handle.shown(&told).await;
                match told.news {
                    News::PadReady { who, .. } => {
                        assert!(ready.insert(who.opportunity), "told twice");
                    }
                    // Padwatch repeats once; from then on it is the person's word.
                    News::Asks { who, .. } => {
                        let word = desk.handle.act(who.opportunity, Action::MakeAnother);
                        word.await.expect("a question that can be answered");
                    }
                    _ => {}
                }
            }
            () = comes => {
                crash = None;
                desk = services.desk_in(desk.crash().await, settings.clone()).await;
            }
        }
    }
    desk
}

fn count(services: &Services, people: &[OpportunityId], tally: &mut Tally) {
    services.world.with(|world| {
        for id in people {
            let pads = world.pads_naming(id);
            assert_eq!(pads.len(), 1, "pads for {id}: {pads:#?}");
            let links = world.links_of(id);
            assert_eq!(links.len(), 1, "links of {id}: {links:?}");
            assert!(
                links[0].contains(pads[0].id.as_str()),
                "{links:?} is not {:?}",
                pads[0]
            );
        }
        tally.pads += people.len();
        let creates = usize::try_from(world.journal.count("POST /api/pads")).expect("a count");
        tally.second_creates += creates.saturating_sub(people.len());
        assert_eq!(world.journal.violations(), Vec::<String>::new());
    });
}

fn draw(seed: u64) -> Plan {
    let rng = SeededRng::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut points = points();
    let mut effects = effects();
    let pick = |most: usize| (rng.fraction() * most as f64) as usize;
    let lags = [0, 5_000, 20_000, 45_000, 60_000];
    let orders = [
        ListOrder::Honest,
        ListOrder::Honest,
        ListOrder::Reversed,
        ListOrder::Mixed,
    ];
    let (point, effect) = (pick(points.len()), pick(effects.len()));
    Plan {
        point: points.swap_remove(point),
        effect: effects.swap_remove(effect),
        times: 1 + u32::try_from(pick(3)).expect("a small number"),
        lag_ms: lags[pick(lags.len())],
        order: orders[pick(orders.len())],
        others: [0, 0, 7, 60][pick(4)],
        crash: [None, None, Some(15), Some(30), Some(45), Some(150)][pick(6)].map(|seconds| {
            Duration::from_millis(seconds * 1000 + (rng.fraction() * 15_000.0) as u64)
        }),
    }
}

fn points() -> Vec<(&'static str, Matching)> {
    let lever = |method, path| Matching::of(Service::Lever, method, path);
    let coderpad = |method, path| Matching::of(Service::CoderPad, method, path);
    vec![
        ("create", Matching::creating_a_pad()),
        ("create again", Matching::creating_a_pad()),
        (
            "second create",
            Matching {
                skip: 1,
                ..Matching::creating_a_pad()
            },
        ),
        ("poll", lever("GET", "/v1/opportunities")),
        ("read opportunity", lever("GET", "/v1/opportunities/*")),
        (
            "later read",
            Matching {
                skip: 4,
                ..lever("GET", "/v1/opportunities/*")
            },
        ),
        ("add link", lever("POST", "/v1/opportunities/*/addLinks")),
        ("list pads", coderpad("GET", "/api/pads")),
        ("read pad", coderpad("GET", "/api/pads/*")),
        ("quota", coderpad("GET", "/api/quota")),
    ]
}

fn effects() -> Vec<(&'static str, Effect)> {
    let done = |status: OtherStatus| {
        Effect::Status(OtherStatus {
            done: true,
            ..status
        })
    };
    let wait = |status: OtherStatus| {
        Effect::Status(OtherStatus {
            retry_after: Some(40),
            ..status
        })
    };
    vec![
        ("drop before", Effect::DropBefore),
        ("drop after", Effect::DropAfter),
        ("unreachable", Effect::Unreachable),
        ("429", Effect::Status(OtherStatus::of(429))),
        ("429 page", Effect::Status(OtherStatus::page(429))),
        ("429 page with Retry-After", wait(OtherStatus::page(429))),
        ("500", Effect::Status(OtherStatus::of(500))),
        ("500 done", done(OtherStatus::of(500))),
        ("503 page", Effect::Status(OtherStatus::page(503))),
        ("503 page done", done(OtherStatus::page(503))),
        ("403 page", Effect::Status(OtherStatus::page(403))),
        ("200 without id", Effect::WithoutId),
        (
            "200 with an error, done",
            Effect::StatusError { done: true },
        ),
        ("200 with an error", Effect::StatusError { done: false }),
        ("truncated", Effect::Truncated),
        ("cut off", Effect::CutOff),
        ("slow drip", Effect::Drip { over_ms: 50_000 }),
        ("delay", Effect::Delay { ms: 20_000 }),
        ("401 from now on", Effect::RevokeKey),
        ("quota used up", Effect::UseUpQuota),
        ("proxy page", Effect::ProxyPage),
    ]
}
