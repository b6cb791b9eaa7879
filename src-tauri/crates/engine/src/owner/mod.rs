//! The one owner of all state: one task that everybody else sends messages to.
//!
//! It waits for a request, for the outcome of a step, or for the time of the next one; writes
//! what that changes; starts what is next; and publishes the snapshot. Requests to the services
//! run as tasks beside it and come back as [`Done`].

mod absences;
mod actions;
mod binding;
mod checking;
mod closed;
mod draining;
mod failures;
mod following;
mod former;
mod hints;
mod inviting;
mod keeping;
mod looking;
mod lost;
mod noting;
mod outcomes;
mod pad_reading;
mod picture;
mod planning;
mod polling;
mod quota;
mod rebuilding;
mod recording;
mod removal;
mod requests;
mod serving;
mod setting_up;
mod stale;
mod steps;
mod tagging;
mod taking_up;
mod telling;
mod titles;
mod webhooks;
mod weighing;
mod writing;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use coderpad::{CreateError, CreatedPad, Pad, PadId, Quota};
use lever::{Opportunity, OpportunityId};
use tokio::sync::{mpsc, oneshot, watch as latest};

use crate::gate::Gate;
use crate::handle::{Answer, Keys, Request};
use crate::hindrances::ToldHindrances;
use crate::jobs::{JobId, Jobs};
use crate::making::Services;
use crate::profile::Profile;
use crate::restraints::Restraints;
use crate::snapshot::Snapshot;
use crate::webhooks::{Kept, Reception, Wires};
use crate::wiring::Wiring;
use padwatch_domain::announcement::Announcement;
use padwatch_domain::candidacy::Row;
use padwatch_domain::change::{Change, Keepsake, Trigger};
use padwatch_domain::creation_off::CreationOff;
use padwatch_domain::failing::Failing;
use padwatch_domain::identity::CoderpadIdentity;
use padwatch_domain::links::ProfilePad;
use padwatch_domain::pad_search::PadSearch;
use padwatch_domain::problem::Problem;
use padwatch_domain::readings::Readings;
use padwatch_domain::rival::Rival;
use padwatch_domain::scope::Scope;
use padwatch_domain::set_up::SetUp;
use padwatch_domain::settings::Settings;
use padwatch_domain::transition::former::Former;
use padwatch_domain::transition::job::Title;
use padwatch_domain::transition::linking::LinkOutcome;
use padwatch_domain::transition::look::{Looked, Rhythm};
use padwatch_domain::transition::prepare::Prepared;
use padwatch_domain::transition::rebuild::{Marked, Reading};
use padwatch_domain::trouble::{Cause, Trouble};
use padwatch_domain::watcher::Watcher;
use padwatch_domain::watcher::look::{Look, NoLook, Tags};
use padwatch_ledger::{Ledger, LedgerError, Stored, ToldOf};

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
    /// The ledger turned out to be damaged: set it aside and begin anew.
    LedgerDamaged,
    /// The ledger could not be read at its opening, or another one is in its place: open it again.
    OpenAgain,
    /// Everything was forgotten. The ledger goes on with the facts of a beginning; its free space
    /// and its copies still need a [`Ledger::wipe`].
    /// Also who had a pad just being created.
    Forgotten(
        Box<Ledger>,
        oneshot::Sender<Answer<Vec<String>>>,
        Vec<String>,
    ),
}

/// What came of something that ran beside the owner.
enum Done {
    Polled(Box<Result<Look, NoLook>>, Trigger),
    Hinted(
        OpportunityId,
        Box<Result<Opportunity, lever::Error>>,
        Trigger,
    ),
    LookedUp(ToldOf, Box<Result<Opportunity, lever::Error>>),
    MissedRead(OpportunityId, Box<Result<Opportunity, lever::Error>>),
    TagsRead(Result<Tags, lever::Error>),
    Prepared(OpportunityId, Box<Prepared>, Option<Title>),
    FormerRead(OpportunityId, Former),
    Created(OpportunityId, Box<Result<CreatedPad, CreateError>>),
    Looked(Vec<OpportunityId>, Box<Looked>),
    Linked(OpportunityId, LinkOutcome),
    Quota(Result<Quota, coderpad::Error>),
    Titled(lever::PostingId, Box<Result<lever::Posting, lever::Error>>),
    Identified(Result<CoderpadIdentity, coderpad::Error>),
    /// `None`: it was given up.
    Searched(Option<Result<Marked, Trouble>>),
    PadSeen(
        OpportunityId,
        Box<Result<Pad, coderpad::Error>>,
        oneshot::Sender<Answer<()>>,
    ),
    LinkFound(
        OpportunityId,
        Result<ProfilePad, Problem>,
        oneshot::Sender<Answer<()>>,
    ),
    TakenBack(
        OpportunityId,
        PadId,
        Result<(), Problem>,
        oneshot::Sender<Answer<()>>,
    ),
    Tagged(
        OpportunityId,
        tagging::Tagging,
        Box<Result<Opportunity, lever::Error>>,
        oneshot::Sender<Answer<()>>,
    ),
    Followed(Box<following::Outcome>),
    Noted(Box<noting::Outcome>),
    InvitationRead(
        OpportunityId,
        Box<padwatch_domain::invitation::Facts>,
        oneshot::Sender<Answer<padwatch_domain::invitation::Facts>>,
    ),
    /// Something that answered for itself, and found no such pad (404).
    PadMissing(OpportunityId, PadId),
    /// A link that is to be copied was checked.
    LinkChecked(checking::Checked),
    /// Something that answered for itself.
    Answered,
}

