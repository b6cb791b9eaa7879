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

use crate::activation::ActivationToken;
#[cfg(windows)]
use crate::notifications::toast;
#[cfg(windows)]
use crate::notifications::toast_address::ToastAddress;
use crate::profile::Profile;
use crate::window::Window;

/// What a second start says when its person wants to see something. The desktop's permission to come
/// to the front follows, if there is one, until the end of what is sent.
const SHOW: u8 = b's';
/// What it says when this one is to end: an installer wants to replace it, or take it away.
const QUIT: u8 = b'q';
/// What it says when a notification was clicked; its address follows.
#[cfg(windows)]
const CLICKED: u8 = b'k';
/// What it says when the newest link is to be copied. The answer is [`COPIED`] or [`NOT_COPIED`],
/// and then words for the person.
const COPY: u8 = b'c';
const COPIED: u8 = b'+';
const NOT_COPIED: u8 = b'-';
/// An answer is a sentence or two.
const LONGEST_ANSWER: u64 = 4096;
/// How long copying may take: CoderPad is asked about the pad before.
const COPYING: Duration = Duration::from_secs(45);
/// The longest permission or address that is read.
const LONGEST_SAID: u64 = 1024;
/// How long one that was asked to end may take: longer than it gives what is under way.
const ENDING: Duration = Duration::from_secs(20);
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

/// What a start is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// The person wants to see Padwatch.
    Shown,
    /// The person wants to see nothing.
    Hidden,
    /// It takes the place of one that is ending.
    Again,
}

/// Takes the profile, or tells the program that has it.
///
/// # Errors
/// When the folder refuses a file, or the program that has the profile does not answer.
pub(crate) async fn claim(profile: &Profile, start: Start) -> Result<Claim, NotClaimed> {
    let lock = lock_file(profile)?;
    let is_ours = match start {
        Start::Again => is_freed(&lock).await?,
        Start::Shown | Start::Hidden => try_lock(&lock)?,
    };
    if !is_ours {
        if start != Start::Hidden {
            #[cfg(windows)]
            crate::activation::pass_on();
            let mut said = vec![SHOW];
            if let Some(token) = ActivationToken::of_this_start() {
                said.extend(token.as_str().bytes());
            }
            let heard = timeout(PATIENCE, ask(profile, &said)).await;
            heard.map_err(|_| NotClaimed::NoAnswer)??;
        }
        return Ok(Claim::Second);
    }
    let listener = listener(profile)
        .inspect_err(|error| tracing::warn!(%error, "another start will not be heard"))
        .ok();
    Ok(Claim::Alone(Alone {
        listener,
        _lock: lock,
    }))
}

/// Opened as it is: another may have locked it.
fn lock_file(profile: &Profile) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(false);
    options.open(profile.folder().join("running.lock"))
}

/// Returns true if the lock is ours now.
fn try_lock(lock: &File) -> io::Result<bool> {
    match lock.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Waits until the lock is ours; `false`: the one that is ending takes too long.
async fn is_freed(lock: &File) -> io::Result<bool> {
    let freed = async {
        while !try_lock(lock)? {
            sleep(BETWEEN_TRIES).await;
        }
        io::Result::Ok(true)
    };
    timeout(ENDING, freed).await.unwrap_or(Ok(false))
}

/// With the lock in hand, a socket that is there already is left over from a crash.
fn listener(profile: &Profile) -> io::Result<Listener> {
    ListenerOptions::new()
        .name(socket(profile)?)
        .try_overwrite(true)
        .create_tokio()
}

impl Alone {
    /// Opens the window whenever another start asks for it, and copies or ends when it asks for that:
    /// `copy` answers what was copied, or why nothing was.
    pub(crate) async fn listen<F>(
        self,
        window: Window,
        copy: impl Fn() -> F + Send,
        quit: impl Fn() + Send,
    ) where
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
                // Beside this, as the next: others are heard meanwhile.
                Ok(Ok(SHOW)) => drop(tokio::spawn(show(stream, window.clone()))),
                #[cfg(windows)]
                Ok(Ok(CLICKED)) => drop(tokio::spawn(click(stream, window.clone()))),
                Ok(Ok(QUIT)) => quit(),
                Ok(Ok(COPY)) => drop(tokio::spawn(answer(stream, copy()))),
                _ => {}
            }
        }
        // No one can be heard; the lock is kept all the same.
        std::future::pending::<()>().await;
    }
}

