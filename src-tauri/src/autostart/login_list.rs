//! Windows and macOS: where programs for the login are listed there, a crate knows.

use std::io;
use std::path::{Path, PathBuf};

use auto_launch::{AutoLaunch, AutoLaunchBuilder, MacOSLaunchMode, WindowsEnableMode};

/// The entry that starts Padwatch.
pub(crate) struct Autostart {
    list: AutoLaunch,
    program: PathBuf,
}

impl Autostart {
    /// The entry for this program. `profile` is the folder that was asked for, if one was.
    ///
    /// # Errors
    /// When this computer doesn't say where the program is, or a folder's name is no text.
    pub(crate) fn new(profile: Option<&Path>) -> io::Result<Self> {
        let program = std::env::current_exe()?;
        let mut arguments = vec!["--hidden".to_owned()];
        if let Some(profile) = profile {
            arguments.extend([
                "--profile".to_owned(),
                word(&std::path::absolute(profile)?)?,
            ]);
        }
        let list = AutoLaunchBuilder::new()
            .set_app_name(NAME)
            .set_app_path(&word(&program)?)
            .set_args(&arguments)
            // Never for everyone who uses this computer.
            .set_windows_enable_mode(WindowsEnableMode::CurrentUser)
            .set_macos_launch_mode(launch_mode(&program, profile))
            .build()
            .map_err(io::Error::other)?;
        Ok(Self { list, program })
    }

    /// Whether Padwatch starts at login.
    pub(crate) fn is_on(&self) -> io::Result<bool> {
        self.list.is_enabled().map_err(io::Error::other)
    }

    /// Lets it start at login.
    pub(crate) fn turn_on(&self) -> io::Result<()> {
        self.list.enable().map_err(io::Error::other)
    }

    /// Names the place where this program lies now, if it is on: an update may have moved it.
    pub(crate) fn renew(&self) -> io::Result<()> {
        if !super::is_in_target_folder(&self.program) && self.is_on()? {
            self.turn_on()
        } else {
            Ok(())
        }
    }

    /// Lets it not.
    pub(crate) fn turn_off(&self) -> io::Result<()> {
        if self.is_on()? {
            self.list.disable().map_err(io::Error::other)
        } else {
            Ok(())
        }
    }
}

/// macOS' own service opens an application of the Applications folder, and passes it no options. What
/// it can't open gets an agent.
fn launch_mode(program: &Path, profile: Option<&Path>) -> MacOSLaunchMode {
    let is_in_bundle = program
        .parent()
        .is_some_and(|folder| folder.ends_with("Contents/MacOS"));
    match is_in_bundle && profile.is_none() {
        true => MacOSLaunchMode::SMAppService,
        false => MacOSLaunchMode::LaunchAgent,
    }
}

/// By which the entry is found. An agent of macOS is named like the program that it starts.
const NAME: &str = if cfg!(target_os = "macos") {
    "io.padwatch.Padwatch"
} else {
    "padwatch"
};

/// A path as the list takes it: for Windows the crate makes one command line of all, and quotes nothing.
fn word(path: &Path) -> io::Result<String> {
    let text = path.to_str().ok_or(io::ErrorKind::InvalidFilename)?;
    #[cfg(windows)]
    return Ok(super::command_line::quoted(text));
    #[cfg(not(windows))]
    return Ok(text.to_owned());
}

#[cfg(all(test, windows))]
mod tests {
    use super::*;

    #[test]
    fn each_path_is_one_word_of_the_command_line() {
        let folder = Path::new(r"C:\Users\Ada Lovelace\pads");
        let entry = Autostart::new(Some(folder)).unwrap();
        assert!(entry.list.get_app_path().starts_with('"'));
        assert_eq!(
            entry.list.get_args(),
            ["--hidden", "--profile", r#""C:\Users\Ada Lovelace\pads""#]
        );
    }
}
