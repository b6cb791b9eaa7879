//! The keyring, on a thread of its own. A locked Secret Service blocks its caller until someone
//! answers the prompt, and calls side by side race (reference/reliability.md, D6): so there is
//! one thread with one queue, no one waits for it longer than a while, and no one joins it.

mod entry;
#[cfg(target_os = "macos")]
mod keychain;
#[cfg(any(windows, test))]
mod notes;
#[cfg(any(target_os = "macos", test))]
mod one_item;
#[cfg(target_os = "linux")]
pub(crate) mod secret_service;
#[cfg(not(target_os = "macos"))]
mod system;
mod vault;

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak, mpsc};
use std::time::Duration;

use padwatch_api::SecretName;
use padwatch_domain::problem::Problem;
use tokio::sync::oneshot;
use transport::SecretString;

#[cfg(target_os = "macos")]
use self::keychain::Keychain;
#[cfg(target_os = "macos")]
use self::one_item::OneItem;
#[cfg(not(target_os = "macos"))]
use self::system::System;
pub(crate) use self::vault::{Glimpse, Stored};
use self::vault::{Memory, Vault};
use crate::profile::Profile;

/// How long a caller waits before it is told that the keyring is locked.
const PATIENCE: Duration = Duration::from_secs(12);
/// The most that may wait: everything that the program asks for itself is far less.
const MOST_WAITING: usize = 32;

type Reply<T> = oneshot::Sender<Result<T, Problem>>;

enum Job {
    Store(SecretName, Stored, Reply<()>),
    Load(SecretName, Reply<Option<Stored>>),
    Delete(SecretName, Reply<()>),
    Glimpse(SecretName, Reply<Glimpse>),
}

/// A way to the thread that owns the secrets.
#[derive(Clone)]
pub(crate) struct Keyring {
    thread: Arc<Mutex<Thread>>,
    /// `None`: there is but one vault, and it never opens a prompt.
    more: Option<Arc<More>>,
}

struct Thread {
    jobs: mpsc::SyncSender<Job>,
    /// Gone when the thread is.
    alive: Weak<()>,
    left_behind: Vec<Weak<()>>,
}

/// More vaults that show the same secrets, for when a thread hangs in a prompt while another program
/// has unlocked the keyring.
struct More {
    make: Box<dyn Fn() -> Box<dyn Vault> + Send + Sync>,
    /// Someone has given up waiting since the thread was started.
    is_stuck: AtomicBool,
}

/// The most threads that hang in prompts of their own.
const MOST_LEFT_BEHIND: usize = 3;

impl Keyring {
    /// The platform's keyring, as this profile uses it.
    ///
    /// # Errors
    /// When no thread can be started.
    pub(crate) fn system(profile: &Profile, addresses_are_named: bool) -> std::io::Result<Self> {
        let profile = profile.clone();
        #[cfg(not(target_os = "macos"))]
        let vault = move || System::new(&profile, addresses_are_named);
        #[cfg(target_os = "macos")]
        let vault = move || OneItem::new(Keychain, &profile, addresses_are_named);
        Self::renewable(move || Box::new(vault()))
    }

    /// Secrets that are forgotten at the end.
    ///
    /// # Errors
    /// When no thread can be started.
    pub(crate) fn in_memory(
        secrets: impl IntoIterator<Item = (SecretName, SecretString)>,
    ) -> std::io::Result<Self> {
        let stored = |secret| Stored {
            secret,
            origin: None,
            stored_at: None,
        };
        let known = secrets
            .into_iter()
            .map(|(name, secret)| (name, stored(secret)));
        Self::start(Box::new(Memory(known.collect())))
    }

    fn start(vault: Box<dyn Vault>) -> std::io::Result<Self> {
        Ok(Self {
            thread: Arc::new(Mutex::new(Thread::start(vault)?)),
            more: None,
        })
    }

    fn renewable(
        make: impl Fn() -> Box<dyn Vault> + Send + Sync + 'static,
    ) -> std::io::Result<Self> {
        let first = Self::start(make())?;
        let more = More {
            make: Box::new(make),
            is_stuck: AtomicBool::new(false),
        };
        Ok(Self {
            more: Some(Arc::new(more)),
            ..first
        })
    }

