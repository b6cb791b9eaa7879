//! Finding our pads again that the ledger doesn't know.

use super::state::Reconciler;
use crate::context::Context;
use padwatch_domain::change::{Change, StateKey};
use std::time::Duration;

use tokio::sync::watch as latest;

use super::marked;
use crate::context::done::{Done, Reconciled};
use crate::jobs::JobId;
use crate::snapshot::{LongWork, Progress};
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::pad_search::PadSearch;
use padwatch_domain::search::REQUIRED_LOOKS;
use padwatch_domain::service_error::ServiceError;
use padwatch_domain::transition;
use padwatch_domain::transition::rebuild::{Marked, Reading};
use padwatch_domain::transition::scan::Now;
use padwatch_ledger::LedgerError;

impl Reconciler {
    /// The first look at Lever comes first: it says for whom to look.
    pub(super) fn search_if_due(&mut self, has_looked: bool, cx: &mut Context<'_>) {
        let now = cx.elapsed();
        if self
            .next_search(has_looked, cx)
            .is_none_or(|next| next > now)
        {
            return;
        }
        let Some(services) = cx.connection.services.clone() else {
            return;
        };
        let (tell, reading) = latest::channel(Reading::default());
        self.reading = Some(reading);
        cx.is_dirty = true;
        let search = async move {
            Done::Reconciled(Box::new(Reconciled::Searched(
                marked::marked_pads(&services, &tell).await,
            )))
        };
        cx.jobs.start(JobId::PadSearch, search);
    }

    /// When to search next, unless it must wait for something else.
    pub(super) fn next_search(&self, has_looked: bool, cx: &Context<'_>) -> Option<Duration> {
        let is_ready = has_looked && cx.connection.coderpad_breaker.permits_reads();
        let (_, schedule) = self
            .pad_search
            .filter(|_| is_ready && cx.jobs.may_start(&JobId::PadSearch))?;
        Some(schedule.next)
    }

    /// Until the pads of a lost ledger are found, none is made that could be the second: after
    /// damage for no one, and at a first start for no one who was there before it.
    pub(crate) fn search_holds_back(&self, row: &Candidacy) -> bool {
        match self.pad_search {
            Some((PadSearch::AfterDamage, _)) => true,
            Some((PadSearch::AtFirstStart, _)) => row.life.is_user_approved(),
            None => false,
        }
    }

    /// How far the search is, for the window: within a reading of the list, or between two.
    pub(crate) fn search_progress(&self, has_looked: bool, cx: &Context<'_>) -> Option<Progress> {
        let (search, schedule) = self.pad_search?;
        if let Some(reading) = &self.reading {
            return Some(reading_progress(*reading.borrow()));
        }
        let is_between = search == PadSearch::AfterDamage
            && schedule.complete() > 0
            && cx.may_work()
            && self.next_search(has_looked, cx).is_some();
        is_between.then(|| Progress {
            what: LongWork::AwaitingList,
            done: schedule.complete().min(REQUIRED_LOOKS),
            of: Some(REQUIRED_LOOKS),
            people: None,
            can_cancel: false,
        })
    }

    pub(super) fn searched(
        &mut self,
        marked: Option<Result<Marked, ServiceError>>,
        cx: &mut Context<'_>,
    ) {
        // Given up: what reads now, if anything does, is another one.
        let Some(marked) = marked else { return };
        self.reading = None;
        cx.is_dirty = true;
        let Some((search, schedule)) = self.pad_search else {
            return;
        };
        let now = cx.elapsed();
        let schedule = schedule.after(marked.is_ok(), Duration::ZERO, now);
        self.pad_search = Some((search, schedule));
        match (marked, search) {
            (Ok(marked), _) => {
                if let Err(error) = self.give_back(marked, cx) {
                    return cx.ledger_failed(&error);
                }
                if search == PadSearch::AtFirstStart || schedule.is_conclusive(now) {
                    self.end_search(cx);
                }
            }
            // A list that this account can't read must not stop a first start.
            (Err(service_error), PadSearch::AtFirstStart) if !service_error.passing => {
                self.end_search(cx);
            }
            (Err(service_error), _) => cx.close_gate(service_error, now),
        }
    }

    fn end_search(&mut self, cx: &mut Context<'_>) {
        self.pad_search = None;
        cx.write(vec![Change::Dropped(StateKey::PadSearch)]);
    }

    fn give_back(&mut self, marked: Marked, cx: &mut Context<'_>) -> Result<(), LedgerError> {
        let root = cx.wiring.coderpad_root.clone();
        let now = Now {
            ms: cx.now_ms(),
            elapsed: cx.elapsed(),
            root: &root,
        };
        for (id, mut pads) in marked {
            let Some(row) = cx.store.ledger.row(&id)? else {
                // Not there now; should they come back, it needs a word.
                cx.write(vec![Change::HadPad(id)]);
                continue;
            };
            cx.without_others_pads(&row, &mut pads)?;
            let known = cx.store.ledger.duplicates(&id)?;
            let known: Vec<_> = known.into_iter().map(|duplicate| duplicate.id).collect();
            cx.write(transition::rebuild::on_found(row, &pads, &known, now));
        }
        Ok(())
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
