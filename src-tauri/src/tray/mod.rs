//! The tray: its menu and icon as plain values, and the native ones that follow them.

#[cfg(test)]
pub(crate) mod examples;
mod follow;
mod headline;
#[cfg(target_os = "linux")]
mod host;
mod icon;
mod identity;
mod menu;
mod native;
#[cfg(target_os = "linux")]
mod pictures;
mod place;
mod words;

pub(crate) use follow::follow;
#[cfg(target_os = "linux")]
pub(crate) use host::{be_reachable, watch_host};
pub(crate) use identity::Identity;
pub(crate) use menu::Click;
pub(crate) use native::{Look, NativeTray, NotShown, has_library, hear_clicks};
pub(crate) use words::tomorrow_begins;
