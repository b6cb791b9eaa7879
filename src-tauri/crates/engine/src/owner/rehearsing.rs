//! A rehearsal of the last weeks: beginning it, giving it up, and how far it is.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch as latest;

use super::Owner;
use crate::context::done::Done;
use crate::context::services::keys_missing;
use crate::mailbox::{Reply, answer};
use crate::rehearsal::{self, Plan, Stage};
use crate::snapshot::{LongWork, Progress};
use padwatch_domain::problem::Problem;
use padwatch_domain::rehearsal::{DAYS, Rehearsal};

/// How often its progress is updated.
const SHOWN_EVERY: Duration = Duration::from_secs(1);

impl Owner<'_> {
    /// Begins one, and gives up one that is under way. Its answer is `None` once it is given up.
    pub(crate) fn rehearse(&mut self, reply: Reply<Option<Arc<Rehearsal>>>) {
        let Some(services) = self.cx.connection.services.clone() else {
            return answer(reply, Err(keys_missing()));
        };
        let Some(watched) = self.watcher.watched() else {
            let problem = self.watcher.stage_problem().cloned();
            return answer(reply, Err(problem.unwrap_or(Problem::StagesNotKnownYet)));
        };
        let plan = Plan {
            settings: self.cx.policy.settings.clone(),
            watched: watched.stages.clone(),
            pads_in_plan: self.provisioner.pads_in_plan(),
            now_ms: self.cx.now_ms(),
        };
        let (tell, stage) = latest::channel(Stage::Reading(0));
        self.rehearsal = Some(stage);
        self.cx.is_dirty = true;
        self.cx.jobs.answer(async move {
            answer(reply, rehearsal::rehearse(&services, &plan, &tell).await);
            Done::Answered
        });
    }

    /// Gives up the one that is under way, and forgets the last one.
    pub(crate) fn end_rehearsal(&mut self) {
        self.rehearsal = None;
        self.cx.is_dirty = true;
    }

    /// The last one that was finished.
    pub(crate) fn last_rehearsal(&self) -> Option<Arc<Rehearsal>> {
        match &*self.rehearsal.as_ref()?.borrow() {
            Stage::Done(rehearsal) => Some(rehearsal.clone()),
            Stage::Reading(_) => None,
        }
    }

    /// How far the one is that is under way.
    pub(super) fn rehearsal_progress(&self) -> Option<Progress> {
        let stage = self.rehearsal.as_ref()?;
        // The task that reads has the other end.
        stage.has_changed().ok()?;
        match *stage.borrow() {
            Stage::Reading(days) => Some(Progress {
                what: LongWork::Rehearsing,
                done: u32::try_from(days).unwrap_or_default(),
                of: u32::try_from(DAYS).ok(),
                people: None,
                can_cancel: true,
            }),
            Stage::Done(_) => None,
        }
    }

    /// When its progress is updated next.
    pub(super) fn next_rehearsal_progress(&self) -> Option<Duration> {
        let next = self.publisher.published + SHOWN_EVERY;
        self.rehearsal_progress().map(|_| next)
    }
}
