//! How admitted requests reach tiny_http, and nothing else does.
//!
//! tiny_http listens on a loopback port of the system's choice, for as long as it takes to connect
//! to it once. Then that port is closed, so this connection is the only one it ever serves: one
//! thread, always the same. Each request on it is written anew here, with a fixed head that
//! states its length; of what came from outside it gets the body alone. So none of its known
//! faults (reference/reliability.md, D6) can be reached: no line without end, no crowd of threads,
//! no `Transfer-Encoding`, no header of a stranger's.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use crate::desk::{Desk, GREETED, Seat};
use crate::health::Record;

/// The longest wait for an answer: one write to the disk, even to a busy one.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// The longest wait for tiny_http to let go of its port.
const CLOSING_WITHIN: Duration = Duration::from_secs(2);
/// The pause before a new line is opened; it doubles up to the longest one.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// tiny_http's answers have no body, so this holds any of them.
const LONGEST_ANSWER: usize = 1024;

/// The asking end of the line. Clones ask on the same line, one after the other.
#[derive(Clone)]
pub(crate) struct Asking(mpsc::Sender<Question>);

/// The end that [`keep_open`] works on.
pub(crate) type Questions = mpsc::Receiver<Question>;

pub(crate) struct Question {
    body: Vec<u8>,
    answer: oneshot::Sender<StatusCode>,
}

/// A line that is not open yet: questions wait in it. No more can wait than `most` at a time.
pub(crate) fn line(most: usize) -> (Asking, Questions) {
    let (asking, questions) = mpsc::channel(most);
    (Asking(asking), questions)
}

impl Asking {
    /// The status for a body, or `None` if there is no answer in time.
    pub(crate) async fn ask(&self, body: Vec<u8>) -> Option<StatusCode> {
        let (answer, answered) = oneshot::channel();
        let asked = async {
            self.0.send(Question { body, answer }).await.ok()?;
            answered.await.ok()
        };
        timeout(ANSWER_WITHIN, asked).await.ok().flatten()
    }
}

/// Keeps a line open for as long as somebody may ask; opens a new one when it breaks.
pub(crate) async fn keep_open(questions: &mut Questions, desk: &Desk, record: &Record) {
    let mut pause = FIRST_PAUSE;
    loop {
        match PrivateLine::open(desk).await {
            Ok(mut line) => {
                let answered = match line.answer(questions).await {
                    End::NobodyAsks => return,
                    End::Broken { answered } => answered,
                };
                if answered {
                    pause = FIRST_PAUSE;
                }
                line.close().await;
            }
            Err(error) => tracing::warn!(%error, "the webhook receiver's server can't start"),
        }
        record.restarted("server");
        tokio::time::sleep(pause).await;
        pause = (2 * pause).min(LONGEST_PAUSE);
    }
}

/// Why a line is no longer worked on.
enum End {
    NobodyAsks,
    Broken { answered: bool },
}

struct PrivateLine {
    socket: TcpStream,
    server: Arc<tiny_http::Server>,
    desk: Seat,
}

