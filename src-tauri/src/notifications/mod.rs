//! Notifications: an announcement becomes a notice in words (`padwatch_api::notifications`), and the
//! notice is shown, with buttons that stay answerable.

#[cfg(target_os = "linux")]
mod bus;
#[cfg(target_os = "linux")]
mod picture;
mod quiet;
mod show;
mod tell;

pub(crate) use tell::tell;

/// Returns true if some program shows notifications.
pub(crate) async fn can_be_shown() -> bool {
    show::Shown::reads_markup().await.is_ok()
}
