//! The tray: the native menu and icon, which follow those of `padwatch_api::tray`.

mod icon;
mod identity;
mod native;
#[cfg(target_os = "linux")]
mod pictures;
mod place;

pub(crate) use icon::Icon;
pub(crate) use identity::Identity;
pub(crate) use native::{Look, MainLoop, MainThread, has_library, hear_clicks};
