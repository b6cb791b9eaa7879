//! The real program on a real desktop: what a recruiter sees and clicks, and what they are told
//! when something is missing. Each scenario has a session of its own.

mod candidate;
mod harness;
mod keys;
mod lifecycle;
mod missing;
mod picture;
