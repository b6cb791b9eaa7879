//! The engine's own failures: a panic in the owner ends what was under way, not the watching.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

mod desk;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use desk::{Services, pad_ready};
use padwatch_domain::announcement::Announcement;
use padwatch_domain::problem::ProblemCode;
use padwatch_domain::settings::Settings;
use padwatch_engine::failpoint::{Failpoint, Failpoints, Side};
use padwatch_engine::snapshot::{Condition, Snapshot};
use padwatch_engine::{EngineConfig, Handle, start};
use sandbox::{CODERPAD_ROOT, InProcess, LEVER_ROOT};
use tempfile::TempDir;
use tokio::sync::mpsc;
use transport::{ApiRoot, SeededRng};

const DEADLINE: Duration = Duration::from_secs(24 * 3600);

/// Panics at a point of the owner, as often as it was told to.
struct Panics {
    at: Failpoint,
    left: AtomicU32,
    seen: AtomicU32,
}

impl Panics {
    fn times(left: u32, at: Failpoint) -> Arc<Self> {
        Arc::new(Self {
            at,
            left: AtomicU32::new(left),
            seen: AtomicU32::new(0),
        })
    }

    fn happened(&self) -> u32 {
        self.seen.load(Ordering::SeqCst)
    }
}

impl Failpoints for Panics {
    fn pass(&self, side: Side, at: Failpoint) {
        if (side, at) != (Side::Before, self.at) {
            return;
        }
        let left = self
            .left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                left.checked_sub(1)
            });
        if left.is_ok() {
            self.seen.fetch_add(1, Ordering::SeqCst);
            panic!("a test wants it");
        }
    }
}

struct Host {
    handle: Handle,
    announcements: mpsc::Receiver<Announcement>,
    _folder: TempDir,
}

async fn host(services: &Services, failpoints: Arc<Panics>) -> Host {
    let folder = tempfile::tempdir().unwrap();
    let root = |text| ApiRoot::parse(text).unwrap();
    let mut wiring = EngineConfig::new(
        folder.path().to_owned(),
        Arc::new(InProcess::new(services.world.clone())),
        (root(LEVER_ROOT), root(CODERPAD_ROOT)),
        services.clock.clone(),
        Arc::new(SeededRng::new(11)),
    );
    wiring.failpoints = failpoints;
    wiring.settings = Some(Settings::default());
    let (engine, handle, announcements) = start(wiring);
    tokio::spawn(engine.run());
    let keys = services.setup(Settings::default()).keys;
    handle.use_keys(keys).await.unwrap();
    Host {
        handle,
        announcements,
        _folder: folder,
    }
}

async fn until(host: &Host, fits: impl Fn(&Snapshot) -> bool) {
    let mut changes = host.handle.changes();
    let waiting = changes.wait_for(|snapshot| fits(snapshot));
    tokio::time::timeout(DEADLINE, waiting)
        .await
        .unwrap_or_else(|_| panic!("never: {:?}", host.handle.snapshot()))
        .unwrap();
}

#[tokio::test(start_paused = true)]
async fn after_one_panic_in_the_owner_the_next_candidate_gets_a_pad() {
    let services = Services::new(21);
    let panics = Panics::times(1, Failpoint::PollWrite);
    let ada = services.candidate("Ada Example");
    let mut host = host(&services, panics.clone()).await;
    until(&host, |snapshot| snapshot.condition == Condition::Watching).await;
    assert_eq!(panics.happened(), 1);
    services.to_phone_screen(&ada);
    loop {
        let told = tokio::time::timeout(DEADLINE, host.announcements.recv()).await;
        if pad_ready(&told.unwrap().unwrap().news) {
            break;
        }
    }
    services
        .world
        .with(|world| assert_eq!(world.pads().len(), 1));
}

#[tokio::test(start_paused = true)]
async fn a_panic_at_any_point_of_the_owner_makes_no_second_pad() {
    // A panic in a task beside the owner is its own matter: it ends that task alone.
    let owners = [
        Failpoint::PollWrite,
        Failpoint::IntentWrite,
        Failpoint::CreateWrite,
        Failpoint::Announce,
        Failpoint::LinkWrite,
    ];
    for (number, at) in owners.into_iter().enumerate() {
        let services = Services::new(30 + number as u64);
        let panics = Panics::times(0, at);
        let ada = services.candidate("Ada Example");
        let mut host = host(&services, panics.clone()).await;
        until(&host, |snapshot| snapshot.condition == Condition::Watching).await;
        panics.left.store(1, Ordering::SeqCst);
        services.to_phone_screen(&ada);
        loop {
            let told = tokio::time::timeout(DEADLINE, host.announcements.recv()).await;
            let told = told
                .unwrap_or_else(|_| panic!("{at:?}: {:?}", host.handle.snapshot()))
                .unwrap();
            host.handle.shown(&told).await;
            if pad_ready(&told.news) {
                break;
            }
        }
        services
            .world
            .with(|world| assert_eq!(world.pads().len(), 1, "{at:?}"));
    }
}

#[tokio::test(start_paused = true)]
async fn an_owner_that_always_panics_is_said_to_have_stopped() {
    let services = Services::new(23);
    let panics = Panics::times(u32::MAX, Failpoint::PollWrite);
    let host = host(&services, panics.clone()).await;
    services.clock.sleep(Duration::from_secs(1800)).await;
    let snapshot = host.handle.snapshot();
    let Condition::Stopped { problem } = &snapshot.condition else {
        panic!("{:?}", snapshot.condition)
    };
    assert_eq!(problem.code(), ProblemCode::PartFailed);
    assert!(
        (4..20).contains(&panics.happened()),
        "{}",
        panics.happened()
    );
    // It can still be closed.
    tokio::time::timeout(DEADLINE, host.handle.close())
        .await
        .unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_is_gone_does_not_look_as_if_it_watched() {
    let services = Services::new(24);
    let folder = tempfile::tempdir().unwrap();
    let root = |text| ApiRoot::parse(text).unwrap();
    let (engine, handle, _announcements) = start(EngineConfig::new(
        folder.path().to_owned(),
        Arc::new(InProcess::new(services.world.clone())),
        (root(LEVER_ROOT), root(CODERPAD_ROOT)),
        services.clock.clone(),
        Arc::new(SeededRng::new(11)),
    ));
    let running = tokio::spawn(engine.run());
    handle
        .use_keys(services.setup(Settings::default()).keys)
        .await
        .unwrap();
    running.abort();
    assert!(running.await.is_err());
    let snapshot = handle.snapshot();
    assert!(
        matches!(&snapshot.condition, Condition::Stopped { problem }
            if problem.code() == ProblemCode::PartFailed),
        "{:?}",
        snapshot.condition
    );
}
