//! Following the interviews: looks at CoderPad's list, and errands for single pads.

use crate::done::Followed;
use std::collections::HashSet;
use std::time::Duration;

use coderpad::PadId;
use lever::{Interview, Listed, Opportunity, OpportunityId, ProtocolViolation};

use super::closed::Closed;
use super::{Change, Owner, StateKey};
use crate::done::Done;
use crate::jobs::{JobId, JobKind};
use crate::tracking::look::{self, Events, PollResult};
use padwatch_domain::retention;
use padwatch_domain::service_error::{Service, ServiceError, of_coderpad};
use padwatch_domain::thing::Thing;
use padwatch_domain::tracking::closed::{BETWEEN_LOOKS, CONFIRM_MS, needs_look};
use padwatch_domain::tracking::reading::Reading;
use padwatch_domain::tracking::schedule::{self, Probe, Urgent};
use padwatch_domain::tracking::updated::Updated;
use padwatch_domain::tracking::{ClosedPad, OpenPad, transition};
use padwatch_ledger::{Ledger, LedgerError};

/// The longest time between two thoughts about what is due.
const THINK_EVERY: Duration = Duration::from_secs(60);
/// From a start to the first look, when there is something to look at.
const FIRST_LOOK: Duration = Duration::from_secs(10);
/// So many failures, and a pad's end is told without its events.
const DOES_WITHOUT_EVENTS: u32 = 3;
/// How often it is written down how far the looks are, in ms.
const KEEP_EVERY_MS: i64 = 15 * 60_000;

/// What following needs to remember between two thoughts.
pub(super) struct Following {
    /// When to think about what is due.
    pub(super) next: Duration,
    last_look: Option<Duration>,
    /// When to look as long as there was no look.
    first_look: Duration,
    last_probe: Duration,
    /// Up to when the list was read, in ms by the server's clock, and up to when that is written.
    looked_ms: Option<i64>,
    kept_ms: Option<i64>,
    pub(super) urgent: Urgent,
    /// Pads that are over or were deleted.
    closed: Closed,
    /// When each candidacy last changed, as the polls tell.
    updated: Updated,
    /// Whether the Lever key may not read interviews.
    pub(super) may_not_plan: bool,
    pub(super) next_deletions: Duration,
    pub(super) next_retention: Duration,
}

impl Following {
    pub(super) fn new(ledger: &Ledger, now: Duration) -> Result<Self, LedgerError> {
        let looked_ms = ledger.load(StateKey::Followed)?;
        Ok(Self::begin(looked_ms, now))
    }

    pub(super) fn begin(looked_ms: Option<i64>, now: Duration) -> Self {
        Self {
            next: now,
            last_look: None,
            first_look: now + FIRST_LOOK,
            last_probe: now,
            looked_ms,
            kept_ms: looked_ms,
            urgent: Urgent::default(),
            closed: Closed::default(),
            updated: Updated::default(),
            may_not_plan: false,
            next_deletions: now + retention::DELETIONS_AFTER_START,
            next_retention: now + retention::DELETIONS_AFTER_START,
        }
    }

    /// With other keys, other things may be seen.
    pub(super) fn keys_changed(&mut self, now: Duration) {
        self.may_not_plan = false;
        self.closed.recheck();
        self.next = now;
    }

    /// Somebody says that there may be something to see.
    pub(super) fn look_soon(&mut self, now: Duration) {
        self.last_look = None;
        self.first_look = now;
        self.next = now;
    }

    /// When to look next, with so long between two looks.
    fn look_due(&self, every: Duration) -> Duration {
        match self.last_look {
            Some(last) => last + every,
            None => self.first_look,
        }
    }
}

