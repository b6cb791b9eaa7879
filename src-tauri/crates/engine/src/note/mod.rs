//! Sending notes to Lever.

pub(crate) mod send;
