//! A desktop session that no one sees, the sandbox's services, and Padwatch as a person starts it:
//! to measure it, and to try its packages.

pub(crate) mod desktop;
pub(crate) mod padwatch;
pub(crate) mod sandbox;
pub(crate) mod screen;
pub(crate) mod tray;