/// A step that is under way.
struct UnderWay {
    /// The row when it began, in case the ledger can't be read when it ends.
    row: Row,
    task: tokio::task::Id,
}

/// How the owner hears from its hosts and speaks to them.
pub(crate) struct Hosts<'a> {
    pub(crate) requests: &'a mut mpsc::Receiver<Request>,
    pub(crate) announcements: mpsc::Sender<Announcement>,
    pub(crate) snapshot: &'a latest::Sender<Arc<Snapshot>>,
    pub(crate) wires: &'a Wires,
    /// The keys that were handed over last, kept for the next owner.
    pub(crate) keys: &'a mut Option<Keys>,
}

pub(crate) struct Owner<'a> {
    wiring: &'a Wiring,
    profile: &'a Profile,
    ledger: Ledger,
    hosts: Hosts<'a>,
    settings: Settings,
    services: Option<Services>,
    watcher: Watcher,
    watched: Option<padwatch_domain::stages::Resolved>,
    stage_problem: Option<Problem>,
    lever_gate: Gate,
    coderpad_gate: Gate,
    /// What hinders one kind of step for everybody.
    hindrances: BTreeMap<Cause, Problem>,
    /// What was told of what hinders, so that it is told once: as the ledger has it.
    told_hindrances: ToldHindrances,
    ledger_problem: Option<(Problem, Duration)>,
    is_damaged: bool,
    /// The ledger's file, or the whole folder, is gone from its place.
    displaced: Option<Problem>,
    /// Nothing is done before the settings were reviewed.
    settings_unreadable: bool,
    /// Nothing is created before it is finished.
    set_up: SetUp,
    /// When to try again to take removed data out of free space.
    next_wipe: Duration,
    /// Whether what the last program left in the middle was taken up.
    is_taken_up: bool,
    /// All that runs beside the owner.
    jobs: Jobs<Done>,
    binding: binding::Binding,
    last_reads: checking::LastReads,
    /// The steps that are in flight: each as long as its task is.
    under_way: HashMap<OpportunityId, UnderWay>,
    /// What keeps failing for a reason of its own.
    failing: Failing,
    /// Until when several pads may be made at once: one went well.
    warm_until: Duration,
    /// The look under way was asked with other settings or another key.
    poll_is_stale: bool,
    /// Whether CoderPad has answered this key since the start: a pad that is asked for during
    /// maintenance would be uncertain.
    coderpad_has_answered: bool,
    /// How far the search for pads is that is under way. Letting go of it gives the search up.
    reading: Option<latest::Receiver<Reading>>,
    /// Pads that are still to be found again by their markers, and when to look.
    pad_search: Option<(PadSearch, Rhythm)>,
    next_poll: Duration,
    poll_trigger: Trigger,
    /// When the look at everybody that is under way began, and the hints that it will answer.
    poll_began: Duration,
    /// The same in ms since the epoch.
    poll_began_ms: i64,
    pile_at_poll: i64,
    reception: Reception,
    was_healthy: bool,
    readings: Readings,
    last_checked_ms: Option<i64>,
    rhythms: HashMap<OpportunityId, Rhythm>,
    next_late_look: Duration,
    quota: Option<Quota>,
    next_quota: Duration,
    titles: titles::Titles,
    /// What each opportunity looked like in the last look, to skip those that did not change.
    fingerprints: HashMap<OpportunityId, u64>,
    /// Whether these are of a whole look.
    knows_who_was_there: bool,
    /// Waiting candidates whose profile showed a foreign pad link in the last look.
    with_link: HashSet<OpportunityId>,
    following: following::Following,
    noting: noting::Noting,
    removal: removal::Removal,
    /// Those who were chosen together, with what each waited for before.
    serving: serving::Serving,
    /// Another program that makes pads for the same candidates.
    rival: Option<Rival>,
    /// When a link that was there was last taken over.
    adopted: Option<Duration>,
    /// What was read for the last invitation, and when.
    invitation: Option<inviting::Read>,
    paused: Option<padwatch_domain::pause::Pause>,
    creation_off: Option<CreationOff>,
    /// Whom the last look covered; `None` before the first.
    scope: Option<Scope>,
    last_told: i64,
    leap: (i64, Duration),
    revision: u64,
    published: Duration,
    is_dirty: bool,
    /// Nothing new is begun any longer.
    is_closing: bool,
}

