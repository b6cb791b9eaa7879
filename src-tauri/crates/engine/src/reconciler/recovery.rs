//! What the last program left in the middle, before anything new is begun.

use super::state::Reconciler;
use crate::context::Context;
use padwatch_domain::lifecycle::Lifecycle;
use padwatch_domain::search::Looks;
use padwatch_domain::service_error::{Service, ServiceError};
use padwatch_domain::transition;
use padwatch_ledger::LedgerError;

impl Reconciler {
    pub(super) fn recover_in_flight(&mut self, cx: &mut Context<'_>) {
        if cx.store.is_recovered || cx.store.problem.is_some() {
            return;
        }
        match self.try_to_take_up(cx) {
            Ok(()) => cx.store.is_recovered = true,
            Err(error) => cx.ledger_failed(&error),
        }
    }

    fn try_to_take_up(&mut self, cx: &mut Context<'_>) -> Result<(), LedgerError> {
        let now = cx.elapsed();
        for row in cx.store.ledger.in_state("intent")? {
            let now_ms = cx.now_ms();
            self.schedules
                .insert(row.opportunity.clone(), Looks::begin(now));
            cx.write(transition::create::after_restart(row, now_ms).changes);
        }
        self.look_for_all_uncertain(cx);
        self.wait_for_what_refused(cx)?;
        cx.rebase_deadlines()
    }

    /// What was written late or left out may have been about a pad that was on its way.
    pub(super) fn look_for_what_was_lost(&mut self, cx: &mut Context<'_>) {
        if std::mem::take(&mut cx.store.has_lost_track) {
            self.look_for_all_uncertain(cx);
        }
    }

    /// Every uncertain pad has its rhythm of looks.
    fn look_for_all_uncertain(&mut self, cx: &mut Context<'_>) {
        let now = cx.elapsed();
        match cx.store.ledger.in_state("uncertain") {
            Ok(rows) => {
                for row in rows {
                    self.schedules
                        .entry(row.opportunity)
                        .or_insert_with(|| Looks::begin(now));
                }
            }
            Err(error) => cx.ledger_failed(&error),
        }
    }

    /// Those whom the last program saw refused wait until CoderPad was asked whether it is over.
    fn wait_for_what_refused(&mut self, cx: &mut Context<'_>) -> Result<(), LedgerError> {
        let refused = cx.store.ledger.in_state("refused")?;
        let cause = refused.into_iter().find_map(|row| match row.life {
            Lifecycle::Refused { refusal, .. } if refusal.for_all => Some(refusal),
            _ => None,
        });
        let Some(refusal) = cause else {
            return Ok(());
        };
        let now = cx.elapsed();
        let service_error = ServiceError::lasting(Service::Coderpad, refusal.problem);
        cx.connection.coderpad_breaker = cx.connection.coderpad_breaker.close(service_error, now);
        cx.connection.coderpad_breaker.retry_now(now);
        Ok(())
    }

    /// A row that says "in flight" although nothing is: its request may have left, so it is looked
    /// for. Whatever led to that, no one waits for it until the next start.
    pub(super) fn settle_orphaned_intents(&mut self, cx: &mut Context<'_>) {
        if !cx.store.is_recovered || cx.store.problem.is_some() || cx.store.ledger.has_pending() {
            return;
        }
        let rows = match cx.store.ledger.in_state("intent") {
            Ok(rows) => rows,
            Err(error) => return cx.ledger_failed(&error),
        };
        let (now, now_ms) = (cx.elapsed(), cx.now_ms());
        for row in rows {
            if row.life == Lifecycle::Unreadable || cx.is_step_in_flight(&row.opportunity) {
                continue;
            }
            tracing::error!("a pad was to be created and nothing is under way: looking for it");
            let schedule = Looks::begin(now);
            self.schedules.insert(row.opportunity.clone(), schedule);
            cx.write(transition::create::after_restart(row, now_ms).changes);
        }
    }
}
