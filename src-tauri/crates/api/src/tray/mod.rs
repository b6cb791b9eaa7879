//! The tray's words: its menu as a value, the icon's tooltip.

pub mod examples;
pub mod headline;
pub mod labels;
pub mod menu;