    /// Stores a secret in place of an older one.
    pub(crate) async fn store(&self, name: SecretName, stored: Stored) -> Result<(), Problem> {
        self.ask(|answer| Job::Store(name, stored, answer)).await
    }

    /// Reads a secret; `None`: there is none.
    pub(crate) async fn load(&self, name: SecretName) -> Result<Option<Stored>, Problem> {
        self.ask(|answer| Job::Load(name, answer)).await
    }

    /// Looks for a secret without asking the person anything.
    pub(crate) async fn glimpse(&self, name: SecretName) -> Result<Glimpse, Problem> {
        let Some(more) = self.more.clone() else {
            return self.ask(|answer| Job::Glimpse(name, answer)).await;
        };
        // Beside the thread, which may hang in a prompt.
        let looking = tokio::task::spawn_blocking(move || (more.make)().glimpse(name));
        let seen = tokio::time::timeout(PATIENCE, looking).await;
        let seen = seen
            .map_err(|_| Problem::KeyringLocked)?
            .map_err(|_| Problem::KeyringMissing)?;
        if seen.as_ref().is_ok_and(|seen| *seen != Glimpse::Locked) {
            self.leave_prompt_behind();
        }
        seen
    }

    /// The keyring can be read without a prompt: a thread that hangs in one is no longer needed.
    fn leave_prompt_behind(&self) {
        let Some(more) = &self.more else { return };
        if !more.is_stuck.swap(false, Ordering::Relaxed) {
            return;
        }
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        thread.left_behind.retain(|left| left.strong_count() > 0);
        if thread.left_behind.len() >= MOST_LEFT_BEHIND {
            return;
        }
        match Thread::start((more.make)()) {
            Ok(next) => {
                let hangs = std::mem::replace(&mut *thread, next);
                thread.left_behind = hangs.left_behind;
                thread.left_behind.push(hangs.alive);
            }
            Err(error) => tracing::warn!(%error, "no new thread for the keyring"),
        }
    }

    /// Deletes a secret. One that isn't there is fine.
    pub(crate) async fn delete(&self, name: SecretName) -> Result<(), Problem> {
        self.ask(|answer| Job::Delete(name, answer)).await
    }

    async fn ask<T>(&self, job: impl FnOnce(Reply<T>) -> Job) -> Result<T, Problem> {
        let (answer, result) = oneshot::channel();
        let jobs = {
            let thread = self.thread.lock();
            thread.unwrap_or_else(PoisonError::into_inner).jobs.clone()
        };
        jobs.try_send(job(answer))
            .map_err(|refused| match refused {
                // The prompt has been open for all of them.
                mpsc::TrySendError::Full(_) => Problem::KeyringLocked,
                mpsc::TrySendError::Disconnected(_) => Problem::KeyringMissing,
            })?;
        match tokio::time::timeout(PATIENCE, result).await {
            Ok(answered) => answered.map_err(|_| Problem::KeyringMissing)?,
            Err(_) => {
                if let Some(more) = &self.more {
                    more.is_stuck.store(true, Ordering::Relaxed);
                }
                Err(Problem::KeyringLocked)
            }
        }
    }
}

impl Thread {
    fn start(mut vault: Box<dyn Vault>) -> std::io::Result<Self> {
        let living = Arc::new(());
        let alive = Arc::downgrade(&living);
        let (jobs, queue) = mpsc::sync_channel(MOST_WAITING);
        std::thread::Builder::new()
            .name("keyring".to_owned())
            .spawn(move || {
                while let Ok(job) = queue.recv() {
                    // A vault has no state that a panic could leave half changed. Who asked is told
                    // that the keyring is missing.
                    let served =
                        std::panic::catch_unwind(AssertUnwindSafe(|| serve(&mut *vault, job)));
                    if served.is_err() {
                        tracing::error!("the keyring's thread panicked");
                    }
                }
                drop(living);
            })?;
        Ok(Self {
            jobs,
            alive,
            left_behind: Vec::new(),
        })
    }
}

