//! Starting: the profile folder, the ledger, then the owner. What can't be opened is tried again.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::sync::{mpsc, oneshot, watch};
use transport::ApiRoot;

use super::handle::Handle;
use crate::config::EngineConfig;
use crate::ledger_problem::ledger_problem;
use crate::mailbox::{Keys, answer};
use crate::owner::Request;
use crate::owner::{Ended, Hosts, Owner};
use crate::profile::Profile;
use crate::restarts::Restarts;
use crate::snapshot::webhooks::WebhookState;
use crate::snapshot::{Condition, Snapshot};
use crate::webhooks::Channels;
use padwatch_domain::announcement::Announcement;
use padwatch_domain::listing::Counts;
use padwatch_domain::problem::Problem;
use padwatch_domain::settings::WhoMakes;
use padwatch_ledger::{Ledger, LedgerError};

/// How soon to try again what could not be opened.
const OPEN_AGAIN: Duration = Duration::from_secs(10);

/// Notified when the engine has closed.
type Closing = Option<oneshot::Sender<()>>;

/// The engine, ready to run.
pub struct Engine {
    wiring: EngineConfig,
    /// The keys that were handed over last: they outlive a ledger that is begun again, and come
    /// while the folder is still in use.
    keys: Option<Keys>,
    /// The ledger turned out to be damaged although it passes SQLite's checks.
    distrusts_ledger: bool,
    requests: mpsc::Receiver<Request>,
    announcements: mpsc::Sender<Announcement>,
    snapshot: watch::Sender<Arc<Snapshot>>,
    wires: Channels,
}

/// Connects an engine. Nothing happens before [`Engine::run`].
///
/// Announcements wait in the ledger until [`Handle::shown`] says that they were shown; a receiver
/// that is slow or gone loses none.
#[must_use]
pub fn start(wiring: EngineConfig) -> (Engine, Handle, mpsc::Receiver<Announcement>) {
    let (asking, requests) = mpsc::channel(64);
    let (announcements, heard) = mpsc::channel(64);
    let (snapshot, seen) = watch::channel(Arc::new(blank(Condition::Starting)));
    let wires = Channels::new();
    let handle = Handle::new(asking, seen, &wires);
    let engine = Engine {
        wiring,
        keys: None,
        distrusts_ledger: false,
        requests,
        announcements,
        snapshot,
        wires,
    };
    (engine, handle, heard)
}

impl Engine {
    /// Runs until [`Handle::close`], or until every handle is gone. A panic anywhere in it ends only
    /// what was under way: lock and ledger are opened again, as after a kill of the program.
    pub async fn run(mut self) {
        let mut restarts = Restarts::default();
        loop {
            // What a turn shares with the next one is channels, and the keys as they came.
            let turn = AssertUnwindSafe(self.turn()).catch_unwind().await;
            match turn {
                Ok(Some(done)) => return close(done),
                Ok(None) => {}
                Err(_) => {
                    let pause = restarts.failed(self.wiring.clock.elapsed());
                    tracing::error!(in_a_row = restarts.in_a_row(), "the engine panicked");
                    if let Some(done) = self.wait(Problem::EngineFailing, pause).await {
                        return close(done);
                    }
                }
            }
        }
    }

    /// From opening the ledger to closing it. `Some`: Padwatch is closing.
    async fn turn(&mut self) -> Option<Closing> {
        match self.open() {
            Ok((profile, ledger)) => self.work(&profile, ledger).await,
            Err(problem) => self.wait(problem, OPEN_AGAIN).await,
        }
    }

    /// Works with one folder until it is closed (then whom to tell), or has to be opened again.
    async fn work(&mut self, profile: &Profile, mut ledger: Ledger) -> Option<Closing> {
        loop {
            match self.own(profile, ledger).await {
                Ended::Closed(done) => return Some(done),
                Ended::LedgerDamaged => {
                    self.distrusts_ledger = true;
                    return None;
                }
                Ended::OpenAgain => return None,
                Ended::Moved(lever, coderpad, reply) => {
                    answer(reply, Ok(self.move_to(lever, coderpad)));
                    return None;
                }
                Ended::Forgotten(emptied, reply, created) => {
                    ledger = *emptied;
                    let wiped = ledger.wipe().map_err(|_| Problem::TracesLeft);
                    // The receiver may have been dropped.
                    let _ = reply.send(wiped.map(|()| created));
                }
            }
        }
    }

