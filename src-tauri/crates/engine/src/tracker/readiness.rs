//! The quiet check shortly before each interview. It reads the pad, and who holds the interview, and
//! changes neither.

use coderpad::PadId;
use lever::{OpportunityId, Panel};

use super::look::{self, Events};
use super::state::Tracker;
use crate::context::Context;
use crate::context::done::{CheckedBefore, Done, Tracked};
use crate::jobs::{JobId, JobKind};
use padwatch_domain::blast_radius::BlastRadius;
use padwatch_domain::interview::Plan;
use padwatch_domain::interview::readiness::{self, Finding, Findings};
use padwatch_domain::service_error::{Service, of_coderpad, of_lever};
use padwatch_domain::settings::PadChoice;
use padwatch_domain::thing::Thing;
use padwatch_domain::tracking::OpenPad;
use padwatch_domain::tracking::checked::on_check;
use padwatch_domain::tracking::reading::Reading;
use padwatch_domain::tracking::schedule::BETWEEN_URGENT_PROBES;
use padwatch_ledger::LedgerError;

/// How long after an interview began its row is drawn again, in ms: the mark goes.
const SHOWN_PAST_MS: i64 = 2 * 60_000;

impl Tracker {
    /// Begins the checks that are due, one at a time; a plan that may be old is asked for first.
    pub(super) fn check_before_interviews(&mut self, pads: &[OpenPad], cx: &mut Context<'_>) {
        let Some(minutes) = cx.policy.settings.reminders.check_minutes_before else {
            return;
        };
        let now_ms = cx.now_ms();
        for pad in pads {
            let Some(plan) = pad.known.plan else { continue };
            let since_start_ms = now_ms.saturating_sub(plan.starts_ms);
            cx.is_dirty |= (0..SHOWN_PAST_MS).contains(&since_start_ms);
            if !readiness::is_due(plan, pad.known.checked, minutes, now_ms) {
                let next_ms = readiness::next_ms(plan, pad.known.checked, minutes);
                self.wake_at_ms(next_ms, now_ms, cx);
                continue;
            }
            // If it can't be done now, the row says so.
            cx.is_dirty = true;
            if self.is_plan_settled(pad, cx) {
                self.begin_check(pad, cx);
            } else {
                self.urgent.plans.insert(pad.opportunity.clone());
            }
        }
    }

    fn begin_check(&mut self, pad: &OpenPad, cx: &mut Context<'_>) {
        if !self.may_ask_about(pad, cx) {
            return;
        }
        let (id, pad) = (pad.opportunity.clone(), pad.pad.clone());
        let interviews = Thing::Interviews(id.clone());
        let asks_lever = cx.is_open(Service::Lever)
            && !self.may_not_see_panels
            && cx.connection.failing.is_due(&interviews, cx.elapsed());
        let choice = match choice_for(&id, cx) {
            Ok(choice) => choice,
            Err(error) => return cx.ledger_failed(&error),
        };
        let Some(services) = cx.connection.services.clone() else {
            return;
        };
        let services = services.trying_once();
        cx.start_probe(JobId::Pad(id.clone(), pad.clone()), async move {
            let mut findings = Findings::default();
            let read = look::read(&services, &pad, Events::IfReadable, |seen| {
                findings = readiness::of_pad(seen, &choice, &id);
            });
            let read = read.await.map(|reading| (reading, findings));
            let panels = match asks_lever {
                true => Some(services.lever.panels(&id).await.map(|listed| listed.rows)),
                false => None,
            };
            Done::Tracked(Box::new(Tracked::Checked(Box::new(CheckedBefore {
                id,
                pad,
                read,
                panels,
            }))))
        });
    }

