//! The keyring, on a thread of its own. A locked Secret Service blocks its caller until somebody
//! answers the prompt, and calls side by side race (reference/reliability.md, D6): so there is
//! one thread with one queue, nobody waits for it longer than a while, and nobody joins it.
//!
//! `keyring` fixes its store at the first call, for better or worse; `keyring-core` with the
//! platform's store lets every call try anew (reference/stack.md, Keyring).

use std::collections::HashMap;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use exchange::{ExposeSecret as _, SecretString};
use keyring_core::api::CredentialStore;
use keyring_core::{Entry, Error};
use padwatch_commands::SecretName;
use padwatch_engine::problem::{Problem, ProblemCode};
use tokio::sync::oneshot;

/// The service that all our secrets are under. Other people's scripts rely on it (design.md).
const SERVICE: &str = "padwatch";
/// How long a caller waits before it is told that the keyring is locked.
const PATIENCE: Duration = Duration::from_secs(12);

/// The attribute that says when Padwatch stored a secret, in ms since the epoch.
const STORED_AT: &str = "stored-at";

type Reply<T> = oneshot::Sender<Result<T, Problem>>;

enum Job {
    Store(SecretName, SecretString, i64, Reply<()>),
    Load(SecretName, Reply<Option<SecretString>>),
    StoredAt(SecretName, Reply<Option<i64>>),
    Delete(SecretName, Reply<()>),
}

/// A way to the thread that owns the secrets.
#[derive(Clone)]
pub(crate) struct Keyring {
    jobs: mpsc::Sender<Job>,
}

/// Where secrets are kept.
trait Vault: Send {
    fn store(
        &mut self,
        name: SecretName,
        secret: &SecretString,
        now_ms: i64,
    ) -> Result<(), Problem>;
    fn stored_at(&mut self, name: SecretName) -> Result<Option<i64>, Problem>;
    fn load(&mut self, name: SecretName) -> Result<Option<SecretString>, Problem>;
    fn delete(&mut self, name: SecretName) -> Result<(), Problem>;
}

/// The platform's keyring.
struct System;

/// Memory alone: the sandbox's keys never reach the keyring.
#[derive(Default)]
struct Memory(HashMap<SecretName, (SecretString, Option<i64>)>);

impl Keyring {
    /// The platform's keyring.
    ///
    /// # Errors
    /// When no thread can be started.
    pub(crate) fn system() -> std::io::Result<Self> {
        Self::start(System)
    }

    /// Secrets that are forgotten at the end.
    ///
    /// # Errors
    /// When no thread can be started.
    pub(crate) fn in_memory(
        secrets: impl IntoIterator<Item = (SecretName, SecretString)>,
    ) -> std::io::Result<Self> {
        let known = secrets
            .into_iter()
            .map(|(name, secret)| (name, (secret, None)));
        Self::start(Memory(known.collect()))
    }

    fn start(mut vault: impl Vault + 'static) -> std::io::Result<Self> {
        let (jobs, queue) = mpsc::channel();
        std::thread::Builder::new()
            .name("keyring".to_owned())
            .spawn(move || {
                while let Ok(job) = queue.recv() {
                    serve(&mut vault, job);
                }
            })?;
        Ok(Self { jobs })
    }

    /// Stores a secret in place of an older one.
    pub(crate) async fn store(
        &self,
        name: SecretName,
        secret: SecretString,
        now_ms: i64,
    ) -> Result<(), Problem> {
        self.ask(|answer| Job::Store(name, secret, now_ms, answer))
            .await
    }

    /// When Padwatch stored a secret, in ms since the epoch; `None`: not known.
    pub(crate) async fn stored_at(&self, name: SecretName) -> Result<Option<i64>, Problem> {
        self.ask(|answer| Job::StoredAt(name, answer)).await
    }

    /// Reads a secret; `None`: there is none.
    pub(crate) async fn load(&self, name: SecretName) -> Result<Option<SecretString>, Problem> {
        self.ask(|answer| Job::Load(name, answer)).await
    }

    /// Deletes a secret. One that isn't there is fine.
    pub(crate) async fn delete(&self, name: SecretName) -> Result<(), Problem> {
        self.ask(|answer| Job::Delete(name, answer)).await
    }

