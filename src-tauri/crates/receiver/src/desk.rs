//! Where admitted requests are judged and answered: one plain thread behind tiny_http.

use std::io::{self, Read as _};
use std::net::SocketAddr;
use std::sync::Arc;

use http::StatusCode;
use tokio::sync::mpsc;

use crate::admit::LONGEST_BODY;
use crate::health::Record;
use crate::judge::{Judge, Judgement};
use crate::{Delivery, Inbox, Refusal};

/// What a greeting on a new line is answered with.
pub(crate) const GREETED: StatusCode = StatusCode::NO_CONTENT;

/// What is needed to judge and to answer.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) judge: Judge,
    pub(crate) inbox: Arc<dyn Inbox>,
    pub(crate) record: Record,
}

/// How the thread at a desk is doing.
pub(crate) struct Seat(mpsc::Receiver<PortClosed>);

/// tiny_http has let go of its port: it serves the connections it has, and no others.
struct PortClosed;

type Sitting = mpsc::Sender<PortClosed>;

impl Seat {
    /// Waits until the port is closed. `false` when the thread ended instead.
    pub(crate) async fn port_closed(&mut self) -> bool {
        self.0.recv().await.is_some()
    }

    /// Waits until the thread has ended, however it did.
    pub(crate) async fn left(&mut self) {
        while self.0.recv().await.is_some() {}
    }
}

impl Desk {
    /// Answers what comes from `ours`, on a thread of its own, until the server is unblocked.
    pub(crate) fn sit_down(
        self,
        server: Arc<tiny_http::Server>,
        ours: SocketAddr,
    ) -> io::Result<Seat> {
        let (sitting, seat) = mpsc::channel(1);
        std::thread::Builder::new()
            .name("webhooks".to_owned())
            .spawn(move || self.work(&server, ours, &sitting))?;
        Ok(Seat(seat))
    }

    fn work(&self, server: &tiny_http::Server, ours: SocketAddr, sitting: &Sitting) {
        loop {
            match server.recv() {
                Ok(request) => self.serve(request, ours),
                // That is how it tells that the port is closed. It does so once.
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let _ = sitting.try_send(PortClosed);
                }
                Err(_) => return,
            }
        }
    }

    fn serve(&self, mut request: tiny_http::Request, ours: SocketAddr) {
        let status = self.status(&mut request, ours);
        let answer = tiny_http::Response::empty(status.as_u16());
        if let Err(error) = request.respond(answer) {
            tracing::debug!(%error, "an answer did not leave");
        }
    }

    fn status(&self, request: &mut tiny_http::Request, ours: SocketAddr) -> StatusCode {
        // Until the port is closed, somebody else might have found it.
        if request.remote_addr() != Some(&ours) {
            return StatusCode::NOT_FOUND;
        }
        if *request.method() == tiny_http::Method::Get {
            return GREETED;
        }
        let mut body = Vec::with_capacity(request.body_length().unwrap_or(0).min(LONGEST_BODY));
        let most = LONGEST_BODY as u64;
        match request.as_reader().take(most).read_to_end(&mut body) {
            Ok(_) => self.decide(&body),
            Err(_) => self.refuse(Refusal::NotAnswered),
        }
    }

    fn decide(&self, body: &[u8]) -> StatusCode {
        // The door has judged it too, to keep floods from here. What counts is what holds now.
        match self.judge.judge(body) {
            Judgement::Event(delivery) => return self.deliver(delivery),
            Judgement::Nothing => self.record.ignored(),
            Judgement::Test { verified } => self.record.tested(verified),
            Judgement::Refused(refusal) => return self.refuse(refusal),
        }
        StatusCode::OK
    }

    fn deliver(&self, delivery: Delivery) -> StatusCode {
        match self.inbox.accept(delivery) {
            Ok(taken) => {
                self.record.taken(taken);
                StatusCode::OK
            }
            Err(_) => self.refuse(Refusal::NotStored),
        }
    }

    fn refuse(&self, refusal: Refusal) -> StatusCode {
        self.record.refused(refusal);
        refusal.status().unwrap_or(StatusCode::SERVICE_UNAVAILABLE)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::net::TcpStream;

    use tokio::sync::watch;
    use transport::VirtualClock;

    use super::*;
    use crate::{InboxUnavailable, Taken, Window};

    struct Nobody;

    impl Inbox for Nobody {
        fn accept(&self, _: Delivery) -> Result<Taken, InboxUnavailable> {
            Err(InboxUnavailable)
        }
    }

    /// Asks as the one on the line at the desk, and as somebody who found its port.
    #[tokio::test]
    async fn somebody_who_finds_the_port_before_it_is_closed_gets_nothing() {
        let server = Arc::new(tiny_http::Server::http("127.0.0.1:0").unwrap());
        let address = server.server_addr().to_ip().unwrap();
        let mut ours = TcpStream::connect(address).unwrap();
        let mut stranger = TcpStream::connect(address).unwrap();
        let clock: Arc<dyn transport::Clock> = Arc::new(VirtualClock::starting_at(0));
        let (_tokens, tokens) = watch::channel(Vec::new());
        let desk = Desk {
            judge: Judge {
                tokens,
                window: Window::default(),
                clock: clock.clone(),
            },
            inbox: Arc::new(Nobody),
            record: Record::new(clock),
        };
        let sitting = desk.sit_down(server.clone(), ours.local_addr().unwrap());
        let status = |line: &mut TcpStream| {
            line.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
                .unwrap();
            let mut answer = [0; 12];
            line.read_exact(&mut answer).unwrap();
            String::from_utf8_lossy(&answer).into_owned()
        };
        assert_eq!(status(&mut ours), "HTTP/1.1 204");
        assert_eq!(status(&mut stranger), "HTTP/1.1 404");
        server.unblock();
        drop(sitting);
    }
}
