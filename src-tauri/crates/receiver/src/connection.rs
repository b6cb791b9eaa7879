//! One connection: one request, one reply, the end.

use std::sync::Arc;

use http::StatusCode;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::{Mutex, oneshot};
use tokio::time::timeout;

use crate::health::Record;
use crate::judge::{Judge, Judgement};
use crate::limits::{CHUNK, REPLY_WITHIN, REQUEST_WITHIN, STORED_WITHIN};
use crate::relay::Relay;
use crate::{Delivery, Inbox, Refusal};

/// What each connection needs.
#[derive(Clone)]
pub(crate) struct Connection {
    pub(crate) relay: Arc<Relay>,
    pub(crate) judge: Judge,
    pub(crate) store: Store,
    pub(crate) record: Record,
}

impl Connection {
    /// Serves one connection. As long as its request isn't complete, `make_room` ends it.
    pub(crate) async fn serve(self, mut socket: TcpStream, make_room: oneshot::Receiver<()>) {
        let request = tokio::select! {
            Ok(()) = make_room => return self.record.refused(Refusal::MadeRoom),
            request = self.request(&mut socket) => request,
        };
        // From here on the request is complete, and nothing takes its place from it.
        let status = match request {
            Some(Request::Store(delivery)) => self.stored(delivery).await,
            Some(Request::Acknowledge) => StatusCode::OK,
            None => return,
        };
        let _ = timeout(REPLY_WITHIN, reply(&mut socket, status)).await;
    }

    /// A request of Lever's. Any other is refused here, so that no flood of forged events gets in
    /// the way of a real one.
    async fn request(&self, socket: &mut TcpStream) -> Option<Request> {
        let body = match timeout(REQUEST_WITHIN, self.relay.read(socket)).await {
            Ok(body) => body,
            Err(_) => Err(Refusal::TooSlow),
        };
        match body.map_or_else(Judgement::Refused, |body| self.judge.judge(&body)) {
            Judgement::Event(delivery) => return Some(Request::Store(delivery)),
            Judgement::Nothing => self.record.ignored(),
            Judgement::Test { verified } => self.record.tested(verified),
            Judgement::Refused(refusal) => {
                self.record.refused(refusal);
                if let Some(status) = refusal.status() {
                    let _ = timeout(REPLY_WITHIN, refuse(socket, status)).await;
                }
                return None;
            }
        }
        Some(Request::Acknowledge)
    }

    async fn stored(&self, delivery: Delivery) -> StatusCode {
        match self.store.accept(delivery, &self.record).await {
            Ok(()) => StatusCode::OK,
            Err(refusal) => {
                self.record.refused(refusal);
                refusal.status().unwrap_or(StatusCode::SERVICE_UNAVAILABLE)
            }
        }
    }
}

/// What Lever's requests are for.
enum Request {
    Store(Delivery),
    Acknowledge,
}

/// The inbox, for one delivery at a time.
#[derive(Clone)]
pub(crate) struct Store {
    inbox: Arc<dyn Inbox>,
    turn: Arc<Mutex<()>>,
}

impl Store {
    pub(crate) fn new(inbox: Arc<dyn Inbox>) -> Self {
        Self {
            inbox,
            turn: Arc::default(),
        }
    }

    async fn accept(&self, delivery: Delivery, record: &Record) -> Result<(), Refusal> {
        let accepted = async {
            let (inbox, turn) = (self.inbox.clone(), self.turn.clone().lock_owned().await);
            let accepting = tokio::task::spawn_blocking(move || {
                let _turn = turn;
                inbox.accept(delivery)
            });
            accepting.await
        };
        match timeout(STORED_WITHIN, accepted).await {
            Ok(Ok(Ok(taken))) => {
                record.taken(taken);
                Ok(())
            }
            Ok(Ok(Err(_))) => Err(Refusal::NotStored),
            Ok(Err(_)) => {
                record.restarted("inbox");
                Err(Refusal::NotAnswered)
            }
            Err(_) => Err(Refusal::NotAnswered),
        }
    }
}

/// Nothing in a reply comes from a request but the choice of the status.
async fn reply(socket: &mut TcpStream, status: StatusCode) -> std::io::Result<()> {
    let reason = status.canonical_reason().unwrap_or_default();
    let allow = match status {
        StatusCode::METHOD_NOT_ALLOWED => "Allow: POST\r\n",
        _ => "",
    };
    let reply = format!(
        "HTTP/1.1 {} {reason}\r\n{allow}Content-Length: 0\r\nConnection: close\r\n\r\n",
        status.as_u16()
    );
    socket.write_all(reply.as_bytes()).await?;
    socket.shutdown().await
}

/// Replies, and reads away what is still being sent: closing on unread bytes would reset the
/// connection, and the other side would never see why.
async fn refuse(socket: &mut TcpStream, status: StatusCode) -> std::io::Result<()> {
    reply(socket, status).await?;
    let mut unread = [0; CHUNK];
    while socket.read(&mut unread).await? > 0 {}
    Ok(())
}
