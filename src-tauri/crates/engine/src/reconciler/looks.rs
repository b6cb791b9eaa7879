//! Looking for pads that may or may not exist, in CoderPad's list.

use super::state::Reconciler;
use crate::context::Context;
use std::time::Duration;

use coderpad::Pad;
use lever::OpportunityId;

use super::scan;
use crate::context::done::{Done, Reconciled};
use crate::jobs::JobId;
use crate::jobs::failpoint::{Failpoint, Side};
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::lifecycle::{Asker, Lifecycle};
use padwatch_domain::marker::Marker;
use padwatch_domain::transition;
use padwatch_domain::transition::scan::{Now, ScanResult};
use padwatch_ledger::LedgerError;

/// How often pads of superseded attempts are looked for, and for how long, in ms.
const LATE_EVERY: Duration = Duration::from_secs(600);
const LATE_FOR_MS: i64 = 24 * 60 * 60 * 1000;

impl Reconciler {
    /// One reading of the list for every pad that is due to be looked for.
    pub(super) fn look_if_due(&mut self, cx: &mut Context<'_>) {
        let now = cx.elapsed();
        if !self.may_look(cx) {
            return;
        }
        let due: Vec<OpportunityId> = self
            .schedules
            .iter()
            .filter(|(_, schedule)| schedule.next <= now)
            .map(|(id, _)| id.clone())
            .collect();
        let late = now >= self.next_late_look;
        if due.is_empty() && !late {
            return;
        }
        if let Err(error) = self.start_look(due, late, cx) {
            cx.ledger_failed(&error);
        }
    }

    fn may_look(&self, cx: &Context<'_>) -> bool {
        cx.jobs.may_start(&JobId::PadLook) && cx.connection.coderpad_breaker.permits_reads()
    }

    /// When to look next, unless it must wait for something else.
    pub(super) fn next_look(&self, cx: &Context<'_>) -> Option<Duration> {
        let next = self.schedules.values().map(|schedule| schedule.next).min();
        next.filter(|_| self.may_look(cx))
    }

    fn start_look(
        &mut self,
        due: Vec<OpportunityId>,
        late: bool,
        cx: &mut Context<'_>,
    ) -> Result<(), LedgerError> {
        let Some(mut services) = cx.connection.services.clone() else {
            return Ok(());
        };
        let mut wanted = Vec::new();
        for id in &due {
            match cx.store.ledger.row(id)?.map(|row| row.life) {
                Some(Lifecycle::Uncertain { intent, .. }) => {
                    // Another user's pad may show in the list of everyone's.
                    let asker = intent.asker;
                    services.makes_for_others |=
                        asker.is_some_and(|asker| asker.for_others || !is_asker(&asker, cx));
                    wanted.push((intent.marker, intent.written_ms));
                }
                _ => drop(self.schedules.remove(id)),
            }
        }
        if late {
            self.next_late_look = cx.elapsed() + LATE_EVERY;
            wanted.extend(
                cx.store
                    .ledger
                    .loose_markers(cx.now_ms().saturating_sub(LATE_FOR_MS))?,
            );
        }
        let Some(since_ms) = wanted.iter().map(|(_, written_ms)| *written_ms).min() else {
            return Ok(());
        };
        let markers: Vec<_> = wanted.into_iter().map(|(marker, _)| marker).collect();
        cx.jobs.start(JobId::PadLook, async move {
            Done::Reconciled(Box::new(Reconciled::Looked(
                due,
                scan::look(&services, &markers, since_ms).await,
            )))
        });
        Ok(())
    }

    pub(super) fn looked(
        &mut self,
        ids: &[OpportunityId],
        looked: ScanResult,
        cx: &mut Context<'_>,
    ) {
        if let Err(error) = self.take_in_what_was_seen(ids, looked, cx) {
            cx.ledger_failed(&error);
        }
    }

    fn take_in_what_was_seen(
        &mut self,
        ids: &[OpportunityId],
        mut looked: ScanResult,
        cx: &mut Context<'_>,
    ) -> Result<(), LedgerError> {
        let root = cx.wiring.coderpad_root.clone();
        let now = Now {
            ms: cx.now_ms(),
            elapsed: cx.elapsed(),
            root: &root,
        };
        for (marker, pads) in &mut looked.found {
            if let Some(row) = cx.store.ledger.row(&marker.opportunity)? {
                cx.without_others_pads(&row, pads)?;
            }
        }
        for id in ids {
            if let Some(row) = cx.store.ledger.row(id)? {
                self.settle_look(row, &looked, now, cx)?;
            }
        }
        for (marker, pads) in &looked.found {
            self.late_pads(marker, pads, now, cx)?;
        }
        Ok(())
    }

    /// With other keys other pads are seen: what is not found yet is looked for at once.
    pub(crate) fn look_with_new_keys(&mut self, cx: &mut Context<'_>) {
        let now = cx.elapsed();
        for schedule in self.schedules.values_mut() {
            *schedule = schedule.at_once(now);
        }
    }

    fn settle_look(
        &mut self,
        row: Candidacy,
        looked: &ScanResult,
        now: Now<'_>,
        cx: &mut Context<'_>,
    ) -> Result<(), LedgerError> {
        let id = row.opportunity.clone();
        let Some(schedule) = self.schedules.get(&id).copied() else {
            return Ok(());
        };
        // Once for a candidacy: a service that does the work and denies it would do it for ever.
        let make_again = cx.policy.settings.guards.make_again_when_not_found
            && !cx.store.ledger.was_repeated(&id)?;
        let asked = |asker: &Asker| is_asker(asker, cx);
        let (settled, schedule) =
            transition::scan::on_scanned(row, looked, asked, schedule, make_again, now);
        cx.apply_side_effects(&settled);
        cx.wiring
            .failpoints
            .pass(Side::Before, Failpoint::LookWrite);
        cx.write(settled.changes);
        cx.wiring.failpoints.pass(Side::After, Failpoint::LookWrite);
        match cx.store.ledger.row(&id)? {
            Some(row) if matches!(row.life, Lifecycle::Uncertain { .. }) => {
                self.schedules.insert(id, schedule);
            }
            found => {
                self.schedules.remove(&id);
                if found.is_some_and(|row| row.life.pad().is_some()) {
                    cx.pad_is_there(&id, cx.reader());
                }
            }
        }
        Ok(())
    }

    /// Pads of attempts that were given up, and turned up after all.
    fn late_pads(
        &mut self,
        marker: &Marker,
        pads: &[Pad],
        now: Now<'_>,
        cx: &mut Context<'_>,
    ) -> Result<(), LedgerError> {
        let Some(row) = cx.store.ledger.row(&marker.opportunity)? else {
            return Ok(());
        };
        let known = cx.store.ledger.duplicates(&row.opportunity)?;
        let mut new = pads.to_vec();
        new.retain(|pad| known.iter().all(|known| known.id != pad.id));
        cx.write(transition::scan::late(&row, marker, &new, now));
        Ok(())
    }

    /// Pads that were found are there; what was not found may be there all the same.
    pub(super) fn looked_before(
        &mut self,
        mut ids: Vec<OpportunityId>,
        looked: ScanResult,
        cx: &mut Context<'_>,
    ) {
        ids.retain(|id| looked.found.keys().any(|marker| marker.opportunity == *id));
        self.looked(&ids, looked, cx);
    }
}

/// Returns true if the key in use is that of the user who asked for a pad.
fn is_asker(asker: &Asker, cx: &Context<'_>) -> bool {
    let bound = cx.connection.binding.bound();
    cx.reader()
        .is_some_and(|reader| bound.is_same_reader(&asker.key, &reader))
}
