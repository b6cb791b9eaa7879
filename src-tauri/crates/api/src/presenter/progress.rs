//! Work that takes longer than a moment, in words.

use padwatch_engine::snapshot::LongWork;

use crate::catalogue::words;

/// What is being done.
pub(crate) fn long_work(work: LongWork) -> String {
    match work {
        LongWork::CreatingPads => words().work_creating_pads(),
        LongWork::ReadingPads => words().work_reading_pads(),
        LongWork::AwaitingList => words().work_awaiting_list(),
    }
}