/// Shows the window with the permission that the other start was given. An earlier version sends none.
async fn show(stream: Stream, window: Window) {
    window.open(ActivationToken::of(&rest(stream).await));
}

/// Hands a click to its notification, or shows the window if that waits for none any longer: it may
/// have been shown by a Padwatch that has ended.
#[cfg(windows)]
async fn click(stream: Stream, window: Window) {
    let address = ToastAddress::of(&rest(stream).await);
    if !address.is_some_and(|address| toast::click(&address)) {
        window.open(None);
    }
}

/// What the other start says after the first letter; empty if that can't be read.
async fn rest(stream: Stream) -> String {
    let mut text = String::new();
    let mut rest = stream.take(LONGEST_SAID);
    match timeout(PATIENCE, rest.read_to_string(&mut text)).await {
        Ok(Ok(_)) => text,
        _ => String::new(),
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
    let asked = timeout(PATIENCE, ask(profile, &[COPY])).await;
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

/// Has the Padwatch that runs with this profile end, and waits until it has. Where there is none,
/// nothing is to be done.
///
/// # Errors
/// When it does not answer, or does not end.
pub(crate) async fn ask_to_quit(profile: &Profile) -> Result<(), NotClaimed> {
    if !is_running(profile)? {
        return Ok(());
    }
    let asked = timeout(PATIENCE, ask(profile, &[QUIT])).await;
    asked.map_err(|_| NotClaimed::NoAnswer)??;
    let ended = async {
        while is_running(profile)? {
            sleep(BETWEEN_TRIES).await;
        }
        Ok(())
    };
    timeout(ENDING, ended)
        .await
        .unwrap_or(Err(NotClaimed::NoAnswer))
}

/// Tells the Padwatch that showed a notification of a click on it. Returns false if it doesn't run.
#[cfg(windows)]
pub(crate) async fn hand_on(address: &ToastAddress) -> bool {
    let said = async {
        let mut stream = Stream::connect(pipe(&address.profile)?).await?;
        stream.write_u8(CLICKED).await?;
        stream.write_all(address.to_string().as_bytes()).await?;
        stream.flush().await
    };
    matches!(timeout(PATIENCE, said).await, Ok(Ok(())))
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
async fn ask(profile: &Profile, what: &[u8]) -> io::Result<Stream> {
    loop {
        match Stream::connect(socket(profile)?).await {
            Ok(mut stream) => {
                stream.write_all(what).await?;
                stream.flush().await?;
                return Ok(stream);
            }
            Err(_) => sleep(BETWEEN_TRIES).await,
        }
    }
}

/// Where the first listens: in the person's own folder for such things, by a short name, since
/// the address of a socket has room for about a hundred bytes.
#[cfg(not(windows))]
fn socket(profile: &Profile) -> io::Result<Name<'static>> {
    let folder = dirs::runtime_dir().filter(|folder| folder.is_dir());
    let folder = folder.unwrap_or_else(|| profile.folder().to_owned());
    let name = format!("padwatch-{}", profile.fingerprint());
    folder.join(name).to_fs_name::<GenericFilePath>()
}

#[cfg(windows)]
fn socket(profile: &Profile) -> io::Result<Name<'static>> {
    pipe(&profile.fingerprint())
}

#[cfg(windows)]
fn pipe(profile: &str) -> io::Result<Name<'static>> {
    format!(r"\\.\pipe\padwatch-{profile}").to_fs_name::<GenericFilePath>()
}

#[cfg(test)]
#[path = "single_instance_tests.rs"]
mod tests;
