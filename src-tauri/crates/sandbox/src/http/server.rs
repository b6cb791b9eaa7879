//! One listening socket, and the connections that it took.

use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use http::Request;
use hyper::body::Incoming as Arriving;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

use super::wire::{self, HangUp, read};
use crate::answer::Answer;
use crate::incoming::Incoming;
use crate::shared::SharedWorld;

/// How often a server that is offline looks whether it still is.
const LOOKS_EVERY: Duration = Duration::from_millis(50);

/// A server on loopback. It ends when it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    task: AbortHandle,
}

/// Answers requests. Clones go to every connection.
pub(crate) trait Answers: Clone + Send + Sync + 'static {
    /// The answer to one request. Its delay is over when it comes.
    fn answer(&self, incoming: Incoming) -> impl Future<Output = Answer> + Send;
    /// Whether nobody is to listen just now.
    fn is_offline(&self) -> bool;
}

impl Server {
    /// Listens on the port, or on any free one for 0.
    pub(crate) async fn bind(port: u16) -> io::Result<TcpListener> {
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await
    }

    /// Answers what comes.
    pub(crate) fn start(listener: TcpListener, answers: impl Answers) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let task = tokio::spawn(run(listener, address, answers)).abort_handle();
        Ok(Self { address, task })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Listens, except while offline: then the socket is closed, so that connections are refused.
async fn run(first: TcpListener, address: SocketAddr, answers: impl Answers) {
    let mut listener = Some(first);
    let mut connections = JoinSet::new();
    loop {
        if answers.is_offline() {
            listener = None;
            connections.abort_all();
            tokio::time::sleep(LOOKS_EVERY).await;
            continue;
        }
        let Some(open) = &listener else {
            listener = TcpListener::bind(address).await.ok();
            if listener.is_none() {
                tokio::time::sleep(LOOKS_EVERY).await;
            }
            continue;
        };
        tokio::select! {
            taken = open.accept() => {
                if let Ok((socket, _)) = taken {
                    connections.spawn(talk(socket, answers.clone()));
                }
            }
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            () = tokio::time::sleep(LOOKS_EVERY) => {}
        }
    }
}

async fn talk(socket: TcpStream, answers: impl Answers) {
    // Without it small answers wait for the other side's acknowledgement.
    let _ = socket.set_nodelay(true);
    let service = service_fn(move |request: Request<Arriving>| {
        let answers = answers.clone();
        async move {
            let incoming = read(request).await.ok_or(HangUp)?;
            wire::send(answers.answer(incoming).await)
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(socket), service);
    // A connection that ends badly is what many faults are for.
    if let Err(error) = connection.await {
        tracing::debug!(%error, "a connection to the sandbox ended");
    }
}

/// One of the two services, or the history.
#[derive(Clone)]
pub(crate) struct OfService {
    pub(crate) world: SharedWorld,
    pub(crate) service: crate::incoming::Service,
}

impl Answers for OfService {
    async fn answer(&self, incoming: Incoming) -> Answer {
        let answer = self.world.answer(self.service, &incoming);
        if !answer.delay.is_zero() {
            self.world.clock().sleep(answer.delay).await;
        }
        answer
    }

    fn is_offline(&self) -> bool {
        self.world.is_offline(self.service)
    }
}
