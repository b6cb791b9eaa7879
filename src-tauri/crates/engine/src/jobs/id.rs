//! What a job is about, and how long it may take.

use std::time::Duration;

use coderpad::PadId;
use lever::{OpportunityId, PostingId};

/// One job. At most one with the same id is in flight.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum JobId {
    /// A look at everyone in Lever.
    Poll,
    /// A look at the tag list.
    Tags,
    /// The pads that are left.
    Quota,
    /// Whose the CoderPad key is.
    Identity,
    /// The search for pads of unclear creations.
    PadLook,
    /// The search for pads of a lost ledger.
    PadSearch,
    /// A look at the list for the open pads.
    FollowLook,
    /// An open or closed pad is read.
    Pad(OpportunityId, PadId),
    /// Someone's interviews are read.
    Interviews(OpportunityId),
    /// Someone is read who left.
    Person(OpportunityId),
    /// The list of deleted candidacies.
    Deletions,
    /// The title of a job posting.
    Title(PostingId),
    /// What a webhook hinted at.
    LookUp(OpportunityId),
    /// What a person or the desktop hinted at.
    HintRead(OpportunityId),
    /// Someone whom a look didn't show is read.
    MissedRead(OpportunityId),
    /// A step of a creation, or an action about one candidacy.
    Step(OpportunityId),
    /// A part of a note is sent or looked for.
    Note(OpportunityId),
    /// Something that answers for itself.
    Question(u64),
}

/// The kinds of jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "see the ids")]
pub enum JobKind {
    Poll,
    Tags,
    Quota,
    Identity,
    PadLook,
    PadSearch,
    FollowLook,
    Pad,
    Interviews,
    Person,
    Deletions,
    Title,
    LookUp,
    HintRead,
    MissedRead,
    Step,
    Note,
    Question,
}

impl JobId {
    /// Its kind.
    pub(crate) fn kind(&self) -> JobKind {
        match self {
            Self::Poll => JobKind::Poll,
            Self::Tags => JobKind::Tags,
            Self::Quota => JobKind::Quota,
            Self::Identity => JobKind::Identity,
            Self::PadLook => JobKind::PadLook,
            Self::PadSearch => JobKind::PadSearch,
            Self::FollowLook => JobKind::FollowLook,
            Self::Pad(..) => JobKind::Pad,
            Self::Interviews(_) => JobKind::Interviews,
            Self::Person(_) => JobKind::Person,
            Self::Deletions => JobKind::Deletions,
            Self::Title(_) => JobKind::Title,
            Self::LookUp(_) => JobKind::LookUp,
            Self::HintRead(_) => JobKind::HintRead,
            Self::MissedRead(_) => JobKind::MissedRead,
            Self::Step(_) => JobKind::Step,
            Self::Note(_) => JobKind::Note,
            Self::Question(_) => JobKind::Question,
        }
    }

    #[cfg(test)]
    pub(crate) fn sample(kind: JobKind) -> Self {
        let (id, pad) = (OpportunityId::new("a"), PadId::parse("ABCD1234").unwrap());
        match kind {
            JobKind::Poll => Self::Poll,
            JobKind::Tags => Self::Tags,
            JobKind::Quota => Self::Quota,
            JobKind::Identity => Self::Identity,
            JobKind::PadLook => Self::PadLook,
            JobKind::PadSearch => Self::PadSearch,
            JobKind::FollowLook => Self::FollowLook,
            JobKind::Pad => Self::Pad(id, pad),
            JobKind::Interviews => Self::Interviews(id),
            JobKind::Person => Self::Person(id),
            JobKind::Deletions => Self::Deletions,
            JobKind::Title => Self::Title(PostingId::new("p")),
            JobKind::LookUp => Self::LookUp(id),
            JobKind::HintRead => Self::HintRead(id),
            JobKind::MissedRead => Self::MissedRead(id),
            JobKind::Step => Self::Step(id),
            JobKind::Note => Self::Note(id),
            JobKind::Question => Self::Question(1),
        }
    }
}

impl JobKind {
    /// All kinds.
    pub const ALL: [Self; 18] = [
        Self::Poll,
        Self::Tags,
        Self::Quota,
        Self::Identity,
        Self::PadLook,
        Self::PadSearch,
        Self::FollowLook,
        Self::Pad,
        Self::Interviews,
        Self::Person,
        Self::Deletions,
        Self::Title,
        Self::LookUp,
        Self::HintRead,
        Self::MissedRead,
        Self::Step,
        Self::Note,
        Self::Question,
    ];

    /// Returns true for one that follows interviews: they go one at a time.
    pub(crate) fn is_probe(self) -> bool {
        matches!(
            self,
            Self::Pad | Self::Interviews | Self::Person | Self::Deletions
        )
    }

    /// Returns true for one that reads a list to its end.
    pub(super) fn is_list(self) -> bool {
        matches!(
            self,
            Self::Poll
                | Self::Tags
                | Self::PadLook
                | Self::PadSearch
                | Self::FollowLook
                | Self::Deletions
        )
    }

    /// How long it may take at first: longer than a service that is silent to every try of a
    /// request.
    pub(super) fn time(self) -> Duration {
        let minutes = match self {
            Self::Quota
            | Self::Identity
            | Self::Pad
            | Self::Interviews
            | Self::Person
            | Self::Title
            | Self::LookUp
            | Self::HintRead
            | Self::MissedRead => 4,
            Self::Poll
            | Self::Tags
            | Self::PadLook
            | Self::PadSearch
            | Self::FollowLook
            | Self::Deletions => 5,
            Self::Step | Self::Note => 6,
            Self::Question => 10,
        };
        Duration::from_secs(60 * minutes)
    }
}
