//! What one connection, and all of them together, may take.

use std::time::Duration;

/// The longest request line and headers, in bytes.
pub const LONGEST_HEAD: usize = 8 * 1024;
/// The longest body, in bytes. Lever's own are far below one KB.
pub const LONGEST_BODY: usize = 64 * 1024;
/// The most headers. No tunnel adds more.
pub(crate) const MOST_HEADERS: usize = 64;
/// Connections at one time. With the longest of heads and bodies, they take 9 MB.
pub(crate) const MOST_CONNECTIONS: usize = 128;
/// No connection is closed sooner than this for being slow. An honest sender needs a few
/// milliseconds.
pub(crate) const GRACE: Duration = Duration::from_millis(20);
/// The longest time from connecting to the last byte of the request.
pub(crate) const REQUEST_WITHIN: Duration = Duration::from_secs(5);
/// The longest time for the reply to leave, and for the other side to read a refusal.
pub(crate) const REPLY_WITHIN: Duration = Duration::from_millis(100);
/// The longest wait for tiny_http to read a head, which needs nothing but a thread.
pub(crate) const HEAD_WITHIN: Duration = Duration::from_secs(2);
/// The longest wait for an event to be stored: one write to the disk, even to a busy one.
pub(crate) const STORED_WITHIN: Duration = Duration::from_secs(10);
/// The pause before a part that ended is started again.
pub(crate) const BEFORE_RESTART: Duration = Duration::from_millis(500);
/// Read at once, in bytes.
pub(crate) const CHUNK: usize = 4096;
