//! What a pad whose link is on a profile has to do with one candidacy of the person.
//!
//! Anyone can have put a link on a profile: the candidate on the application form, a colleague,
//! last year's interviewer. So a link alone is no identity. A pad is taken for this candidacy's
//! only when it carries our marker, or when it can be read, was created while this candidacy was on
//! its way, and is owned by a user of our organization. One that is certainly another's is left
//! where it is. Everything else is the recruiter's decision.

use crate::blast_radius::BlastRadius;
use crate::links::{ProfilePad, pads_on_profile};
use crate::reason::PadDoubt;
use coderpad::{Pad, PadId};
use lever::{Opportunity, StageId};
use transport::ApiRoot;

/// How far the clocks of the two services may be apart, and how long before Lever was told of a
/// candidacy its pad may have been created, in ms.
pub const TOLERANCE_MS: i64 = 10 * 60 * 1000;

/// A pad that was created no longer than this before the candidate came to a watched stage was
/// created for that, in ms.
const AHEAD_MS: i64 = 24 * 60 * 60 * 1000;

/// A pad that was created longer than this before the candidate came to a watched stage is another
/// interview's, however old the candidacy is, in ms.
const LONG_AGO_MS: i64 = 90 * 24 * 60 * 60 * 1000;

/// What a pad has to do with a candidacy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// It carries our marker for this candidacy.
    Ours,
    /// A user of our organization created it for this candidacy.
    Its,
    /// It is not for this candidacy: it carries our marker for another one, or is from before.
    NotItsOwn,
    /// There is no telling.
    Doubtful(PadDoubt),
}

/// A pad on the profile, and what it has to do with the candidacy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    pub pad: ProfilePad,
    /// Its id as the link on the profile has it: in other letters, or that of a short link.
    pub on_profile: PadId,
    /// What it has to do with the candidacy.
    pub relation: Relation,
    /// When it was made, in ms since the epoch, if it could be read.
    pub made_ms: Option<i64>,
}

/// What is known before the pads are read.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Pads that are known not to be for this candidacy.
    pub not_its_own: &'a [PadId],
    /// Whether the person has other candidacies that the ledger knows.
    pub has_siblings: bool,
    pub watched: &'a [StageId],
    /// Which failures to read a pad block no one else.
    pub tolerates: &'a [BlastRadius],
}

pub fn pads_to_read(
    opportunity: &Opportunity,
    root: &ApiRoot,
    known: Known<'_>,
    but: Option<&PadId>,
) -> Vec<ProfilePad> {
    let mut pads = pads_on_profile(&opportunity.links, root);
    let is_any = |ids: &[PadId], id: &PadId| ids.iter().any(|known| known.is_same(id));
    pads.retain(|pad| {
        !is_any(known.not_its_own, &pad.id) && but.is_none_or(|but| !but.is_same(&pad.id))
    });
    pads
}

/// How a pad's age fits a candidacy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// It is from before.
    Before,
    /// It was created for the interview that is to come.
    Within,
    /// It may be either.
    Unknown,
}

/// By the services' own clocks.
pub fn age(pad: &Pad, opportunity: &Opportunity, watched: &[StageId]) -> Age {
    let arrived = opportunity.course.first_arrival_ms(watched);
    let (Some(began), Some(arrived)) = (began_ms(opportunity), arrived) else {
        return Age::Unknown;
    };
    if pad.ended_at_ms.is_some_and(|ended| ended < arrived) {
        return Age::Before;
    }
    let Some(made) = pad.created_at_ms else {
        return Age::Unknown;
    };
    if made < began.saturating_sub(TOLERANCE_MS) || made < arrived.saturating_sub(LONG_AGO_MS) {
        return Age::Before;
    }
    if made < arrived.saturating_sub(AHEAD_MS) {
        return Age::Unknown;
    }
    Age::Within
}

/// When the candidacy began, in ms since the epoch: what came first, as far as Lever tells.
pub fn began_ms(opportunity: &Opportunity) -> Option<i64> {
    let course = &opportunity.course;
    let changes = course.stage_changes.iter();
    course
        .created_at_ms
        .or_else(|| changes.filter_map(|change| change.updated_at_ms).min())
}

#[cfg(test)]
#[path = "relation_tests.rs"]
mod tests;
