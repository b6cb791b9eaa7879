//! One visitor: one request, one reply, the end.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::Refusal;
use crate::admit::{Door, LONGEST_HEAD, admit_head, end_of_head};
use crate::health::Record;
use crate::judge::{Judge, Judgement};
use crate::private_line::Asking;

/// The longest time from connecting to the last byte of the request.
const REQUEST_WITHIN: Duration = Duration::from_secs(5);
/// The longest time for the reply to leave, and for the other side to read a refusal.
const LEAVING_WITHIN: Duration = Duration::from_millis(100);
/// Read at once, in bytes.
const CHUNK: usize = 4096;

/// What each visit needs.
#[derive(Clone)]
pub(crate) struct Visit {
    pub(crate) door: Arc<Door>,
    pub(crate) judge: Judge,
    pub(crate) line: Asking,
    pub(crate) record: Record,
}

impl Visit {
    /// Serves one connection. As long as its request isn't complete, `make_room` ends it.
    pub(crate) async fn serve(self, mut socket: TcpStream, make_room: oneshot::Receiver<()>) {
        let body = tokio::select! {
            Ok(()) = make_room => return self.record.refused(Refusal::MadeRoom),
            body = self.admitted(&mut socket) => body,
        };
        // From here on the request is complete, and nothing takes its place from it.
        let Some(body) = body else { return };
        let status = match self.line.ask(body).await {
            Some(status) => status,
            None => self.refusal(Refusal::NotAnswered),
        };
        let _ = timeout(LEAVING_WITHIN, say(&mut socket, status)).await;
    }

    /// The body of a request that is worth asking about. All others get their refusal here, so that
    /// no flood of forged events gets in the way of a real one on the line.
    async fn admitted(&self, socket: &mut TcpStream) -> Option<Vec<u8>> {
        let heard = match timeout(REQUEST_WITHIN, hear(socket, &self.door)).await {
            Ok(heard) => heard.and_then(|body| self.believed(body)),
            Err(_) => Err(Refusal::TooSlow),
        };
        match heard {
            Ok(body) => Some(body),
            Err(refusal) => {
                self.record.refused(refusal);
                if let Some(status) = refusal.status() {
                    let _ = timeout(LEAVING_WITHIN, say_to_the_end(socket, status)).await;
                }
                None
            }
        }
    }

    fn believed(&self, body: Vec<u8>) -> Result<Vec<u8>, Refusal> {
        match self.judge.judge(&body) {
            Judgement::Refused(refusal) => Err(refusal),
            Judgement::Event(_) | Judgement::Nothing | Judgement::Test { .. } => Ok(body),
        }
    }

    fn refusal(&self, refusal: Refusal) -> StatusCode {
        self.record.refused(refusal);
        refusal.status().unwrap_or(StatusCode::SERVICE_UNAVAILABLE)
    }
}

/// Reads one request to its end, and nothing beyond what it may have.
async fn hear(socket: &mut TcpStream, door: &Door) -> Result<Vec<u8>, Refusal> {
    let mut raw = Vec::with_capacity(CHUNK);
    let mut searched = 0;
    let head_end = loop {
        more(socket, &mut raw).await?;
        if let Some(end) = end_of_head(&raw, searched) {
            break end;
        }
        if raw.len() >= LONGEST_HEAD {
            return Err(Refusal::HeadTooLong);
        }
        searched = raw.len();
    };
    let body = admit_head(raw.get(..head_end).unwrap_or_default(), door)?;
    while raw.len() < head_end + body {
        more(socket, &mut raw).await?;
    }
    if raw.len() > head_end + body {
        return Err(Refusal::Malformed);
    }
    Ok(raw.split_off(head_end))
}

async fn more(socket: &mut TcpStream, raw: &mut Vec<u8>) -> Result<(), Refusal> {
    let mut chunk = [0; CHUNK];
    match socket.read(&mut chunk).await {
        Ok(read @ 1..) => {
            raw.extend_from_slice(chunk.get(..read).unwrap_or_default());
            Ok(())
        }
        Ok(0) | Err(_) => Err(Refusal::HungUp),
    }
}

async fn say(socket: &mut TcpStream, status: StatusCode) -> std::io::Result<()> {
    socket.write_all(reply(status).as_bytes()).await?;
    socket.shutdown().await
}

/// Refuses, and reads away what is still being sent: closing on unread bytes would reset the
/// connection, and the other side would never see why.
async fn say_to_the_end(socket: &mut TcpStream, status: StatusCode) -> std::io::Result<()> {
    say(socket, status).await?;
    let mut unread = [0; CHUNK];
    while socket.read(&mut unread).await? > 0 {}
    Ok(())
}

/// Nothing in a reply comes from a request but the choice of the status.
fn reply(status: StatusCode) -> String {
    let reason = status.canonical_reason().unwrap_or_default();
    let allow = match status {
        StatusCode::METHOD_NOT_ALLOWED => "Allow: POST\r\n",
        _ => "",
    };
    format!(
        "HTTP/1.1 {} {reason}\r\n{allow}Content-Length: 0\r\nConnection: close\r\n\r\n",
        status.as_u16()
    )
}
