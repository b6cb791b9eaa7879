//! What the owner tells the receiver.

use padwatch_receiver::{PathSecret, PublicAddress};
use tokio::sync::watch;
use transport::SecretString;

/// Where to listen.
#[derive(Clone)]
pub(crate) struct Place {
    /// The port to keep, if it can be had.
    pub(crate) port: Option<u16>,
    /// The secret in the path.
    pub(crate) secret: PathSecret,
    /// The tunnel's address.
    pub(crate) public: Vec<PublicAddress>,
}

/// What the owner tells the receiver.
pub(crate) struct Channels {
    /// Where to listen; `None`: nowhere.
    pub(crate) place: watch::Sender<Option<Place>>,
    /// What events may be signed with.
    pub(crate) tokens: watch::Sender<Vec<SecretString>>,
}

impl Place {
    /// Returns true if a receiver at the other place need not be restarted. The port is no reason: the
    /// receiver itself says which one it has, unless the user asks for another.
    pub(crate) fn is_served_by(&self, other: &Self, listening_on: Option<u16>) -> bool {
        let same_port = self.port.is_none() || self.port == other.port || self.port == listening_on;
        self.secret.exposed() == other.secret.exposed() && self.public == other.public && same_port
    }
}

impl Channels {
    pub(crate) fn new() -> Self {
        Self {
            place: watch::Sender::new(None),
            tokens: watch::Sender::new(Vec::new()),
        }
    }
}
