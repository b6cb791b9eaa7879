//! What a person does on a desktop that people use, by the hands and eyes that this desktop allows.

use std::ops::Range;
use std::path::PathBuf;

use serde::Deserialize;

use super::desk::Desk;

/// The window that has the keyboard, which is the one in front.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Focused {
    pub(crate) title: String,
    /// What the desktop knows it by: its entry, or how it finds that.
    pub(crate) app: String,
}

/// A desktop.
pub(crate) trait Desktop {
    /// By which its pictures are called.
    const NAME: &'static str;
    /// What it knows Padwatch's window by.
    const APP: &'static str;
    /// Where its panel is, in rows of pixels from the top of the screen.
    const PANEL: Range<usize>;

    fn desk(&self) -> &Desk;

    /// Opens the menu of Padwatch's icon, and chooses the row that begins like this.
    async fn choose(&self, row: &str);

    /// Moves the pointer to the notification whose title begins like this. It stays as long as the
    /// pointer is there.
    async fn point_at_notification(&self, title: &str);

    /// Presses a button of the notification whose title begins like this.
    async fn press(&self, title: &str, button: &str);

    /// Takes the place away where icons are shown, and brings it back, as a crash of the panel does.
    async fn restart_panel(&self);

    /// The text that a program gets that pastes now.
    async fn copied(&self) -> Option<String>;

    /// Copies a text in another program.
    async fn copy_elsewhere(&self, text: &str);

    /// The window that has the keyboard.
    async fn focused(&self) -> Option<Focused>;

    /// Takes a picture of the whole screen.
    fn picture(&self, name: &str) -> PathBuf;
}
