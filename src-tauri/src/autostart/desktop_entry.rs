//! Linux: a desktop entry in the folder that desktops start programs from (freedesktop's
//! "Desktop Application Autostart" and "Desktop Entry" specifications).
//!
//! The entry belongs to the person, who changes it in the desktop's settings too: what stands there
//! stays, and only what Padwatch was asked to change is changed.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::entry_text::EntryText;
use super::exec::{self, quoted};
use super::is_in_target_folder;

/// The entry that starts Padwatch.
pub(crate) struct Autostart {
    entry: PathBuf,
    program: PathBuf,
    profile: Option<PathBuf>,
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
        Ok(Self {
            entry: settings.join("autostart/padwatch.desktop"),
            program: program.to_owned(),
            // At login nothing is relative to where Padwatch was started now.
            profile: profile.map(std::path::absolute).transpose()?,
        })
    }

    /// Returns true if this Padwatch, with this profile, starts at login: the entry is there, the
    /// desktop's settings have not switched it off, and it names this profile.
    pub(crate) fn is_on(&self) -> io::Result<bool> {
        let desktops = std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_default();
        Ok(self.read()?.is_some_and(|text| {
            let words = text.value("Exec").map(exec::words).unwrap_or_default();
            text.is_on(&desktops) && self.is_same_profile(exec::option(&words, "--profile"))
        }))
    }

    /// Starts it at login. Of an entry that is there already, only the switches and, if it starts
    /// something else, the command are changed.
    pub(crate) fn turn_on(&self) -> io::Result<()> {
        let mut text = self.read()?.unwrap_or_else(EntryText::new);
        let words = text.value("Exec").map(exec::words).unwrap_or_default();
        let starts_this = words.iter().any(|word| Path::new(word) == self.program)
            && self.is_same_profile(exec::option(&words, "--profile"));
        if !starts_this {
            text.set("Exec", &self.command()?);
        }
        text.switch_on();
        self.write(&text)
    }

    /// Stops it from starting at login. An entry with lines of the person's own stays, switched off.
    pub(crate) fn turn_off(&self) -> io::Result<()> {
        match self.read()? {
            None => Ok(()),
            Some(mut text) if text.has_own_lines() => {
                text.set("Hidden", "true");
                self.write(&text)
            }
            Some(_) => fs::remove_file(&self.entry),
        }
    }

    /// Names the place where this program lies now in an entry that is on: an update may have moved
    /// it. A program in Cargo's target folder is gone with the next clean, and is never named.
    pub(crate) fn renew(&self) -> io::Result<()> {
        if is_in_target_folder(&self.program) || !self.is_on()? {
            return Ok(());
        }
        let Some(mut text) = self.read()? else {
            return Ok(());
        };
        let renewed = text
            .value("Exec")
            .and_then(|line| exec::with_program(line, &self.program));
        match renewed {
            Some(line) => {
                text.set("Exec", &line);
                self.write(&text)
            }
            None => Ok(()),
        }
    }

    fn command(&self) -> io::Result<String> {
        let mut command = format!("{} --hidden", quoted(self.program.as_os_str())?);
        if let Some(profile) = &self.profile {
            command = format!("{command} --profile {}", quoted(profile.as_os_str())?);
        }
        Ok(command)
    }

    fn is_same_profile(&self, named: Option<&str>) -> bool {
        named.map(Path::new) == self.profile.as_deref()
    }

    fn read(&self) -> io::Result<Option<EntryText>> {
        match fs::read_to_string(&self.entry) {
            Ok(text) => Ok(Some(EntryText::of(&text))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn write(&self, text: &EntryText) -> io::Result<()> {
        self.write_with(|half| half.write_all(text.to_string().as_bytes()))
    }

    /// Wholly, or not at all: with half an entry the next login would start nothing.
    fn write_with(
        &self,
        write: impl FnOnce(&mut tempfile::NamedTempFile) -> io::Result<()>,
    ) -> io::Result<()> {
        // An entry may be a link into a folder that the person keeps elsewhere.
        let place = fs::canonicalize(&self.entry).unwrap_or_else(|_| self.entry.clone());
        let folder = place.parent().ok_or(io::ErrorKind::NotFound)?;
        fs::create_dir_all(folder)?;
        let mut half = tempfile::NamedTempFile::new_in(folder)?;
        write(&mut half)?;
        if let Ok(there) = fs::metadata(&place) {
            half.as_file().set_permissions(there.permissions())?;
        }
        half.as_file().sync_all()?;
        half.persist(&place)?;
        fs::File::open(folder)?.sync_all()
    }
}

#[cfg(test)]
#[path = "desktop_entry_tests.rs"]
mod tests;
