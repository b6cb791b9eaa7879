//! One Padwatch for each profile folder: a second start shows the window of the first, or has it copy
//! a link.
//!
//! The first holds a lock on a file in the folder, which the system takes away from it however it
//! ends, and listens on a socket that only this person can open.

use std::fs::{File, TryLockError};
use std::io;
use std::time::Duration;

use interprocess::local_socket::tokio::{Listener, Stream, prelude::*};
use interprocess::local_socket::{GenericFilePath, ListenerOptions, Name};
use padwatch_api::catalogue::words;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::{sleep, timeout};

use crate::profile::Profile;
use crate::window::Window;

/// What a second start says when its person wants to see something.
const SHOW: u8 = b's';
/// What it says when the newest link is to be copied. The answer is [`COPIED`] or [`NOT_COPIED`],
/// and then words for the person.
const COPY: u8 = b'c';
const COPIED: u8 = b'+';
const NOT_COPIED: u8 = b'-';
/// An answer is a sentence or two.
const LONGEST_ANSWER: u64 = 4096;
/// How long copying may take: CoderPad is asked about the pad before.
const COPYING: Duration = Duration::from_secs(45);
/// How long the first may take to listen: it has just begun, or is busy.
const PATIENCE: Duration = Duration::from_secs(5);
const BETWEEN_TRIES: Duration = Duration::from_millis(50);

/// Which start this is.
pub(crate) enum Claim {
    /// The only one with this profile.
    Alone(Alone),
    /// There is another, and it knows now.
    Second,
}

/// Why it is not known which.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotClaimed {
    /// The program that has the profile hangs, or belongs to another user.
    #[error("{}", words().command_line_silent())]
    NoAnswer,
    /// There is none that could be asked.
    #[error("{}", words().command_line_not_running())]
    NotRunning,
    #[error("{}", words().command_line_folder(&.0.to_string()))]
    Folder(#[from] io::Error),
}

/// What makes this the only one. Kept until the end.
pub(crate) struct Alone {
    /// Without it, a second start is told that this one does not answer.
    listener: Option<Listener>,
    /// Locked as long as it is open.
    _lock: File,
}

/// Takes the profile, or tells the program that has it. `hidden`: the person wants to see nothing.
///
/// # Errors
/// When the folder refuses a file, or the program that has the profile does not answer.
pub(crate) async fn claim(profile: &Profile, hidden: bool) -> Result<Claim, NotClaimed> {
    let lock = File::create(profile.folder().join("running.lock"))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            if !hidden {
                let heard = timeout(PATIENCE, ask(profile, SHOW)).await;
                heard.map_err(|_| NotClaimed::NoAnswer)??;
            }
            return Ok(Claim::Second);
        }
        Err(TryLockError::Error(error)) => return Err(error.into()),
    }
    let listener = listener(profile)
        .inspect_err(|error| tracing::warn!(%error, "another start will not be heard"))
        .ok();
    Ok(Claim::Alone(Alone {
        listener,
        _lock: lock,
    }))
}

/// With the lock in hand, a socket that is there already is left over from a crash.
fn listener(profile: &Profile) -> io::Result<Listener> {
    ListenerOptions::new()
        .name(socket(profile)?)
        .try_overwrite(true)
        .create_tokio()
}

impl Alone {
    /// Opens the window whenever another start asks for it, and copies when it asks for that:
    /// `copy` answers what was copied, or why nothing was.
    pub(crate) async fn listen<F>(self, window: Window, copy: impl Fn() -> F + Send)
    where
        F: Future<Output = Result<String, String>> + Send + 'static,
    {
        while let Some(listener) = &self.listener {
            let mut stream = match listener.accept().await {
                Ok(stream) => stream,
                Err(error) => {
                    tracing::warn!(%error, "another start could not be heard");
                    sleep(BETWEEN_TRIES).await;
                    continue;
                }
            };
            match timeout(PATIENCE, stream.read_u8()).await {
                Ok(Ok(SHOW)) => window.open(),
                // Beside it: others are heard meanwhile.
                Ok(Ok(COPY)) => drop(tokio::spawn(answer(stream, copy()))),
                _ => {}
            }
        }
        // No one can be heard; the lock is kept all the same.
        std::future::pending::<()>().await;
    }
}

/// Tells the other start what came of it. It may have given up: the person sees it in the tray then.
async fn answer(mut stream: Stream, copying: impl Future<Output = Result<String, String>>) {
    let (code, words) = match copying.await {
        Ok(words) => (COPIED, words),
        Err(words) => (NOT_COPIED, words),
    };
    let told = async {
        stream.write_u8(code).await?;
        stream.write_all(words.as_bytes()).await?;
        stream.shutdown().await
    };
    if let Ok(Err(error)) = timeout(PATIENCE, told).await {
        tracing::debug!(%error, "another start did not hear what was copied");
    }
}

/// Has the Padwatch that runs with this profile copy the newest link. Answers in its words what was
/// copied, or why nothing was.
///
/// # Errors
/// When there is none, or it does not answer.
pub(crate) async fn ask_to_copy(profile: &Profile) -> Result<Result<String, String>, NotClaimed> {
    if !is_running(profile)? {
        return Err(NotClaimed::NotRunning);
    }
    let asked = timeout(PATIENCE, ask(profile, COPY)).await;
    let mut stream = asked.map_err(|_| NotClaimed::NoAnswer)??;
    let answered = async {
        let code = stream.read_u8().await?;
        let mut words = String::new();
        let mut rest = stream.take(LONGEST_ANSWER);
        rest.read_to_string(&mut words).await?;
        io::Result::Ok((code, words))
    };
    match timeout(COPYING, answered).await {
        Ok(Ok((COPIED, words))) => Ok(Ok(words)),
        Ok(Ok((NOT_COPIED, words))) => Ok(Err(words)),
        // It hangs, it ended, or it is of an earlier version.
        _ => Err(NotClaimed::NoAnswer),
    }
}