    /// Returns true if CoderPad may be asked about a pad now for which a person waits. They go one at
    /// a time.
    pub(super) fn may_ask_about(&mut self, pad: &OpenPad, cx: &Context<'_>) -> bool {
        let now = cx.elapsed();
        let next = cx.last_probe + BETWEEN_URGENT_PROBES;
        if next > now {
            self.next = self.next.min(next);
            return false;
        }
        let thing = Thing::Pad(pad.opportunity.clone(), pad.pad.clone());
        let is_due = cx.connection.failing.is_due(&thing, now);
        is_due && cx.jobs.count(JobKind::is_probe) == 0 && cx.coderpad_answers()
    }

    pub(super) fn checked(&mut self, brought: CheckedBefore, cx: &mut Context<'_>) {
        let CheckedBefore {
            id,
            pad,
            read,
            panels,
        } = brought;
        let panels = panels.and_then(|panels| self.panels_read(&id, panels, cx));
        let (reading, mut found) = match read {
            Ok(read) => read,
            Err(error) => return self.pad_failed(id, pad, &of_coderpad(&error), cx),
        };
        match &reading {
            Reading::Open { .. } => cx
                .connection
                .last_reads
                .read(&pad, cx.wiring.clock.elapsed()),
            Reading::Hidden => found = found.with(Finding::PadNotShown),
            // What another user's key doesn't find may be there.
            Reading::Missing => found = found.with(self.missing(&id, &pad, cx)),
            // There is nothing to check before an interview that is over.
            Reading::Ended(_) => return self.pad_read(&id, &pad, reading, cx),
        }
        self.pad_read(&id, &pad, reading, cx);
        if let Err(error) = keep(&id, found, panels.as_deref(), cx) {
            cx.ledger_failed(&error);
        }
    }

    fn missing(&self, id: &OpportunityId, pad: &PadId, cx: &Context<'_>) -> Finding {
        let known = cx.store.ledger.interview(id).unwrap_or_default();
        match cx.reader_of(&known, pad).is_own {
            true => Finding::PadNotFound,
            false => Finding::PadNotShown,
        }
    }

    /// The panels, as far as Lever gave them. That they can't be read holds nothing up.
    fn panels_read(
        &mut self,
        id: &OpportunityId,
        panels: Result<Vec<Panel>, lever::Error>,
        cx: &mut Context<'_>,
    ) -> Option<Vec<Panel>> {
        let error = match panels {
            Ok(panels) => return Some(panels),
            Err(lever::Error::Gone { .. }) => return None,
            Err(error) => error,
        };
        let thing = Thing::Interviews(id.clone());
        let whose = cx.item_failed(thing.clone(), &of_lever(&error));
        if matches!(error, lever::Error::NotAllowed { .. }) {
            // When the interview is can be asked for all the same.
            cx.connection.failing.clear(&thing);
            self.may_not_see_panels |= whose == BlastRadius::Service;
        }
        None
    }
}

/// What a pad for this candidate is made with.
fn choice_for(id: &OpportunityId, cx: &Context<'_>) -> Result<PadChoice, LedgerError> {
    let posting = cx.store.ledger.row(id)?.and_then(|row| row.seen.posting);
    let pads = &cx.policy.settings.pads;
    Ok(pads.for_posting(posting.as_ref()).clone())
}

fn keep(
    id: &OpportunityId,
    found: Findings,
    panels: Option<&[Panel]>,
    cx: &mut Context<'_>,
) -> Result<(), LedgerError> {
    let known = cx.store.ledger.interview(id)?;
    let (Some(row), Some(plan)) = (cx.store.ledger.row(id)?, known.plan) else {
        return Ok(());
    };
    let found = found.iter().chain(of_interviewers(panels, plan).iter());
    let changes = on_check(&row, known, found.collect(), cx.now_ms());
    cx.write(changes);
    Ok(())
}

fn of_interviewers(panels: Option<&[Panel]>, plan: Plan) -> Findings {
    let unknown = || Findings::default().with(Finding::InterviewersNotShown);
    panels.map_or_else(unknown, |panels| readiness::of_panels(panels, plan))
}