/// Does one job, unless the caller has given up: what failed in their eyes must not happen
/// when the keyring is unlocked an hour later.
fn serve(vault: &mut dyn Vault, job: Job) {
    match job {
        Job::Store(name, stored, answer) if !answer.is_closed() => {
            change(vault, name, answer, |vault| vault.store(name, &stored));
        }
        Job::Load(name, answer) if !answer.is_closed() => {
            let _ = answer.send(vault.load(name));
        }
        Job::Delete(name, answer) if !answer.is_closed() => {
            change(vault, name, answer, |vault| vault.delete(name));
        }
        Job::Glimpse(name, answer) if !answer.is_closed() => {
            let _ = answer.send(vault.glimpse(name));
        }
        Job::Store(..) | Job::Load(..) | Job::Delete(..) | Job::Glimpse(..) => {}
    }
}

/// Notes that this profile has keys of its own.
fn note_own_keys(profile: &Profile) {
    if let Err(error) = profile.has_own_keys() {
        tracing::warn!(%error, "it could not be noted that this profile has keys of its own");
    }
}

/// Makes a change and answers; takes it back when no one hears the answer any longer: they were told
/// that it failed while the keyring's own prompt was still open.
fn change(
    vault: &mut dyn Vault,
    name: SecretName,
    answer: Reply<()>,
    make: impl FnOnce(&mut dyn Vault) -> Result<(), Problem>,
) {
    // Reading opens the prompt first. What can't be read (two different keys) is replaced all the
    // same, and can't be put back.
    let before = vault.load(name);
    if answer.is_closed() {
        return;
    }
    let made = make(vault);
    if answer.send(made).is_ok() {
        return;
    }
    let undone = match before {
        Ok(Some(before)) => vault.store(name, &before),
        Ok(None) => vault.delete(name),
        Err(problem) => Err(problem),
    };
    if undone.is_err() {
        tracing::warn!("a change of the keyring that was given up could not be taken back");
    }
}

#[cfg(test)]
mod tests {
    use transport::ExposeSecret as _;

    use super::*;
    use padwatch_domain::problem::ProblemCode;

    const KEY: SecretName = SecretName::LeverKey;

    /// A keyring whose prompt no one answers until told to: when it is read, or when it is written.
    struct Stuck {
        asked: mpsc::Sender<()>,
        unlocked: mpsc::Receiver<()>,
        at_write: bool,
        inner: Memory,
    }

    impl Stuck {
        fn prompt(&self) {
            let _ = self.asked.send(());
            let _ = self.unlocked.recv();
        }
    }

    impl Vault for Stuck {
        fn store(&mut self, name: SecretName, stored: &Stored) -> Result<(), Problem> {
            if self.at_write {
                self.prompt();
            }
            self.inner.store(name, stored)
        }

        fn load(&mut self, name: SecretName) -> Result<Option<Stored>, Problem> {
            if !self.at_write {
                self.prompt();
            }
            self.inner.load(name)
        }

        fn delete(&mut self, name: SecretName) -> Result<(), Problem> {
            self.inner.delete(name)
        }

        fn glimpse(&mut self, name: SecretName) -> Result<Glimpse, Problem> {
            self.inner.glimpse(name)
        }
    }

    fn secret(text: &str) -> SecretString {
        SecretString::from(text.to_owned())
    }

    fn stored(text: &str) -> Stored {
        Stored {
            secret: secret(text),
            origin: Some("https://api.lever.co".to_owned()),
            stored_at: Some(5),
        }
    }

    async fn text(keyring: &Keyring) -> Option<String> {
        let stored = keyring.load(KEY).await.unwrap();
        stored.map(|stored| stored.secret.expose_secret().to_owned())
    }

