//! The profile folder: where the ledger and the logs are. No one else may read it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use padwatch_domain::problem::Problem;

/// Holds the profile's id. Not in the default profile.
const ID_FILE: &str = "id";
/// There as soon as a profile has had keys of its own.
const OWN_KEYS_FILE: &str = "own-keys";
const LONGEST_ID: usize = 64;

/// The profile folder, made and closed to others.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    folder: PathBuf,
    /// `None`: the default profile.
    id: Option<String>,
}

impl Profile {
    /// Makes the folder that was asked for, or the platform's own, or the sandbox's inside of it:
    /// sample data never meets real data.
    pub(crate) fn open(asked: Option<&Path>, sandbox: bool) -> Result<Self, Problem> {
        let folder = match asked {
            Some(folder) => folder.to_owned(),
            None => default_folder().ok_or(Problem::NoDataFolder)?,
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
        let folder = resolved(&folder).map_err(|error| unusable(&folder, &error))?;
        let is_default = default_folder()
            .and_then(|default| resolved(&default).ok())
            .is_some_and(|default| default == folder);
        let id = match is_default {
            true => None,
            false => Some(id(&folder).map_err(|error| unusable(&folder, &error))?),
        };
        Ok(Self { folder, id })
    }

    /// The keyring's service for this profile's keys. Other people's scripts rely on it: see
    /// `--print-keyring-service`.
    pub(crate) fn keyring_service(&self) -> String {
        match &self.id {
            None => DEFAULT_SERVICE.to_owned(),
            Some(id) => format!("{DEFAULT_SERVICE}:{id}"),
        }
    }

    /// Whether the keys of the default profile may stand in for keys of its own: they are only
    /// read. Never once this profile had its own, and only where no one else works with those
    /// keys, or where the person has named the services' addresses.
    pub(crate) fn may_read_default_keys(&self, addresses_are_named: bool) -> bool {
        let nobody_elses =
            || default_folder().is_none_or(|default| !default.join("ledger.sqlite3").exists());
        self.id.is_some()
            && !self.folder.join(OWN_KEYS_FILE).exists()
            && (addresses_are_named || nobody_elses())
    }

    /// Remembers that this profile has had keys of its own.
    pub(crate) fn has_own_keys(&self) -> io::Result<()> {
        match self.id {
            None => Ok(()),
            Some(_) => private_file(&self.folder.join(OWN_KEYS_FILE), ""),
        }
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
        fingerprint(&self.folder)
    }
}

/// The service of the default profile's keys.
pub(crate) const DEFAULT_SERVICE: &str = "padwatch";

/// On Windows not `padwatch`: the program itself is installed into that folder there.
const FOLDER: &str = if cfg!(windows) {
    "io.padwatch.Padwatch"
} else {
    "padwatch"
};

fn default_folder() -> Option<PathBuf> {
    Some(dirs::data_local_dir()?.join(FOLDER))
}

/// The folder's one name.
#[cfg(not(windows))]
fn resolved(folder: &Path) -> io::Result<PathBuf> {
    folder.canonicalize()
}

/// The same, without the prefix that no one knows who reads it.
#[cfg(windows)]
fn resolved(folder: &Path) -> io::Result<PathBuf> {
    dunce::canonicalize(folder)
}

/// FNV-1a, 64 bits: it only has to tell a person's few folders apart.
fn fingerprint(folder: &Path) -> String {
    let bytes = folder.as_os_str().as_encoded_bytes();
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// The id in the folder: it stays when the folder is moved. At first it is the fingerprint of where
/// the folder is, unless a script has written another.
fn id(folder: &Path) -> io::Result<String> {
    let file = folder.join(ID_FILE);
    match fs::read_to_string(&file) {
        Ok(text) if is_id(text.trim()) => Ok(text.trim().to_owned()),
        // What can't be read is no other profile's id.
        Ok(_) => Ok(fingerprint(folder)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let id = fingerprint(folder);
            private_file(&file, &id)?;
            Ok(id)
        }
        Err(error) => Err(error),
    }
}

fn is_id(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !text.is_empty() && text.len() <= LONGEST_ID && text.chars().all(fits)
}

/// Writes a file that no one else may read.
pub(crate) fn private_file(path: &Path, text: &str) -> io::Result<()> {
    use std::io::Write as _;
    let mut options = fs::File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)?.write_all(text.as_bytes())
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

fn unusable(folder: &Path, error: &io::Error) -> Problem {
    tracing::error!(%error, "the profile folder can't be used");
    Problem::ProfileUnusable {
        folder: folder.display().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use padwatch_domain::problem::ProblemCode;

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
    fn a_profile_of_ones_own_has_a_keyring_service_that_outlives_a_move() {
        let place = tempfile::tempdir().unwrap();
        let [one, other] = ["one", "other"].map(|name| place.path().join(name));
        let service = |folder: &Path| {
            Profile::open(Some(folder), false)
                .unwrap()
                .keyring_service()
        };
        let first = service(&one);
        assert!(first.starts_with("padwatch:"), "{first}");
        assert_ne!(first, service(&other));
        let moved = place.path().join("moved");
        fs::rename(&one, &moved).unwrap();
        assert_eq!(service(&moved), first);
        fs::write(moved.join("id"), "eu-account\n").unwrap();
        assert_eq!(service(&moved), "padwatch:eu-account");
        for odd in ["", "a b", "../x", &"x".repeat(65)] {
            fs::write(moved.join("id"), odd).unwrap();
            assert_eq!(
                service(&moved),
                format!("padwatch:{}", fingerprint(&resolved(&moved).unwrap()))
            );
        }
    }

    #[test]
    fn default_keys_are_not_read_once_a_profile_had_its_own() {
        let place = tempfile::tempdir().unwrap();
        let profile = Profile::open(Some(place.path()), false).unwrap();
        assert!(profile.may_read_default_keys(true));
        profile.has_own_keys().unwrap();
        assert!(!profile.may_read_default_keys(true));
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_a_plain_sentence() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let problem = Profile::open(Some(&file.path().join("x")), false).unwrap_err();
        assert_eq!(problem.code(), ProblemCode::ProfileUnusable);
    }
}
