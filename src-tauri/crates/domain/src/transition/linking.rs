//! Putting the link on the profile: read, add only if missing, read again.

use super::Transition;

use crate::activity::Activity;
use crate::announcement::News;
use crate::candidacy::Candidacy;
use crate::change::{Change, Trigger};
use crate::lifecycle::{LedgerPad, Lifecycle, Linking, Origin};
use crate::links::ProfilePad;
use crate::problem::Problem;
use crate::reason::Reason;
use crate::service_error::{OutageKind, ServiceError};
use coderpad::PadId;
use lever::{OpportunityId, StageId};

/// How long to wait after a refusal that may be fixed elsewhere, in ms.
pub const AFTER_REFUSAL_MS: i64 = 15 * 60 * 1000;

/// So many failures the other pads on a profile are waited for; then our link goes up without
/// knowing whose they are.
pub const WAITS_FOR_OTHERS: u32 = 3;

/// How the other pads on the profile are read.
#[derive(Debug, Clone)]
pub enum Others {
    /// CoderPad must say something about each.
    All,
    /// One that can't be read blocks no one else.
    AsFarAsReadable,
    /// CoderPad can't be asked now.
    NotNow(ServiceError),
}

/// What linking needs to know.
#[derive(Debug, Clone)]
pub struct Question {
    pub opportunity: OpportunityId,
    pub pad: LedgerPad,
    /// The pads that the ledger knows not to be for this candidacy, or no longer.
    pub not_its_own: Vec<PadId>,
    /// The pads of this candidacy that this one replaces: their links are taken off the profile.
    pub former: Vec<PadId>,
    /// Whether the person has other candidacies that the ledger knows.
    pub has_siblings: bool,
    pub watched: Vec<StageId>,
    /// Whether the person has our link in hand already: then ours stays, even if another came
    /// first.
    pub in_hand: bool,
    /// How the other pads on the profile are read.
    pub others: Others,
}

/// What came of it.
#[derive(Debug)]
pub enum LinkOutcome {
    /// Our link is there.
    There,
    /// Our link is there, and another one that came after it, or that may be for another of the
    /// person's jobs.
    Beside(ProfilePad),
    /// Our link is there, and the link of the pad that it replaces is no longer.
    Instead {
        old: String,
        /// As in [`LinkOutcome::Beside`].
        other: Option<ProfilePad>,
    },
    /// Our link is there, and Lever declines to take off the link of the pad that it replaces.
    OldLinkStays { old: String, problem: Problem },
    /// Another tool's link was there first; ours is not on the profile.
    GaveWay(ProfilePad),
    /// Lever no longer has the opportunity.
    Gone,
    /// Lever says no to this one.
    Refused(Reason),
    /// Lever doesn't let this key, or this user, add links at all.
    Forbidden(ServiceError),
    /// A service can't be asked now.
    Failed(ServiceError),
}

/// What the outcome changes.
#[must_use]
pub fn on_outcome(row: Candidacy, outcome: LinkOutcome, now_ms: i64) -> Transition {
    let Lifecycle::Created { pad, linking } = row.life.clone() else {
        return Transition::default();
    };
    match outcome {
        LinkOutcome::There => linked(row, pad, Reason::LinkOnProfile, None, now_ms),
        LinkOutcome::Beside(other) => linked(row, pad, Reason::LinkOnProfile, Some(other), now_ms),
        LinkOutcome::Instead { old, other } => {
            let reason = Reason::LinkReplaced { link: old };
            linked(row, pad, reason, other, now_ms)
        }
        LinkOutcome::OldLinkStays { old, problem } => {
            let problem = Box::new(problem);
            let reason = Reason::OldLinkStays { link: old, problem };
            later(row, pad, &linking, reason, now_ms)
        }
        // The user took our link meanwhile: it stays.
        LinkOutcome::GaveWay(_) if row.is_in_hand() => once_more(row, pad, now_ms),
        LinkOutcome::GaveWay(other) => gave_way(row, pad, other, now_ms),
        LinkOutcome::Gone => refused(row, pad, &linking, Reason::GoneFromLever, now_ms),
        LinkOutcome::Refused(reason) => refused(row, pad, &linking, reason, now_ms),
        LinkOutcome::Forbidden(service_error) => {
            forbidden(row, pad, &linking, service_error.problem, now_ms)
        }
        // Nothing changes: the row stays due, and its backoff says when to retry.
        LinkOutcome::Failed(_) => Transition::default(),
    }
}

/// The other pad turned out to be another candidate's: ours is put on the profile after all.
#[must_use]
pub fn not_for_this_one(row: Candidacy, other: PadId, now_ms: i64) -> Transition {
    let Lifecycle::Created { mut pad, .. } = row.life.clone() else {
        return Transition::default();
    };
    pad.beside.push(other);
    once_more(row, pad, now_ms)
}

/// The next try comes at once.
fn once_more(mut row: Candidacy, pad: LedgerPad, now_ms: i64) -> Transition {
    let linking = Linking {
        next_ms: now_ms,
        ..Linking::default()
    };
    row.life = Lifecycle::Created { pad, linking };
    Transition::changes(vec![Change::Touched(Box::new(row))])
}

