//! The one public entrance. tiny_http has no time-outs, no limits and a thread for each
//! connection (reference/reliability.md, D6), so no connection from outside reaches it: they end
//! here, on tokio, where they have all three.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

use crate::connection::Visit;

/// Visitors at one time.
pub(crate) const MOST_VISITORS: usize = 64;
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
    visits: JoinSet<()>,
    /// Those who may still be reading their request, the oldest first.
    unfinished: VecDeque<Unfinished>,
}

struct Unfinished {
    since: Instant,
    /// Closed when the request is complete, or the visit over.
    leave: oneshot::Sender<()>,
}

impl Hall {
    fn enter(&mut self, socket: TcpStream, visit: &Visit) {
        let (leave, make_room) = oneshot::channel();
        let since = Instant::now();
        self.unfinished.push_back(Unfinished { since, leave });
        self.visits.spawn(visit.clone().serve(socket, make_room));
    }

    /// Waits until there is room for one more. If need be, the oldest visitor whose request isn't
    /// complete makes it: whoever takes longest isn't Lever.
    async fn room(&mut self) {
        loop {
            while self.visits.try_join_next().is_some() {}
            self.unfinished.retain(|visitor| !visitor.leave.is_closed());
            if self.visits.len() < MOST_VISITORS {
                return;
            }
            let now = Instant::now();
            let until = match self.unfinished.front().map(|oldest| oldest.since + GRACE) {
                Some(until) if until > now => until,
                _ => {
                    self.send_away_the_oldest();
                    now + GRACE
                }
            };
            // Whichever comes first: somebody leaves, or somebody's time is up.
            let _ = timeout_at(until, self.visits.join_next()).await;
        }
    }

    fn send_away_the_oldest(&mut self) {
        if let Some(oldest) = self.unfinished.pop_front() {
            // It may have completed its request this very moment; then it stays.
            let _ = oldest.leave.send(());
        }
    }
}
