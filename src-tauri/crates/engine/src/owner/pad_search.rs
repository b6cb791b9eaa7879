//! Finding our pads again that the ledger doesn't know.

use std::time::Duration;

use tokio::sync::watch as latest;

use super::{Change, Owner, StateKey};
use crate::done::Done;
use crate::jobs::JobId;
use crate::provisioning::rebuild;
use crate::snapshot::{LongWork, Progress};
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::pad_search::PadSearch;
use padwatch_domain::service_error::ServiceError;
use padwatch_domain::transition;
use padwatch_domain::transition::rebuild::{Marked, Reading};
use padwatch_domain::transition::scan::{Now, REQUIRED_SCANS};
use padwatch_ledger::LedgerError;

impl Owner<'_> {
    /// The first look at Lever comes first: it says for whom to look.
    pub(super) fn search_if_due(&mut self) {
        let now = self.cx.elapsed();
        if self.next_search().is_none_or(|next| next > now) {
            return;
        }
        let Some(services) = self.cx.connection.services.clone() else {
            return;
        };
        let (tell, reading) = latest::channel(Reading::default());
        self.reconciling.reading = Some(reading);
        self.cx.is_dirty = true;
        let search = async move { Done::Searched(rebuild::marked_pads(&services, &tell).await) };
        self.cx.jobs.start(JobId::PadSearch, search);
    }

    /// When to search next, unless it must wait for something else.
    pub(super) fn next_search(&self) -> Option<Duration> {
        let is_ready = self.watching.last_checked_ms.is_some()
            && self.cx.connection.coderpad_breaker.permits_reads();
        let (_, schedule) = self
            .reconciling
            .pad_search
            .filter(|_| is_ready && self.cx.jobs.may_start(&JobId::PadSearch))?;
        Some(schedule.next)
    }

    /// Until the pads of a lost ledger are found, none is made that could be the second: after
    /// damage for nobody, and at a first start for nobody who was there before it.
    pub(super) fn search_holds_back(&self, row: &Candidacy) -> bool {
        match self.reconciling.pad_search {
            Some((PadSearch::AfterDamage, _)) => true,
            Some((PadSearch::AtFirstStart, _)) => row.life.is_user_approved(),
            None => false,
        }
    }

    /// How far the search is, for the window: within a reading of the list, or between two.
    pub(super) fn search_progress(&self) -> Option<Progress> {
        let (search, schedule) = self.reconciling.pad_search?;
        if let Some(reading) = &self.reconciling.reading {
            return Some(reading_progress(*reading.borrow()));
        }
        let is_between = search == PadSearch::AfterDamage
            && schedule.complete_looks() > 0
            && self.cx.may_work()
            && self.next_search().is_some();
        is_between.then(|| Progress {
            what: LongWork::AwaitingList,
            done: schedule.complete_looks().min(REQUIRED_SCANS),
            of: Some(REQUIRED_SCANS),
            people: None,
            can_cancel: false,
        })
    }

    pub(super) fn searched(&mut self, marked: Option<Result<Marked, ServiceError>>) {
        // Given up: what reads now, if anything does, is another one.
        let Some(marked) = marked else { return };
        self.reconciling.reading = None;
        self.cx.is_dirty = true;
        let Some((search, schedule)) = self.reconciling.pad_search else {
            return;
        };
        let now = self.cx.elapsed();
        let schedule = schedule.after(marked.is_ok(), false, now);
        self.reconciling.pad_search = Some((search, schedule));
        match (marked, search) {
            (Ok(marked), _) => {
                if let Err(error) = self.give_back(marked) {
                    return self.cx.ledger_failed(&error);
                }
                if search == PadSearch::AtFirstStart || schedule.is_conclusive(now) {
                    self.end_search();
                }
            }
            // A list that this account can't read must not stop a first start.
            (Err(service_error), PadSearch::AtFirstStart) if !service_error.passing => {
                self.end_search();
            }
            (Err(service_error), _) => self.cx.close_gate(service_error, now),
        }
    }

    fn end_search(&mut self) {
        self.reconciling.pad_search = None;
        self.cx.write(vec![Change::Dropped(StateKey::PadSearch)]);
    }

    fn give_back(&mut self, marked: Marked) -> Result<(), LedgerError> {
        let root = self.cx.wiring.coderpad_root.clone();
        let now = Now {
            ms: self.cx.now_ms(),
            elapsed: self.cx.elapsed(),
            root: &root,
        };
        for (id, mut pads) in marked {
            let Some(row) = self.cx.store.ledger.row(&id)? else {
                // Not there now; should they come back, it needs a word.
                self.cx.write(vec![Change::HadPad(id)]);
                continue;
            };
            self.cx.without_others_pads(&row, &mut pads)?;
            let known = self.cx.store.ledger.duplicates(&id)?;
            let known: Vec<_> = known.into_iter().map(|duplicate| duplicate.id).collect();
            self.cx
                .write(transition::rebuild::on_found(row, &pads, &known, now));
        }
        Ok(())
    }
}

/// Waits until the search is further, if there is one.
pub(super) async fn read_on(reading: &mut Option<latest::Receiver<Reading>>) {
    let is_on = match reading {
        Some(reading) => reading.changed().await.is_ok(),
        None => false,
    };
    if !is_on {
        // It has ended, and says so as every step does.
        std::future::pending::<()>().await;
    }
}

fn reading_progress(reading: Reading) -> Progress {
    let number = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    Progress {
        what: LongWork::ReadingPads,
        done: number(reading.read),
        of: reading.of.map(number),
        people: Some(u32::try_from(reading.people).unwrap_or(u32::MAX)),
        can_cancel: false,
    }
}
