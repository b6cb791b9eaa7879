//! Taking in what came of the steps.

use std::time::Duration;

use lever::OpportunityId;

use super::{Change, Done, Owner};
use crate::gate::Gate;
use crate::life::Life;
use crate::making::look::Rhythm;
use crate::making::{Settled, create, linking, prepare};
use crate::row::Row;
use crate::trouble::{Service, Trouble};
use crate::waypoint::{Side, Waypoint};

impl Owner<'_> {
    pub(super) fn digest(&mut self, done: Done) {
        match done {
            Done::Polled(look, trigger) => self.polled(*look, trigger),
            Done::Hinted(id, read, trigger) => self.hint_read(&id, *read, trigger),
            Done::LookedUp(hint, read) => self.looked_up(hint, *read),
            Done::Prepared(id, prepared) => self.prepared(&id, *prepared),
            Done::Created(id, outcome) => {
                let root = self.wiring.coderpad_root.clone();
                let succeeded = outcome.is_ok();
                let settle = |row, now_ms| create::settle(row, *outcome, &root, now_ms);
                self.step_ended(&id, Waypoint::CreateWrite, settle);
                self.after_creation(&id, succeeded);
            }
            Done::Linked(id, outcome) => {
                let settle = |row, now_ms| linking::settle(row, outcome, now_ms);
                let fine = self.step_ended(&id, Waypoint::LinkWrite, settle);
                if fine && self.hindrance.take().is_some() {
                    self.tell_that_it_goes_on();
                }
            }
            Done::Looked(ids, looked) => self.looked(&ids, &looked),
            Done::Quota(quota) => self.quota_read(quota),
            Done::Rebuilt(marked) => self.rebuilt(marked),
            Done::PadSeen(id, pad, reply) => self.pad_seen(&id, *pad, reply),
            Done::TakenBack(id, pad, outcome, reply) => self.taken_back(&id, &pad, outcome, reply),
            Done::TagRemoved(id, read, reply) => self.tag_removed(&id, *read, reply),
            Done::Answered => {}
        }
    }

    /// The intent is on the disk before the request leaves; if it can't be written, nothing leaves.
    fn prepared(&mut self, id: &OpportunityId, prepared: prepare::Prepared) {
        let Some(step) = self.under_way.remove(id) else {
            return;
        };
        let now_ms = self.now_ms();
        let row = match self.ledger.row(id) {
            Ok(row) => row.unwrap_or(step.row),
            Err(error) => return self.ledger_failed(&error),
        };
        let has_left = row.left_ms.is_some();
        let settled = prepare::settle(row, prepared, self.wiring.chance.as_ref(), now_ms);
        self.with_link.remove(id);
        self.heed(&settled);
        if has_left && settled.changes.iter().any(is_intent) {
            return; // It left while it was read; the next look decides.
        }
        self.wiring
            .waypoints
            .pass(Side::Before, Waypoint::IntentWrite);
        let written = self.write_or_forget(&settled.changes);
        self.wiring
            .waypoints
            .pass(Side::After, Waypoint::IntentWrite);
        if written {
            self.ask_for_pad(settled);
        }
    }

    fn ask_for_pad(&mut self, settled: Settled) {
        let Some(services) = self.services.clone() else {
            return;
        };
        for change in settled.changes {
            let Change::Moved { row, .. } = change else {
                continue;
            };
            let Life::Intent { intent } = &row.life else {
                continue;
            };
            let choice = self.settings.pads.for_posting(row.seen.posting.as_ref());
            let pad = create::new_pad(&row, intent, choice);
            let (services, id) = (services.clone(), row.opportunity.clone());
            self.begin(*row, async move {
                Done::Created(id, Box::new(create::create(&services, &pad).await))
            });
        }
    }

    /// Takes in a step whose outcome must not get lost. Says whether it went without trouble.
    fn step_ended(
        &mut self,
        id: &OpportunityId,
        at: Waypoint,
        settle: impl FnOnce(Row, i64) -> Settled,
    ) -> bool {
        let Some(step) = self.under_way.remove(id) else {
            return false;
        };
        let row = match self.ledger.row(id) {
            Ok(row) => row.unwrap_or(step.row),
            Err(error) => {
                self.ledger_failed(&error);
                step.row
            }
        };
        let settled = settle(row, self.now_ms());
        self.heed(&settled);
        let fine = settled.trouble.is_none() && settled.hindrance.is_none();
        self.wiring.waypoints.pass(Side::Before, at);
        self.write(settled.changes);
        self.wiring.waypoints.pass(Side::After, at);
        fine
    }

    fn after_creation(&mut self, id: &OpportunityId, succeeded: bool) {
        let now = self.elapsed();
        let is_uncertain = matches!(self.ledger.row(id), Ok(Some(row)) if matches!(row.life, Life::Uncertain { .. }));
        if is_uncertain {
            self.rhythms.insert(id.clone(), Rhythm::begin(now));
        }
        if !succeeded {
            return;
        }
        if matches!(self.coderpad_gate, Gate::Trial { .. }) {
            self.coderpad_gate = Gate::Open;
            self.coderpad_is_back();
        }
        let Some(quota) = self.quota.as_mut() else {
            return;
        };
        quota.used = quota.used.saturating_add(1);
        quota.remaining = quota.remaining.map(|left| left.saturating_sub(1));
        let low = self.settings.guards.low_quota;
        if quota
            .left()
            .is_some_and(|left| left <= low.saturating_add(2))
        {
            self.next_quota = now;
        }
    }

    /// Closes gates and tells what hinders.
    pub(super) fn heed(&mut self, settled: &Settled) {
        let now = self.elapsed();
        if let Some(trouble) = &settled.trouble {
            if !trouble.passing {
                self.tell_hindrance(&trouble.problem);
            }
            self.close_gate(trouble.clone(), now);
        }
        if let Some(problem) = &settled.hindrance {
            self.tell_hindrance(problem);
            self.hindrance = Some(problem.clone());
        }
        self.is_dirty = true;
    }

    pub(super) fn close_gate(&mut self, trouble: Trouble, now: Duration) {
        match trouble.service {
            Service::Lever => self.lever_gate = self.lever_gate.close(trouble, now),
            Service::Coderpad => self.coderpad_gate = self.coderpad_gate.close(trouble, now),
        }
    }

    /// Those who were refused because of the service go on, in their old order.
    pub(super) fn coderpad_is_back(&mut self) {
        self.again(|row| matches!(&row.life, Life::Refused { refusal, .. } if refusal.for_all));
        if self.coderpad_gate == Gate::Open
            && self.hindrance.is_none()
            && self.lever_gate == Gate::Open
        {
            self.tell_that_it_goes_on();
        }
    }

    /// Refused rows that fit go back to their place in the queue.
    pub(super) fn again(&mut self, fits: impl Fn(&Row) -> bool) {
        let rows = match self.ledger.in_state("refused") {
            Ok(rows) => rows,
            Err(error) => return self.ledger_failed(&error),
        };
        let now_ms = self.now_ms();
        let changes = rows
            .into_iter()
            .filter(|row| fits(row))
            .filter_map(|row| create::again(row, "The cause may be gone.", now_ms))
            .map(|row| Change::Moved {
                row: Box::new(row),
                what: "In line again",
                trigger: crate::ledger::Trigger::Making,
            })
            .collect();
        self.write(changes);
    }
}

fn is_intent(change: &Change) -> bool {
    matches!(change, Change::Moved { row, .. } if matches!(row.life, Life::Intent { .. }))
}
