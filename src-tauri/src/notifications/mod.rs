//! Notifications: an announcement becomes a notice in words (`padwatch_api::notifications`), and the
//! notice is shown, with buttons that stay answerable.

#[cfg(target_os = "macos")]
mod banner;
#[cfg(target_os = "linux")]
mod bus;
#[cfg(target_os = "linux")]
mod picture;
pub(crate) mod quiet;
#[cfg(windows)]
pub(crate) mod toast;
#[cfg(any(windows, test))]
pub(crate) mod toast_address;
#[cfg(any(windows, test))]
mod toast_text;

#[cfg(target_os = "macos")]
pub(crate) use banner::Shown;
#[cfg(target_os = "linux")]
pub(crate) use bus::{SERVICE, Shown};
#[cfg(windows)]
pub(crate) use toast::Shown;

/// Returns true if some program shows notifications.
#[cfg(target_os = "linux")]
pub(crate) async fn can_be_shown() -> bool {
    Shown::reads_markup().await.is_ok()
}