impl<'a> Owner<'a> {
    pub(crate) fn new(
        wiring: &'a Wiring,
        profile: &'a Profile,
        mut ledger: Ledger,
        hosts: Hosts<'a>,
    ) -> Result<Self, LedgerError> {
        let now_ms = wiring.clock.now_ms();
        let Restraints {
            settings,
            settings_unreadable,
            paused,
            creation_off,
            pad_search,
            scope,
            set_up,
        } = Restraints::read(&mut ledger, wiring.settings.as_ref(), now_ms)?;
        let now = wiring.clock.elapsed();
        let stored: Stored<Kept> = ledger.stored(Keepsake::Webhooks)?;
        let reception = Reception::new(stored, ledger.last_delivery_ms()?, now);
        Ok(Self {
            wiring,
            profile,
            settings,
            services: None,
            watcher: Watcher::new(
                ledger.kept(Keepsake::LeverAccount)?.unwrap_or_default(),
                ledger.kept(Keepsake::Reaches)?.unwrap_or_default(),
                now,
            ),
            watched: None,
            stage_problem: None,
            lever_gate: Gate::Open,
            coderpad_gate: Gate::Open,
            hindrances: BTreeMap::new(),
            told_hindrances: ledger.kept(Keepsake::Hindrance)?.unwrap_or_default(),
            ledger_problem: None,
            is_damaged: false,
            displaced: None,
            settings_unreadable,
            set_up,
            next_wipe: now,
            is_taken_up: false,
            jobs: Jobs::new(wiring),
            last_reads: checking::LastReads::default(),
            binding: binding::Binding::new(ledger.kept(Keepsake::Accounts)?, wiring),
            under_way: HashMap::new(),
            failing: Failing::default(),
            warm_until: Duration::ZERO,
            poll_is_stale: false,
            coderpad_has_answered: false,
            reading: None,
            pad_search: pad_search.map(|search| (search, Rhythm::begin(now).at_once(now))),
            next_poll: now,
            poll_trigger: Trigger::Start,
            poll_began: now,
            poll_began_ms: 0,
            pile_at_poll: 0,
            reception,
            was_healthy: false,
            readings: Readings::default(),
            last_checked_ms: None,
            rhythms: HashMap::new(),
            next_late_look: now,
            quota: None,
            next_quota: now,
            titles: titles::Titles::default(),
            fingerprints: HashMap::new(),
            knows_who_was_there: false,
            with_link: HashSet::new(),
            following: following::Following::new(&ledger, now)?,
            noting: noting::Noting::default(),
            removal: removal::Removal::default(),
            serving: serving::Serving::default(),
            rival: ledger.kept(Keepsake::Rival)?,
            adopted: None,
            invitation: None,
            paused,
            creation_off,
            scope,
            last_told: 0,
            leap: (wiring.clock.now_ms(), now),
            revision: hosts.snapshot.borrow().revision,
            published: Duration::ZERO,
            is_dirty: true,
            is_closing: false,
            ledger,
            hosts,
        })
    }

