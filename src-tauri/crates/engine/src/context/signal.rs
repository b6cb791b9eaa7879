//! What one component tells the others. The owner passes it on when the component is done: none of
//! them holds another.

use lever::{Opportunity, OpportunityId, StageId};

/// Something that happened in one component and concerns others.
#[derive(Debug)]
pub(crate) enum Signal {
    /// A look at everyone showed these, each with when it last changed, in ms since the epoch.
    Listed(Vec<(OpportunityId, Option<i64>)>),
    /// This one left with an open pad: what became of them since decides about it.
    LeftWithPad(OpportunityId),
    /// This one was read on its own.
    Read(OpportunityId),
    /// Lever no longer has this one: its deletion is confirmed by Lever's own list.
    Gone(OpportunityId),
    /// Lever shows these as anonymised.
    Anonymised(Vec<OpportunityId>),
    /// A look at everyone showed these for the first time, while these stages were watched.
    Found(Vec<Opportunity>, Vec<StageId>),
    /// A webhook told of something that is to be looked up.
    Hinted,
    /// A person, or a computer that woke up, says that there may be something to see.
    LookSoon,
    /// What changed about this one was not Lever's doing: the next look thinks about it again.
    EvaluateAgain(OpportunityId),
    /// The profile of this one was read for its pad.
    ProfileRead(OpportunityId),
    /// A pad for this one may or may not exist.
    Uncertain(OpportunityId),
    /// A trace of another program that creates pads for the same candidates.
    RivalSeen,
    /// Webhooks no longer tell of what happens: the next look comes sooner.
    EventsMissing,
}
