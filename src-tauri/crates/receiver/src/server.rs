//! tiny_http, the only thing here that reads HTTP, on a socket that is ours alone.
//!
//! It has no limits and no timeouts, so it is given nothing but heads that are complete and short,
//! one after the other, and each is answered at once. A line of our own stands behind the request
//! line of each. It shows that the head comes from us, and makes tiny_http leave the body alone:
//! it would otherwise allocate as much as a stranger says that a body is long, which ends the
//! process (seen with 0.12: `Content-Length: 1099511627776`), or wait for it on this one thread.

use std::io;
use std::sync::Arc;

use socket::Address;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::mpsc;
use transport::{Rng as _, SystemRng};

use crate::Refusal;
use crate::handler::{Framing, Handler};

/// What the handler says of a head: how the body comes, or why none is read.
type Checked = Result<Framing, Refusal>;

/// A running tiny_http. It ends when this is dropped.
pub(crate) struct Server {
    http: Arc<Http>,
    checked: mpsc::UnboundedReceiver<Checked>,
}

/// Dropped in this order: to end, tiny_http connects to its own address.
struct Http {
    server: tiny_http::Server,
    address: Address,
    /// Shows that a head comes from us.
    key: String,
}

impl Server {
    /// Starts one. It panics when the system gives it no thread, which must not be our end.
    pub(crate) async fn start(handler: Handler) -> io::Result<Self> {
        tokio::task::spawn_blocking(|| Self::start_blocking(handler)).await?
    }

    fn start_blocking(handler: Handler) -> io::Result<Self> {
        let (listener, address) = socket::listen()?;
        let http = Arc::new(Http {
            server: tiny_http::Server::from_listener(listener, None).map_err(io::Error::other)?,
            address,
            key: random_hex(),
        });
        let (answers, checked) = mpsc::unbounded_channel();
        let thread = std::thread::Builder::new().name("webhooks".to_owned());
        let answering = http.clone();
        thread.spawn(move || answering.check_all(&handler, &answers))?;
        Ok(Self { http, checked })
    }

    /// What the handler says of a head. Once this future is dropped before its end, the next answer
    /// could be the one to this head.
    ///
    /// # Errors
    /// When tiny_http doesn't listen, or no longer answers.
    pub(crate) async fn check(&mut self, head: &[u8]) -> io::Result<Checked> {
        let mut socket = self.http.address.connect().await?;
        let (line, headers) = head.split_at(end_of_line(head));
        let ours = format!("Connection: upgrade, {}\r\n", self.http.key);
        let head = [line, ours.as_bytes(), headers].concat();
        // tiny_http may close before the end of a head that it can't read.
        let _ = socket.write_all(&head).await;
        let mut unread = [0; 16];
        tokio::select! {
            checked = self.checked.recv() => checked.ok_or_else(|| io::ErrorKind::BrokenPipe.into()),
            // It closes after an answer of the handler's, or because it can't read the head.
            _ = socket.read(&mut unread) => {
                Ok(self.checked.try_recv().unwrap_or(Err(Refusal::Malformed)))
            }
        }
    }

    /// Ends what answers, as a panic in it would.
    #[cfg(test)]
    pub(crate) fn end_for_test(&self) {
        self.http.server.unblock();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.http.server.unblock();
    }
}

impl Http {
    /// Checks one head after the other, until tiny_http ends.
    fn check_all(&self, handler: &Handler, answers: &mpsc::UnboundedSender<Checked>) {
        while let Ok(request) = self.server.recv() {
            if !self.is_ours(&request) {
                // Another program found the port, where the socket is one. To drop its request
                // would be to read its body, for as long as that takes.
                std::mem::forget(request);
                continue;
            }
            if answers.send(handler.check(&request)).is_err() {
                return;
            }
            // It is not tiny_http's to reply: without this, it would.
            drop(request.into_writer());
        }
    }

    fn is_ours(&self, request: &tiny_http::Request) -> bool {
        let mut headers = request.headers().iter();
        headers
            .next()
            .is_some_and(|first| first.value.as_str().ends_with(&self.key))
    }
}

/// Where the first line ends, line end included: what tiny_http takes for it, too.
fn end_of_line(head: &[u8]) -> usize {
    let at = head.windows(2).position(|two| two == b"\r\n");
    at.map_or(head.len(), |at| at + 2)
}

fn random_hex() -> String {
    let mut bytes = [0; 16];
    SystemRng.fill(&mut bytes);
    format!("{:032x}", u128::from_le_bytes(bytes))
}

/// A socket in a folder that no other user can enter.
#[cfg(unix)]
mod socket {
    use std::fs::Permissions;
    use std::io;
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::net::UnixListener;

    use tempfile::TempDir;
    use tokio::net::UnixStream;

    /// The folder. It is removed when this is dropped.
    pub(super) struct Address(TempDir);

    const NAME: &str = "http";

    pub(super) fn listen() -> io::Result<(UnixListener, Address)> {
        let folder = tempfile::Builder::new()
            .prefix("padwatch-")
            .permissions(Permissions::from_mode(0o700))
            .tempdir()?;
        let listener = UnixListener::bind(folder.path().join(NAME))?;
        Ok((listener, Address(folder)))
    }

    impl Address {
        pub(super) async fn connect(&self) -> io::Result<UnixStream> {
            UnixStream::connect(self.0.path().join(NAME)).await
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn no_other_user_can_enter_the_folder_of_the_socket() {
            let (_listener, address) = listen().unwrap();
            let mode = address.0.path().metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700);
        }
    }
}

/// A port on loopback, of the system's choice: tiny_http knows nothing else here. Other programs on
/// this computer can find it, but without the key they are told nothing.
#[cfg(not(unix))]
mod socket {
    use std::io;
    use std::net::{Ipv4Addr, SocketAddr, TcpListener};

    use tokio::net::TcpStream;

    /// The port is of the system's choice.
    pub(super) struct Address(SocketAddr);

    pub(super) fn listen() -> io::Result<(TcpListener, Address)> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = Address(listener.local_addr()?);
        Ok((listener, address))
    }

    impl Address {
        pub(super) async fn connect(&self) -> io::Result<TcpStream> {
            let socket = TcpStream::connect(self.0).await?;
            socket.set_nodelay(true)?;
            Ok(socket)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PathSecret;

    /// As on Windows, where another program can find the port.
    #[tokio::test]
    async fn heads_that_are_not_ours_are_neither_checked_nor_dropped() {
        let handler = Handler {
            port: 4000,
            secret: PathSecret::kept("0123456789abcdef0123456789abcdef".into()).unwrap(),
            public: Vec::new(),
        };
        let mut server = Server::start(handler).await.unwrap();
        let mut others = Vec::new();
        for length in [2_000, 1_u64 << 40] {
            let mut socket = server.http.address.connect().await.unwrap();
            let head = format!("POST / HTTP/1.1\r\nContent-Length: {length}\r\n\r\n");
            socket.write_all(head.as_bytes()).await.unwrap();
            others.push(socket);
        }
        for _ in 0..10 {
            let checked = server
                .check(b"GET / HTTP/1.1\r\nHost: localhost:4000\r\n\r\n")
                .await;
            assert_eq!(checked.unwrap(), Err(Refusal::OtherPath));
        }
    }
}
