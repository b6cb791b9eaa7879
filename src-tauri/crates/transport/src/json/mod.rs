//! JSON as services write it on a bad day: what can be read is read, and one bad record costs
//! itself alone.
//!
//! [`repair`] replaces what no decoder takes (half a character, an unfinished escape, a number
//! beyond all bounds, a value nested without end) before anything is decoded, so that it costs a
//! character or a field. [`Listed`] decodes the members of a list one by one and says which of them
//! could not be read: such a member exists, although it is not known what it says.

mod listed;
mod repair;

pub use listed::{Listed, Skipped};
pub use repair::repair;
