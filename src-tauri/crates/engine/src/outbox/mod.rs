//! The outbox: announcements are handed out in order, and are as true as they can be when they are.

#[cfg(test)]
mod tests;

use crate::jobs::failpoint::{Failpoint, Side};
use crate::ledger_problem::ledger_problem;
use crate::mailbox::Answer;
use padwatch_domain::announcement::{Announcement, News};
use padwatch_domain::delivery::{self, Facts};
use padwatch_domain::lifecycle::{Hold, Lifecycle};
use padwatch_domain::links::own_link;
use padwatch_domain::problem::ProblemCode;
use padwatch_ledger::LedgerError;

use crate::context::Context;
use padwatch_domain::delivery::QuotaLeft;
use tokio::sync::mpsc;

/// How far the announcements are handed out.
pub(crate) struct Outbox {
    announcements: mpsc::Sender<Announcement>,
    /// The number of the last one handed out.
    last_dispatched: i64,
}

impl Outbox {
    pub(crate) fn new(announcements: mpsc::Sender<Announcement>) -> Self {
        Self {
            announcements,
            last_dispatched: 0,
        }
    }

    /// Hands out what was not told yet. A receiver that is full gets the rest later.
    pub(crate) fn on_tick(&mut self, quota: Option<QuotaLeft>, cx: &mut Context<'_>) {
        let untold = match cx.store.ledger.untold(self.last_dispatched) {
            Ok(untold) => untold,
            Err(error) => return cx.ledger_failed(&error),
        };
        for announcement in untold {
            let number = announcement.id;
            if !cx.policy.set_up.lets_create() && announcement.news.is_about_candidates() {
                return; // It keeps its place until set-up is finished.
            }
            let announcement = match self.as_it_is_now(announcement, quota, cx) {
                Ok(Some(announcement)) => announcement,
                Ok(None) => {
                    self.last_dispatched = number;
                    cx.shown(number);
                    continue;
                }
                Err(error) => return cx.ledger_failed(&error),
            };
            cx.wiring.failpoints.pass(Side::Before, Failpoint::Announce);
            if self.announcements.try_send(announcement).is_err() {
                return;
            }
            self.last_dispatched = number;
            cx.wiring.failpoints.pass(Side::After, Failpoint::Announce);
        }
    }

    /// Of announcements that waited at the host, what is still true. The others count as shown.
    pub(crate) fn still_true(
        &mut self,
        waited: Vec<Announcement>,
        quota: Option<QuotaLeft>,
        cx: &mut Context<'_>,
    ) -> Answer<Vec<Announcement>> {
        let mut current = Vec::new();
        for announcement in waited {
            let number = announcement.id;
            match self.as_it_is_now(announcement, quota, cx) {
                Ok(Some(announcement)) => current.push(announcement),
                Ok(None) => cx.shown(number),
                Err(error) => return Err(ledger_problem(&error)),
            }
        }
        Ok(current)
    }

    fn as_it_is_now(
        &self,
        announcement: Announcement,
        quota: Option<QuotaLeft>,
        cx: &Context<'_>,
    ) -> Result<Option<Announcement>, LedgerError> {
        let facts = self.facts_about(&announcement.news, quota, cx)?;
        Ok(delivery::current(announcement, &facts))
    }

    fn facts_about(
        &self,
        news: &News,
        quota: Option<QuotaLeft>,
        cx: &Context<'_>,
    ) -> Result<Facts, LedgerError> {
        let mut facts = Facts {
            now_ms: cx.now_ms(),
            hindered_by: cx.notified_outages.codes().collect(),
            is_off: cx.policy.creation_off.is_some(),
            quota,
            ..Facts::default()
        };
        let off = cx.policy.creation_off.map(|off| off.problem().code());
        let pause = cx.policy.paused.map(|_| ProblemCode::SettingsUnreadable);
        facts.hindered_by.extend(off.into_iter().chain(pause));
        if let Some(id) = news.who().map(|who| &who.opportunity) {
            let extra = cx.store.ledger.duplicates(id)?.into_iter();
            facts.row = cx.store.ledger.row(id)?;
            let pad = facts.row.as_ref().and_then(|row| row.life.pad());
            facts.link = pad.map(|pad| own_link(pad, &cx.wiring.coderpad_root));
            facts.known = cx.store.ledger.interview(id)?;
            facts.extra = extra.map(|extra| extra.id).collect();
            facts.note = cx.store.ledger.note(id)?.map(|note| note.status().state);
        }
        if matches!(news, News::Surge { .. }) {
            let held = cx.store.ledger.in_state("held")?.into_iter();
            let waits = held.filter(|row| {
                row.life == (Lifecycle::Held { hold: Hold::Surge }) && row.left_ms.is_none()
            });
            facts.surge = u32::try_from(waits.count()).unwrap_or(u32::MAX);
        }
        Ok(facts)
    }
}
