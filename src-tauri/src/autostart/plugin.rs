//! Windows and macOS: Tauri's plugin knows where programs for the login are listed.

use std::io;
use std::path::Path;

use tauri::AppHandle;
use tauri_plugin_autostart::ManagerExt as _;

/// The entry that starts Padwatch. Which profile it starts with is settled when the plugin is
/// made.
pub(crate) struct Autostart(AppHandle);

impl Autostart {
    pub(crate) fn new(app: &AppHandle, _profile: Option<&Path>) -> io::Result<Self> {
        Ok(Self(app.clone()))
    }

    pub(crate) fn is_on(&self) -> io::Result<bool> {
        self.0.autolaunch().is_enabled().map_err(io::Error::other)
    }

    pub(crate) fn turn_on(&self) -> io::Result<()> {
        self.0.autolaunch().enable().map_err(io::Error::other)
    }

    pub(crate) fn turn_off(&self) -> io::Result<()> {
        if self.is_on()? {
            self.0.autolaunch().disable().map_err(io::Error::other)
        } else {
            Ok(())
        }
    }
}
