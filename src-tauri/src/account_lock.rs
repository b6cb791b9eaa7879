//! One maker for one Lever key on this computer, whatever profiles there are: two would create two
//! pads for each candidate.
//!
//! The lock is a file in the person's runtime folder, named by a salted hash of the key and its
//! origin, and the system takes it back however the program ends. Two different keys of one Lever
//! account can't be told from those of two accounts; those two makers are kept apart by the rules for
//! two computers (docs/guarantees.md).

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use padwatch_domain::problem::Problem;
use ring::digest;
use transport::{ExposeSecret as _, SecretString};

/// Keeps the name from being the plain hash of a key.
const SALT: &[u8] = b"padwatch account lock 1";

/// The lock that this program holds.
pub(crate) struct AccountLock {
    /// `None`: this computer has no place for it.
    folder: Option<PathBuf>,
    held: Mutex<Option<(String, File)>>,
}

impl AccountLock {
    /// With nothing locked yet.
    pub(crate) fn new() -> Self {
        let folder = dirs::runtime_dir().filter(|folder| folder.is_dir());
        // Windows and macOS have no runtime folder; theirs for local data is private too.
        let folder = folder.or_else(|| Some(dirs::data_local_dir()?.join("padwatch")));
        Self {
            folder,
            held: Mutex::new(None),
        }
    }

    #[cfg(test)]
    fn in_folder(folder: PathBuf) -> Self {
        Self {
            folder: Some(folder),
            held: Mutex::new(None),
        }
    }

    /// Holds the lock of this key (`None`: of none) in place of an earlier one's.
    ///
    /// # Errors
    /// When another Padwatch holds it.
    pub(crate) fn claim(&self, origin: &str, key: Option<&SecretString>) -> Result<(), Problem> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(key) = key else {
            *held = None;
            return Ok(());
        };
        let name = name(origin, key);
        if held.as_ref().is_some_and(|(held, _)| *held == name) {
            return Ok(());
        }
        *held = None;
        match self.lock(&name) {
            Ok(file) => {
                *held = Some((name, file));
                Ok(())
            }
            Err(TryLockError::WouldBlock) => Err(Problem::KeyUsedElsewhere),
            Err(TryLockError::Error(error)) => {
                // No place for locks is no reason to serve no one.
                tracing::warn!(%error, "other profiles with this Lever key can't be noticed");
                Ok(())
            }
        }
    }

    fn lock(&self, name: &str) -> Result<File, TryLockError> {
        let open = || -> io::Result<File> {
            let folder = self.folder.as_ref().ok_or(io::ErrorKind::NotFound)?;
            fs::create_dir_all(folder)?;
            let mut options = File::options();
            options.create(true).truncate(false).write(true);
            #[cfg(unix)]
            {
                use std::os::unix::fs::OpenOptionsExt as _;
                options.mode(0o600);
            }
            options.open(folder.join(name))
        };
        let file = open().map_err(TryLockError::Error)?;
        file.try_lock()?;
        Ok(file)
    }
}

fn name(origin: &str, key: &SecretString) -> String {
    let mut hash = digest::Context::new(&digest::SHA256);
    for part in [SALT, origin.as_bytes(), key.expose_secret().as_bytes()] {
        hash.update(part);
        hash.update(&[0]);
    }
    let bytes = hash.finish();
    let hex = bytes.as_ref().iter().take(16);
    let hex: String = hex.map(|byte| format!("{byte:02x}")).collect();
    format!("padwatch-account-{hex}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use padwatch_domain::problem::ProblemCode;

    const LEVER: &str = "https://api.lever.co";

    fn key(text: &str) -> SecretString {
        SecretString::from(text.to_owned())
    }

    #[test]
    fn a_second_profile_with_the_same_key_is_refused_until_the_first_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let [first, second] = [(); 2].map(|()| AccountLock::in_folder(folder.path().to_owned()));
        first.claim(LEVER, Some(&key("a"))).unwrap();
        first.claim(LEVER, Some(&key("a"))).unwrap();
        let refused = second.claim(LEVER, Some(&key("a"))).unwrap_err();
        assert_eq!(refused.code(), ProblemCode::KeyNotUsable);
        second.claim(LEVER, Some(&key("b"))).unwrap();
        second.claim("http://127.0.0.1:1", Some(&key("a"))).unwrap();
        first.claim(LEVER, None).unwrap();
        second.claim(LEVER, Some(&key("a"))).unwrap();
    }

    #[test]
    fn the_name_of_the_lock_does_not_show_the_key() {
        let name = name(LEVER, &key("sesame-open"));
        assert!(!name.contains("sesame"), "{name}");
    }
}
