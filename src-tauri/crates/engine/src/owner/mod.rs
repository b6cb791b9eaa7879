//! The one owner of all state: one task that everyone else sends messages to.
//!
//! It waits for a request, for the outcome of a step, or for the time of the next one; writes
//! what that changes; starts what is next; and publishes the snapshot. Requests to the services
//! run as tasks beside it and come back as [`Done`].

mod actions;
mod beside;
mod checking;
mod draining;
mod following_through;
mod inviting;
mod keys;
mod pad_reading;
mod publishing;
mod question;
mod recording;
mod rehearsing;
mod requests;
mod results;
mod schedule;
mod serving;
mod setting_up;
mod tagging;

pub(crate) use question::Request;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch as latest};

use crate::config::EngineConfig;
use crate::context::Context;
use crate::mailbox::{Answer, Keys, Reply, answer};
use crate::notes::Notes;
use crate::outbox::Outbox;
use crate::profile::Profile;
use crate::provisioner::Provisioner;
use crate::reconciler::Reconciler;
use crate::rehearsal::Stage;
use crate::restraints::Restraints;
use crate::retention::Retention;
use crate::snapshot::Snapshot;
use crate::tracker::Tracker;
use crate::watcher::Watcher;
use crate::webhooks::{Channels, Webhooks};
use padwatch_domain::announcement::Announcement;
use padwatch_domain::change::{Change, StateKey, Trigger};
use padwatch_ledger::{Ledger, LedgerError};
use transport::ApiRoot;

/// The longest nap. Between two of them, a leap of the wall clock shows that the computer slept:
/// timers stand still meanwhile (reliability.md, D6).
const LONGEST_NAP: Duration = Duration::from_secs(15);
/// Not more than four snapshots a second.
const BETWEEN_SNAPSHOTS: Duration = Duration::from_millis(250);
/// A clock that goes otherwise than time does by more than this was set, or the computer slept.
const LEAP_MS: i64 = 20_000;

/// How an owner ended.
pub(crate) enum Ended {
    /// Closed, on request.
    Closed(Option<oneshot::Sender<()>>),
    /// The ledger turned out to be damaged: set it aside and begin again.
    LedgerDamaged,
    /// The ledger could not be read at its opening, or another one is in its place: open it again.
    OpenAgain,
    /// The services are elsewhere from now on, by the roots of Lever's and CoderPad's API.
    Moved(ApiRoot, ApiRoot, Reply<bool>),
    /// Everything was forgotten. The ledger continues with the facts of a beginning; its free space
    /// and its copies still need a [`Ledger::wipe`].
    /// Also who had a pad just being created.
    Forgotten(
        Box<Ledger>,
        oneshot::Sender<Answer<Vec<String>>>,
        Vec<String>,
    ),
}

/// How the owner hears from its hosts and speaks to them.
pub(crate) struct Hosts<'a> {
    pub(crate) requests: &'a mut mpsc::Receiver<Request>,
    pub(crate) announcements: mpsc::Sender<Announcement>,
    pub(crate) snapshot: &'a latest::Sender<Arc<Snapshot>>,
    pub(crate) wires: &'a Channels,
    /// The keys that were handed over last, kept for the next owner.
    pub(crate) keys: &'a mut Option<Keys>,
}

/// The engine's one actor. Each of its parts owns what is reset together with it: see [`state`].
pub(crate) struct Owner<'a> {
    hosts: Hosts<'a>,
    pub(crate) cx: Context<'a>,
    pub(crate) watcher: Watcher,
    pub(crate) provisioner: Provisioner,
    pub(crate) reconciler: Reconciler,
    pub(crate) tracker: Tracker,
    pub(crate) notes: Notes,
    pub(crate) webhooks: Webhooks<'a>,
    pub(crate) retention: Retention,
    pub(crate) outbox: Outbox,
    publisher: publishing::Publisher,
    leftovers: following_through::Leftovers,
    /// What was read for the last invitation, and when.
    invitation: Option<inviting::Read>,
    /// The rehearsal that is under way, or the last one.
    rehearsal: Option<latest::Receiver<Stage>>,
    /// The two clocks when they were last compared: ms since the epoch, and time that never jumps.
    leap: (i64, Duration),
}

