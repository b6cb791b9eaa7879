//! The display. Padwatch draws nothing there itself, but its window and the clipboard do, and the end
//! of the display is how a program learns that the person has logged out. So one idle connection is
//! kept. When it ends, what is under way is finished, and a new program takes this one's place and
//! waits for the display: compositors and X servers come back after a crash.

use std::env;
use std::io::{ErrorKind, Read as _};
use std::os::fd::{AsRawFd as _, RawFd};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use x11rb::connection::Connection as _;
use x11rb::rust_connection::RustConnection;

use super::was_lost;

/// How long a lost display is waited for. A session that has ended takes longer than that to be a new
/// one, and starts Padwatch itself.
const PATIENCE: Duration = Duration::from_secs(60);
const BETWEEN_TRIES: Duration = Duration::from_millis(500);

/// A connection that ends when the display does.
pub(crate) struct Display {
    connection: Connection,
    readable: AsyncFd<RawFd>,
}

impl Display {
    /// Connects to the display; `None`: there is none. Blocks while a lost one is waited for. To be
    /// called within a runtime.
    pub(crate) fn open() -> Option<Self> {
        let patience = match was_lost() {
            true => PATIENCE,
            false => Duration::ZERO,
        };
        let begun = Instant::now();
        loop {
            if let Some(connection) = Connection::open() {
                return Self::of(connection).ok();
            }
            if begun.elapsed() >= patience {
                return None;
            }
            thread::sleep(BETWEEN_TRIES);
        }
    }

    fn of(connection: Connection) -> std::io::Result<Self> {
        let descriptor = connection.descriptor();
        Ok(Self {
            readable: AsyncFd::with_interest(descriptor, Interest::READABLE)?,
            connection,
        })
    }

    /// Waits until the display is lost.
    pub(crate) async fn lost(&self) {
        while let Ok(mut ready) = self.readable.readable().await {
            if self.connection.has_ended() {
                return;
            }
            ready.clear_ready();
        }
    }
}

enum Connection {
    /// Without a request, a compositor sends nothing.
    Wayland(UnixStream),
    X11(Box<RustConnection>),
}

impl Connection {
    /// Wayland comes first, as for the window: its sessions have an X server as well.
    fn open() -> Option<Self> {
        wayland()
            .map(Self::Wayland)
            .or_else(|| Some(Self::X11(Box::new(x11rb::connect(None).ok()?.0))))
    }

    fn descriptor(&self) -> RawFd {
        match self {
            Self::Wayland(socket) => socket.as_raw_fd(),
            Self::X11(server) => server.stream().as_raw_fd(),
        }
    }

    /// Takes what has come, which is nothing of ours, until there is no more or the end.
    fn has_ended(&self) -> bool {
        match self {
            Self::Wayland(socket) => has_ended(socket),
            Self::X11(server) => loop {
                match server.poll_for_event() {
                    Ok(Some(_)) => {}
                    Ok(None) => return false,
                    Err(_) => return true,
                }
            },
        }
    }
}

fn has_ended(mut socket: &UnixStream) -> bool {
    let mut taken = [0; 1024];
    loop {
        match socket.read(&mut taken) {
            Ok(0) => return true,
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return error.kind() != ErrorKind::WouldBlock,
        }
    }
}

fn wayland() -> Option<UnixStream> {
    let name = env::var_os("WAYLAND_DISPLAY").filter(|name| !name.is_empty())?;
    // An absolute name stays as it is.
    let runtime = PathBuf::from(env::var_os("XDG_RUNTIME_DIR").unwrap_or_default());
    let socket = UnixStream::connect(runtime.join(name)).ok()?;
    socket.set_nonblocking(true).ok()?;
    Some(socket)
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
        socket.set_nonblocking(true).unwrap();
        let display = Display::of(Connection::Wayland(socket)).unwrap();
        let (mut compositor, _) = server.accept().unwrap();
        let lost = display.lost();
        tokio::pin!(lost);
        assert!(futures_util::poll!(&mut lost).is_pending());
        compositor.write_all(&[0; 3_000]).unwrap();
        assert!(futures_util::poll!(&mut lost).is_pending());
        drop(compositor);
        lost.await;
    }
}
