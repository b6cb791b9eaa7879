//! Random sequences of looks that leave people out: no one who was there gets a pad, and anyone who
//! really comes gets one.
//!
//! `PADWATCH_ABSENCE_SEED` repeats a run, `PADWATCH_ABSENCE_RUNS` sets how many there are.

use std::sync::Arc;
use std::time::Duration;

use padwatch_domain::settings::Settings;
use padwatch_engine::Keys;
use sandbox::{Effect, Matching, OpportunityId, OtherStatus, Service};
use transport::{Rng as _, SeededRng};

use crate::bent::Bent;
use crate::desk::{Desk, Services, Setup};
use crate::office::{HOUR, MINUTE, settings};
use crate::seeds::{Runs, number};

/// Runs without a wish for another number.
const RUNS: u64 = 40;
/// What happens in one.
const STEPS: usize = 24;

struct Run {
    services: Services,
    bent: Bent,
    desk: Desk,
    rng: Arc<SeededRng>,
    more: Keys,
    less: Keys,
    /// The key in use, for a restart.
    in_use: Keys,
    newcomers: Vec<OpportunityId>,
}

#[test]
#[ignore = "takes minutes: cargo xtask test --only long"]
fn omissions_serve_nobody_who_was_there_and_everybody_who_comes() {
    let runs = number("PADWATCH_ABSENCE_SEED")
        .map_or_else(|| Runs::of("PADWATCH_ABSENCE_RUNS", RUNS), Runs::only);
    for seed in runs.seeds() {
        println!("PADWATCH_ABSENCE_SEED={seed}");
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .start_paused(true)
            .build()
            .unwrap()
            .block_on(one(seed));
    }
}

async fn one(seed: u64) {
    let services = Services::new(9_000 + seed);
    let there: Vec<_> = (0..6)
        .map(|n| services.there(&format!("There {n}"), n % 3 == 0))
        .collect();
    let bent = Bent::new(&services);
    let (more, less) = (
        services.another_key("more", true),
        services.another_key("less", false),
    );
    let setup = Setup {
        keys: more.clone(),
        transport: Arc::new(bent.clone()),
        ..services.setup(many())
    };
    let desk = services.start(setup).await;
    desk.until("listed", |snapshot| snapshot.counts.already_there == 6)
        .await;
    services.wait(3 * MINUTE).await;
    let mut run = Run {
        services,
        bent,
        desk,
        rng: Arc::new(SeededRng::new(seed)),
        in_use: more.clone(),
        more,
        less,
        newcomers: Vec::new(),
    };
    for _ in 0..STEPS {
        run = run.step().await;
    }
    run.bent.every_page(|_| {});
    run.desk.handle.use_keys(run.more.clone()).await.unwrap();
    run.services.wait(HOUR).await;
    for one in &there {
        assert_eq!(run.services.pads_for(one).len(), 0, "seed {seed}: {one}");
    }
    for one in &run.newcomers {
        assert_eq!(run.services.pads_for(one).len(), 1, "seed {seed}: {one}");
    }
}

fn many() -> Settings {
    settings(|settings| settings.guards.surge_limit = 1_000)
}

impl Run {
    async fn step(mut self) -> Self {
        match self.pick(7) {
            0 => self.bent.every_page(Vec::clear),
            1 => {
                let rng = self.rng.clone();
                let keep = rng.fraction();
                self.bent
                    .every_page(move |rows| rows.retain(|_| rng.fraction() < keep));
            }
            2 => self.bent.every_page(|_| {}),
            3 => {
                let list = Matching::of(Service::Lever, "GET", "/v1/opportunities");
                let forbidden = Effect::Status(OtherStatus::of(403));
                self.services
                    .world
                    .with(|world| world.faults.once(list, forbidden));
            }
            4 => {
                let keys = [self.more.clone(), self.less.clone()];
                self.in_use = keys[self.pick(2)].clone();
                let keys = self.in_use.clone();
                self.desk.handle.use_keys(keys).await.unwrap();
            }
            5 => self = self.starts_again().await,
            _ => self.somebody_comes().await,
        }
        let seconds = [5, 20, 35, 70, 200][self.pick(5)];
        self.services.wait(Duration::from_secs(seconds)).await;
        self
    }

    /// In a quiet moment: no list can tell a newcomer whom it left out for hours from someone who
    /// was there all along.
    async fn somebody_comes(&mut self) {
        self.bent.every_page(|_| {});
        let new = self.services.candidate("New");
        self.services.wait(MINUTE).await;
        self.services.to_phone_screen(&new);
        self.services.wait(2 * MINUTE).await;
        self.newcomers.push(new);
    }

    async fn starts_again(self) -> Self {
        let setup = Setup {
            folder: self.desk.crash().await,
            keys: self.in_use.clone(),
            transport: Arc::new(self.bent.clone()),
            ..self.services.setup(many())
        };
        let desk = self.services.start(setup).await;
        Self { desk, ..self }
    }

    fn pick(&self, most: usize) -> usize {
        let most = u32::try_from(most).unwrap();
        (self.rng.fraction() * f64::from(most)) as usize
    }
}
