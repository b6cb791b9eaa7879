//! The tray: the native menu and icon, which follow those of `padwatch_api::tray`.

mod follow;
#[cfg(target_os = "linux")]
mod host;
mod icon;
mod identity;
mod native;
#[cfg(target_os = "linux")]
mod pictures;
mod place;

pub(crate) use follow::follow;
#[cfg(target_os = "linux")]
pub(crate) use host::{be_reachable, watch_host};
pub(crate) use identity::Identity;
pub(crate) use native::{MainLoop, MainThread, has_library, hear_clicks};
