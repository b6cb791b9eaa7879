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
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};

use super::wire::{self, HangUp, read};
use crate::answer::Answer;
use crate::incoming::Incoming;

/// The wait before another try to listen again.
const TRIES_AGAIN_AFTER: Duration = Duration::from_millis(50);

/// Whether a server is to be reached just now.
pub(crate) type Reached = watch::Receiver<bool>;

/// A server on loopback. It ends when it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    task: AbortHandle,
}

/// Answers requests. Clones go to every connection.
pub(crate) trait Answers: Clone + Send + Sync + 'static {
    /// The answer to one request. Its delay is over when it comes.
    fn answer(&self, incoming: Incoming) -> impl Future<Output = Answer> + Send;
}

impl Server {
    /// Listens on the port, or on any free one for 0.
    pub(crate) async fn bind(port: u16) -> io::Result<TcpListener> {
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await
    }

    /// Answers what comes, while it is to be reached.
    pub(crate) fn start(listener: TcpListener, answers: impl Answers, reached: Reached) -> Self {
        let task = tokio::spawn(run(listener, answers, reached)).abort_handle();
        Self { task }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Listens, except while no one is to be reached: then the socket is closed, so that connections
/// are refused.
async fn run(mut listener: TcpListener, answers: impl Answers, mut reached: Reached) {
    let Ok(address) = listener.local_addr() else {
        return;
    };
    loop {
        take(&listener, &answers, &mut reached).await;
        drop(listener);
        if reached.wait_for(|reached| *reached).await.is_err() {
            return;
        }
        listener = match listen_again(address).await {
            Some(listener) => listener,
            None => return,
        };
    }
}

/// Takes connections until the server goes offline. Those that were taken end then.
async fn take(listener: &TcpListener, answers: &impl Answers, reached: &mut Reached) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            taken = listener.accept() => {
                if let Ok((socket, _)) = taken {
                    connections.spawn(talk(socket, answers.clone()));
                }
            }
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            _ = reached.wait_for(|reached| !*reached) => return,
        }
    }
}

/// The port was ours a moment ago; another program may have it for another moment.
async fn listen_again(address: SocketAddr) -> Option<TcpListener> {
    for _ in 0..100 {
        if let Ok(listener) = TcpListener::bind(address).await {
            return Some(listener);
        }
        tokio::time::sleep(TRIES_AGAIN_AFTER).await;
    }
    tracing::warn!(%address, "the sandbox can't listen there any more");
    None
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
