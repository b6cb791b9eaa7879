//! The parts of the list.

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Section {
    /// A decision is needed.
    NeedsYou,
    /// Pad made, link not copied yet.
    ToSend,
    /// Waiting for their pad.
    Waiting,
    /// Link copied or sent, interview not finished.
    Upcoming,
    /// Interview finished.
    Finished,
    /// There at the first start, not served unless chosen.
    AlreadyThere,
    /// No pad wanted, no longer tagged, or deleted.
    SetAside,
}