/// Whether someone holds the profile's lock.
fn is_running(profile: &Profile) -> io::Result<bool> {
    match File::open(profile.folder().join("running.lock")) {
        Ok(lock) => match lock.try_lock_shared() {
            Ok(()) => Ok(false),
            Err(TryLockError::WouldBlock) => Ok(true),
            Err(TryLockError::Error(error)) => Err(error),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Tries until it is heard.
async fn ask(profile: &Profile, what: u8) -> io::Result<Stream> {
    loop {
        match Stream::connect(socket(profile)?).await {
            Ok(mut stream) => {
                stream.write_u8(what).await?;
                stream.flush().await?;
                return Ok(stream);
            }
            Err(_) => sleep(BETWEEN_TRIES).await,
        }
    }
}

/// Where the first listens: in the person's own folder for such things, by a short name, since
/// the address of a socket has room for about a hundred bytes.
fn socket(profile: &Profile) -> io::Result<Name<'static>> {
    let name = format!("padwatch-{}", profile.fingerprint());
    if cfg!(windows) {
        return format!(r"\\.\pipe\{name}").to_fs_name::<GenericFilePath>();
    }
    let folder = dirs::runtime_dir().filter(|folder| folder.is_dir());
    let folder = folder.unwrap_or_else(|| profile.folder().to_owned());
    folder.join(name).to_fs_name::<GenericFilePath>()
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc::Receiver;

    use super::*;

    fn profile(folder: &tempfile::TempDir) -> Profile {
        Profile::open(Some(folder.path()), false).unwrap()
    }

    async fn alone(profile: &Profile) -> Alone {
        match claim(profile, false).await.unwrap() {
            Claim::Alone(alone) => alone,
            Claim::Second => panic!("there is another"),
        }
    }

    /// The first, which listens, and where its window is wanted.
    async fn first(profile: &Profile) -> Receiver<()> {
        let (window, wanted) = Window::new();
        let nothing = || async { Err("Nothing is ready.".to_owned()) };
        tokio::spawn(alone(profile).await.listen(window, nothing));
        wanted.opened
    }

    /// The same, which copies whatever it is asked for.
    async fn copying(profile: &Profile, copied: &'static str) {
        let (window, _) = Window::new();
        let copy = move || async move { Ok(copied.to_owned()) };
        tokio::spawn(alone(profile).await.listen(window, copy));
    }

    #[tokio::test]
    async fn the_first_copies_and_a_second_start_says_what() {
        let folder = tempfile::tempdir().unwrap();
        let profile = profile(&folder);
        copying(&profile, "Copied Zoë’s link.").await;
        for _ in 0..2 {
            let told = ask_to_copy(&profile).await.unwrap();
            assert_eq!(told, Ok("Copied Zoë’s link.".to_owned()));
        }
    }

    #[tokio::test]
    async fn what_was_not_copied_is_told_and_no_window_opens() {
        let folder = tempfile::tempdir().unwrap();
        let profile = profile(&folder);
        let mut wanted = first(&profile).await;
        let told = ask_to_copy(&profile).await.unwrap();
        assert_eq!(told, Err("Nothing is ready.".to_owned()));
        assert!(wanted.try_recv().is_err());
    }

    #[tokio::test]
    async fn without_a_first_nothing_is_copied_and_nothing_starts() {
        let folder = tempfile::tempdir().unwrap();
        let profile = profile(&folder);
        let told = ask_to_copy(&profile).await;
        assert!(matches!(told, Err(NotClaimed::NotRunning)));
        // The lock that a former one left behind is no one's.
        drop(alone(&profile).await);
        let told = ask_to_copy(&profile).await;
        assert!(matches!(told, Err(NotClaimed::NotRunning)));
    }

    #[tokio::test]
    async fn a_second_start_shows_the_window_of_the_first_unless_it_is_hidden() {
        let folder = tempfile::tempdir().unwrap();
        let profile = profile(&folder);
        let mut wanted = first(&profile).await;
        let hidden = claim(&profile, true).await.unwrap();
        assert!(matches!(hidden, Claim::Second));
        assert!(wanted.try_recv().is_err());
        for _ in 0..2 {
            let second = claim(&profile, false).await.unwrap();
            assert!(matches!(second, Claim::Second));
            wanted.recv().await.unwrap();
        }
    }

    #[tokio::test]
    async fn another_folder_is_another_profile() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let _first = alone(&profile(&one)).await;
        alone(&profile(&other)).await;
    }

    #[tokio::test]
    async fn what_a_crash_left_behind_is_taken_over() {
        let folder = tempfile::tempdir().unwrap();
        let profile = profile(&folder);
        let first_one = alone(&profile).await;
        // The socket stays, as it does when no one can clean up.
        let socket = first_one.listener.unwrap();
        drop(first_one._lock);
        let mut wanted = first(&profile).await;
        claim(&profile, false).await.unwrap();
        wanted.recv().await.unwrap();
        drop(socket);
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_does_not_answer_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let profile = profile(&folder);
        let mut silent = alone(&profile).await;
        silent.listener = None;
        let second = claim(&profile, false).await;
        assert!(matches!(second, Err(NotClaimed::NoAnswer)));
    }
}
