//! One Padwatch for each profile folder: a second start shows the window of the first.
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
                let heard = timeout(PATIENCE, ask_to_show(profile)).await;
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
    /// Opens the window whenever another start asks for it.
    pub(crate) async fn listen(self, window: Window) {
        while let Some(listener) = &self.listener {
            let asked = match listener.accept().await {
                Ok(stream) => timeout(PATIENCE, read(stream)).await,
                Err(error) => {
                    tracing::warn!(%error, "another start could not be heard");
                    sleep(BETWEEN_TRIES).await;
                    continue;
                }
            };
            if let Ok(Ok(SHOW)) = asked {
                window.open();
            }
        }
        // No one can be heard; the lock is kept all the same.
        std::future::pending::<()>().await;
    }
}

async fn read(mut stream: Stream) -> io::Result<u8> {
    stream.read_u8().await
}

/// Tries until it is heard.
async fn ask_to_show(profile: &Profile) -> io::Result<()> {
    loop {
        match Stream::connect(socket(profile)?).await {
            Ok(mut stream) => {
                stream.write_u8(SHOW).await?;
                return stream.flush().await;
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
        tokio::spawn(alone(profile).await.listen(window));
        wanted.opened
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
