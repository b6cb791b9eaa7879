//! An X server without a screen that anyone could see.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Result, bail};

use crate::background::Background;

/// Starts an X server with these options, as a program of the session.
pub(crate) type Serve<'a> = &'a dyn Fn(&[&str]) -> Result<Background>;

/// So many numbers are tried for a screen. Sessions claim them, the X server never chooses: two that
/// start at the same moment, where a third was just killed, can both believe that they have its
/// number, and a program whose screen was lost would come back on another session's.
const MOST_TRIED: u32 = 1_000;

/// Where all sessions see each other's claims: where X servers keep their own locks.
const LOCKS: &str = "/tmp";

/// Where X servers listen.
const SOCKETS: &str = "/tmp/.X11-unix";

/// The screen of a session. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Screen {
    number: u32,
    server: Option<Background>,
    /// Whether a server of ours ever had the number.
    was_up: bool,
    /// Keeps the number from other sessions, also while the server is lost.
    _claim: File,
}

impl Screen {
    /// Starts one with a number that is free.
    pub(crate) fn start(serve: Serve<'_>) -> Result<Self> {
        // Each process begins elsewhere: a program of a session that has ended may wait for its screen.
        let first = 50 + std::process::id() % 30_000;
        for number in first..first + MOST_TRIED {
            let Some(claim) = claim(number)? else {
                continue;
            };
            let mut screen = Self {
                number,
                server: None,
                was_up: false,
                _claim: claim,
            };
            // A program that is no session may have the number.
            if screen.start_again(serve)? {
                return Ok(screen);
            }
        }
        bail!("no screen is free")
    }

    /// By which programs find it.
    pub(crate) fn name(&self) -> String {
        format!(":{}", self.number)
    }

    /// Ends the server.
    pub(crate) fn end(&mut self) {
        self.server = None;
    }

    /// Starts the server. Returns true if it could have the number.
    pub(crate) fn start_again(&mut self, serve: Serve<'_>) -> Result<bool> {
        let server = serve(&[
            &self.name(),
            // Otherwise it starts again whenever its last client leaves, and throws out the one
            // that is just coming: a look at the screen would keep the window manager away.
            "-noreset",
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1280x900x24",
            "-nolisten",
            "tcp",
        ])?;
        // It prints its number when it listens, and nothing if it can't.
        let listens = server.next_line()?.is_some();
        self.server = Some(server);
        self.was_up |= listens;
        Ok(listens)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.end();
        if !self.was_up {
            return;
        }
        // A server that is killed leaves these. One that ended itself doesn't.
        for left in [
            format!("{SOCKETS}/X{}", self.number),
            format!("{LOCKS}/.X{}-lock", self.number),
        ] {
            let _ = fs::remove_file(left);
        }
    }
}

/// Takes a screen's number from all other sessions on this computer, whatever process they are in,
/// until the file is dropped. `None`: another session has it.
fn claim(number: u32) -> Result<Option<File>> {
    let path = Path::new(LOCKS).join(format!(".padwatch-display-{number}"));
    let mut options = OpenOptions::new();
    let file = match options.create(true).truncate(false).write(true).open(path) {
        Ok(file) => file,
        // Another user's session had the number once.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screens_number_is_one_sessions_until_it_ends() {
        let number = 60_000;
        let first = claim(number).unwrap();
        assert!(first.is_some());
        assert!(claim(number).unwrap().is_none());
        drop(first);
        assert!(claim(number).unwrap().is_some());
    }
}
