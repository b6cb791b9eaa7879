//! One notification on the screen.

#[cfg(target_os = "linux")]
pub(crate) use super::bus::Shown;

#[cfg(not(target_os = "linux"))]
use padwatch_api::notifications::{Notice, Outcome};

/// Why nothing can be shown.
#[cfg(not(target_os = "linux"))]
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotShown {
    #[error(transparent)]
    Refused(#[from] notify_rust::error::Error),
}

/// A notification that is on the screen.
#[cfg(not(target_os = "linux"))]
pub(crate) struct Shown {}

/// Windows and macOS: shown without buttons; the tray has everything.
#[cfg(not(target_os = "linux"))]
impl Shown {
    #[expect(clippy::unused_async, reason = "the same shape as on Linux")]
    pub(crate) async fn reads_markup() -> Result<bool, NotShown> {
        Ok(false)
    }

    #[expect(clippy::unused_async, reason = "the same shape as on Linux")]
    pub(crate) async fn new(notice: &Notice, _markup: bool) -> Result<Self, NotShown> {
        notify_rust::Notification::new()
            .appname("Padwatch")
            .summary(&notice.title)
            .body(&notice.body)
            .icon("padwatch")
            .show()?;
        Ok(Self {})
    }

    #[expect(clippy::unused_async, reason = "the same shape as on Linux")]
    pub(crate) async fn outcome(&mut self) -> Outcome {
        Outcome::Closed
    }

    #[expect(clippy::unused_async, reason = "the same shape as on Linux")]
    pub(crate) async fn close(&self) {}
}
