//! The profile folder: where the ledger and the logs are. Nobody else may read it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use padwatch_engine::problem::{Problem, ProblemCode};

/// The profile folder, made and closed to others.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    folder: PathBuf,
}

impl Profile {
    /// Makes the folder that was asked for, or the platform's own, or the sandbox's inside of it:
    /// sample data never meets real data.
    pub(crate) fn open(asked: Option<&Path>, sandbox: bool) -> Result<Self, Problem> {
        let folder = match asked {
            Some(folder) => folder.to_owned(),
            None => dirs::data_local_dir()
                .ok_or_else(no_place)?
                .join("padwatch"),
        };
        make_private(&folder).map_err(|error| unusable(&folder, &error))?;
        let folder = if sandbox {
            folder.join("sandbox")
        } else {
            folder
        };
        make_private(&folder).map_err(|error| unusable(&folder, &error))?;
        make_private(&folder.join("logs")).map_err(|error| unusable(&folder, &error))?;
        // One folder, one name: two ways to write it must not look like two profiles.
        let folder = folder
            .canonicalize()
            .map_err(|error| unusable(&folder, &error))?;
        Ok(Self { folder })
    }

    /// The folder itself.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the logs go.
    pub(crate) fn logs(&self) -> PathBuf {
        self.folder.join("logs")
    }

    /// A name for this profile that is the same in every process.
    pub(crate) fn fingerprint(&self) -> String {
        // FNV-1a, 64 bits: it only has to tell a person's few folders apart.
        let bytes = self.folder.as_os_str().as_encoded_bytes();
        let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
        format!("{hash:016x}")
    }
}

#[cfg(unix)]
fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

/// Windows: the local data folder belongs to the person already.
#[cfg(not(unix))]
fn make_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

fn no_place() -> Problem {
    Problem::new(
        ProblemCode::ProfileUnusable,
        "This computer has no folder for programs' data.",
        "Start Padwatch with --profile and a folder of your choice.",
    )
}

fn unusable(folder: &Path, error: &io::Error) -> Problem {
    Problem::new(
        ProblemCode::ProfileUnusable,
        format!("The folder {} can’t be used: {error}.", folder.display()),
        "Free the folder, or start Padwatch with --profile and another one.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn the_folder_and_its_logs_are_closed_to_others() {
        use std::os::unix::fs::PermissionsExt as _;
        let place = tempfile::tempdir().unwrap();
        let profile = Profile::open(Some(&place.path().join("a/b")), false).unwrap();
        for folder in [profile.folder(), &profile.logs()] {
            let mode = fs::metadata(folder).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700, "{}", folder.display());
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_was_open_to_others_is_closed_to_them() {
        use std::os::unix::fs::PermissionsExt as _;
        let place = tempfile::tempdir().unwrap();
        let opened = [place.path().to_owned(), place.path().join("logs")];
        for folder in &opened {
            fs::create_dir_all(folder).unwrap();
            fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
        }
        Profile::open(Some(place.path()), false).unwrap();
        for folder in &opened {
            let mode = fs::metadata(folder).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700, "{}", folder.display());
        }
    }

    #[test]
    fn sample_data_has_a_folder_and_a_fingerprint_of_its_own() {
        let place = tempfile::tempdir().unwrap();
        let real = Profile::open(Some(place.path()), false).unwrap();
        let sample = Profile::open(Some(place.path()), true).unwrap();
        assert!(sample.folder().starts_with(real.folder()));
        assert_ne!(real.fingerprint(), sample.fingerprint());
        let again = Profile::open(Some(&place.path().join(".")), false).unwrap();
        assert_eq!(again.fingerprint(), real.fingerprint());
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_a_plain_sentence() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let problem = Profile::open(Some(&file.path().join("x")), false).unwrap_err();
        assert_eq!(problem.code, ProblemCode::ProfileUnusable);
    }
}
