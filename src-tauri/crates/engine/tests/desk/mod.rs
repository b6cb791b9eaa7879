//! An engine at work on a sandbox in the same process, under a clock that costs nothing.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]
#![allow(dead_code, reason = "each test uses its own part of this")]

pub(crate) mod set_clock;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use padwatch_domain::announcement::{Announcement, News};
use padwatch_domain::settings::Settings;
use padwatch_engine::failpoint::{Failpoints, NoFailpoints};
use padwatch_engine::snapshot::{Condition, Snapshot};
use padwatch_engine::{EngineConfig, Handle, Keys, start};
use sandbox::{
    CODERPAD_ROOT, Candidate, InProcess, LEVER_ROOT, OpportunityId, SharedWorld, World, accounts,
};
use tempfile::TempDir;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use transport::{ApiRoot, Clock, SeededRng, Transport, VirtualClock};

/// 3 March 2026, 10:00 UTC, in ms since the epoch.
pub(crate) const START_MS: i64 = 1_772_532_000_000;
/// No wait in these tests is longer, in virtual time.
const DEADLINE: Duration = Duration::from_secs(24 * 3600);

/// One computer: an engine, its folder, and what it announced.
pub(crate) struct Desk {
    pub(crate) handle: Handle,
    pub(crate) announcements: mpsc::Receiver<Announcement>,
    pub(crate) folder: TempDir,
    running: JoinHandle<()>,
}

/// The services, with a clock.
pub(crate) struct Services {
    pub(crate) world: SharedWorld,
    pub(crate) clock: Arc<dyn Clock>,
    keys: (String, String),
    seed: u64,
    /// Computers started so far: each has chance of its own.
    started: AtomicU64,
}

/// How a computer starts.
pub(crate) struct Setup {
    pub(crate) folder: TempDir,
    /// Settings that stand in for the ledger's own.
    pub(crate) settings: Option<Settings>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) keys: Keys,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) failpoints: Arc<dyn Failpoints>,
    /// Where the person is.
    pub(crate) zone: fn() -> jiff::tz::TimeZone,
}

impl Services {
    pub(crate) fn new(seed: u64) -> Self {
        Self::of(accounts(seed), seed)
    }

    fn of(world: World, seed: u64) -> Self {
        let lever = world.lever.keys.keys().next().cloned().unwrap();
        let coderpad = world.coderpad.keys.keys().next().cloned().unwrap();
        let clock: Arc<dyn Clock> = Arc::new(VirtualClock::starting_at(START_MS));
        let world = SharedWorld::new(world, clock.clone());
        Self {
            world,
            clock,
            keys: (lever, coderpad),
            seed,
            started: AtomicU64::new(0),
        }
    }

    /// Someone who is tagged and not yet in the watched stage.
    pub(crate) fn candidate(&self, name: &str) -> OpportunityId {
        self.world.with(|world| {
            world
                .add_candidate(Candidate {
                    name: name.to_owned(),
                    tags: vec!["coderpad".to_owned()],
                    stage: Some("Recruiter Call".to_owned()),
                    ..Candidate::default()
                })
                .unwrap()
        })
    }

    pub(crate) fn to_phone_screen(&self, id: &OpportunityId) {
        self.world
            .with(|world| world.move_to_stage(id, "Phone Screen").unwrap());
    }

    /// Starts a computer with a folder of its own.
    pub(crate) async fn desk(&self, settings: Settings) -> Desk {
        self.desk_in(folder(), settings).await
    }

    /// Starts a computer with the folder of an earlier one.
    pub(crate) async fn desk_in(&self, folder: TempDir, settings: Settings) -> Desk {
        let setup = Setup {
            folder,
            ..self.setup(settings)
        };
        self.start(setup).await
    }

    /// How a computer with a folder of its own starts, unless something is changed.
    pub(crate) fn setup(&self, settings: Settings) -> Setup {
        Setup {
            folder: folder(),
            settings: Some(settings),
            clock: self.clock.clone(),
            keys: Keys {
                lever: Some(self.keys.0.clone().into()),
                coderpad: Some(self.keys.1.clone().into()),
            },
            transport: Arc::new(InProcess::new(self.world.clone())),
            zone: || jiff::tz::TimeZone::UTC,
            failpoints: Arc::new(NoFailpoints),
        }
    }

    pub(crate) async fn start(&self, setup: Setup) -> Desk {
        let roots = (
            ApiRoot::parse(LEVER_ROOT).unwrap(),
            ApiRoot::parse(CODERPAD_ROOT).unwrap(),
        );
        let number = self.started.fetch_add(1, Ordering::Relaxed);
        let mut wiring = EngineConfig::new(
            setup.folder.path().to_owned(),
            setup.transport,
            roots,
            setup.clock,
            Arc::new(SeededRng::new(self.seed + 1_000_003 * number)),
        );
        wiring.settings = setup.settings;
        wiring.failpoints = setup.failpoints;
        wiring.zone = Box::new(setup.zone);
        let (engine, handle, announcements) = start(wiring);
        let running = tokio::spawn(engine.run());
        handle.use_keys(setup.keys).await.unwrap();
        Desk {
            handle,
            announcements,
            folder: setup.folder,
            running,
        }
    }
}

impl Desk {
    /// Waits until the snapshot fits.
    pub(crate) async fn until(
        &self,
        what: &str,
        fits: impl Fn(&Snapshot) -> bool,
    ) -> Arc<Snapshot> {
        let mut changes = self.handle.changes();
        let waiting = changes.wait_for(|snapshot| fits(snapshot));
        match tokio::time::timeout(DEADLINE, waiting).await {
            Ok(snapshot) => snapshot.unwrap().clone(),
            Err(_) => panic!("never {what}: {:?}", self.handle.snapshot()),
        }
    }

    /// Waits until the first look at Lever is done.
    pub(crate) async fn watching(&self) {
        self.until("watching", |snapshot| {
            snapshot.condition == Condition::Watching
        })
        .await;
    }

    /// Waits for an announcement that fits; earlier ones are taken as shown.
    pub(crate) async fn hears(&mut self, what: &str, fits: impl Fn(&News) -> bool) -> Announcement {
        loop {
            let next = tokio::time::timeout(DEADLINE, self.announcements.recv()).await;
            let Ok(Some(announcement)) = next else {
                panic!("never heard {what}: {:?}", self.handle.snapshot())
            };
            self.handle.shown(&announcement).await;
            if fits(&announcement.news) {
                return announcement;
            }
        }
    }

    /// Waits until so many are in a section and their links are on their profiles.
    pub(crate) async fn linked(&self, count: usize) {
        self.until("all linked", |snapshot| {
            let rows = &snapshot.newest;
            snapshot.counts.to_send as usize == count && rows.iter().all(|row| row.on_profile)
        })
        .await;
    }

    /// Ends the engine without any goodbye, as a crash does, and gives the folder back.
    pub(crate) async fn crash(self) -> TempDir {
        self.running.abort();
        // It was aborted: that is the outcome.
        let _ = self.running.await;
        self.folder
    }

    /// Ends the engine and gives the folder back.
    pub(crate) async fn close(self) -> TempDir {
        self.handle.close().await;
        self.running.await.unwrap();
        self.folder
    }
}

/// Whether the news is that a pad is ready.
pub(crate) fn pad_ready(news: &News) -> bool {
    matches!(news, News::PadReady { .. })
}

/// A folder in memory where there is one: thousands of runs would wait for the disk most of the
/// time. That what is written stays written is shown by the crash tests, on a real disk.
fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .unwrap()
}