impl PrivateLine {
    async fn open(desk: &Desk) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let latch = listener.try_clone()?;
        let socket = TcpStream::connect(address).await?;
        socket.set_nodelay(true)?;
        let server = Arc::new(serve(listener).await?);
        let desk = desk
            .clone()
            .sit_down(server.clone(), socket.local_addr()?)?;
        let mut line = Self {
            socket,
            server,
            desk,
        };
        // An answer shows that tiny_http has our connection, so that the port may close.
        let greeted = timeout(ANSWER_WITHIN, line.exchange("GET", b"")).await??;
        if greeted != GREETED {
            return Err(io::Error::other("somebody else answers"));
        }
        close_port(latch, address).await?;
        if timeout(CLOSING_WITHIN, line.desk.port_closed()).await != Ok(true) {
            // Strangers are not answered even so: the desk knows our address.
            tracing::warn!("the private port of the webhook receiver stays open");
        }
        Ok(line)
    }

    async fn answer(&mut self, questions: &mut Questions) -> End {
        let mut answered = false;
        loop {
            let question = tokio::select! {
                () = self.desk.left() => return End::Broken { answered },
                question = questions.recv() => question,
            };
            let Some(question) = question else {
                return End::NobodyAsks;
            };
            // Whoever gave up asking was told to come again.
            if question.answer.is_closed() {
                continue;
            }
            match timeout(ANSWER_WITHIN, self.exchange("POST", &question.body)).await {
                Ok(Ok(status)) => answered |= question.answer.send(status).is_ok(),
                Ok(Err(_)) | Err(_) => return End::Broken { answered },
            }
        }
    }

    async fn exchange(&mut self, method: &str, body: &[u8]) -> io::Result<StatusCode> {
        let length = body.len();
        let head =
            format!("{method} / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\n\r\n");
        self.socket
            .write_all(&[head.as_bytes(), body].concat())
            .await?;
        let mut answer = Vec::with_capacity(LONGEST_ANSWER);
        while !answer.ends_with(b"\r\n\r\n") {
            let read = self.socket.read_buf(&mut answer).await?;
            if read == 0 || answer.len() > LONGEST_ANSWER {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        status(&answer).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    /// Hangs up, and waits until the desk is left: as long as something holds it up there, a new
    /// line would fare no better, and threads would pile up.
    async fn close(mut self) {
        self.server.unblock();
        // It may well be broken already.
        let _ = self.socket.shutdown().await;
        self.desk.left().await;
    }
}

impl Drop for PrivateLine {
    fn drop(&mut self) {
        self.server.unblock();
    }
}

/// tiny_http panics when the system gives it no thread. That must not be our end.
async fn serve(listener: TcpListener) -> io::Result<tiny_http::Server> {
    tokio::task::spawn_blocking(|| tiny_http::Server::from_listener(listener, None))
        .await?
        .map_err(io::Error::other)
}

/// Makes tiny_http give up its port. It is waiting for a second connection; it gets one that says
/// nothing, and then, instead of waiting for a third, the word that there is none to wait for.
/// With that it lets go of the listener, and keeps serving the connection it has.
async fn close_port(latch: TcpListener, address: SocketAddr) -> io::Result<()> {
    latch.set_nonblocking(true)?;
    drop(latch);
    TcpStream::connect(address).await.map(drop)
}

fn status(answer: &[u8]) -> Option<StatusCode> {
    let mut headers = [httparse::EMPTY_HEADER; 16];
    let mut response = httparse::Response::new(&mut headers);
    response.parse(answer).ok()?;
    StatusCode::from_u16(response.code?).ok()
}

#[cfg(test)]
mod tests {
    use tokio::sync::watch;
    use transport::VirtualClock;

    use super::*;
    use crate::judge::Judge;
    use crate::{Delivery, Inbox, InboxUnavailable, Taken, Window};

    struct Nobody;

    impl Inbox for Nobody {
        fn accept(&self, _: Delivery) -> Result<Taken, InboxUnavailable> {
            Err(InboxUnavailable)
        }
    }

    fn desk() -> Desk {
        let clock = Arc::new(VirtualClock::starting_at(0));
        Desk {
            judge: Judge {
                tokens: watch::channel(Vec::new()).1,
                window: Window::default(),
                clock: clock.clone(),
            },
            inbox: Arc::new(Nobody),
            record: Record::new(clock),
        }
    }

    #[tokio::test]
    async fn nobody_else_can_connect_to_tiny_http_and_our_connection_goes_on() {
        let mut line = PrivateLine::open(&desk()).await.unwrap();
        let address = line.socket.peer_addr().unwrap();
        // It is told just before the port is gone; whoever connects in between is not accepted.
        let refused = async { while TcpStream::connect(address).await.is_ok() {} };
        timeout(CLOSING_WITHIN, refused).await.unwrap();
        for body in [&b"{}"[..], b"", b"GET / HTTP/1.1\r\n\r\n", &[b'x'; 65_536]] {
            assert_eq!(
                line.exchange("POST", body).await.unwrap(),
                StatusCode::BAD_REQUEST
            );
        }
    }

    #[tokio::test]
    async fn a_line_that_is_let_go_leaves_no_thread_at_the_desk() {
        let mut line = PrivateLine::open(&desk()).await.unwrap();
        line.server.unblock();
        timeout(ANSWER_WITHIN, line.desk.left()).await.unwrap();
        // Asked again, it says so again.
        line.desk.left().await;
        line.close().await;
    }
}
