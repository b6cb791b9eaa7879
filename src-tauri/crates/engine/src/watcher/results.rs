//! What the watcher's jobs brought.

use std::time::Duration;

use super::state::Watching;
use crate::context::Context;
use crate::done::Watched;
use crate::jobs::{JobId, Lost};
use padwatch_domain::thing::Thing;

impl Watching {
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
                self.is_stale = false;
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
            JobId::MissedRead(id) => self.watcher.absences.read_said_nothing(&id, now),
            _ => {
                self.is_stale = false;
                self.next_poll = now;
                self.watcher.look_failed(now);
            }
        }
    }
}