    pub(crate) async fn run(mut self) -> Ended {
        self.take_up_notes();
        self.tell_of_settings();
        self.tell_where_to_listen();
        if let Some(keys) = self.hosts.keys.clone() {
            self.use_keys(keys);
        }
        loop {
            if self.is_replaced() {
                return Ended::OpenAgain;
            }
            self.go_on();
            if self.is_damaged {
                return Ended::LedgerDamaged;
            }
            let nap = self.nap();
            let clock = self.wiring.clock.clone();
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
                                let ledger = Box::new(self.ledger);
                                return Ended::Forgotten(ledger, reply, created);
                            }
                            Err(problem) => requests::answer(reply, Err(problem)),
                        }
                        self.is_closing = false;
                    }
                    Some(request) => self.serve(request),
                },
                ended = self.jobs.ended() => self.job_ended(ended),
                () = rebuilding::read_on(&mut self.reading) => self.is_dirty = true,
                () = clock.sleep(nap) => {}
            }
        }
    }

    /// Everything that is due by now.
    fn go_on(&mut self) {
        self.notice_leap();
        self.jobs.give_up_overdue();
        self.write_what_was_not();
        self.take_up_what_was_left();
        self.quarantine();
        self.settle_orphaned_intents();
        self.wipe_if_owed();
        self.end_pause_in_time();
        self.check_deliveries();
        if self.may_work() {
            self.poll_if_due();
            self.ask_quota_if_due();
            self.read_title_if_due();
            self.identify_if_due();
        }
        if self.may_work() && self.binding.is_settled() {
            self.read_tags_if_due();
            self.look_up_if_due();
            self.start_steps();
            self.look_if_due();
            self.search_if_due();
            self.follow_if_due();
            self.notes_if_due();
            self.remove_some();
        }
        self.hand_out();
        self.publish();
    }

    fn may_work(&self) -> bool {
        self.services.is_some()
            && self.paused.is_none()
            && self.ledger_problem.is_none()
            && self.displaced.is_none()
            && !self.settings_unreadable
            && self.is_taken_up
            && self.binding.problem().is_none()
    }

    /// How long there is nothing to do.
    fn nap(&self) -> Duration {
        let now = self.elapsed();
        let mut next = now + LONGEST_NAP;
        if self.is_dirty {
            next = next.min(self.published + BETWEEN_SNAPSHOTS);
        }
        if let Some((_, again)) = &self.ledger_problem {
            next = next.min(*again);
        }
        if let Some(at) = self.jobs.next_wake() {
            next = next.min(at);
        }
        if self.may_work() {
            next = next.min(self.next_work(now));
        }
        next.saturating_sub(now).max(Duration::from_millis(1))
    }

    fn next_work(&self, now: Duration) -> Duration {
        let mut times = vec![now + LONGEST_NAP];
        if self.jobs.may_start(&JobId::Poll) {
            times.push(self.lever_gate.next_try().unwrap_or(self.next_poll));
        }
        if self.jobs.may_start(&JobId::Quota) {
            times.extend(self.coderpad_gate.next_try());
        }
        times.extend(self.next_identification());
        if !self.binding.is_settled() {
            return times.into_iter().min().unwrap_or(now);
        }
        times.extend(self.next_look_up(now));
        times.extend(self.reception.deliveries.next_check(now));
        times.push(self.following.next);
        times.extend(self.next_note(now));
        times.extend(self.next_look());
        times.extend(self.next_tags());
        times.extend(self.next_search());
        times.extend(self.failing.next_wake(now));
        times.extend((!self.removal.is_empty()).then_some(now));
        let now_ms = self.now_ms();
        if let Ok(Some(due_ms)) = self.ledger.next_due_ms(now_ms) {
            let wait = u64::try_from(due_ms.saturating_sub(now_ms)).unwrap_or_default();
            times.push(now + Duration::from_millis(wait));
        }
        times.into_iter().min().unwrap_or(now)
    }

    /// After a sleep of the computer, what is known is old: look at once. After the clock was set
    /// back, what was to happen soon would happen in hours.
    pub(super) fn notice_leap(&mut self) {
        let (now_ms, now) = (self.now_ms(), self.elapsed());
        let (before_ms, before) = self.leap;
        self.leap = (now_ms, now);
        let by_clock = now_ms.saturating_sub(before_ms);
        let by_time = i64::try_from(now.saturating_sub(before).as_millis()).unwrap_or(i64::MAX);
        let leap = by_clock.saturating_sub(by_time);
        if leap.saturating_abs() > LEAP_MS
            && let Err(error) = self.shift_notes(leap)
        {
            self.ledger_failed(&error);
        }
        if leap > LEAP_MS
            && let Err(error) = self.shift_holds(leap)
        {
            self.ledger_failed(&error);
        }
        if leap > LEAP_MS {
            self.look_soon(Duration::from_secs(3));
            self.reception.deliveries.suspended(now_ms);
        }
        if leap < -LEAP_MS
            && let Err(error) = self.heal_times()
        {
            self.ledger_failed(&error);
        }
    }

    fn now_ms(&self) -> i64 {
        self.wiring.clock.now_ms()
    }

    fn elapsed(&self) -> Duration {
        self.wiring.clock.elapsed()
    }
}
