//! The profile folder: who holds its lock may make pads.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::drive;
use padwatch_domain::problem::Problem;
use padwatch_ledger::{Placement, Places};

/// A profile folder that is ours alone, as long as this value lives.
#[derive(Debug)]
pub struct Profile {
    folder: PathBuf,
    /// Where the lock was when it was taken.
    places: Places,
    /// The lock goes with the file, and the kernel takes it back however the program ends.
    _lock: File,
}

impl Profile {
    /// Makes the folder if need be (mode 0700) and takes its lock.
    ///
    /// # Errors
    /// [`Problem::ProfileInUse`] when another Padwatch has it,
    /// [`Problem::ProfileUnusable`] when it can't be made or written, or lies on a network
    /// drive.
    pub fn open(folder: &Path) -> Result<Self, Problem> {
        Self::open_unless(folder, drive::is_on_network)
    }

    fn open_unless(folder: &Path, is_on_network: impl Fn(&Path) -> bool) -> Result<Self, Problem> {
        make(folder).map_err(|error| unusable(folder, &error))?;
        if is_on_network(folder) {
            return Err(on_network(folder));
        }
        let path = folder.join("lock");
        let lock = open_lock(&path).map_err(|error| unusable(folder, &error))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                folder: folder.to_owned(),
                places: Places::of([path]),
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => Err(Problem::ProfileInUse),
            Err(TryLockError::Error(error)) => Err(unusable(folder, &error)),
        }
    }

    /// Returns true if the lock is still where every other Padwatch looks for it.
    pub(crate) fn is_in_place(&self) -> bool {
        self.places.now() == Placement::InPlace
    }

    /// Where the ledger is.
    #[must_use]
    pub fn ledger(&self) -> PathBuf {
        self.folder.join("ledger.sqlite3")
    }
}

#[cfg(unix)]
fn make(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn make(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

fn open_lock(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let file = options.open(path)?;
    close_to_others(&file)?;
    Ok(file)
}

/// A file that exists may have been opened to others since.
#[cfg(unix)]
fn close_to_others(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn close_to_others(_file: &File) -> io::Result<()> {
    Ok(())
}

fn on_network(folder: &Path) -> Problem {
    Problem::ProfileOnNetwork {
        folder: folder.display().to_string(),
    }
}

fn unusable(folder: &Path, error: &io::Error) -> Problem {
    let folder = folder.display().to_string();
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            Problem::ProfileReadOnly { folder }
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            Problem::ProfileDiskFull { folder }
        }
        _ => Problem::ProfileUnusable { folder },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use padwatch_domain::problem::ProblemCode;

    #[test]
    fn a_second_one_is_refused_until_the_first_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let first = Profile::open(folder.path()).unwrap();
        assert_eq!(
            Profile::open(folder.path()).unwrap_err().code(),
            ProblemCode::ProfileInUse
        );
        drop(first);
        assert!(Profile::open(folder.path()).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_look_into_the_folder() {
        use std::os::unix::fs::PermissionsExt as _;
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("deep/padwatch");
        let _profile = Profile::open(&folder).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(mode(&folder.join("lock")), 0o600);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_and_a_lock_that_were_open_to_others_are_closed_to_them() {
        use std::os::unix::fs::PermissionsExt as _;
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("padwatch");
        let lock = folder.join("lock");
        fs::create_dir(&folder).unwrap();
        fs::write(&lock, "").unwrap();
        let open = |path: &Path, mode| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        };
        open(&lock, 0o644);
        open(&folder, 0o755);
        let _profile = Profile::open(&folder).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&lock)), (0o700, 0o600));
    }

    #[test]
    fn a_folder_on_a_network_drive_is_refused_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let problem = Profile::open_unless(folder.path(), |_| true).unwrap_err();
        assert_eq!(problem.code(), ProblemCode::ProfileUnusable);
        assert!(matches!(problem, Problem::ProfileOnNetwork { .. }));
        assert!(!folder.path().join("lock").exists(), "nothing was written");
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_a_clear_problem() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let problem = Profile::open(&file.path().join("below")).unwrap_err();
        assert_eq!(problem.code(), ProblemCode::ProfileUnusable);
    }
}