/// Another pad turned up beside the one that is kept: both are shown. `ours`: whether it
/// carries our marker, so that we may end and delete it.
#[must_use]
pub fn another_pad(row: &Candidacy, kept: &PadId, other: ProfilePad, ours: bool) -> Vec<Change> {
    let opportunity = row.opportunity.clone();
    let why = if ours {
        Reason::OwnMarker
    } else {
        Reason::OtherToolsPad
    };
    vec![
        Change::Announced(News::Duplicate {
            who: row.who(),
            kept: kept.clone(),
            extra: other.id.clone(),
            ours,
        }),
        Change::Happened {
            opportunity: opportunity.clone(),
            what: Activity::SecondLink,
            why,
            trigger: Trigger::Making,
        },
        Change::DuplicateFound {
            opportunity,
            pad: other.id,
            link: other.link,
            ours,
        },
    ]
}

/// `other`: another pad link that came after ours, or that may be for another of the person's jobs.
fn linked(
    row: Candidacy,
    pad: LedgerPad,
    reason: Reason,
    other: Option<ProfilePad>,
    now_ms: i64,
) -> Transition {
    let others = other.map(|other| another_pad(&row, &pad.id, other, false));
    let row = row.becoming(Lifecycle::Linked { pad }, reason, now_ms);
    let moved = Change::Moved {
        row: Box::new(row),
        what: Activity::LinkAdded,
        trigger: Trigger::Making,
    };
    let others = others.into_iter().flatten();
    Transition::changes(std::iter::once(moved).chain(others).collect())
}

fn gave_way(row: Candidacy, ours: LedgerPad, other: ProfilePad, now_ms: i64) -> Transition {
    let who = row.who();
    let opportunity = row.opportunity.clone();
    let adopted = LedgerPad {
        playback: None,
        id: other.id.clone(),
        link: other.link.clone(),
        origin: Origin::Adopted,
        since_ms: now_ms,
        beside: ours.beside.clone(),
    };
    let is_ours = ours.origin.is_ours();
    let life = Lifecycle::Linked { pad: adopted };
    let row = row.becoming(life, Reason::OtherPadFirst, now_ms);
    Transition::changes(vec![
        Change::Moved {
            row: Box::new(row),
            what: Activity::OtherPadUsed,
            trigger: Trigger::Making,
        },
        Change::DuplicateFound {
            opportunity,
            pad: ours.id.clone(),
            link: ours.link,
            ours: is_ours,
        },
        Change::Announced(News::Duplicate {
            who,
            kept: other.id,
            extra: ours.id,
            ours: is_ours,
        }),
    ])
}

fn refused(
    row: Candidacy,
    pad: LedgerPad,
    before: &Linking,
    reason: Reason,
    now_ms: i64,
) -> Transition {
    let news = News::LinkRefused {
        who: row.who(),
        reason: reason.clone(),
    };
    let is_new = is_new(before, &reason);
    let mut transition = later(row, pad, before, reason, now_ms);
    transition
        .changes
        .extend(is_new.then_some(Change::Announced(news)));
    transition
}

/// It concerns every link: announced once for all, not for each candidate.
fn forbidden(
    row: Candidacy,
    pad: LedgerPad,
    before: &Linking,
    problem: Problem,
    now_ms: i64,
) -> Transition {
    let mut transition = later(row, pad, before, Reason::from(problem.clone()), now_ms);
    transition.outage = Some((OutageKind::Linking, problem));
    transition
}

/// A refusal that an earlier version noted was announced then.
fn is_new(before: &Linking, reason: &Reason) -> bool {
    match &before.refused {
        Some(Reason::Earlier { .. }) => false,
        refused => refused.as_ref() != Some(reason),
    }
}

/// Each refusal doubles the wait, up to an hour.
fn after_refusal_ms(refusals: u32) -> i64 {
    AFTER_REFUSAL_MS << refusals.min(2)
}

/// The link waits; a reason that is new gets its line in the history.
fn later(
    row: Candidacy,
    pad: LedgerPad,
    before: &Linking,
    reason: Reason,
    now_ms: i64,
) -> Transition {
    let is_new = is_new(before, &reason);
    let linking = Linking {
        tries: before.tries + 1,
        next_ms: now_ms.saturating_add(after_refusal_ms(before.tries)),
        refused: Some(reason.clone()),
    };
    let since_ms = row.since_ms;
    let mut row = row.becoming(Lifecycle::Created { pad, linking }, reason, now_ms);
    row.since_ms = since_ms;
    let change = if is_new {
        let what = match &row.reason {
            Reason::OldLinkStays { .. } => Activity::OldLinkNotRemoved,
            _ => Activity::LinkNotAdded,
        };
        Change::Moved {
            row: Box::new(row),
            what,
            trigger: Trigger::Making,
        }
    } else {
        Change::Touched(Box::new(row))
    };
    Transition::changes(vec![change])
}

#[cfg(test)]
#[path = "linking_tests.rs"]
mod tests;
