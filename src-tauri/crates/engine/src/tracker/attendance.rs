//! Who is in the pad once its interview has begun. What came and went is read, and nothing else.

use coderpad::{Error, Events, PadId};
use lever::OpportunityId;

use super::state::Tracker;
use crate::context::Context;
use crate::context::done::{Done, Tracked};
use crate::jobs::JobId;
use padwatch_domain::interview::attendance::{self, Missing};
use padwatch_domain::service_error::{Service, of_coderpad};
use padwatch_domain::thing::Thing;
use padwatch_domain::tracking::OpenPad;
use padwatch_domain::tracking::attended::on_attendance;
use padwatch_domain::tracking::reading::Reading;
use padwatch_ledger::LedgerError;

/// How long after its planned end an interview's row is drawn again, in ms: the remark goes.
const SHOWN_PAST_MS: i64 = 2 * 60_000;

impl Tracker {
    /// Looks for those who are late, one pad at a time; a plan that may be old is asked for first.
    pub(super) fn see_who_came(&mut self, pads: &[OpenPad], cx: &mut Context<'_>) {
        let Some(minutes) = cx.policy.settings.reminders.late_minutes else {
            return;
        };
        let now_ms = cx.now_ms();
        for pad in pads {
            let Some(plan) = pad.known.plan else { continue };
            let since_end_ms = now_ms.saturating_sub(plan.ends_ms);
            cx.is_dirty |= (0..SHOWN_PAST_MS).contains(&since_end_ms);
            if !attendance::is_due(plan, pad.known.attended, minutes, now_ms) {
                let next_ms = attendance::next_ms(plan, pad.known.attended, minutes);
                self.wake_at_ms(next_ms, now_ms, cx);
            } else if !self.is_plan_settled(pad, cx) {
                self.urgent.plans.insert(pad.opportunity.clone());
            } else if self.may_ask_about(pad, cx) {
                see(pad, cx);
            }
        }
    }

    pub(super) fn attended(
        &mut self,
        id: &OpportunityId,
        pad: PadId,
        events: Result<Events, Error>,
        cx: &mut Context<'_>,
    ) {
        let events = match events {
            Ok(events) => {
                let thing = Thing::Pad(id.clone(), pad);
                cx.item_succeeded(Service::Coderpad, &thing);
                Some(events)
            }
            Err(Error::Gone) => return self.pad_read(id, &pad, Reading::Missing, cx),
            // Who is there is not for this key: nothing is said of it.
            Err(Error::NotAllowed { .. }) => None,
            Err(error) => return self.pad_failed(id.clone(), pad, &of_coderpad(&error), cx),
        };
        if let Err(error) = keep(id, events.as_ref(), cx) {
            cx.ledger_failed(&error);
        }
    }
}

fn see(pad: &OpenPad, cx: &mut Context<'_>) {
    let Some(services) = cx.connection.services.clone() else {
        return;
    };
    let services = services.trying_once();
    let (id, pad) = (pad.opportunity.clone(), pad.pad.clone());
    cx.start_probe(JobId::Pad(id.clone(), pad.clone()), async move {
        let events = services.coderpad.events(&pad).await;
        Done::Tracked(Box::new(Tracked::Attended(id, pad, events)))
    });
}

fn keep(
    id: &OpportunityId,
    events: Option<&Events>,
    cx: &mut Context<'_>,
) -> Result<(), LedgerError> {
    let known = cx.store.ledger.interview(id)?;
    let (Some(row), Some(plan)) = (cx.store.ledger.row(id)?, known.plan) else {
        return Ok(());
    };
    let missing: Option<Missing> =
        events.and_then(|events| attendance::missing(&events.events, &row.seen.name, plan));
    let changes = on_attendance(&row, known, missing, cx.now_ms());
    cx.write(changes);
    Ok(())
}
