//! Keys that "Forget everything" could not delete because the keyring was locked. They are deleted
//! before they would be read again, after a restart too.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use padwatch_api::SecretName;

use crate::profile::private_file;

/// Holds their names, a line each. Not there: none.
const FILE: &str = "forgotten-keys";

/// Which ones.
pub(crate) struct Forgotten {
    file: PathBuf,
    names: Mutex<Vec<SecretName>>,
}

impl Forgotten {
    /// Reads which ones. A file that can't be read names all of them: no key is used that may have
    /// to be deleted.
    pub(crate) fn read(folder: &Path) -> Self {
        let file = folder.join(FILE);
        let names = match fs::read_to_string(&file) {
            Ok(text) => named(&text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => {
                tracing::warn!(%error, "which keys are to be deleted can't be read");
                SecretName::ALL.to_vec()
            }
        };
        Self {
            file,
            names: Mutex::new(names),
        }
    }

    /// Returns true if this one has to be deleted before it is read.
    pub(crate) fn has(&self, name: SecretName) -> bool {
        let names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        names.contains(&name)
    }

    /// This one has to be deleted.
    pub(crate) fn add(&self, name: SecretName) {
        self.change(|names| {
            if !names.contains(&name) {
                names.push(name);
            }
        });
    }

    /// This one is deleted, or replaced by one that may be used.
    pub(crate) fn remove(&self, name: SecretName) {
        if self.has(name) {
            self.change(|names| names.retain(|other| *other != name));
        }
    }

    fn change(&self, change: impl FnOnce(&mut Vec<SecretName>)) {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut names);
        if let Err(error) = self.write(&names) {
            tracing::warn!(%error, "which keys are to be deleted can't be noted");
        }
    }

    fn write(&self, names: &[SecretName]) -> io::Result<()> {
        if names.is_empty() {
            return fs::remove_file(&self.file);
        }
        let lines: String = names
            .iter()
            .map(|name| format!("{}\n", name.as_str()))
            .collect();
        private_file(&self.file, &lines)
    }
}

fn named(text: &str) -> Vec<SecretName> {
    let all = SecretName::ALL.into_iter();
    all.filter(|name| text.lines().any(|line| line == name.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_deleted_is_known_after_a_restart_until_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let first = Forgotten::read(folder.path());
        assert!(SecretName::ALL.iter().all(|name| !first.has(*name)));
        first.add(SecretName::LeverKey);
        first.add(SecretName::LeverKey);
        first.add(SecretName::CoderpadKey);
        let second = Forgotten::read(folder.path());
        assert!(second.has(SecretName::LeverKey) && second.has(SecretName::CoderpadKey));
        assert!(!second.has(SecretName::LeverSigningTokens));
        second.remove(SecretName::LeverKey);
        second.remove(SecretName::CoderpadKey);
        assert!(!folder.path().join(FILE).exists());
    }

    #[test]
    fn a_note_that_cannot_be_read_names_every_key() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(FILE)).unwrap();
        let forgotten = Forgotten::read(folder.path());
        assert!(SecretName::ALL.iter().all(|name| forgotten.has(*name)));
    }
}