impl<'a> Owner<'a> {
    pub(crate) fn new(
        wiring: &'a EngineConfig,
        profile: &'a Profile,
        mut ledger: Ledger,
        hosts: Hosts<'a>,
    ) -> Result<Self, LedgerError> {
        let (now_ms, now) = (wiring.clock.now_ms(), wiring.clock.elapsed());
        let restraints = Restraints::read(&mut ledger, wiring.settings.as_ref(), now_ms)?;
        Ok(Self {
            watcher: Watcher::new(&ledger, restraints.scope, now)?,
            provisioner: Provisioner::new(&ledger, now)?,
            reconciler: Reconciler::new(restraints.pad_search, now),
            tracker: Tracker::new(&ledger, now)?,
            notes: Notes::default(),
            webhooks: Webhooks::new(&ledger, hosts.wires, now)?,
            retention: Retention::new(now),
            outbox: Outbox::new(hosts.announcements.clone()),
            publisher: publishing::Publisher {
                revision: hosts.snapshot.borrow().revision,
                ..publishing::Publisher::default()
            },
            cx: Context::new(wiring, profile, ledger, restraints.policy)?,
            leftovers: following_through::Leftovers::default(),
            invitation: None,
            rehearsal: None,
            leap: (now_ms, now),
            hosts,
        })
    }

    pub(crate) async fn run(mut self) -> Ended {
        self.notes.on_start(&mut self.cx);
        self.cx.tell_of_settings();
        self.webhooks.publish_listening_place();
        if let Some(keys) = self.hosts.keys.clone() {
            self.use_keys(keys);
        }
        loop {
            if self.cx.is_replaced() {
                return Ended::OpenAgain;
            }
            self.pass_on();
            self.tick();
            if self.cx.store.is_damaged {
                return Ended::LedgerDamaged;
            }
            let nap = self.nap();
            let clock = self.cx.wiring.clock.clone();
            tokio::select! {
                biased;
                request = self.hosts.requests.recv() => match request {
                    None => {
                        self.drain().await;
                        return Ended::Closed(None);
                    }
                    Some(Request::Close(done)) => {
                        self.drain().await;
                        return Ended::Closed(Some(done));
                    }
                    Some(Request::Forget(reply)) => {
                        let created = self.drain_to_forget().await;
                        match self.forget() {
                            Ok(()) => {
                                let ledger = Box::new(self.cx.store.ledger);
                                return Ended::Forgotten(ledger, reply, created);
                            }
                            Err(problem) => answer(reply, Err(problem)),
                        }
                        self.cx.is_closing = false;
                    }
                    Some(Request::UseRoots(lever, coderpad, reply)) => {
                        if self.cx.wiring.is_at(&lever, &coderpad) {
                            answer(reply, Ok(false));
                        } else {
                            self.drain().await;
                            return Ended::Moved(lever, coderpad, reply);
                        }
                    }
                    Some(request) => self.serve(request),
                },
                ended = self.cx.jobs.ended() => self.job_ended(ended),
                () = self.reconciler.search_moved() => self.cx.is_dirty = true,
                () = clock.sleep(nap) => {}
            }
        }
    }

    /// After a sleep of the computer, what is known is old: look at once. After the clock was set
    /// back, what was to happen soon would happen in hours.
    pub(super) fn detect_clock_jump(&mut self) {
        let (now_ms, now) = (self.cx.now_ms(), self.cx.elapsed());
        let (before_ms, before) = self.leap;
        self.leap = (now_ms, now);
        let by_clock = now_ms.saturating_sub(before_ms);
        let by_time = i64::try_from(now.saturating_sub(before).as_millis()).unwrap_or(i64::MAX);
        let leap = by_clock.saturating_sub(by_time);
        if leap.saturating_abs() > LEAP_MS
            && let Err(error) = self.notes.shift_notes(leap, &mut self.cx)
        {
            self.cx.ledger_failed(&error);
        }
        if leap > LEAP_MS
            && let Err(error) = self.cx.shift_holds(leap)
        {
            self.cx.ledger_failed(&error);
        }
        if leap > LEAP_MS {
            self.watcher.look_soon(Duration::from_secs(3), &mut self.cx);
            self.webhooks.suspended(now_ms);
        }
        if leap < -LEAP_MS
            && let Err(error) = self
                .cx
                .rebase_deadlines()
                .and_then(|()| self.notes.rebase(&mut self.cx))
        {
            self.cx.ledger_failed(&error);
        }
    }
}
