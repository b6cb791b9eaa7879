//! What the owner does in a turn, and when it next has something to do. Each piece of work stands
//! beside its own time, so that a timer can't be forgotten.

use crate::provisioner::Beside;
use std::time::Duration;

use super::{BETWEEN_SNAPSHOTS, LONGEST_NAP, Owner};
use crate::context::Signal;
use crate::jobs::JobId;

/// A piece of work.
struct Work {
    /// Does what is due.
    on_tick: fn(&mut Owner<'_>),
    /// When something is due next, in time that never jumps. `None`: not before something happens.
    next_wake: fn(&Owner<'_>, Duration) -> Option<Duration>,
}

impl Work {
    const fn new(
        on_tick: fn(&mut Owner<'_>),
        next_wake: fn(&Owner<'_>, Duration) -> Option<Duration>,
    ) -> Self {
        Self { on_tick, next_wake }
    }

    /// Work that only follows from something else.
    const fn whenever(on_tick: fn(&mut Owner<'_>)) -> Self {
        Self::new(on_tick, |_, _| None)
    }
}

/// Whatever is wrong.
const ALWAYS: [Work; 10] = [
    Work::whenever(|owner| owner.detect_clock_jump()),
    Work::new(
        |owner| owner.cx.jobs.give_up_overdue(),
        |owner, _| owner.cx.jobs.next_wake(),
    ),
    Work::new(
        |owner| owner.cx.flush_pending_writes(),
        |owner, _| Some(owner.cx.store.problem.as_ref()?.1),
    ),
    Work::whenever(|owner| owner.reconciling.recover_in_flight(&mut owner.cx)),
    Work::whenever(|owner| owner.reconciling.look_for_what_was_lost(&mut owner.cx)),
    Work::whenever(|owner| owner.cx.quarantine()),
    Work::whenever(|owner| owner.reconciling.settle_orphaned_intents(&mut owner.cx)),
    Work::whenever(|owner| owner.retention.wipe_if_owed(&mut owner.cx)),
    Work::whenever(|owner| owner.end_pause_in_time()),
    Work::whenever(|owner| owner.webhooks.check_deliveries(&mut owner.cx)),
];

/// With both services, and nothing that stops everything.
const WHILE_WORKING: [Work; 4] = [
    Work::new(
        |owner| owner.watching.poll_if_due(&mut owner.cx),
        |owner, _| owner.watching.next_poll(&owner.cx),
    ),
    Work::new(
        |owner| owner.provisioning.ask_quota_if_due(&mut owner.cx),
        |owner, _| {
            let asks = owner.cx.jobs.may_start(&JobId::Quota);
            asks.then(|| owner.cx.connection.coderpad_breaker.next_try())?
        },
    ),
    Work::whenever(|owner| owner.provisioning.read_title_if_due(&mut owner.cx)),
    Work::new(
        |owner| owner.cx.identify_if_due(),
        |owner, _| owner.cx.next_identification(),
    ),
];

/// With the accounts that the ledger belongs to.
const WHILE_BOUND: [Work; 9] = [
    Work::new(
        |owner| owner.watching.read_tags_if_due(&mut owner.cx),
        |owner, _| owner.watching.next_tags(&owner.cx),
    ),
    Work::new(
        |owner| owner.watching.look_up_if_due(&mut owner.cx),
        |owner, now| owner.watching.next_look_up(now, &owner.cx),
    ),
    Work::new(
        |owner| {
            owner.provisioning.start_steps(
                Beside::new(&owner.watching, &owner.reconciling),
                &mut owner.cx,
            )
        },
        |owner, now| owner.provisioning.next_step(now, &owner.cx),
    ),
    Work::new(
        |owner| owner.reconciling.look_if_due(&mut owner.cx),
        |owner, _| owner.reconciling.next_look(&owner.cx),
    ),
    Work::new(
        |owner| {
            owner
                .reconciling
                .search_if_due(owner.watching.has_looked(), &mut owner.cx)
        },
        |owner, _| {
            owner
                .reconciling
                .next_search(owner.watching.has_looked(), &owner.cx)
        },
    ),
    Work::new(
        |owner| owner.follow(),
        |owner, _| owner.tracking.next_wake(),
    ),
    Work::new(
        |owner| owner.notes.notes_if_due(&mut owner.cx),
        |owner, now| owner.notes.next_note(now, &owner.cx),
    ),
    Work::new(
        |owner| owner.retention.remove_some(&mut owner.cx),
        |owner, now| owner.retention.next_wake(now),
    ),
    // The check itself comes first of all, and needs the services to mean anything.
    Work::new(|_| {}, |owner, now| owner.webhooks.next_wake(now)),
];

/// What the turn has changed is told.
const AT_THE_END: [Work; 2] = [
    Work::whenever(|owner| {
        owner
            .outbox
            .dispatch_outbox(owner.provisioning.quota_left(&owner.cx), &mut owner.cx)
    }),
    Work::new(
        |owner| owner.publish(),
        |owner, _| {
            let next = owner.publisher.published + BETWEEN_SNAPSHOTS;
            owner.cx.is_dirty.then_some(next)
        },
    ),
];

impl Owner<'_> {
    /// Does everything that is due by now.
    pub(super) fn tick(&mut self) {
        self.tick_all(&ALWAYS);
        if self.cx.may_work() {
            self.tick_all(&WHILE_WORKING);
        }
        if self.cx.is_bound() {
            self.tick_all(&WHILE_BOUND);
        }
        self.tick_all(&AT_THE_END);
    }

    /// How long there is nothing to do.
    pub(super) fn nap(&self) -> Duration {
        let now = self.cx.elapsed();
        let working = if self.cx.may_work() {
            &WHILE_WORKING[..]
        } else {
            &[]
        };
        let bound = if self.cx.is_bound() {
            &WHILE_BOUND[..]
        } else {
            &[]
        };
        let work = ALWAYS.iter().chain(working).chain(bound).chain(&AT_THE_END);
        let next = work.filter_map(|work| (work.next_wake)(self, now)).min();
        let next = next.map_or(LONGEST_NAP, |at| at.saturating_sub(now).min(LONGEST_NAP));
        next.max(Duration::from_millis(1))
    }

    fn tick_all(&mut self, all: &[Work]) {
        for work in all {
            (work.on_tick)(self);
            self.pass_on();
        }
    }

    /// Follows interviews; what retention asks for has its turn when nothing of that is due.
    fn follow(&mut self) {
        if self.tracking.on_tick(&mut self.cx) {
            self.retention.on_tick(&self.watching, &mut self.cx);
        }
    }

    /// Passes on what the components have to tell each other.
    pub(super) fn pass_on(&mut self) {
        while let Some(signal) = self.cx.signals.pop_front() {
            let now = self.cx.elapsed();
            match signal {
                Signal::Listed(listed) => self.tracking.listed(listed.into_iter(), now),
                Signal::Read(id) => self.tracking.read(id, now),
                Signal::Gone(id) => {
                    self.tracking.wake(now);
                    self.retention.gone(&id, &self.cx);
                }
                Signal::Anonymised(ids) => self.retention.remove(ids, &self.cx),
                Signal::Found(found, watched) => {
                    let now_ms = self.cx.now_ms();
                    self.webhooks.found(&found, &watched, now, now_ms);
                }
                Signal::Hinted => self.watching.hints.may_have_hints = true,
                Signal::LookSoon => self.tracking.look_soon(now),
                Signal::EvaluateAgain(id) => self.watching.evaluate_again(&id),
                Signal::ProfileRead(id) => self.watching.profile_read(&id),
                Signal::Uncertain(id) => self.reconciling.look_for(id, now),
                Signal::RivalSeen => self.provisioning.rival_seen(&mut self.cx),
                Signal::EventsMissing => {
                    let next = now + self.cx.interval();
                    self.watching.next_poll = self.watching.next_poll.min(next);
                }
                Signal::PadMissing(id, pad) => {
                    self.tracking.pad_not_found(&id, &pad, &mut self.cx);
                }
            }
        }
    }
}
