//! What looks and errands brought.

use super::state::Tracker;
use crate::context::Context;
use crate::context::done::PollResult;
use crate::context::done::Tracked;
use padwatch_domain::change::{Change, StateKey};
use std::time::Duration;

use coderpad::PadId;
use lever::OpportunityId;

use crate::jobs::{JobId, Lost};
use padwatch_domain::service_error::{Service, ServiceError, of_coderpad};
use padwatch_domain::thing::Thing;
use padwatch_domain::tracking::reading::Reading;
use padwatch_domain::tracking::transition;

/// How often it is written down how far the looks are, in ms.
const KEEP_EVERY_MS: i64 = 15 * 60_000;

impl Tracker {
    pub(crate) fn on_result(&mut self, outcome: Tracked, cx: &mut Context<'_>) {
        self.next = cx.elapsed();
        match outcome {
            Tracked::Looked(looked) => self.pads_looked_at(looked, cx),
            Tracked::Pad(id, pad, Ok(reading)) => {
                if reading.shows() {
                    cx.connection
                        .last_reads
                        .read(&pad, cx.wiring.clock.elapsed());
                }
                self.pad_read(&id, &pad, reading, cx);
            }
            Tracked::Pad(id, pad, Err(error)) => self.pad_failed(id, pad, &of_coderpad(&error), cx),
            Tracked::Plan(id, interviews) => self.planned(&id, interviews, cx),
            Tracked::Checked(checked) => self.checked(*checked, cx),
            Tracked::Attended(id, pad, events) => self.attended(&id, pad, events, cx),
        }
    }

    /// The same for what was begun under other keys: what they showed is so, and what they didn't
    /// says nothing.
    pub(crate) fn on_stale_result(&mut self, outcome: Tracked, cx: &mut Context<'_>) {
        self.next = cx.elapsed();
        match outcome {
            Tracked::Looked(looked) => self.pads_looked_at(
                PollResult {
                    readings: (looked.readings.into_iter())
                        .filter(|(_, _, reading)| reading.shows())
                        .collect(),
                    ..PollResult::default()
                },
                cx,
            ),
            Tracked::Pad(id, pad, Ok(reading)) if reading.shows() => {
                self.pad_read(&id, &pad, reading, cx);
            }
            Tracked::Pad(..) | Tracked::Plan(..) | Tracked::Checked(_) | Tracked::Attended(..) => {}
        }
    }

    /// It is tried again when its backoff says so; everyone else is followed meanwhile.
    pub(super) fn pad_failed(
        &mut self,
        id: OpportunityId,
        pad: PadId,
        service_error: &ServiceError,
        cx: &mut Context<'_>,
    ) {
        self.urgent.pads.insert(id.clone());
        cx.item_failed(Thing::Pad(id, pad), service_error);
    }

    fn pads_looked_at(&mut self, looked: PollResult, cx: &mut Context<'_>) {
        self.urgent.pads.extend(looked.again);
        self.closed.hurry(looked.alive);
        for (id, pad, reading) in looked.readings {
            // The list lags: a pad that a read by its id didn't find is decided by the next one.
            let is_doubted = |known: padwatch_domain::tracking::Known| known.missing_ms.is_some();
            let is_open = matches!(reading, Reading::Open { .. });
            if is_open && cx.store.ledger.interview(&id).is_ok_and(is_doubted) {
                continue;
            }
            self.pad_read(&id, &pad, reading, cx);
        }
        for (id, pad, service_error) in looked.failed {
            self.pad_failed(id, pad, &service_error, cx);
        }
        if let Some(service_error) = looked.service_error {
            cx.following_failed(service_error);
        }
        let Some(looked_ms) = looked.looked_ms else {
            return;
        };
        self.looked_ms = Some(looked_ms);
        let kept_ms = self.kept_ms;
        // What is still to be read would be forgotten by a restart.
        let is_settled = self.urgent.pads.is_empty();
        if is_settled
            && kept_ms.is_none_or(|kept_ms| looked_ms.saturating_sub(kept_ms) >= KEEP_EVERY_MS)
        {
            self.kept_ms = Some(looked_ms);
            cx.write(vec![Change::Kept(
                StateKey::Followed,
                looked_ms.to_string(),
            )]);
        }
    }

    pub(super) fn pad_read(
        &mut self,
        id: &OpportunityId,
        pad: &PadId,
        reading: Reading,
        cx: &mut Context<'_>,
    ) {
        let thing = Thing::Pad(id.clone(), pad.clone());
        cx.item_succeeded(Service::Coderpad, &thing);
        let read = cx.store.ledger.row(id).and_then(|row| {
            let known = cx.store.ledger.interview(id)?;
            Ok(row.map(|row| (row, known)))
        });
        let (row, known) = match read {
            Ok(Some(read)) => read,
            Ok(None) => return,
            Err(error) => return cx.ledger_failed(&error),
        };
        if cx.is_step_in_flight(id) {
            self.urgent.pads.insert(id.clone());
            return;
        }
        let root = cx.wiring.coderpad_root.clone();
        let reader = cx.reader_of(&known, pad);
        match &reading {
            Reading::Missing if reader.is_own => {
                cx.connection.last_reads.missed(pad, cx.elapsed());
            }
            Reading::Missing | Reading::Hidden => {}
            Reading::Open { .. } | Reading::Ended(_) => cx.connection.last_reads.shown(pad),
        }
        let now_ms = cx.now_ms();
        let followed = transition::on_reading(row, known, (pad, reading), reader, &root, now_ms);
        if followed.again {
            self.urgent.pads.insert(id.clone());
        }
        cx.write(followed.changes);
    }

    /// Something else than following asked for a pad, and CoderPad doesn't find it (404): that
    /// counts for the row at once, and the next read decides.
    pub(crate) fn pad_not_found(&mut self, id: &OpportunityId, pad: &PadId, cx: &mut Context<'_>) {
        cx.connection.last_reads.doubt(pad);
        self.pad_read(id, pad, Reading::Missing, cx);
        self.next = cx.elapsed();
    }

    /// Lever listed these: an interview of one that changed may have another time now.
    pub(crate) fn listed(
        &mut self,
        listed: impl Iterator<Item = (OpportunityId, Option<i64>)>,
        now: Duration,
    ) {
        for changed in self.updated.changed(listed) {
            self.urgent.plans.insert(changed);
            self.next = now;
        }
    }

    /// This one was read on its own.
    pub(crate) fn read(&mut self, id: OpportunityId, now: Duration) {
        self.urgent.plans.insert(id);
        self.next = now;
    }

    /// One of its jobs panicked or was given up.
    pub(crate) fn on_lost(&mut self, job: JobId, lost: Lost, cx: &mut Context<'_>) {
        match job {
            JobId::Pad(id, pad) => {
                self.urgent.pads.insert(id.clone());
                cx.thing_lost(Thing::Pad(id, pad), lost);
            }
            JobId::Interviews(id) => {
                self.urgent.plans.insert(id.clone());
                cx.thing_lost(Thing::Interviews(id), lost);
            }
            _ => self.look_soon(cx.elapsed()),
        }
    }

    /// There may be something to do.
    pub(crate) fn wake(&mut self, now: Duration) {
        self.next = self.next.min(now);
    }
}
