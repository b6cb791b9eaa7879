//! Where secrets are kept, for the thread that owns them.

use std::collections::HashMap;

use padwatch_api::SecretName;
use padwatch_domain::problem::Problem;
use transport::SecretString;

/// A secret, and what is known about it.
#[derive(Clone)]
pub(crate) struct Stored {
    pub(crate) secret: SecretString,
    /// The origin that it was tested with, such as `https://api.lever.co`; `None`: not known.
    pub(crate) origin: Option<String>,
    /// When Padwatch stored it, in ms since the epoch; `None`: not by Padwatch, or not known.
    pub(crate) stored_at: Option<i64>,
}

/// What can be seen of a secret without asking the person anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Glimpse {
    Missing,
    /// It is there, and reading it asks for a password.
    Locked,
    There,
}

/// Where secrets are kept.
pub(super) trait Vault: Send {
    fn store(&mut self, name: SecretName, stored: &Stored) -> Result<(), Problem>;
    fn load(&mut self, name: SecretName) -> Result<Option<Stored>, Problem>;
    fn delete(&mut self, name: SecretName) -> Result<(), Problem>;
    fn glimpse(&mut self, name: SecretName) -> Result<Glimpse, Problem>;
}

/// Memory alone: the sandbox's keys never reach the keyring.
#[derive(Default)]
pub(super) struct Memory(pub(super) HashMap<SecretName, Stored>);

impl Vault for Memory {
    fn store(&mut self, name: SecretName, stored: &Stored) -> Result<(), Problem> {
        self.0.insert(name, stored.clone());
        Ok(())
    }

    fn load(&mut self, name: SecretName) -> Result<Option<Stored>, Problem> {
        Ok(self.0.get(&name).cloned())
    }

    fn delete(&mut self, name: SecretName) -> Result<(), Problem> {
        self.0.remove(&name);
        Ok(())
    }

    fn glimpse(&mut self, name: SecretName) -> Result<Glimpse, Problem> {
        Ok(match self.0.contains_key(&name) {
            true => Glimpse::There,
            false => Glimpse::Missing,
        })
    }
}
