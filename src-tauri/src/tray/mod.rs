//! The tray: icon and menu, which follow those of `padwatch_api::tray`.

mod icon;
mod identity;
#[cfg(not(target_os = "linux"))]
mod native;
#[cfg(not(target_os = "linux"))]
mod place;
#[cfg(windows)]
mod popup;
#[cfg(target_os = "linux")]
mod status_notifier;

use padwatch_api::tray::menu::Menu;

pub(crate) use icon::Icon;
pub(crate) use identity::Identity;
#[cfg(not(target_os = "linux"))]
pub(crate) use native::{MainLoop, MainThread};
#[cfg(target_os = "linux")]
pub(crate) use status_notifier::{MainLoop, MainThread};

/// What the tray shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Look {
    /// The rows behind the icon.
    pub(crate) menu: Menu,
    /// The picture.
    pub(crate) icon: Icon,
    /// The tooltip, and what screen readers say.
    pub(crate) headline: String,
}
