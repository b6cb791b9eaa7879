//! Events as they come in, and whether they do.

use super::state::Webhooks;
use crate::context::{Context, Signal};
use padwatch_ledger::Event;

use padwatch_receiver::{Delivery, Health, Taken, Window};

use super::StatusContext;
use crate::ledger_problem::ledger_problem;
use crate::mailbox::Answer;
use crate::snapshot::webhooks::{WebhookState, WebhookStatus};

/// Tokens are remembered a day longer than their events would be taken: clocks are set.
const A_DAY_MS: i64 = 24 * 60 * 60 * 1000;

impl Webhooks<'_> {
    /// The receiver's health changed.
    pub(crate) fn heard_receiver(&mut self, health: Health, cx: &mut Context<'_>) {
        let before = self.webhook_state(cx);
        let (now, now_ms) = (cx.elapsed(), cx.now_ms());
        if self.reception.update(health, now, now_ms) {
            self.keep_webhooks(cx);
        }
        // A flood of refusals must not publish a flood of snapshots.
        cx.is_dirty |= self.webhook_state(cx) != before;
    }

    /// Token and hint in one transaction: only then is the event acknowledged.
    pub(crate) fn take(&mut self, delivery: &Delivery, cx: &mut Context<'_>) -> Answer<Taken> {
        let (now, now_ms) = (cx.elapsed(), cx.now_ms());
        let window = i64::try_from(Window::default().past.as_millis()).unwrap_or(i64::MAX);
        let forget_before_ms = now_ms.saturating_sub(window.saturating_add(A_DAY_MS));
        let event = Event {
            token: &delivery.token,
            opportunity: &delivery.opportunity,
            triggered_ms: delivery.triggered_at_ms,
        };
        let is_new = cx
            .store
            .ledger
            .take(event, now_ms, forget_before_ms)
            .map_err(|error| {
                cx.ledger_failed(&error);
                ledger_problem(&error)
            })?;
        let reception = &mut self.reception;
        reception
            .deliveries
            .received_about(&delivery.kind, &delivery.opportunity, now);
        reception.last_event_ms = Some(now_ms);
        cx.is_dirty = true;
        if is_new {
            cx.signal(Signal::Hinted);
        }
        Ok(if is_new { Taken::New } else { Taken::Seen })
    }

    pub(crate) fn webhook_status(&self, cx: &Context<'_>) -> Answer<WebhookStatus> {
        let waiting = cx
            .store
            .ledger
            .hint_backlog()
            .map_err(|error| ledger_problem(&error))?;
        let context = StatusContext {
            signing_tokens: self.wires.tokens.borrow().len(),
            waiting: waiting.count,
            asks_every: cx.asks_every(),
        };
        Ok(self.reception.status(&context, cx.elapsed()))
    }

    pub(crate) fn webhook_state(&self, cx: &Context<'_>) -> WebhookState {
        let has_token = !self.wires.tokens.borrow().is_empty();
        self.reception.state(has_token, cx.elapsed())
    }

    /// Notices in time when events are missing, or have become rare.
    pub(crate) fn on_tick(&mut self, cx: &mut Context<'_>) {
        let now = cx.elapsed();
        for event in self.reception.deliveries.take_overdue(now) {
            match cx
                .store
                .ledger
                .was_told_of(&event.opportunity, event.since_ms)
            {
                Ok(true) => {}
                Ok(false) => {
                    tracing::warn!("a move in Lever was found that no webhook reported");
                    self.reception.deliveries.mark_overdue();
                    cx.is_dirty = true;
                }
                Err(error) => return cx.ledger_failed(&error),
            }
        }
        let healthy = self.reception.deliveries.is_healthy(now);
        if cx.events_arrive && !healthy {
            cx.signal(Signal::EventsMissing);
        }
        if cx.events_arrive != healthy {
            cx.events_arrive = healthy;
            cx.is_dirty = true;
        }
    }
}
