//! Starting at login: off until the person says yes. What starts then is this program with the
//! same profile, in the tray.

use std::path::Path;

#[cfg(target_os = "macos")]
pub(crate) mod at_login;
#[cfg(any(windows, test))]
mod command_line;
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

/// Returns true for a program in a folder that Cargo builds into, whatever its name.
fn is_in_target_folder(program: &Path) -> bool {
    program.ancestors().skip(1).any(|folder| {
        folder.file_name().is_some_and(|name| name == "target")
            || folder.join(".rustc_info.json").is_file()
    })
}
