//! The one public entrance. tiny_http has no time-outs, no limits and a thread for each
//! connection (reference/reliability.md, D6), so no connection from outside reaches it: they end
//! here, on tokio, where they have all three.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use crate::Refusal;
use crate::connection::Visit;

/// Visitors at one time.
pub(crate) const MOST_VISITORS: usize = 64;
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
                hall.enter(socket, &visit);
                // Whoever came in is heard before the next one could take the place.
                tokio::task::yield_now().await;
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
    /// Those who may still be reading their request, the oldest first. Closed when they are not.
    unfinished: VecDeque<oneshot::Sender<()>>,
}

impl Hall {
    fn enter(&mut self, socket: TcpStream, visit: &Visit) {
        while self.visits.try_join_next().is_some() {}
        self.unfinished.retain(|visitor| !visitor.is_closed());
        if self.visits.len() >= MOST_VISITORS && !self.make_room() {
            return visit.record.refused(Refusal::Crowded);
        }
        let (leave, make_room) = oneshot::channel();
        self.unfinished.push_back(leave);
        self.visits.spawn(visit.clone().serve(socket, make_room));
    }

    /// An honest sender needs a few milliseconds; whoever has taken longest waits for something
    /// else.
    fn make_room(&mut self) -> bool {
        self.unfinished
            .pop_front()
            .is_some_and(|oldest| oldest.send(()).is_ok())
    }
}
