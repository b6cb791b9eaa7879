//! What may be done with an open pad that is no longer needed. Pure.
//!
//! Only what Lever said of the candidate counts: who is merely missing from a list has not left.
//! While people may be in the pad, nothing is offered.

use crate::candidacy::Candidacy;
pub use crate::findings::Unneeded;
use crate::interview::Plan;
use crate::interview::known::{Known, Progress};
use crate::lifecycle::Lifecycle;
use crate::reason::Reason;
use crate::rules;
use crate::settings::Settings;
use lever::{Opportunity, StageId};

/// An open pad that is no longer needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leftover {
    pub why: Unneeded,
    /// Since when, in ms since the epoch.
    pub since_ms: i64,
    /// Whether it is ours, so that it can be ended and deleted.
    pub is_ours: bool,
    /// Whether the recruiter has decided to keep it.
    pub is_kept: bool,
}

/// Someone who worked in a pad within this time, in ms, may still be there.
const LIVELY_MS: i64 = 2 * 60 * MINUTE_MS;
/// So long the reason stands before a pad is ended by the recruiter's setting, in ms: a candidate
/// may be moved back by mistake.
pub const PATIENCE_MS: i64 = 15 * MINUTE_MS;
/// After so long, in ms, the setting leaves a pad to the recruiter: one that is turned on ends no pads
/// of candidates who left long ago.
const LONGEST_MS: i64 = 24 * 60 * MINUTE_MS;
const MINUTE_MS: i64 = 60_000;

/// What is no longer needed of a candidacy. `is_earlier`: the candidate is in a stage before those
/// that are watched.
#[must_use]
pub fn leftover(row: &Candidacy, known: &Known, is_earlier: bool, now_ms: i64) -> Option<Leftover> {
    let (Lifecycle::Created { pad, .. } | Lifecycle::Linked { pad }) = &row.life else {
        return None;
    };
    if is_going_on(known, now_ms) {
        return None;
    }
    let left = row.left_ms.zip(why_left(&row.reason, is_earlier));
    let canceled = known.canceled_ms.filter(|_| known.plan.is_none());
    let canceled = canceled.map(|at_ms| (at_ms, Unneeded::InterviewCanceled));
    let (since_ms, why) = left.or(canceled)?;
    Some(Leftover {
        why,
        since_ms,
        is_ours: pad.origin.is_ours(),
        is_kept: known.kept_ms == Some(since_ms),
    })
}

/// Returns true if a pad is to be ended by the recruiter's setting. A pad whose interview was
/// canceled, or is still planned, may be needed.
#[must_use]
pub fn ends_by_setting(leftover: Leftover, known: &Known, now_ms: i64) -> bool {
    let is_planned = known.plan.is_some_and(|plan| plan.ends_ms > now_ms);
    let stood_ms = now_ms.saturating_sub(leftover.since_ms);
    let is_time = (PATIENCE_MS..LONGEST_MS).contains(&stood_ms);
    leftover.why != Unneeded::InterviewCanceled
        && leftover.is_ours
        && !leftover.is_kept
        && !is_planned
        && is_time
}

/// Returns true if a candidate, just read from Lever, still counts as having left: by the settings, the
/// watched stages, and the stages before them.
#[must_use]
pub fn has_still_left(
    opportunity: &Opportunity,
    (settings, watched, earlier): (&Settings, &[StageId], &[StageId]),
) -> bool {
    let stage = opportunity.stage.as_ref();
    let is_earlier = stage.is_some_and(|stage| earlier.contains(stage));
    let obstacle = rules::obstacle(opportunity, settings, watched);
    obstacle.is_some_and(|reason| why_left(&reason, is_earlier).is_some())
}

fn why_left(reason: &Reason, is_earlier: bool) -> Option<Unneeded> {
    match reason {
        Reason::Archived | Reason::Anonymized | Reason::ArchivedOrAnonymized => {
            Some(Unneeded::Archived)
        }
        Reason::TagRemoved | Reason::TagRemovedPadStays => Some(Unneeded::TagRemoved),
        // Who moves on may still have the interview before them.
        Reason::LeftStage if is_earlier => Some(Unneeded::MovedBack),
        _ => None,
    }
}

fn is_going_on(known: &Known, now_ms: i64) -> bool {
    let is_time = |plan: Plan| (plan.starts_ms..plan.ends_ms).contains(&now_ms);
    let is_lively = known.progress == Progress::UnderWay
        && known
            .active_ms
            .is_none_or(|active_ms| now_ms.saturating_sub(active_ms) < LIVELY_MS);
    is_lively || known.plan.is_some_and(is_time)
}

#[cfg(test)]
#[path = "follow_through_tests.rs"]
mod tests;
