//! What is kept of the webhooks from one start to the next.

use padwatch_receiver::{PathSecret, PublicAddress};
use serde::{Deserialize, Serialize};
use transport::Rng;

use super::{MadeWebhook, Place};

/// How webhooks are received, as one JSON document in the ledger.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Kept {
    /// True if they are received.
    pub(crate) on: bool,
    /// The tunnel's address, as it is used.
    pub(crate) public_address: Option<String>,
    /// The port to listen on.
    pub(crate) port: Option<u16>,
    /// The port before, until something shows that the tunnel knows the new one.
    pub(crate) port_changed_from: Option<u16>,
    /// The secret in the path.
    pub(crate) path: Option<String>,
    /// When Lever's Verify button was last pressed and its signature fitted, in ms since the epoch.
    pub(crate) verified_ms: Option<i64>,
    /// The webhooks that were made through the API.
    pub(crate) made: Vec<MadeWebhook>,
    /// The address that they lead to.
    pub(crate) made_for: Option<String>,
    /// True if Lever was asked to make some: written before it is asked, so that what an answer that
    /// got lost left there is looked for.
    pub(crate) asked: bool,
}

impl Kept {
    /// With a path: a random one if there is none.
    pub(super) fn with_path(mut self, rng: &dyn Rng) -> Self {
        if self.secret().is_none() {
            self.path = Some(PathSecret::random(rng).exposed().to_owned());
        }
        self
    }

    /// Returns true if Lever may have webhooks that were made for this computer.
    pub(super) fn may_be_in_lever(&self) -> bool {
        self.asked || !self.made.is_empty() || self.made_for.is_some()
    }

    fn secret(&self) -> Option<PathSecret> {
        PathSecret::kept(self.path.clone()?.into())
    }

    fn public(&self) -> Option<PublicAddress> {
        PublicAddress::parse(self.public_address.as_deref()?).ok()
    }

    /// Where to listen; `None`: nowhere.
    pub(crate) fn place(&self) -> Option<Place> {
        let secret = self.secret().filter(|_| self.on)?;
        Some(Place {
            port: self.port,
            secret,
            public: self.public().into_iter().collect(),
        })
    }

    /// The secret in the path as it stands in addresses.
    pub(super) fn path_text(&self) -> Option<String> {
        Some(self.secret()?.exposed().to_owned())
    }

    /// The address to paste in Lever.
    pub(super) fn url(&self) -> Option<String> {
        use transport::ExposeSecret as _;
        let url = self.public()?.webhook(&self.secret()?);
        Some(url.expose_secret().to_owned())
    }

    /// The same on this computer, for the tunnel to lead to.
    pub(super) fn local_url(&self) -> Option<String> {
        let (port, path) = (self.port?, self.path_text()?);
        Some(format!("http://127.0.0.1:{port}/lever/{path}"))
    }
}
