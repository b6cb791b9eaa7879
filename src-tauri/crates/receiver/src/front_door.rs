//! The one public entrance. tiny_http has no time-outs, no limits and a thread for each
//! connection (reference/reliability.md, D6), so no connection from outside reaches it: they end
//! here, on tokio, where they have all three.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{Instant, timeout_at};

use crate::connection::Visit;

/// Visitors at one time. With the longest of heads and bodies, they take 9 MB.
pub(crate) const MOST_VISITORS: usize = 128;
/// Nobody is sent away sooner than this for being slow. An honest sender needs a few milliseconds.
const GRACE: Duration = Duration::from_millis(20);
/// Accepting can fail for a while, when the computer runs out of something.
const AFTER_A_FAILURE: Duration = Duration::from_millis(100);
/// After so many failures in a row, the listener itself is given up.
const MOST_FAILURES: u32 = 50;

/// Lets visitors in until it is dropped, or until the listener is of no use any more.
pub(crate) async fn keep(listener: TcpListener, visit: Visit) -> std::io::Error {
    let mut hall = Hall::default();
    let mut failures = 0;
    loop {
        match listener.accept().await {
            Ok((socket, _)) => {
                failures = 0;
                // The next ones wait in the system's queue meanwhile, which has an end too.
                hall.room().await;
                hall.enter(socket, &visit);
            }
            Err(error) if failures == MOST_FAILURES => return error,
            Err(_) => {
                failures += 1;
                tokio::time::sleep(AFTER_A_FAILURE).await;
            }
        }
    }
}

/// Everybody who is inside. Dropping it ends all visits.
#[derive(Default)]
struct Hall {
    /// Who counts, the oldest first.
    inside: VecDeque<Visitor>,
    /// Also those who were sent away and haven't noticed yet. On a computer that is short of time
    /// that takes a while, in which nobody must be kept waiting for them.
    visits: JoinSet<()>,
}

struct Visitor {
    since: Instant,
    /// Closed when the request is complete.
    leave: oneshot::Sender<()>,
    visit: AbortHandle,
}

impl Hall {
    fn enter(&mut self, socket: TcpStream, visit: &Visit) {
        let (leave, make_room) = oneshot::channel();
        let since = Instant::now();
        let visit = self.visits.spawn(visit.clone().serve(socket, make_room));
        self.inside.push_back(Visitor {
            since,
            leave,
            visit,
        });
    }

    /// Waits until there is room for one more. If need be, the slowest makes it.
    async fn room(&mut self) {
        loop {
            while self.visits.try_join_next().is_some() {}
            self.inside.retain(|visitor| !visitor.visit.is_finished());
            let in_reach = self.visits.len() < 2 * MOST_VISITORS;
            if in_reach && (self.inside.len() < MOST_VISITORS || self.send_away_the_slowest()) {
                return;
            }
            // Whichever comes first: somebody is done, or somebody's time is up.
            let _ = timeout_at(self.next_look(), self.visits.join_next()).await;
        }
    }

    /// Sends away the oldest visitor whose request isn't complete: whoever takes longest isn't
    /// Lever. `false` if nobody has been here long enough.
    fn send_away_the_slowest(&mut self) -> bool {
        let Some(at) = self.slowest() else {
            return false;
        };
        let patient = |visitor: &Visitor| visitor.since.elapsed() < GRACE;
        if self.inside.get(at).is_none_or(patient) {
            return false;
        }
        let slowest = self.inside.remove(at);
        // It may have completed its request this very moment; then it stays, as one too many.
        slowest.is_some_and(|slowest| slowest.leave.send(()).is_ok())
    }

    fn next_look(&self) -> Instant {
        let soon = Instant::now() + Duration::from_millis(1);
        let slowest = self.slowest().and_then(|at| self.inside.get(at));
        slowest.map_or(soon + GRACE, |slowest| soon.max(slowest.since + GRACE))
    }

    fn slowest(&self) -> Option<usize> {
        self.inside
            .iter()
            .position(|visitor| !visitor.leave.is_closed())
    }
}
