use bytes::Bytes;
use serde::Deserialize;

use crate::lenient;

/// A file that is on an opportunity (contracts/lever.md, 4.5).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct File {
    /// Without one it is no file: it is counted as skipped.
    pub id: String,
    /// What it was called when it was uploaded. May be empty. One that is no text makes the file
    /// unreadable: a search for a marker must not miss it.
    #[serde(default, deserialize_with = "lenient::known_text")]
    pub name: String,
}

/// A file to put on an opportunity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// What people read, such as `interview.py`.
    pub name: String,
    /// What its bytes are, such as `text/plain`.
    pub media_type: String,
    /// At most [`NewFile::LARGEST`] of them.
    pub bytes: Bytes,
}

impl NewFile {
    /// The largest file that Lever takes, in bytes (contracts/lever.md, 4.5).
    pub const LARGEST: usize = 30 * 1024 * 1024;
}
