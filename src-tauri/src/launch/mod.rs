//! Opens web and mail addresses in the person's own programs, and notices when none does.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
mod portal;

use std::fmt;

#[cfg(target_os = "linux")]
use tokio::task::JoinHandle;
#[cfg(not(target_os = "linux"))]
use url::Url;

#[cfg(target_os = "linux")]
pub(crate) use self::linux::{open, open_public};

/// No program opened an address. The address itself is not in it: it may name a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NotOpened(String);

impl NotOpened {
    fn new(why: &impl fmt::Display) -> Self {
        Self(why.to_string())
    }
}

impl fmt::Display for NotOpened {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

/// What became of an address.
#[derive(Debug)]
pub(crate) enum Opened {
    /// A program has it.
    Taken,
    /// A program was started and has not failed so far; this says how it ends, for a while.
    #[cfg(target_os = "linux")]
    Starting(JoinHandle<Result<(), NotOpened>>),
}

impl Opened {
    /// Waits for what was started. Returns why it failed, if it has.
    #[cfg_attr(
        not(target_os = "linux"),
        expect(clippy::unused_async, reason = "the same shape as on Linux")
    )]
    pub(crate) async fn failure(self) -> Option<NotOpened> {
        match self {
            Self::Taken => None,
            #[cfg(target_os = "linux")]
            Self::Starting(end) => end.await.ok()?.err(),
        }
    }
}

/// Windows and macOS say at once whether a program takes an address.
#[cfg(not(target_os = "linux"))]
pub(crate) async fn open(url: Url) -> Result<Opened, NotOpened> {
    let opened = tokio::task::spawn_blocking(move || opener::open(url.as_str())).await;
    let opened = opened.map_err(|error| NotOpened::new(&error))?;
    opened.map_err(|error| NotOpened::new(&error))?;
    Ok(Opened::Taken)
}

/// As [`open`], for an address in which nothing is private.
#[cfg(not(target_os = "linux"))]
pub(crate) async fn open_public(url: Url) -> Result<Opened, NotOpened> {
    open(url).await
}
