//! The job of a candidate whose pad is being prepared: its title, and whether it is confidential.

use crate::candidacy::Seen;
use crate::secrecy::Secrecy;
use crate::service_error::ServiceError;
use lever::{Posting, PostingId};

/// How a posting may be read now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TitleRead {
    /// It failed a short time ago, or is being asked for while it fails.
    NotNow,
    /// It failed before, or another job asks for it as well.
    Once,
    /// As often as the client repeats a request.
    Repeated,
}

/// What came of reading a posting.
#[derive(Debug)]
pub struct Title {
    pub posting: PostingId,
    /// What it says, or why it could not be read.
    pub read: Result<PostingSeen, ServiceError>,
}

/// What is used of a posting.
#[derive(Debug)]
pub struct PostingSeen {
    pub title: String,
    /// Whether it is confidential.
    pub confidential: bool,
}

/// What Lever says of a candidate and their job.
#[derive(Debug)]
pub struct JobRead {
    /// The candidate, with the job's title as far as known.
    pub seen: Seen,
    /// Whether any of it is confidential.
    pub secrecy: Secrecy,
    /// What came of reading the posting, if it was read.
    pub title: Option<Title>,
}

impl From<Posting> for PostingSeen {
    fn from(posting: Posting) -> Self {
        Self {
            title: posting.text,
            confidential: posting.confidential,
        }
    }
}
