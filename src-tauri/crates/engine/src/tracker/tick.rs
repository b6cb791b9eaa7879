//! What is due: a look at CoderPad's list, or an errand for a single pad.

use super::look::{self, Events};
use super::state::Tracker;
use crate::context::Context;
use crate::context::done::Tracked;
use std::collections::HashSet;
use std::time::Duration;

use coderpad::PadId;
use lever::{Interview, Listed, OpportunityId, ProtocolViolation};

use crate::context::done::Done;
use crate::jobs::{JobId, JobKind};
use padwatch_domain::service_error::Service;
use padwatch_domain::thing::Thing;
use padwatch_domain::tracking::closed::{BETWEEN_LOOKS, CONFIRM_MS, MOST, WATCHED_MS, needs_look};
use padwatch_domain::tracking::schedule::{self, Probe};
use padwatch_domain::tracking::{ClosedPad, OpenPad};
use padwatch_ledger::LedgerError;

/// The longest time between two thoughts about what is due.
const THINK_EVERY: Duration = Duration::from_secs(60);
/// So many failures, and a pad's end is told without its events.
const DOES_WITHOUT_EVENTS: u32 = 3;

impl Tracker {
    /// Thinks about what is due. Returns true if nothing of it needs an errand now.
    pub(crate) fn on_tick(&mut self, cx: &mut Context<'_>) -> bool {
        let now = cx.elapsed();
        if self.next > now || !cx.is_bound() {
            return false;
        }
        self.next = now + THINK_EVERY;
        let read = cx.store.ledger.open_pads();
        let (mut pads, closed) = match read.and_then(|pads| Ok((pads, self.closed_pads(cx)?))) {
            Ok(read) => read,
            Err(error) => {
                cx.ledger_failed(&error);
                return false;
            }
        };
        for pad in &mut pads {
            pad.known.missing_ms = self.missing_since(pad, cx);
        }
        cx.connection
            .last_reads
            .keep_missed(|pad| pads.iter().any(|open| open.pad == *pad));
        self.closed.keep(&closed);
        let open: HashSet<&OpportunityId> = pads.iter().map(|pad| &pad.opportunity).collect();
        let urgent = &mut self.urgent;
        urgent.plans.retain(|id| open.contains(id));
        urgent.pads.retain(|id| open.contains(id));
        self.remind(&pads, cx);
        self.check_before_interviews(&pads, cx);
        self.see_who_came(&pads, cx);
        self.look_at_pads_if_due(&pads, &closed, cx);
        self.run_due_probe(&pads, &closed, cx)
    }

    /// When to think again about what is due.
    pub(crate) fn next_wake(&self, cx: &Context<'_>) -> Option<Duration> {
        cx.is_bound().then_some(self.next)
    }

    /// When a pad that isn't found was first looked for without success, reckoned back from now by time that
    /// never jumps.
    fn missing_since(&self, pad: &OpenPad, cx: &Context<'_>) -> Option<i64> {
        // What another user's key doesn't find need not be read again soon.
        pad.known.missing_ms.filter(|_| cx.is_own(&pad.known))?;
        let missed_for_ms = cx
            .connection
            .last_reads
            .missed_for_ms(&pad.pad, cx.elapsed());
        // One that only an earlier program missed is read at once.
        let missed_for_ms = missed_for_ms.unwrap_or(CONFIRM_MS);
        Some(cx.now_ms().saturating_sub(missed_for_ms))
    }

    fn look_at_pads_if_due(
        &mut self,
        pads: &[OpenPad],
        closed: &[ClosedPad],
        cx: &mut Context<'_>,
    ) {
        let (now, now_ms) = (cx.elapsed(), cx.now_ms());
        let for_closed = needs_look(closed, now_ms).then_some(BETWEEN_LOOKS);
        let Some(every) = schedule::between_looks(pads, now_ms).or(for_closed) else {
            // The first pad that comes has a while before there is anything to see.
            self.last_look = Some(now);
            return;
        };
        let due = self.look_due(every);
        if due > now {
            self.next = self.next.min(due);
            return;
        }
        let services = cx
            .connection
            .services
            .clone()
            .filter(|_| cx.coderpad_answers());
        let Some(services) = services.filter(|_| cx.jobs.may_start(&JobId::FollowLook)) else {
            return;
        };
        self.last_look = Some(now);
        let horizon_ms = schedule::horizon(pads, self.looked_ms, now_ms);
        let not_now = pads.iter().filter(|pad| {
            let thing = Thing::Pad(pad.opportunity.clone(), pad.pad.clone());
            !cx.connection.failing.is_due(&thing, now)
        });
        let question = look::Question {
            not_now: not_now.map(|pad| pad.pad.clone()).collect(),
            open: pads.to_vec(),
            closed: closed.to_vec(),
            horizon_ms,
        };
        cx.jobs.start(JobId::FollowLook, async move {
            let looked = look::look(&services, &question).await;
            Done::Tracked(Box::new(Tracked::Looked(looked)))
        });
    }

