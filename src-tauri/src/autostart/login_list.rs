//! Windows and macOS: where programs for the login are listed there, a crate knows.

use std::io;
use std::path::Path;

use auto_launch::{AutoLaunch, AutoLaunchBuilder};

/// The entry that starts Padwatch.
pub(crate) struct Autostart(AutoLaunch);

impl Autostart {
    /// The entry for this program. `profile` is the folder that was asked for, if one was.
    ///
    /// # Errors
    /// When this computer doesn't say where the program is, or a folder's name is no text.
    pub(crate) fn new(profile: Option<&Path>) -> io::Result<Self> {
        let program = text(&std::env::current_exe()?)?;
        let mut arguments = vec!["--hidden".to_owned()];
        if let Some(profile) = profile {
            arguments.extend([
                "--profile".to_owned(),
                text(&std::path::absolute(profile)?)?,
            ]);
        }
        AutoLaunchBuilder::new()
            .set_app_name("padwatch")
            .set_app_path(&program)
            .set_args(&arguments)
            .build()
            .map(Self)
            .map_err(io::Error::other)
    }

    /// Whether Padwatch starts at login.
    pub(crate) fn is_on(&self) -> io::Result<bool> {
        self.0.is_enabled().map_err(io::Error::other)
    }

    /// Lets it start at login.
    pub(crate) fn turn_on(&self) -> io::Result<()> {
        self.0.enable().map_err(io::Error::other)
    }

    /// Names the place where this program lies now, if it is on: an update may have moved it.
    pub(crate) fn renew(&self) -> io::Result<()> {
        if self.is_on()? {
            self.turn_on()
        } else {
            Ok(())
        }
    }

    /// Lets it not.
    pub(crate) fn turn_off(&self) -> io::Result<()> {
        if self.is_on()? {
            self.0.disable().map_err(io::Error::other)
        } else {
            Ok(())
        }
    }
}

fn text(path: &Path) -> io::Result<String> {
    let text = path.to_str().map(str::to_owned);
    text.ok_or_else(|| io::ErrorKind::InvalidFilename.into())
}
