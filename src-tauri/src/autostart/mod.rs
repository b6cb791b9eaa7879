//! Starting at login: off until the person says yes. What starts then is this program with the
//! same profile, in the tray.

#[cfg(target_os = "linux")]
mod desktop_entry;
#[cfg(target_os = "linux")]
mod entry_text;
#[cfg(target_os = "linux")]
mod exec;
#[cfg(target_os = "linux")]
pub(crate) use desktop_entry::Autostart;

#[cfg(not(target_os = "linux"))]
mod login_list;
#[cfg(not(target_os = "linux"))]
pub(crate) use login_list::Autostart;
