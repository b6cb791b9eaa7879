//! When to read pads again that are over or were deleted: they may live again. Pure.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use coderpad::PadId;
use lever::OpportunityId;

use super::ClosedPad;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// How long a closed pad is read again now and then, in ms.
pub const WATCHED_MS: i64 = 60 * DAY_MS;
/// The most closed pads that are considered at once: the newest.
pub const MOST: usize = 500;
/// How often the list is read for them, when no open pad needs it more often.
pub const BETWEEN_LOOKS: Duration = Duration::from_secs(300);
/// The list is read for pads that were closed within this time, in ms.
const LOOKED_FOR_MS: i64 = 3 * DAY_MS;
/// From a 404 to the read that decides, in ms: long enough that a replica that lags has caught up.
pub const CONFIRM_MS: i64 = MINUTE_MS;

/// Returns true if one of them may show in the list soon.
#[must_use]
pub fn needs_look(pads: &[ClosedPad], now_ms: i64) -> bool {
    let is_recent = |pad: &ClosedPad| now_ms.saturating_sub(pad.since_ms) < LOOKED_FOR_MS;
    pads.iter()
        .any(|pad| is_recent(pad) || is_ahead(pad, now_ms))
}

/// The next one to read by its id, if any is due. `hurried` are those of which something else says
/// that they live, `tried` when each was read last, in time that never jumps.
#[must_use]
pub fn due(
    pads: &[ClosedPad],
    hurried: &HashSet<OpportunityId>,
    tried: &HashMap<OpportunityId, Duration>,
    now_ms: i64,
    now: Duration,
) -> Option<(OpportunityId, PadId)> {
    let may_try = |pad: &&ClosedPad| {
        let last = tried.get(&pad.opportunity);
        last.is_none_or(|last| now.saturating_sub(*last) >= TRIES_APART)
    };
    let due = pads.iter().filter(may_try).filter_map(|pad| {
        let at_ms = if hurried.contains(&pad.opportunity) {
            i64::MIN
        } else {
            due_ms(pad, now_ms)
        };
        (at_ms <= now_ms).then_some((at_ms, pad))
    });
    due.min_by_key(|(at_ms, _)| *at_ms)
        .map(|(_, pad)| (pad.opportunity.clone(), pad.pad.clone()))
}

/// The next one whose interview is to be asked for: it is over, and the plan was not asked for
/// since. `tried` says when it was asked for last, in time that never jumps.
#[must_use]
pub fn plan_due(
    pads: &[ClosedPad],
    tried: &HashMap<OpportunityId, Duration>,
    now_ms: i64,
    now: Duration,
) -> Option<OpportunityId> {
    let is_due = |pad: &&ClosedPad| {
        let is_recent = now_ms.saturating_sub(pad.since_ms) < LOOKED_FOR_MS;
        let was_asked = pad
            .known
            .asked_ms
            .is_some_and(|asked_ms| asked_ms >= pad.since_ms);
        let last = tried.get(&pad.opportunity);
        let may_try = last.is_none_or(|last| now.saturating_sub(*last) >= PLANS_APART);
        !pad.is_deleted && is_recent && pad.known.plan.is_none() && !was_asked && may_try
    };
    pads.iter().find(is_due).map(|pad| pad.opportunity.clone())
}

/// Lever is asked again for one interview after so long, whatever came of it.
const PLANS_APART: Duration = Duration::from_secs(3600);

/// Two reads of one closed pad lie at least so far apart, whatever came of the first.
const TRIES_APART: Duration = Duration::from_secs(120);

fn due_ms(pad: &ClosedPad, now_ms: i64) -> i64 {
    let known = &pad.known;
    let read_ms = known.seen_ms.max(known.missing_ms).unwrap_or(pad.since_ms);
    let every = if !pad.is_deleted && is_ahead(pad, now_ms) {
        HOUR_MS
    } else {
        DAY_MS
    };
    read_ms.max(pad.since_ms).saturating_add(every)
}

/// Returns true if the interview is still to come.
fn is_ahead(pad: &ClosedPad, now_ms: i64) -> bool {
    pad.known.plan.is_some_and(|plan| plan.ends_ms > now_ms)
}

#[cfg(test)]
#[path = "closed_tests.rs"]
mod tests;
