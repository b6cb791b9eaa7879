//! Taking up what the last program left in the middle, before anything new is begun; and what a
//! clock that was set back would leave waiting for hours.

use super::{Change, Owner};
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::lifecycle::{Hold, Lifecycle};
use padwatch_domain::problem::Problem;
use padwatch_domain::service_error::{Service, ServiceError};
use padwatch_domain::transition;
use padwatch_domain::transition::linking::AFTER_REFUSAL_MS;
use padwatch_domain::transition::scan::SearchSchedule;
use padwatch_ledger::LedgerError;

impl Owner<'_> {
    pub(super) fn recover_in_flight(&mut self) {
        if self.cx.store.is_recovered || self.cx.store.problem.is_some() {
            return;
        }
        match self.try_to_take_up() {
            Ok(()) => self.cx.store.is_recovered = true,
            Err(error) => self.cx.ledger_failed(&error),
        }
    }

    fn try_to_take_up(&mut self) -> Result<(), LedgerError> {
        let now = self.cx.elapsed();
        for row in self.cx.store.ledger.in_state("intent")? {
            let now_ms = self.cx.now_ms();
            self.reconciling
                .schedules
                .insert(row.opportunity.clone(), SearchSchedule::begin(now));
            self.cx
                .write(transition::create::after_restart(row, now_ms).changes);
        }
        self.look_for_all_uncertain();
        self.wait_for_what_refused()?;
        self.rebase_deadlines()
    }

    /// What was written late or left out may have been about a pad that was on its way.
    pub(super) fn look_for_what_was_lost(&mut self) {
        if std::mem::take(&mut self.cx.store.has_lost_track) {
            self.look_for_all_uncertain();
        }
    }

    /// Every uncertain pad has its rhythm of looks.
    pub(super) fn look_for_all_uncertain(&mut self) {
        let now = self.cx.elapsed();
        match self.cx.store.ledger.in_state("uncertain") {
            Ok(rows) => {
                for row in rows {
                    self.reconciling
                        .schedules
                        .entry(row.opportunity)
                        .or_insert_with(|| SearchSchedule::begin(now));
                }
            }
            Err(error) => self.cx.ledger_failed(&error),
        }
    }

    /// Those whom the last program saw refused wait until CoderPad was asked whether it is over.
    fn wait_for_what_refused(&mut self) -> Result<(), LedgerError> {
        let refused = self.cx.store.ledger.in_state("refused")?;
        let cause = refused.into_iter().find_map(|row| match row.life {
            Lifecycle::Refused { refusal, .. } if refusal.for_all => Some(refusal),
            _ => None,
        });
        let Some(refusal) = cause else {
            return Ok(());
        };
        let hint = "Padwatch asks from time to time whether it is over.";
        let problem = Problem::new(refusal.code, refusal.message, hint);
        let now = self.cx.elapsed();
        let service_error = ServiceError::lasting(Service::Coderpad, problem);
        self.cx.connection.coderpad_breaker = self
            .cx
            .connection
            .coderpad_breaker
            .close(service_error, now);
        self.cx.connection.coderpad_breaker.retry_now(now);
        Ok(())
    }

    /// The clock was set ahead by so many ms, or the computer slept: what waits for the person to
    /// say no waits as long as it was meant to.
    pub(super) fn shift_holds(&mut self, leap_ms: i64) -> Result<(), LedgerError> {
        let latest_ms = self.cx.now_ms().saturating_add(self.hold_ms());
        let mut shifted = Vec::new();
        for mut row in self.cx.store.ledger.in_state("held")? {
            if let Lifecycle::Held {
                hold: Hold::Until { until_ms },
            } = &mut row.life
            {
                *until_ms = until_ms.saturating_add(leap_ms).min(latest_ms);
                shifted.push(Change::Touched(Box::new(row)));
            }
        }
        self.cx.write(shifted);
        Ok(())
    }

    fn hold_ms(&self) -> i64 {
        i64::from(self.cx.policy.settings.guards.hold_seconds) * 1000
    }

    /// What comes due later than any wait that there is was reckoned by a clock that was set back
    /// since.
    pub(super) fn rebase_deadlines(&mut self) -> Result<(), LedgerError> {
        let now_ms = self.cx.now_ms();
        let hold_ms = self.hold_ms();
        let latest_ms = now_ms.saturating_add(hold_ms.max(AFTER_REFUSAL_MS));
        let rows = self.cx.store.ledger.due_after(latest_ms)?;
        let healed = rows
            .into_iter()
            .map(|row| Change::Touched(Box::new(from_now(row, hold_ms, now_ms))));
        let healed: Vec<Change> = healed.collect();
        self.cx.write(healed);
        let notes = self.cx.store.ledger.unsettled_notes()?.into_iter();
        let notes =
            notes.filter_map(|note| padwatch_domain::note::transition::healed(note, now_ms));
        let notes = notes.map(|note| Change::Noted(Box::new(note), None));
        self.cx.write(notes.collect());
        Ok(())
    }
}

fn from_now(mut row: Candidacy, hold_ms: i64, now_ms: i64) -> Candidacy {
    match &mut row.life {
        Lifecycle::Created { linking, .. } => linking.next_ms = now_ms,
        Lifecycle::Held {
            hold: Hold::Until { until_ms },
        } => *until_ms = now_ms.saturating_add(hold_ms),
        Lifecycle::Held {
            hold: Hold::NoLinkYet { since_ms },
        } => *since_ms = now_ms,
        _ => {}
    }
    row
}
