//! The display. Padwatch draws nothing there itself, but its window and the clipboard do, and the end
//! of the display is how a program learns that the person has logged out. So one idle connection is
//! kept. When it ends, what is under way is finished, and a new program takes this one's place and
//! waits for the display: compositors and X servers come back after a crash.

use std::env;
use std::io::{self, ErrorKind, Read as _};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;
use x11rb::connection::Connection as _;
use x11rb::rust_connection::RustConnection;

use super::was_lost;

/// How long a lost display is waited for. A session that has ended takes longer than that to be a new
/// one, and starts Padwatch itself.
const PATIENCE: Duration = Duration::from_secs(60);
const BETWEEN_TRIES: Duration = Duration::from_millis(500);

/// A connection that ends when the display does.
pub(crate) enum Display {
    /// Without a request, a compositor sends nothing.
    Wayland(UnixStream),
    X11(Box<RustConnection>),
}

impl Display {
    /// Connects to the display; `None`: there is none. Blocks while a lost one is waited for.
    pub(crate) fn open() -> Option<Self> {
        let patience = match was_lost() {
            true => PATIENCE,
            false => Duration::ZERO,
        };
        let begun = Instant::now();
        loop {
            let display = Self::connect();
            if display.is_some() || begun.elapsed() >= patience {
                return display;
            }
            thread::sleep(BETWEEN_TRIES);
        }
    }

    /// Wayland comes first, as for the window: its sessions have an X server as well.
    fn connect() -> Option<Self> {
        wayland()
            .map(Self::Wayland)
            .or_else(|| Some(Self::X11(Box::new(x11rb::connect(None).ok()?.0))))
    }

    /// Waits until the display is lost, on a thread of its own: nothing else does so little.
    ///
    /// # Errors
    /// When no thread can be started.
    pub(crate) async fn lost(self) -> io::Result<()> {
        let (told, lost) = oneshot::channel::<()>();
        thread::Builder::new()
            .name("display".to_owned())
            .spawn(move || {
                self.wait();
                drop(told);
            })?;
        // Nothing is sent: the end is what is told.
        let _ = lost.await;
        Ok(())
    }

    /// Takes what comes, which is nothing of ours, until the end.
    fn wait(self) {
        match self {
            Self::Wayland(mut socket) => {
                let mut taken = [0; 64];
                loop {
                    match socket.read(&mut taken) {
                        Ok(0) => return,
                        Ok(_) => {}
                        Err(error) if error.kind() == ErrorKind::Interrupted => {}
                        Err(_) => return,
                    }
                }
            }
            Self::X11(server) => while server.wait_for_event().is_ok() {},
        }
    }
}

fn wayland() -> Option<UnixStream> {
    let name = env::var_os("WAYLAND_DISPLAY").filter(|name| !name.is_empty())?;
    // An absolute name stays as it is.
    let runtime = PathBuf::from(env::var_os("XDG_RUNTIME_DIR").unwrap_or_default());
    UnixStream::connect(runtime.join(name)).ok()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::os::unix::net::UnixListener;

    use super::*;

    #[tokio::test]
    async fn a_display_is_lost_when_its_socket_ends_and_not_before() {
        let folder = tempfile::tempdir().unwrap();
        let server = UnixListener::bind(folder.path().join("wayland-0")).unwrap();
        let socket = UnixStream::connect(folder.path().join("wayland-0")).unwrap();
        let (mut compositor, _) = server.accept().unwrap();
        let lost = Display::Wayland(socket).lost();
        tokio::pin!(lost);
        assert!(futures_util::poll!(&mut lost).is_pending());
        compositor.write_all(&[0; 3_000]).unwrap();
        assert!(futures_util::poll!(&mut lost).is_pending());
        drop(compositor);
        lost.await.unwrap();
    }
}
