//! The tray's words: its menu as a value, what its icon shows and is called.

pub mod examples;
mod head;
pub mod headline;
pub mod icon;
pub mod labels;
pub mod menu;
mod row;
