//! What the owner does in a turn, and when it next has something to do. Each component stands beside
//! its own time, so that a timer can't be forgotten.

use std::time::Duration;

use lever::OpportunityId;

use super::beside::Others;
use super::{BETWEEN_SNAPSHOTS, LONGEST_NAP, Owner};
use crate::context::Signal;
use padwatch_domain::change::Trigger;

/// Something that has its turn.
struct Turn {
    /// Does what is due.
    on_tick: fn(&mut Owner<'_>),
    /// When something is due next, in time that never jumps. `None`: not before something happens.
    next_wake: fn(&Owner<'_>, Duration) -> Option<Duration>,
}

/// All that have a turn, in this order.
const TURNS: [Turn; 12] = [
    Turn {
        on_tick: |owner| owner.detect_clock_jump(),
        next_wake: |_, _| None,
    },
    Turn {
        on_tick: |owner| {
            owner.cx.on_tick();
            owner.end_pause_in_time();
        },
        next_wake: |owner, _| owner.cx.next_wake(),
    },
    Turn {
        on_tick: |owner| {
            let has_looked = owner.watcher.has_looked();
            owner.reconciler.on_tick(has_looked, &mut owner.cx);
        },
        next_wake: |owner, _| {
            let has_looked = owner.watcher.has_looked();
            owner.reconciler.next_wake(has_looked, &owner.cx)
        },
    },
    Turn {
        on_tick: |owner| owner.webhooks.on_tick(&mut owner.cx),
        next_wake: |owner, now| owner.webhooks.next_wake(now),
    },
    Turn {
        on_tick: |owner| owner.watcher.on_tick(&mut owner.cx),
        next_wake: |owner, now| owner.watcher.next_wake(now, &owner.cx),
    },
    Turn {
        on_tick: |owner| {
            let beside = Others {
                watcher: &owner.watcher,
                reconciler: &owner.reconciler,
            };
            owner.provisioner.on_tick(&beside, &mut owner.cx);
        },
        next_wake: |owner, now| owner.provisioner.next_wake(now, &owner.cx),
    },
    Turn {
        on_tick: |owner| {
            // What retention asks for has its turn when nothing about interviews is due.
            if owner.tracker.on_tick(&mut owner.cx) && owner.watcher.has_looked() {
                let is_listed = |id: &OpportunityId| owner.watcher.shows(id);
                owner.retention.on_idle(&is_listed, &mut owner.cx);
            }
        },
        next_wake: |owner, _| owner.tracker.next_wake(&owner.cx),
    },
    Turn {
        on_tick: |owner| owner.end_unneeded(),
        next_wake: |owner, _| owner.next_unneeded_wake(),
    },
    Turn {
        on_tick: |owner| owner.notes.on_tick(&mut owner.cx),
        next_wake: |owner, now| owner.notes.next_wake(now, &owner.cx),
    },
    Turn {
        on_tick: |owner| owner.retention.on_tick(&mut owner.cx),
        next_wake: |owner, now| owner.retention.next_wake(now, &owner.cx),
    },
    Turn {
        on_tick: |owner| {
            let quota = owner.provisioner.quota_left(&owner.cx);
            owner.outbox.on_tick(quota, &mut owner.cx);
        },
        next_wake: |_, _| None,
    },
    Turn {
        on_tick: |owner| {
            let now = owner.cx.elapsed();
            owner.cx.is_dirty |= owner.next_rehearsal_progress().is_some_and(|at| at <= now);
            owner.publish();
        },
        next_wake: |owner, _| {
            let next = owner.publisher.published + BETWEEN_SNAPSHOTS;
            let rehearsal = owner.next_rehearsal_progress();
            owner.cx.is_dirty.then_some(next).or(rehearsal)
        },
    },
];

impl Owner<'_> {
    /// Does everything that is due by now.
    pub(super) fn tick(&mut self) {
        for turn in &TURNS {
            (turn.on_tick)(self);
            self.pass_on();
        }
    }

    /// How long there is nothing to do.
    pub(super) fn nap(&self) -> Duration {
        let now = self.cx.elapsed();
        let next = TURNS.iter().filter_map(|turn| (turn.next_wake)(self, now));
        let next = next.min();
        let next = next.map_or(LONGEST_NAP, |at| at.saturating_sub(now).min(LONGEST_NAP));
        next.max(Duration::from_millis(1))
    }

    /// Passes on what the components have to tell each other.
    pub(super) fn pass_on(&mut self) {
        while let Some(signal) = self.cx.signals.pop_front() {
            let now = self.cx.elapsed();
            match signal {
                Signal::Listed(listed) => self.tracker.listed(listed.into_iter(), now),
                Signal::LeftWithPad(id) => self.watcher.read_alone(id, Trigger::Poll, &mut self.cx),
                Signal::Read(id) => self.tracker.read(id, now),
                Signal::Gone(id) => {
                    self.tracker.wake(now);
                    self.retention.gone(&id, &self.cx);
                }
                Signal::Anonymised(ids) => self.retention.remove(ids, &self.cx),
                Signal::Found(found, watched) => {
                    let now_ms = self.cx.now_ms();
                    self.webhooks.found(&found, &watched, now, now_ms);
                }
                Signal::Hinted => self.watcher.hinted_by_webhook(),
                Signal::LookSoon => self.tracker.look_soon(now),
                Signal::EvaluateAgain(id) => self.watcher.evaluate_again(&id),
                Signal::ProfileRead(id) => self.watcher.profile_read(&id),
                Signal::Uncertain(id) => self.reconciler.look_for(id, now),
                Signal::RivalSeen => self.provisioner.rival_seen(&mut self.cx),
                Signal::EventsMissing => {
                    let next = now + self.cx.interval();
                    self.watcher.look_by(next);
                }
            }
        }
    }
}
