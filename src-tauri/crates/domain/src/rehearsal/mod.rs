//! The last weeks once more: who would have got a pad, and what they got in reality. Pure.
//!
//! History doesn't tell everything. When a tag came and who was in charge then are taken from what
//! Lever shows now; an opportunity that Lever gives no time of change for isn't found at all.

mod arrival;
mod replay;

use coderpad::PadId;
use lever::{OpportunityId, PostingId};

pub use arrival::arrivals;
pub use replay::replay;

/// How many days are looked back.
pub const DAYS: i64 = 30;

/// One candidacy that came to a watched stage within the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    pub opportunity: OpportunityId,
    /// The person's name; may be empty.
    pub name: String,
    pub posting: Option<PostingId>,
    /// The candidate's page in Lever.
    pub profile_url: Option<String>,
    /// When the candidacy began, in ms since the epoch, if known.
    pub created_ms: Option<i64>,
    /// When it came to the stage, in ms since the epoch.
    pub came_ms: i64,
    /// Why it gets no pad, if so.
    pub obstacle: Option<Obstacle>,
    /// The pads that the profile links to now.
    pub pads: Vec<PadId>,
}

/// Why someone who came gets no pad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// There is no tag now.
    NoTag,
    /// Someone else is in charge now.
    OtherOwner,
    /// The personal data was removed.
    Anonymized,
    /// They were moved on or archived before Padwatch would have created a pad.
    LeftAtOnce,
    /// CoderPad's integration creates the pads.
    IntegrationCreates,
}

/// A pad that was created in the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatedPad {
    pub id: PadId,
    /// In ms since the epoch.
    pub created_ms: i64,
}

/// What Padwatch would have done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A pad would have been created.
    Creates,
    /// The pad link that was there would have been used.
    Adopts,
    /// It would have asked: too many came at once.
    AsksBulkMove,
    /// It would have asked, as it does each time.
    AsksEachTime,
    /// It would have asked whether an older pad link is meant.
    AsksOlderLink,
    /// Nothing.
    Passes(Obstacle),
}

/// What is on the profile in reality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkFound {
    /// No pad link.
    Missing,
    /// One pad link.
    One {
        /// How long they waited for it, in ms; `None`: it was there before, or isn't known.
        waited_ms: Option<i64>,
    },
    /// More than one: candidate and interviewer can end up in different pads.
    Several {
        /// How many.
        count: u32,
    },
}

/// One line of the rehearsal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rehearsed {
    pub arrival: Arrival,
    pub verdict: Verdict,
    pub found: LinkFound,
}

/// The whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rehearsal {
    /// Who came, newest first.
    pub rows: Vec<Rehearsed>,
    /// How many pads would have been created.
    pub creates: u32,
    /// Of how many in a billing cycle; `None`: there is no limit, or it isn't known.
    pub pads_in_plan: Option<u32>,
    /// How many of the candidates that Padwatch would have served or asked about have no link.
    pub missing: u32,
    /// How many of them have more than one.
    pub several: u32,
    /// How long half of them waited for a link at most, in ms; `None`: no wait is known.
    pub median_wait_ms: Option<i64>,
    /// The longest wait, in ms.
    pub longest_wait_ms: Option<i64>,
    /// How many records of Lever or CoderPad could not be read.
    pub unread: u32,
}

impl Verdict {
    /// Returns true if Padwatch would have done or asked something.
    #[must_use]
    pub fn concerns(self) -> bool {
        !matches!(self, Self::Passes(_))
    }
}
