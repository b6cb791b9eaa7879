//! The tray: its menu and icon as plain values, and the native ones that follow them.

#[cfg(test)]
pub(crate) mod examples;
mod follow;
mod icon;
mod library;
mod menu;
mod native;
mod words;

pub(crate) use follow::follow;
pub(crate) use icon::Icon;
pub(crate) use library::has_library;
pub(crate) use menu::{Click, Menu};
pub(crate) use native::{NativeTray, NotShown, hear_clicks};
pub(crate) use words::tomorrow_begins;
