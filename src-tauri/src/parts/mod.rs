//! The parts that run beside each other until Padwatch ends, each over what it shares with the others
//! (`shell.rs`). Each is started again when it panics (`supervision.rs`).

mod keys;
mod notifications;
mod tray;
#[cfg(target_os = "linux")]
mod tray_host;
mod updates;
mod window;

pub(crate) use keys::{follow_changes, keep_keys, wait_for_first_answer};
pub(crate) use notifications::tell;
pub(crate) use tray::follow as follow_tray;
#[cfg(target_os = "linux")]
pub(crate) use tray_host::watch_host;
pub(crate) use updates::follow as follow_updates;
pub(crate) use window::keep as keep_window;
