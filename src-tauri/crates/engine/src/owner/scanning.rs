//! Looking for pads that may or may not exist, in CoderPad's list.

use std::time::Duration;

use coderpad::Pad;
use lever::OpportunityId;

use super::Owner;
use crate::done::Done;
use crate::failpoint::{Failpoint, Side};
use crate::jobs::JobId;
use crate::provisioning::look;
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::lifecycle::{Asker, Lifecycle};
use padwatch_domain::marker::Marker;
use padwatch_domain::service_error::ServiceError;
use padwatch_domain::transition;
use padwatch_domain::transition::scan::{Now, ScanResult};
use padwatch_ledger::LedgerError;

/// How often pads of superseded attempts are looked for, and for how long, in ms.
const LATE_EVERY: Duration = Duration::from_secs(600);
const LATE_FOR_MS: i64 = 24 * 60 * 60 * 1000;

impl Owner<'_> {
    /// One reading of the list for every pad that is due to be looked for.
    pub(super) fn look_if_due(&mut self) {
        let now = self.cx.elapsed();
        if !self.may_look() {
            return;
        }
        let due: Vec<OpportunityId> = self
            .reconciling
            .schedules
            .iter()
            .filter(|(_, schedule)| schedule.next <= now)
            .map(|(id, _)| id.clone())
            .collect();
        let late = now >= self.reconciling.next_late_look;
        if due.is_empty() && !late {
            return;
        }
        if let Err(error) = self.start_look(due, late) {
            self.cx.ledger_failed(&error);
        }
    }

    fn may_look(&self) -> bool {
        self.cx.jobs.may_start(&JobId::PadLook)
            && self.cx.connection.coderpad_breaker.permits_reads()
    }

    /// When to look next, unless it must wait for something else.
    pub(super) fn next_look(&self) -> Option<Duration> {
        let next = self
            .reconciling
            .schedules
            .values()
            .map(|schedule| schedule.next)
            .min();
        next.filter(|_| self.may_look())
    }

    fn start_look(&mut self, due: Vec<OpportunityId>, late: bool) -> Result<(), LedgerError> {
        let Some(mut services) = self.cx.connection.services.clone() else {
            return Ok(());
        };
        let mut wanted = Vec::new();
        for id in &due {
            match self.cx.store.ledger.row(id)?.map(|row| row.life) {
                Some(Lifecycle::Uncertain { intent, .. }) => {
                    // Another user's pad may show in the list of everybody's.
                    let asker = intent.asker;
                    services.makes_for_others |=
                        asker.is_some_and(|asker| asker.for_others || !self.is_asker(asker));
                    wanted.push((intent.marker, intent.written_ms));
                }
                _ => drop(self.reconciling.schedules.remove(id)),
            }
        }
        if late {
            self.reconciling.next_late_look = self.cx.elapsed() + LATE_EVERY;
            wanted.extend(
                self.cx
                    .store
                    .ledger
                    .loose_markers(self.cx.now_ms().saturating_sub(LATE_FOR_MS))?,
            );
        }
        let Some(since_ms) = wanted.iter().map(|(_, written_ms)| *written_ms).min() else {
            return Ok(());
        };
        let markers: Vec<_> = wanted.into_iter().map(|(marker, _)| marker).collect();
        self.cx.jobs.start(JobId::PadLook, async move {
            Done::Looked(
                due,
                Box::new(look::look(&services, &markers, since_ms).await),
            )
        });
        Ok(())
    }

    pub(super) fn looked(&mut self, ids: &[OpportunityId], looked: ScanResult) {
        if let Err(error) = self.take_in_what_was_seen(ids, looked) {
            self.cx.ledger_failed(&error);
        }
    }

    fn take_in_what_was_seen(
        &mut self,
        ids: &[OpportunityId],
        mut looked: ScanResult,
    ) -> Result<(), LedgerError> {
        let root = self.cx.wiring.coderpad_root.clone();
        let now = Now {
            ms: self.cx.now_ms(),
            elapsed: self.cx.elapsed(),
            root: &root,
        };
        for (marker, pads) in &mut looked.found {
            if let Some(row) = self.cx.store.ledger.row(&marker.opportunity)? {
                self.cx.without_others_pads(&row, pads)?;
            }
        }
        for id in ids {
            if let Some(row) = self.cx.store.ledger.row(id)? {
                let incomplete = looked.incomplete.clone();
                looked.incomplete = self.why_incomplete(&row, &looked);
                self.settle_look(row, &looked, now)?;
                looked.incomplete = incomplete;
            }
        }
        for (marker, pads) in &looked.found {
            self.late_pads(marker, pads, now)?;
        }
        Ok(())
    }

    /// Why a look proves nothing by not finding this row's pad.
    fn why_incomplete(&self, row: &Candidacy, looked: &ScanResult) -> Option<ServiceError> {
        let asker = match &row.life {
            Lifecycle::Uncertain { intent, .. } => intent.asker,
            _ => None,
        };
        if asker.is_some_and(|asker| !self.is_asker(asker)) {
            return Some(transition::scan::other_key());
        }
        let in_others_list = asker.is_none_or(|asker| asker.for_others);
        let others = looked.others_incomplete.as_ref();
        let others = others.filter(|_| in_others_list);
        looked.incomplete.as_ref().or(others).cloned()
    }

    fn is_asker(&self, asker: Asker) -> bool {
        let bound = self.cx.connection.binding.bound();
        self.cx
            .reader()
            .is_some_and(|reader| bound.is_same_reader(&asker.key, &reader))
    }

    /// With other keys other pads are seen: what is not found yet is looked for at once.
    pub(super) fn look_with_new_keys(&mut self) {
        let now = self.cx.elapsed();
        for schedule in self.reconciling.schedules.values_mut() {
            *schedule = schedule.at_once(now);
        }
    }

    fn settle_look(
        &mut self,
        row: Candidacy,
        looked: &ScanResult,
        now: Now<'_>,
    ) -> Result<(), LedgerError> {
        let id = row.opportunity.clone();
        let Some(schedule) = self.reconciling.schedules.get(&id).copied() else {
            return Ok(());
        };
        let asks = matches!(&row.life, Lifecycle::Uncertain { search, .. } if search.asks);
        let schedule = schedule.after(looked.incomplete.is_none(), asks, now.elapsed);
        // Once for a candidacy: a service that does the work and denies it would do it for ever.
        let make_again = self.cx.policy.settings.guards.make_again_when_not_found
            && !self.cx.store.ledger.was_repeated(&id)?;
        let settled = transition::scan::on_scanned(row, looked, schedule, make_again, now);
        self.cx.apply_side_effects(&settled);
        self.cx
            .wiring
            .failpoints
            .pass(Side::Before, Failpoint::LookWrite);
        self.cx.write(settled.changes);
        self.cx
            .wiring
            .failpoints
            .pass(Side::After, Failpoint::LookWrite);
        match self.cx.store.ledger.row(&id)? {
            Some(row) if matches!(row.life, Lifecycle::Uncertain { .. }) => {
                self.reconciling.schedules.insert(id, schedule);
            }
            found => {
                self.reconciling.schedules.remove(&id);
                if found.is_some_and(|row| row.life.pad().is_some()) {
                    self.cx.pad_is_there(&id, self.cx.reader());
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
    ) -> Result<(), LedgerError> {
        let Some(row) = self.cx.store.ledger.row(&marker.opportunity)? else {
            return Ok(());
        };
        let known = self.cx.store.ledger.duplicates(&row.opportunity)?;
        let mut new = pads.to_vec();
        new.retain(|pad| known.iter().all(|known| known.id != pad.id));
        self.cx
            .write(transition::scan::late(&row, marker, &new, now));
        Ok(())
    }
}
