//! Linux: a desktop entry in the folder that desktops start programs from (freedesktop's
//! "Desktop Application Autostart" and "Desktop Entry" specifications).

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The entry that starts Padwatch.
pub(crate) struct Autostart {
    entry: PathBuf,
    command: String,
}

impl Autostart {
    /// The entry for this program. `profile` is the folder that was asked for, if one was.
    ///
    /// # Errors
    /// When this computer doesn't say where the program is, or where settings go.
    pub(crate) fn new(profile: Option<&Path>) -> io::Result<Self> {
        let settings = dirs::config_dir().ok_or(io::ErrorKind::NotFound)?;
        Self::at(&settings, &std::env::current_exe()?, profile)
    }

    fn at(settings: &Path, program: &Path, profile: Option<&Path>) -> io::Result<Self> {
        let mut command = format!("{} --hidden", quoted(program.as_os_str())?);
        if let Some(profile) = profile {
            // At login nothing is relative to where Padwatch was started now.
            let profile = std::path::absolute(profile)?;
            command = format!("{command} --profile {}", quoted(profile.as_os_str())?);
        }
        let entry = settings.join("autostart/padwatch.desktop");
        Ok(Self { entry, command })
    }

    /// Whether Padwatch starts at login.
    pub(crate) fn is_on(&self) -> io::Result<bool> {
        self.entry.try_exists()
    }

    /// Lets it start at login.
    pub(crate) fn turn_on(&self) -> io::Result<()> {
        if let Some(folder) = self.entry.parent() {
            fs::create_dir_all(folder)?;
        }
        let text = format!(
            "[Desktop Entry]\nType=Application\nName=Padwatch\nExec={}\nIcon=padwatch\n\
             Terminal=false\nStartupNotify=false\n",
            self.command
        );
        fs::write(&self.entry, text)
    }

    /// Lets it not.
    pub(crate) fn turn_off(&self) -> io::Result<()> {
        match fs::remove_file(&self.entry) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// An argument of `Exec`: quoted by the rules of the specification, then escaped as a string.
fn quoted(argument: &OsStr) -> io::Result<String> {
    let text = argument.to_str().ok_or(io::ErrorKind::InvalidFilename)?;
    if text.contains(['\n', '\r']) {
        return Err(io::ErrorKind::InvalidFilename.into());
    }
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            // A backslash is itself escaped in a string value.
            '"' | '`' | '$' => quoted.push_str("\\\\"),
            '\\' => quoted.push_str("\\\\\\"),
            // A single one begins a field code.
            '%' => quoted.push('%'),
            _ => {}
        }
        quoted.push(c);
    }
    quoted.push('"');
    Ok(quoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_off_until_turned_on_and_off_again_afterwards() {
        let settings = tempfile::tempdir().unwrap();
        let autostart =
            Autostart::at(settings.path(), Path::new("/usr/bin/padwatch"), None).unwrap();
        assert!(!autostart.is_on().unwrap());
        autostart.turn_off().unwrap();
        autostart.turn_on().unwrap();
        assert!(autostart.is_on().unwrap());
        let entry = settings.path().join("autostart/padwatch.desktop");
        let text = fs::read_to_string(entry).unwrap();
        assert!(
            text.contains("\nExec=\"/usr/bin/padwatch\" --hidden\n"),
            "{text}"
        );
        autostart.turn_off().unwrap();
        assert!(!autostart.is_on().unwrap());
    }

    #[test]
    fn places_with_blanks_and_signs_reach_the_program_as_they_are() {
        let program = Path::new("/opt/My Tools/100%/pad\"watch$");
        let profile = Path::new("/home/rosa/pads & more");
        let autostart = Autostart::at(Path::new("/s"), program, Some(profile)).unwrap();
        assert_eq!(
            autostart.command,
            r#""/opt/My Tools/100%%/pad\\"watch\\$" --hidden --profile "/home/rosa/pads & more""#
        );
        assert_eq!(quoted(OsStr::new(r"a\b")).unwrap(), r#""a\\\\b""#);
        assert!(
            quoted(OsStr::new("a\nb")).is_err(),
            "an entry must stay one entry"
        );
    }
}
