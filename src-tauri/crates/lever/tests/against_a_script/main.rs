//! The client against a Lever that answers from a script.

mod bad_records;
mod client;
mod paging;
mod permissions;
// Named as test code for the lints, which see only functions marked `#[test]` otherwise.
#[cfg(test)]
mod scripted;
