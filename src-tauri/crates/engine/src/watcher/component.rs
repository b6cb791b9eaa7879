//! When the watcher has something to do, and what its jobs brought.

use std::time::Duration;

use super::state::Watcher;
use crate::context::Context;
use crate::context::done::Watched;
use crate::jobs::{JobId, Lost};
use padwatch_domain::thing::Thing;

impl Watcher {
    pub(crate) fn on_tick(&mut self, cx: &mut Context<'_>) {
        if cx.may_work() {
            self.poll_if_due(cx);
        }
        if cx.is_bound() {
            self.read_tags_if_due(cx);
            self.look_up_if_due(cx);
        }
    }

    pub(crate) fn next_wake(&self, now: Duration, cx: &Context<'_>) -> Option<Duration> {
        if !cx.may_work() {
            return None;
        }
        let poll = self.next_poll(cx);
        if !cx.is_bound() {
            return poll;
        }
        let others = [self.next_tags(cx), self.next_look_up(now, cx)];
        others.into_iter().flatten().chain(poll).min()
    }

    pub(crate) fn on_result(&mut self, watched: Watched, cx: &mut Context<'_>) {
        match watched {
            Watched::Polled(look, trigger) => self.polled(look, trigger, cx),
            Watched::Hinted(id, read, trigger) => self.hint_read(&id, read, trigger, cx),
            Watched::MissedRead(id, read) => self.missed_read(&id, read, cx),
            Watched::TagsRead(read) => self.tags_read(read, cx),
            Watched::LookedUp(hint, read) => self.looked_up(hint, read, cx),
        }
    }

    /// The same for what was asked with earlier keys: it is asked again.
    pub(crate) fn on_stale_result(&mut self, watched: &Watched, now: Duration) {
        match watched {
            Watched::Polled(..) => {
                self.round.is_stale = false;
                self.next_poll = now;
            }
            Watched::LookedUp(..) => self.hints.may_have_hints = true,
            Watched::Hinted(..) | Watched::MissedRead(..) | Watched::TagsRead(_) => {}
        }
    }

    /// One of its jobs panicked or was given up.
    pub(crate) fn on_lost(&mut self, job: JobId, lost: Lost, cx: &mut Context<'_>) {
        let now = cx.elapsed();
        match job {
            JobId::LookUp(id) => {
                self.hints.may_have_hints = true;
                cx.thing_lost(Thing::Candidate(id), lost);
            }
            JobId::HintRead(id) => {
                self.evaluate_again(&id);
                self.next_poll = now;
            }
            JobId::MissedRead(id) => self.knowledge.absences.read_said_nothing(&id, now),
            _ => {
                self.round.is_stale = false;
                self.next_poll = now;
                self.knowledge.look_failed(now);
            }
        }
    }
}