    /// Starts the errand that is due next. Returns true if none is, and there could be one.
    fn run_due_probe(
        &mut self,
        pads: &[OpenPad],
        closed: &[ClosedPad],
        cx: &mut Context<'_>,
    ) -> bool {
        let now = cx.elapsed();
        if cx.jobs.count(JobKind::is_probe) > 0 {
            return false;
        }
        let asks_plans = !self.may_not_plan;
        let is_due = |thing: &Thing| cx.connection.failing.is_due(thing, now);
        let urgent = &self.urgent;
        let probe = schedule::probe(pads, urgent, asks_plans, is_due, cx.now_ms());
        let is_waited_for = probe.as_ref().is_some_and(|(_, waited_for)| *waited_for);
        let pause = if is_waited_for {
            schedule::BETWEEN_URGENT_PROBES
        } else {
            schedule::BETWEEN_PROBES
        };
        let due = cx.last_probe + pause;
        if due > now {
            self.next = self.next.min(due);
            return false;
        }
        match probe {
            Some((Probe::Plan(id), _)) => self.ask_for_plan(id, cx),
            Some((Probe::Pad(id, pad), _)) => self.read_pad(id, pad, cx),
            None => return !self.run_closed_probe(closed, cx),
        }
        false
    }

    /// Starts an errand for a pad that is over or was deleted. Returns true if one was due.
    fn run_closed_probe(&mut self, pads: &[ClosedPad], cx: &mut Context<'_>) -> bool {
        let (now_ms, now) = (cx.now_ms(), cx.elapsed());
        if cx.connection.services.is_some() && cx.coderpad_answers() {
            let pads = cx.not_failing(pads, |pad| {
                Thing::Pad(pad.opportunity.clone(), pad.pad.clone())
            });
            if let Some((id, pad)) = self.closed.due(&pads, now_ms, now) {
                self.read_pad(id, pad, cx);
                return true;
            }
        }
        if !self.may_not_plan && cx.is_open(Service::Lever) {
            let pads = cx.not_failing(pads, |pad| Thing::Interviews(pad.opportunity.clone()));
            if let Some(id) = self.closed.plan_due(&pads, now_ms, now) {
                self.ask_for_plan(id, cx);
                return true;
            }
        }
        false
    }

    fn read_pad(&mut self, id: OpportunityId, pad: PadId, cx: &mut Context<'_>) {
        let Some(services) = cx
            .connection
            .services
            .clone()
            .filter(|_| cx.coderpad_answers())
        else {
            return;
        };
        self.urgent.pads.remove(&id);
        let services = services.trying_once();
        let thing = Thing::Pad(id.clone(), pad.clone());
        let events = if cx.connection.failing.failures(&thing) < DOES_WITHOUT_EVENTS {
            Events::Needed
        } else {
            Events::IfReadable
        };
        cx.start_probe(JobId::Pad(id.clone(), pad.clone()), async move {
            let read = look::read(&services, &pad, events, |_| {}).await;
            Done::Tracked(Box::new(Tracked::Pad(id, pad, read)))
        });
    }

    fn ask_for_plan(&mut self, id: OpportunityId, cx: &mut Context<'_>) {
        let open = cx.is_open(Service::Lever);
        let Some(services) = cx.connection.services.clone().filter(|_| open) else {
            return;
        };
        self.urgent.plans.remove(&id);
        let services = services.trying_once();
        cx.start_probe(JobId::Interviews(id.clone()), async move {
            let interviews = services.lever.interviews(&id).await.and_then(planned_ones);
            Done::Tracked(Box::new(Tracked::Plan(id, interviews)))
        });
    }

    fn closed_pads(&self, cx: &Context<'_>) -> Result<Vec<ClosedPad>, LedgerError> {
        let since_ms = cx.now_ms().saturating_sub(WATCHED_MS);
        cx.store.ledger.closed_pads(since_ms, MOST)
    }
}

/// The interviews of someone. If none of them can be read, that is no plan without interviews.
fn planned_ones(listed: Listed<Interview>) -> Result<Vec<Interview>, lever::Error> {
    if listed.rows.is_empty() && !listed.skipped.is_empty() {
        return Err(lever::Error::NotLever {
            about: "interviews",
            violation: ProtocolViolation::WrongShape,
        });
    }
    Ok(listed.rows)
}
