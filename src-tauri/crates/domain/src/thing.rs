//! A thing that a failure can be about.

use coderpad::PadId;
use lever::{OpportunityId, PostingId};

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Thing {
    /// A candidate before there is a pad: the opportunity, and the pads on the profile.
    Candidate(OpportunityId),
    /// The pad link on a candidate's profile.
    Link(OpportunityId),
    /// A candidate's pad, as it is followed.
    Pad(OpportunityId, PadId),
    Interviews(OpportunityId),
    /// The check whether a candidate was anonymized.
    Person(OpportunityId),
    /// A part of the note about a candidate's interview, as it is looked for.
    Note(OpportunityId),
    Posting(PostingId),
}

impl Thing {
    pub fn subject(&self) -> Subject<'_> {
        match self {
            Self::Candidate(id)
            | Self::Link(id)
            | Self::Pad(id, _)
            | Self::Interviews(id)
            | Self::Person(id)
            | Self::Note(id) => Subject::Candidate(id),
            Self::Posting(id) => Subject::Posting(id),
        }
    }
}

/// What two things have in common that are about the same candidate or posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject<'a> {
    Candidate(&'a OpportunityId),
    Posting(&'a PostingId),
}
