//! Windows and macOS have a display for as long as a program runs.

pub(crate) struct Display;

impl Display {
    pub(crate) fn open() -> Option<Self> {
        Some(Self)
    }

    /// Waits until the display is lost.
    pub(crate) async fn lost(&self) {
        std::future::pending().await
    }
}
