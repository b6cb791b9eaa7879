//! What one component tells the others. The owner passes it on when the component is done: none of
//! them holds another.

use coderpad::PadId;
use lever::OpportunityId;

/// Something that happened in one component and concerns others.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// A look at everybody showed these, each with when it last changed, in ms since the epoch.
    Listed(Vec<(OpportunityId, Option<i64>)>),
    /// This one was read by itself.
    Read(OpportunityId),
    /// Lever no longer has this one: its deletion is confirmed by Lever's own list.
    Gone(OpportunityId),
    /// Lever shows these as anonymised.
    Anonymised(Vec<OpportunityId>),
    /// CoderPad doesn't find a pad that something else than following asked for (404).
    PadMissing(OpportunityId, PadId),
}
