//! A desktop that exists for one test alone: a screen, a session bus, a keyring, a tray, a
//! notification service, and Lever and CoderPad behind real sockets.

pub(crate) mod clipboard;
pub(crate) mod desk;
pub(crate) mod keyring;
pub(crate) mod menu;
pub(crate) mod notifications;
pub(crate) mod page;
pub(crate) mod panel;
pub(crate) mod portal;
pub(crate) mod program;
pub(crate) mod prompter;
pub(crate) mod sandbox;
pub(crate) mod screen;
pub(crate) mod tray;
pub(crate) mod tunnel;
pub(crate) mod wait;
pub(crate) mod window;
