//! The log of what was typed in a pad, and what came of it.
//!
//! CoderPad keeps it in the form of Firepad's log, on a database host of its own
//! (contracts/coderpad.md, 2.7). [`fetch`] gets it, without the key and from known hosts alone;
//! [`replay`] turns it into the last text.

mod fetch;
mod log;
mod replay;

pub use fetch::{FetchError, HistoryHosts, LARGEST_LOG, fetch};
pub use replay::{LeftOut, Limits, ReplayError, Replayed, replay};