    #[tokio::test]
    async fn a_secret_is_read_back_replaced_and_deleted() {
        let keyring = Keyring::in_memory([(KEY, secret("a"))]).unwrap();
        keyring.store(KEY, stored("b")).await.unwrap();
        let read = keyring.load(KEY).await.unwrap().unwrap();
        assert_eq!(read.secret.expose_secret(), "b");
        assert_eq!(read.stored_at, Some(5));
        assert_eq!(read.origin.as_deref(), Some("https://api.lever.co"));
        assert_eq!(
            keyring.glimpse(SecretName::CoderpadKey).await,
            Ok(Glimpse::Missing)
        );
        keyring.delete(KEY).await.unwrap();
        keyring.delete(KEY).await.unwrap();
        assert!(keyring.load(KEY).await.unwrap().is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn a_locked_keyring_is_reported_in_time_and_works_once_it_is_unlocked() {
        let (unlock, unlocked) = mpsc::channel();
        let (asked, reached) = mpsc::channel();
        let keyring = Keyring::start(Box::new(Stuck {
            asked,
            unlocked,
            at_write: false,
            inner: Memory::default(),
        }))
        .unwrap();
        // While something blocks, time stands still: it must not run out before the prompt is there.
        let prompt = tokio::task::spawn_blocking(move || reached.recv());
        let (read, prompt) = tokio::join!(keyring.load(KEY), prompt);
        prompt.unwrap().unwrap();
        let problem = read.err().unwrap();
        assert_eq!(problem.code(), ProblemCode::KeyringLocked);
        let given_up = keyring.store(KEY, stored("late")).await.unwrap_err();
        assert_eq!(given_up.code(), ProblemCode::KeyringLocked);
        tokio::time::resume();
        drop(unlock);
        assert_eq!(
            text(&keyring).await,
            None,
            "what was given up must not be stored later"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_store_that_was_given_up_in_its_own_prompt_is_taken_back() {
        for old in [None, Some("old")] {
            let (unlock, unlocked) = mpsc::channel();
            let (asked, reached) = mpsc::channel();
            let inner = Memory(old.map(|old| (KEY, stored(old))).into_iter().collect());
            let keyring = Keyring::start(Box::new(Stuck {
                asked,
                unlocked,
                at_write: true,
                inner,
            }))
            .unwrap();
            let prompt = tokio::task::spawn_blocking(move || reached.recv());
            let (given_up, prompt) = tokio::join!(keyring.store(KEY, stored("late")), prompt);
            prompt.unwrap().unwrap();
            assert_eq!(given_up.unwrap_err().code(), ProblemCode::KeyringLocked);
            tokio::time::resume();
            drop(unlock);
            assert_eq!(text(&keyring).await.as_deref(), old);
            tokio::time::pause();
        }
    }

    /// A vault that panics at the first load.
    struct Panics(bool, Memory);

    impl Vault for Panics {
        fn store(&mut self, name: SecretName, stored: &Stored) -> Result<(), Problem> {
            self.1.store(name, stored)
        }

        fn load(&mut self, name: SecretName) -> Result<Option<Stored>, Problem> {
            assert!(std::mem::replace(&mut self.0, true), "a test wants it");
            self.1.load(name)
        }

        fn delete(&mut self, name: SecretName) -> Result<(), Problem> {
            self.1.delete(name)
        }

        fn glimpse(&mut self, name: SecretName) -> Result<Glimpse, Problem> {
            self.1.glimpse(name)
        }
    }

    #[tokio::test]
    async fn a_panic_in_the_keyring_fails_one_call_and_not_the_next() {
        let keyring = Keyring::start(Box::new(Panics(false, Memory::default()))).unwrap();
        let failed = keyring.load(KEY).await.err().unwrap();
        assert_eq!(failed.code(), ProblemCode::KeyringMissing);
        keyring.store(KEY, stored("b")).await.unwrap();
        assert_eq!(text(&keyring).await.as_deref(), Some("b"));
    }

    #[tokio::test(start_paused = true)]
    async fn a_prompt_that_hangs_does_not_hide_a_keyring_that_is_open_by_now() {
        let (unlock, unlocked) = mpsc::channel();
        let (asked, reached) = mpsc::channel();
        let open = || Memory([(KEY, stored("a"))].into_iter().collect());
        let hangs = Mutex::new(Some(Stuck {
            asked,
            unlocked,
            at_write: false,
            inner: open(),
        }));
        let keyring = Keyring::renewable(move || match hangs.lock().unwrap().take() {
            Some(hangs) => Box::new(hangs),
            None => Box::new(open()),
        })
        .unwrap();
        let prompt = tokio::task::spawn_blocking(move || reached.recv());
        let (read, prompt) = tokio::join!(keyring.load(KEY), prompt);
        prompt.unwrap().unwrap();
        assert!(read.is_err());
        tokio::time::resume();
        assert_eq!(keyring.glimpse(KEY).await, Ok(Glimpse::There));
        assert_eq!(text(&keyring).await.as_deref(), Some("a"));
        drop(unlock);
    }
}
