//! Notifications: an announcement becomes a notice in words, and the notice is shown, with
//! buttons that stay answerable.

mod notice;
mod quiet;
mod show;
mod tell;

pub(crate) use notice::Press;

pub(crate) use tell::tell;
