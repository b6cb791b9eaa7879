//! The postings of the Lever account.

use lever::PostingId;
use padwatch_engine::postings;
use serde::Serialize;
use ts_rs::TS;

use super::convert::{Convert, convert, mirror};

mirror! { out
    /// A posting, and whether it carries the tag.
    struct PostingFound of postings::PostingFound {
        /// Its id.
        id: PostingId,
        /// Its title; may be empty.
        title: String,
        /// Team and place, as far as known: titles repeat.
        about: String,
        /// Whether it carries the tag itself.
        tagged: bool,
        /// Whether it can't be changed by a key: confidential ones can't.
        locked: bool,
    }
}

/// Where a candidate's tag comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum TagOrigin {
    /// From the job: everyone who applies inherits it.
    Job,
    /// It was put on the candidate.
    Candidate,
}

mirror! { out
    /// What putting the tag on a posting, or taking it off, sets off.
    #[derive(Copy)]
    struct PostingEffect of postings::PostingEffect {
        /// Candidates of the posting who are in a watched stage now.
        in_stage: u32,
        /// Those of them who carry the tag as it is, by themselves or by the posting.
        tagged: u32,
    }
}
