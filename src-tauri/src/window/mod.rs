//! The window, seen from Padwatch. It is a program of its own, started when it is wanted and gone
//! when it is closed: what a web view takes is given back whole, whatever happens in it, the
//! watching continues, and what has nothing to show does not load the libraries of a web view.
//!
//! ```text
//!  Padwatch (engine, tray) ── answers, how things stand ──► the window (web view, page)
//!                          ◄──────── what the page asks ───
//! ```
//!
//! They talk over the window's standard input and output, which no one else can open. When either
//! ends, the other notices by the end of its input; a page that is dead or hangs is noticed because it
//! is asked from time to time. The window's side is in `src-tauri/window`.

mod heartbeat;
mod opening;
mod program;
mod session;

pub(crate) use opening::Window;
pub(crate) use program::{Program, is_missing_from_build};
pub(crate) use session::{End, Host, News, Opening, WindowRequests, talk};
