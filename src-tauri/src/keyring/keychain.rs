//! macOS' keychain.

use keyring::Error;
use padwatch_domain::problem::Problem;
use transport::{ExposeSecret as _, SecretString};

use super::entry::{entry, in_words};
use super::one_item::Items;

/// The keychain of this person.
pub(super) struct Keychain;

impl Items for Keychain {
    fn read(&self, service: &str, name: &str) -> Result<Option<SecretString>, Problem> {
        match entry(service, name)?.get_password() {
            Ok(text) => Ok(Some(text.into())),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(in_words(&error)),
        }
    }

    fn write(&self, service: &str, name: &str, text: &SecretString) -> Result<(), Problem> {
        let written = entry(service, name)?.set_password(text.expose_secret());
        written.map_err(|error| in_words(&error))
    }

    fn delete(&self, service: &str, name: &str) -> Result<(), Problem> {
        match entry(service, name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(in_words(&error)),
        }
    }
}