    async fn own(&mut self, profile: &Profile, ledger: Ledger) -> Ended {
        let hosts = Hosts {
            requests: &mut self.requests,
            announcements: self.announcements.clone(),
            snapshot: &self.snapshot,
            wires: &self.wires,
            keys: &mut self.keys,
        };
        match Owner::new(&self.wiring, profile, ledger, hosts) {
            Ok(owner) => owner.run().await,
            Err(LedgerError::Damaged) => Ended::LedgerDamaged,
            Err(error) => match self.wait(ledger_problem(&error), OPEN_AGAIN).await {
                Some(done) => Ended::Closed(done),
                None => Ended::OpenAgain,
            },
        }
    }

    /// Returns true if the services were elsewhere until now. The keys belong to the former place then:
    /// the next ones have to be handed over.
    fn move_to(&mut self, lever: ApiRoot, coderpad: ApiRoot) -> bool {
        if self.wiring.is_at(&lever, &coderpad) {
            return false;
        }
        self.keys = None;
        (self.wiring.lever_root, self.wiring.coderpad_root) = (lever, coderpad);
        true
    }

    fn open(&mut self) -> Result<(Profile, Ledger), Problem> {
        let profile = Profile::open(&self.wiring.folder)?;
        let now_ms = self.wiring.clock.now_ms();
        let path = profile.ledger();
        let opened = if self.distrusts_ledger {
            Ledger::start_over(&path, now_ms)
        } else {
            Ledger::open(&path, now_ms)
        };
        let (ledger, found) = opened.map_err(|error| ledger_problem(&error))?;
        self.distrusts_ledger = false;
        tracing::info!(?found, "the ledger is open");
        Ok((profile, ledger))
    }

    /// Tells callers what is wrong until it is time to try again, or to close.
    async fn wait(&mut self, problem: Problem, pause: Duration) -> Option<Closing> {
        tracing::warn!(code = ?problem.code(), "waiting");
        let condition = Condition::Stopped {
            problem: problem.clone(),
        };
        self.snapshot.send_modify(|snapshot| {
            *snapshot = Arc::new(Snapshot {
                revision: snapshot.revision + 1,
                ..blank(condition.clone())
            });
        });
        let clock = self.wiring.clock.clone();
        let again = clock.sleep(pause);
        tokio::pin!(again);
        loop {
            tokio::select! {
                request = self.requests.recv() => match request {
                    None => return Some(None),
                    Some(Request::Close(done)) => return Some(Some(done)),
                    Some(Request::UseKeys(keys, reply)) => {
                        self.keys = Some(keys);
                        // Anyone who sent them may have gone away meanwhile: fine.
                        let _ = reply.send(Ok(()));
                    }
                    Some(Request::UseRoots(lever, coderpad, reply)) => {
                        answer(reply, Ok(self.move_to(lever, coderpad)));
                    }
                    Some(request) => request.refuse(&problem),
                },
                () = &mut again => return None,
            }
        }
    }
}

fn close(done: Closing) {
    if let Some(done) = done {
        // No one waits any longer: fine.
        let _ = done.send(());
    }
}

/// A snapshot that shows nothing but a condition.
fn blank(condition: Condition) -> Snapshot {
    Snapshot {
        revision: 0,
        condition,
        last_checked_ms: None,
        current_until_ms: None,
        counts: Counts::default(),
        newest: Vec::new(),
        needs_you: Vec::new(),
        next_interview: None,
        finished: Vec::new(),
        quota: None,
        who_makes: WhoMakes::default(),
        progress: None,
        webhooks: WebhookState::default(),
        degraded: Vec::new(),
        unreadable: None,
    }
}