    async fn ask<T>(&self, job: impl FnOnce(Reply<T>) -> Job) -> Result<T, Problem> {
        let (answer, result) = oneshot::channel();
        self.jobs.send(job(answer)).map_err(|_| missing())?;
        match tokio::time::timeout(PATIENCE, result).await {
            Ok(answered) => answered.map_err(|_| missing())?,
            Err(_) => Err(locked()),
        }
    }
}

/// Does one job, unless whoever asked has given up: what failed in their eyes must not happen
/// when the keyring is unlocked an hour later.
fn serve(vault: &mut impl Vault, job: Job) {
    match job {
        Job::Store(name, secret, now_ms, answer) if !answer.is_closed() => {
            let _ = answer.send(vault.store(name, &secret, now_ms));
        }
        Job::StoredAt(name, answer) if !answer.is_closed() => {
            let _ = answer.send(vault.stored_at(name));
        }
        Job::Load(name, answer) if !answer.is_closed() => {
            let _ = answer.send(vault.load(name));
        }
        Job::Delete(name, answer) if !answer.is_closed() => {
            let _ = answer.send(vault.delete(name));
        }
        Job::Store(..) | Job::Load(..) | Job::StoredAt(..) | Job::Delete(..) => {}
    }
}

impl Vault for System {
    fn store(
        &mut self,
        name: SecretName,
        secret: &SecretString,
        now_ms: i64,
    ) -> Result<(), Problem> {
        let entry = entry(name)?;
        entry
            .set_password(secret.expose_secret())
            .map_err(|error| in_words(&error))?;
        let moment = now_ms.to_string();
        if let Err(error) = entry.update_attributes(&HashMap::from([(STORED_AT, moment.as_str())]))
        {
            // Some keyrings keep no such notes. The secret is stored all the same.
            tracing::debug!(%error, "the keyring did not note when a key was stored");
        }
        Ok(())
    }

    fn stored_at(&mut self, name: SecretName) -> Result<Option<i64>, Problem> {
        match entry(name)?.get_attributes() {
            Ok(notes) => Ok(notes.get(STORED_AT).and_then(|moment| moment.parse().ok())),
            Err(Error::NoEntry | Error::NotSupportedByStore(_)) => Ok(None),
            Err(error) => Err(in_words(&error)),
        }
    }

    fn load(&mut self, name: SecretName) -> Result<Option<SecretString>, Problem> {
        match entry(name)?.get_password() {
            Ok(text) => Ok(Some(SecretString::from(text))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(in_words(&error)),
        }
    }

    fn delete(&mut self, name: SecretName) -> Result<(), Problem> {
        match entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(in_words(&error)),
        }
    }
}

impl Vault for Memory {
    fn store(
        &mut self,
        name: SecretName,
        secret: &SecretString,
        now_ms: i64,
    ) -> Result<(), Problem> {
        self.0.insert(name, (secret.clone(), Some(now_ms)));
        Ok(())
    }

    fn stored_at(&mut self, name: SecretName) -> Result<Option<i64>, Problem> {
        Ok(self.0.get(&name).and_then(|(_, moment)| *moment))
    }

    fn load(&mut self, name: SecretName) -> Result<Option<SecretString>, Problem> {
        Ok(self.0.get(&name).map(|(secret, _)| secret.clone()))
    }

    fn delete(&mut self, name: SecretName) -> Result<(), Problem> {
        self.0.remove(&name);
        Ok(())
    }
}

fn entry(name: SecretName) -> Result<Entry, Problem> {
    let store = platform_store().map_err(|error| {
        tracing::warn!(%error, "the keyring could not be reached");
        missing()
    })?;
    store
        .build(SERVICE, name.as_str(), None)
        .map_err(|error| in_words(&error))
}

#[cfg(target_os = "linux")]
fn platform_store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
fn platform_store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(windows)]
fn platform_store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

