//! Windows and macOS have a display for as long as a program runs.

pub(crate) struct Display;

impl Display {
    pub(crate) fn open() -> Option<Self> {
        Some(Self)
    }

    /// Never ends.
    pub(crate) async fn lost(self) -> std::io::Result<()> {
        std::future::pending().await
    }
}