impl Owner<'_> {
    pub(super) fn follow_if_due(&mut self) {
        let now = self.cx.elapsed();
        if self.tracking.next > now {
            return;
        }
        self.tracking.next = now + THINK_EVERY;
        let read = self.cx.store.ledger.open_pads();
        let (mut pads, closed) = match read.and_then(|pads| Ok((pads, self.closed_pads()?))) {
            Ok(read) => read,
            Err(error) => return self.cx.ledger_failed(&error),
        };
        for pad in &mut pads {
            pad.known.missing_ms = self.missing_since(pad);
        }
        self.cx
            .connection
            .last_reads
            .keep_missed(|pad| pads.iter().any(|open| open.pad == *pad));
        self.tracking.closed.keep(&closed);
        let open: HashSet<&OpportunityId> = pads.iter().map(|pad| &pad.opportunity).collect();
        let urgent = &mut self.tracking.urgent;
        urgent.plans.retain(|id| open.contains(id));
        urgent.pads.retain(|id| open.contains(id));
        self.remind(&pads);
        self.look_at_pads_if_due(&pads, &closed);
        self.run_due_probe(&pads, &closed);
    }

    /// When a pad that isn't found was first looked for in vain, reckoned back from now by time that
    /// never jumps.
    fn missing_since(&self, pad: &OpenPad) -> Option<i64> {
        // What another user's key doesn't find need not be read again soon.
        pad.known
            .missing_ms
            .filter(|_| self.cx.is_own(&pad.known))?;
        let missed_for_ms = self
            .cx
            .connection
            .last_reads
            .missed_for_ms(&pad.pad, self.cx.elapsed());
        // One that only an earlier program missed is read at once.
        let missed_for_ms = missed_for_ms.unwrap_or(CONFIRM_MS);
        Some(self.cx.now_ms().saturating_sub(missed_for_ms))
    }

    fn look_at_pads_if_due(&mut self, pads: &[OpenPad], closed: &[ClosedPad]) {
        let (now, now_ms) = (self.cx.elapsed(), self.cx.now_ms());
        let for_closed = needs_look(closed, now_ms).then_some(BETWEEN_LOOKS);
        let Some(every) = schedule::between_looks(pads, now_ms).or(for_closed) else {
            // The first pad that comes has a while before there is anything to see.
            self.tracking.last_look = Some(now);
            return;
        };
        let due = self.tracking.look_due(every);
        if due > now {
            self.tracking.next = self.tracking.next.min(due);
            return;
        }
        let services = self
            .cx
            .connection
            .services
            .clone()
            .filter(|_| self.cx.coderpad_answers());
        let Some(services) = services.filter(|_| self.cx.jobs.may_start(&JobId::FollowLook)) else {
            return;
        };
        self.tracking.last_look = Some(now);
        let horizon_ms = schedule::horizon(pads, self.tracking.looked_ms, now_ms);
        let not_now = pads.iter().filter(|pad| {
            let thing = Thing::Pad(pad.opportunity.clone(), pad.pad.clone());
            !self.cx.connection.failing.is_due(&thing, now)
        });
        let question = look::Question {
            not_now: not_now.map(|pad| pad.pad.clone()).collect(),
            open: pads.to_vec(),
            closed: closed.to_vec(),
            horizon_ms,
        };
        self.cx.jobs.start(JobId::FollowLook, async move {
            let looked = look::look(&services, &question).await;
            Done::Followed(Box::new(Followed::Looked(looked)))
        });
    }

    fn run_due_probe(&mut self, pads: &[OpenPad], closed: &[ClosedPad]) {
        let now = self.cx.elapsed();
        if self.cx.jobs.count(JobKind::is_probe) > 0 {
            return;
        }
        let asks_plans = !self.tracking.may_not_plan;
        let is_due = |thing: &Thing| self.cx.connection.failing.is_due(thing, now);
        let urgent = &self.tracking.urgent;
        let probe = schedule::probe(pads, urgent, asks_plans, is_due, self.cx.now_ms());
        let is_waited_for = probe.as_ref().is_some_and(|(_, waited_for)| *waited_for);
        let pause = if is_waited_for {
            schedule::BETWEEN_URGENT_PROBES
        } else {
            schedule::BETWEEN_PROBES
        };
        let due = self.tracking.last_probe + pause;
        if due > now {
            self.tracking.next = self.tracking.next.min(due);
            return;
        }
        match probe {
            Some((Probe::Plan(id), _)) => self.ask_for_plan(id),
            Some((Probe::Pad(id, pad), _)) => self.read_pad(id, pad),
            None => self.run_closed_probe(closed),
        }
    }

    fn run_closed_probe(&mut self, pads: &[ClosedPad]) {
        let (now_ms, now) = (self.cx.now_ms(), self.cx.elapsed());
        if self.cx.connection.services.is_some() && self.cx.coderpad_answers() {
            let pads = self.cx.not_failing(pads, |pad| {
                Thing::Pad(pad.opportunity.clone(), pad.pad.clone())
            });
            if let Some((id, pad)) = self.tracking.closed.due(&pads, now_ms, now) {
                return self.read_pad(id, pad);
            }
        }
        if !self.tracking.may_not_plan && self.cx.is_open(Service::Lever) {
            let pads = self
                .cx
                .not_failing(pads, |pad| Thing::Interviews(pad.opportunity.clone()));
            if let Some(id) = self.tracking.closed.plan_due(&pads, now_ms, now) {
                return self.ask_for_plan(id);
            }
        }
        self.keep_if_due();
    }

    fn read_pad(&mut self, id: OpportunityId, pad: PadId) {
        let Some(services) = self
            .cx
            .connection
            .services
            .clone()
            .filter(|_| self.cx.coderpad_answers())
        else {
            return;
        };
        self.tracking.urgent.pads.remove(&id);
        let services = services.trying_once();
        let thing = Thing::Pad(id.clone(), pad.clone());
        let events = if self.cx.connection.failing.failures(&thing) < DOES_WITHOUT_EVENTS {
            Events::Needed
        } else {
            Events::IfReadable
        };
        self.on_probe(JobId::Pad(id.clone(), pad.clone()), async move {
            let read = look::read(&services, &pad, events).await;
            Followed::Pad(id, pad, read)
        });
    }

    fn ask_for_plan(&mut self, id: OpportunityId) {
        let open = self.cx.is_open(Service::Lever);
        let Some(services) = self.cx.connection.services.clone().filter(|_| open) else {
            return;
        };
        self.tracking.urgent.plans.remove(&id);
        let services = services.trying_once();
        self.on_probe(JobId::Interviews(id.clone()), async move {
            let interviews = services.lever.interviews(&id).await.and_then(planned_ones);
            Followed::Plan(id, interviews)
        });
    }

    pub(super) fn on_probe(
        &mut self,
        job: JobId,
        probe: impl Future<Output = Followed> + Send + 'static,
    ) {
        self.tracking.last_probe = self.cx.elapsed();
        self.cx
            .jobs
            .start(job, async move { Done::Followed(Box::new(probe.await)) });
    }

    pub(super) fn followed(&mut self, outcome: Followed) {
        self.tracking.next = self.cx.elapsed();
        match outcome {
            Followed::Looked(looked) => self.pads_looked_at(looked),
            Followed::Pad(id, pad, Ok(reading)) => {
                if reading.shows() {
                    self.cx
                        .connection
                        .last_reads
                        .read(&pad, self.cx.wiring.clock.elapsed());
                }
                self.pad_read(&id, &pad, reading);
            }
            Followed::Pad(id, pad, Err(error)) => self.pad_failed(id, pad, &of_coderpad(&error)),
            Followed::Plan(id, interviews) => self.planned(&id, interviews),
            Followed::Person(id, read) => self.person_read(&id, *read),
            Followed::Deletions(deleted, until_ms) => self.deletions_read(deleted, until_ms),
        }
    }

    /// The same for what was begun under other keys: what they showed is so, and what they didn't
    /// says nothing.
    pub(super) fn followed_before(&mut self, outcome: Followed) {
        self.tracking.next = self.cx.elapsed();
        match outcome {
            Followed::Looked(looked) => self.pads_looked_at(PollResult {
                readings: (looked.readings.into_iter())
                    .filter(|(_, _, reading)| reading.shows())
                    .collect(),
                ..PollResult::default()
            }),
            Followed::Pad(id, pad, Ok(reading)) if reading.shows() => {
                self.pad_read(&id, &pad, reading);
            }
            Followed::Pad(..)
            | Followed::Plan(..)
            | Followed::Person(..)
            | Followed::Deletions(..) => {}
        }
    }

    /// It is tried again when its backoff says so; everybody else is followed meanwhile.
    fn pad_failed(&mut self, id: OpportunityId, pad: PadId, service_error: &ServiceError) {
        self.tracking.urgent.pads.insert(id.clone());
        self.cx.item_failed(Thing::Pad(id, pad), service_error);
    }

    fn pads_looked_at(&mut self, looked: PollResult) {
        self.tracking.urgent.pads.extend(looked.again);
        self.tracking.closed.hurry(looked.alive);
        for (id, pad, reading) in looked.readings {
            // The list lags: a pad that a read by its id didn't find is decided by the next one.
            let is_doubted = |known: padwatch_domain::tracking::Known| known.missing_ms.is_some();
            let is_open = matches!(reading, Reading::Open { .. });
            if is_open && self.cx.store.ledger.interview(&id).is_ok_and(is_doubted) {
                continue;
            }
            self.pad_read(&id, &pad, reading);
        }
        for (id, pad, service_error) in looked.failed {
            self.pad_failed(id, pad, &service_error);
        }
        if let Some(service_error) = looked.service_error {
            self.cx.following_failed(service_error);
        }
        let Some(looked_ms) = looked.looked_ms else {
            return;
        };
        self.tracking.looked_ms = Some(looked_ms);
        let kept_ms = self.tracking.kept_ms;
        // What is still to be read would be forgotten by a restart.
        let is_settled = self.tracking.urgent.pads.is_empty();
        if is_settled
            && kept_ms.is_none_or(|kept_ms| looked_ms.saturating_sub(kept_ms) >= KEEP_EVERY_MS)
        {
            self.tracking.kept_ms = Some(looked_ms);
            self.cx.write(vec![Change::Kept(
                StateKey::Followed,
                looked_ms.to_string(),
            )]);
        }
    }

    pub(super) fn pad_read(&mut self, id: &OpportunityId, pad: &PadId, reading: Reading) {
        let thing = Thing::Pad(id.clone(), pad.clone());
        self.cx.item_succeeded(Service::Coderpad, &thing);
        let read = self.cx.store.ledger.row(id).and_then(|row| {
            let known = self.cx.store.ledger.interview(id)?;
            Ok(row.map(|row| (row, known)))
        });
        let (row, known) = match read {
            Ok(Some(read)) => read,
            Ok(None) => return,
            Err(error) => return self.cx.ledger_failed(&error),
        };
        if self.provisioning.under_way.contains_key(id) {
            self.tracking.urgent.pads.insert(id.clone());
            return;
        }
        let root = self.cx.wiring.coderpad_root.clone();
        let reader = self.cx.reader_of(&known, pad);
        match &reading {
            Reading::Missing if reader.is_own => {
                self.cx.connection.last_reads.missed(pad, self.cx.elapsed());
            }
            Reading::Missing | Reading::Hidden => {}
            Reading::Open { .. } | Reading::Ended(_) => self.cx.connection.last_reads.shown(pad),
        }
        let now_ms = self.cx.now_ms();
        let followed = transition::on_reading(row, known, (pad, reading), reader, &root, now_ms);
        if followed.again {
            self.tracking.urgent.pads.insert(id.clone());
        }
        self.cx.write(followed.changes);
    }

    /// What a look at everybody shows besides: whose interview may have another time now, and who
    /// was anonymised.
    pub(super) fn noticed_in_lever(&mut self, opportunities: &[Opportunity]) {
        let listed = opportunities.iter();
        let listed = listed.map(|one| (one.id.clone(), one.updated_at_ms));
        for changed in self.tracking.updated.changed(listed) {
            self.tracking.urgent.plans.insert(changed);
            self.tracking.next = self.cx.elapsed();
        }
        self.remove_anonymised(opportunities);
    }

    /// A single candidacy was read because of a hint; `None`: Lever no longer has it.
    pub(super) fn read_in_lever(&mut self, id: &OpportunityId, found: Option<&Opportunity>) {
        let now = self.cx.elapsed();
        self.tracking.next = now;
        match found {
            Some(found) => {
                self.tracking.urgent.plans.insert(id.clone());
                self.remove_anonymised(std::slice::from_ref(found));
            }
            // Its deletion is confirmed by Lever's own list.
            None if matches!(self.cx.store.ledger.row(id), Ok(Some(_))) => {
                self.tracking.next_deletions = now;
            }
            None => {}
        }
    }
}

/// The interviews of somebody. If none of them can be read, that is no plan without interviews.
fn planned_ones(listed: Listed<Interview>) -> Result<Vec<Interview>, lever::Error> {
    if listed.rows.is_empty() && !listed.skipped.is_empty() {
        return Err(lever::Error::NotLever {
            about: "interviews",
            violation: ProtocolViolation::WrongShape,
        });
    }
    Ok(listed.rows)
}