/// The errors of keyring stores carry no secrets; `BadEncoding` does, and is not printed.
fn in_words(error: &Error) -> Problem {
    match error {
        Error::NoStorageAccess(cause) => {
            tracing::warn!(%cause, "the keyring stayed locked");
            locked()
        }
        Error::BadEncoding(_) | Error::BadDataFormat(..) => Problem::new(
            ProblemCode::NotValid,
            "What the keyring holds for Padwatch is not a key.",
            "Set the key again in Padwatch.",
        ),
        Error::Ambiguous(_) => Problem::new(
            ProblemCode::NotValid,
            "The keyring holds more than one key of the same name for Padwatch.",
            "Delete the extra one in your keyring program, or set the key again.",
        ),
        other => {
            tracing::warn!(error = %other, "the keyring failed");
            missing()
        }
    }
}

fn missing() -> Problem {
    Problem::new(
        ProblemCode::KeyringMissing,
        "No keyring answers on this computer, so Padwatch has no place for the keys.",
        "Start or install a keyring such as GNOME Keyring or KWallet; Padwatch looks again by itself.",
    )
}

fn locked() -> Problem {
    Problem::new(
        ProblemCode::KeyringLocked,
        "The keyring is locked, so Padwatch can’t read its keys.",
        "Unlock the keyring, then choose Check now.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A keyring whose prompt nobody answers until told to.
    struct Stuck {
        asked: mpsc::Sender<()>,
        unlocked: mpsc::Receiver<()>,
        inner: Memory,
    }

    impl Vault for Stuck {
        fn store(
            &mut self,
            name: SecretName,
            secret: &SecretString,
            now_ms: i64,
        ) -> Result<(), Problem> {
            self.inner.store(name, secret, now_ms)
        }

        fn stored_at(&mut self, name: SecretName) -> Result<Option<i64>, Problem> {
            self.inner.stored_at(name)
        }

        fn load(&mut self, name: SecretName) -> Result<Option<SecretString>, Problem> {
            let _ = self.asked.send(());
            let _ = self.unlocked.recv();
            self.inner.load(name)
        }

        fn delete(&mut self, name: SecretName) -> Result<(), Problem> {
            self.inner.delete(name)
        }
    }

    fn secret(text: &str) -> SecretString {
        SecretString::from(text.to_owned())
    }

    #[tokio::test]
    async fn a_secret_is_read_back_replaced_and_deleted() {
        let keyring = Keyring::in_memory([(SecretName::LeverKey, secret("a"))]).unwrap();
        keyring
            .store(SecretName::LeverKey, secret("b"), 5)
            .await
            .unwrap();
        assert_eq!(keyring.stored_at(SecretName::LeverKey).await, Ok(Some(5)));
        let read = keyring.load(SecretName::LeverKey).await.unwrap().unwrap();
        assert_eq!(read.expose_secret(), "b");
        assert!(
            keyring
                .load(SecretName::CoderpadKey)
                .await
                .unwrap()
                .is_none()
        );
        keyring.delete(SecretName::LeverKey).await.unwrap();
        keyring.delete(SecretName::LeverKey).await.unwrap();
        assert!(keyring.load(SecretName::LeverKey).await.unwrap().is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn a_locked_keyring_is_reported_in_time_and_works_once_it_is_unlocked() {
        let (unlock, unlocked) = mpsc::channel();
        let (asked, reached) = mpsc::channel();
        let keyring = Keyring::start(Stuck {
            asked,
            unlocked,
            inner: Memory::default(),
        })
        .unwrap();
        // While something blocks, time stands still: it must not run out before the prompt is there.
        let prompt = tokio::task::spawn_blocking(move || reached.recv());
        let (read, prompt) = tokio::join!(keyring.load(SecretName::LeverKey), prompt);
        prompt.unwrap().unwrap();
        let problem = read.unwrap_err();
        assert_eq!(problem.code, ProblemCode::KeyringLocked);
        let given_up = keyring
            .store(SecretName::LeverKey, secret("late"), 0)
            .await
            .unwrap_err();
        assert_eq!(given_up.code, ProblemCode::KeyringLocked);
        tokio::time::resume();
        drop(unlock);
        let stored = keyring.load(SecretName::LeverKey).await.unwrap();
        assert!(
            stored.is_none(),
            "what was given up must not be stored later"
        );
    }

    #[test]
    fn an_error_that_carries_bytes_is_told_without_them() {
        let problem = in_words(&Error::BadEncoding(b"sesame".to_vec()));
        assert!(!format!("{problem:?}").contains("sesame"));
        assert!(!problem.message.contains("115"));
    }
}
