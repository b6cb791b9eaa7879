//! Accepts connections, and makes room for new ones.

use std::collections::VecDeque;
use std::future::Future;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{Instant, timeout_at};

use crate::limits::{GRACE, MOST_CONNECTIONS};

/// Accepting can fail for a while, when the computer runs out of something.
const AFTER_A_FAILURE: Duration = Duration::from_millis(100);
/// After so many failures in a row, the listener itself is given up.
const MOST_FAILURES: u32 = 50;

/// Accepts connections until it is dropped, or until the listener keeps failing. `serve` serves
/// one of them, and ends it when it is told to make room while its request isn't complete.
pub(crate) async fn accept_all<Served>(
    listener: TcpListener,
    serve: impl Fn(TcpStream, oneshot::Receiver<()>) -> Served,
) -> std::io::Error
where
    Served: Future<Output = ()> + Send + 'static,
{
    let mut connections = Connections::default();
    let mut failures = 0;
    loop {
        match listener.accept().await {
            Ok((socket, _)) => {
                failures = 0;
                // The next ones wait in the system's queue meanwhile, which has an end too.
                connections.room().await;
                let (make_room, told) = oneshot::channel();
                connections.open(serve(socket, told), make_room);
            }
            Err(error) if failures == MOST_FAILURES => return error,
            Err(_) => {
                failures += 1;
                tokio::time::sleep(AFTER_A_FAILURE).await;
            }
        }
    }
}

/// All connections. Dropping it ends them.
#[derive(Default)]
struct Connections {
    /// Those that count, the oldest first.
    open: VecDeque<Open>,
    /// Also those that were told to end and haven't yet. On a computer that is short of time that
    /// takes a while, in which no other must be kept waiting for them.
    tasks: JoinSet<()>,
}

struct Open {
    since: Instant,
    /// Closed when the request is complete.
    make_room: oneshot::Sender<()>,
    task: AbortHandle,
}

impl Connections {
    fn open<Served>(&mut self, served: Served, make_room: oneshot::Sender<()>)
    where
        Served: Future<Output = ()> + Send + 'static,
    {
        let since = Instant::now();
        let task = self.tasks.spawn(served);
        self.open.push_back(Open {
            since,
            make_room,
            task,
        });
    }

    /// Waits until there is room for one more. If need be, the slowest makes it.
    async fn room(&mut self) {
        loop {
            while self.tasks.try_join_next().is_some() {}
            self.open.retain(|open| !open.task.is_finished());
            let in_reach = self.tasks.len() < 2 * MOST_CONNECTIONS;
            if in_reach && (self.open.len() < MOST_CONNECTIONS || self.end_the_slowest()) {
                return;
            }
            // Whichever comes first: one ends, or the grace of one does.
            let _ = timeout_at(self.next_look(), self.tasks.join_next()).await;
        }
    }

    /// Ends the oldest connection whose request isn't complete: what takes longest isn't Lever.
    /// `false` if none has been open long enough.
    fn end_the_slowest(&mut self) -> bool {
        let Some(at) = self.slowest() else {
            return false;
        };
        let in_grace = |open: &Open| open.since.elapsed() < GRACE;
        if self.open.get(at).is_none_or(in_grace) {
            return false;
        }
        let slowest = self.open.remove(at);
        // It may have completed its request this very moment; then it stays, as one too many.
        slowest.is_some_and(|slowest| slowest.make_room.send(()).is_ok())
    }

    fn next_look(&self) -> Instant {
        let soon = Instant::now() + Duration::from_millis(1);
        let slowest = self.slowest().and_then(|at| self.open.get(at));
        slowest.map_or(soon + GRACE, |slowest| soon.max(slowest.since + GRACE))
    }

    fn slowest(&self) -> Option<usize> {
        self.open
            .iter()
            .position(|open| !open.make_room.is_closed())
    }
}
