//! The window. It is a process of its own, started when it is wanted and gone when it is closed:
//! what a web view takes is given back whole, and whatever happens in it, the watching goes on.
//!
//! ```text
//!  Padwatch (engine, tray) ── answers, how things stand ──► the window (web view, page)
//!                          ◄──────── what the page asks ───
//! ```
//!
//! They talk over the window's standard input and output, which nobody else can open. When either
//! ends, the other notices by the end of its input.

mod opening;
mod own_process;
mod talk;

pub(crate) use opening::{Window, keep};
pub(crate) use own_process::run;
