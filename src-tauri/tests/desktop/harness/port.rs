//! A port for a program that listens later.

use tokio::net::TcpSocket;

/// A port of this computer that is kept for one program, until dropped.
///
/// A port that is only found free may be given to another test, or to a connection, before the
/// program listens there: its driver would then drive someone else's window. A socket that is bound
/// but doesn't listen keeps it from both, and lets a program in that binds to this very port with
/// `SO_REUSEADDR`, as WebKit does.
pub(crate) struct ReservedPort {
    number: u16,
    _bound: TcpSocket,
}

impl ReservedPort {
    pub(crate) fn new() -> Self {
        let bound = TcpSocket::new_v4().unwrap();
        bound.set_reuseaddr(true).unwrap();
        bound.bind(([127, 0, 0, 1], 0).into()).unwrap();
        Self {
            number: bound.local_addr().unwrap().port(),
            _bound: bound,
        }
    }

    /// The address to listen at, as `host:port`.
    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.number)
    }

    pub(crate) fn number(&self) -> u16 {
        self.number
    }
}
