//! Work that takes longer than a moment, in words.

use padwatch_engine::snapshot::{self, LongWork};

use crate::catalogue::words;
use crate::dto::convert::Convert;
use crate::dto::snapshot::Progress;

impl Convert<snapshot::Progress> for Progress {
    fn convert(from: snapshot::Progress) -> Self {
        Self {
            what: long_work(from.what),
            done: from.done,
            of: from.of,
            people: from.people,
            can_cancel: from.can_cancel,
        }
    }
}

/// What is being done.
fn long_work(work: LongWork) -> String {
    match work {
        LongWork::CreatingPads => words().work_creating_pads(),
        LongWork::ReadingPads => words().work_reading_pads(),
        LongWork::AwaitingList => words().work_awaiting_list(),
    }
}
