//! Work that takes longer than a moment, in words.

use padwatch_engine::snapshot::LongWork;

/// What is being done.
pub(crate) fn long_work(work: LongWork) -> &'static str {
    match work {
        LongWork::CreatingPads => "Making pads",
        LongWork::ReadingPads => "Looking for Padwatch’s pads in CoderPad",
        LongWork::AwaitingList => "CoderPad’s list comes late, so it is read again in a minute",
    }
}
