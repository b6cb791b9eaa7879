//! The icon's pictures as files, which is how panels want them: in a folder of this process alone,
//! written before any panel hears of them, and never changed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::icon::{Icon, png};

/// What the folders' names begin with; the process's number follows.
const NAME: &str = "padwatch-tray-";

/// The pictures. Their folder goes with this.
#[derive(Debug)]
pub(crate) struct Pictures(TempDir);

impl Pictures {
    /// Writes all of them, and removes those of processes that were killed.
    ///
    /// # Errors
    /// When there is no room.
    pub(crate) fn write() -> io::Result<Self> {
        let place = dirs::runtime_dir().filter(|folder| folder.is_dir());
        Self::write_in(&place.unwrap_or_else(tempfile::env::temp_dir))
    }

    fn write_in(place: &Path) -> io::Result<Self> {
        remove_leftovers(place);
        let pictures = tempfile::Builder::new()
            .prefix(&format!("{NAME}{}-", std::process::id()))
            .tempdir_in(place)
            .map(Self)?;
        for icon in Icon::ALL {
            fs::write(pictures.path(icon), png(icon))?;
        }
        Ok(pictures)
    }

    /// The folder.
    pub(crate) fn folder(&self) -> &Path {
        self.0.path()
    }

    /// An icon's picture. One that something has cleaned away is written again.
    ///
    /// # Errors
    /// When it can't be.
    pub(crate) fn of(&self, icon: Icon) -> io::Result<PathBuf> {
        let path = self.path(icon);
        if !path.is_file() {
            fs::create_dir_all(self.folder())?;
            fs::write(&path, png(icon))?;
        }
        Ok(path)
    }

    fn path(&self, icon: Icon) -> PathBuf {
        self.folder().join(format!("padwatch-{}.png", icon.name()))
    }
}

/// A process that was killed could not remove its folder. What can't be removed disturbs no one.
fn remove_leftovers(place: &Path) {
    for entry in fs::read_dir(place).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let number = name
            .strip_prefix(NAME)
            .and_then(|rest| rest.split('-').next());
        let is_gone = number.is_some_and(|number| {
            number.parse::<u32>().is_ok() && !Path::new("/proc").join(number).exists()
        });
        if is_gone {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_padwatches_have_pictures_of_their_own_until_they_end() {
        let place = tempfile::tempdir().unwrap();
        let [one, other] = [(); 2].map(|()| Pictures::write_in(place.path()).unwrap());
        assert_ne!(one.folder(), other.folder());
        let folder = one.folder().to_owned();
        drop(one);
        assert!(!folder.exists());
        for icon in Icon::ALL {
            assert_eq!(fs::read(other.of(icon).unwrap()).unwrap(), png(icon));
        }
    }

    #[test]
    fn a_picture_that_was_cleaned_away_comes_back() {
        let place = tempfile::tempdir().unwrap();
        let pictures = Pictures::write_in(place.path()).unwrap();
        fs::remove_dir_all(pictures.folder()).unwrap();
        assert!(pictures.of(Icon::Paused).unwrap().is_file());
    }

    #[test]
    fn the_folder_of_a_process_that_was_killed_goes_and_no_other() {
        let place = tempfile::tempdir().unwrap();
        let folder = |name: &str| {
            let folder = place.path().join(name);
            fs::create_dir(&folder).unwrap();
            folder
        };
        // No process has such a number (proc(5), pid_max).
        let killed = folder("padwatch-tray-4294967295-x");
        let others = ["padwatch-tray-1-x", "padwatch-tray-x", "tray-icon"].map(folder);
        let _pictures = Pictures::write_in(place.path()).unwrap();
        assert!(!killed.exists());
        assert!(others.iter().all(|folder| folder.exists()));
    }
}
