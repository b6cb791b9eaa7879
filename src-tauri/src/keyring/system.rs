//! Linux and Windows: an entry of the keyring for each secret.

use std::collections::HashMap;

use keyring::{Entry, Error};
use padwatch_api::SecretName;
use padwatch_domain::problem::Problem;
use transport::{ExposeSecret as _, SecretString};

use super::entry::{entry, in_words};
use super::note_own_keys;
#[cfg(windows)]
use super::notes;
use super::vault::{Glimpse, Stored, Vault};
use crate::profile::{DEFAULT_SERVICE, Profile};

/// The attribute that says when Padwatch stored a secret, in ms since the epoch.
const STORED_AT: &str = "stored-at";
/// The attribute that says where a key may be sent.
const ORIGIN: &str = "origin";
/// The origin of a key that is just being replaced: it is sent nowhere.
const NOWHERE: &str = "none";

/// The platform's keyring, as a profile uses it.
pub(super) struct System {
    service: String,
    profile: Profile,
    addresses_are_named: bool,
}

impl System {
    pub(super) fn new(profile: &Profile, addresses_are_named: bool) -> Self {
        Self {
            service: profile.keyring_service(),
            profile: profile.clone(),
            addresses_are_named,
        }
    }

    /// Under which service a secret is read: the profile's own, or the default one's as long as
    /// this profile has no key at all and may read those.
    fn service_of(&self, name: SecretName) -> Result<&str, Problem> {
        for own in [name, SecretName::LeverKey, SecretName::CoderpadKey] {
            if !entries(&self.service, own)?.is_empty() {
                return Ok(&self.service);
            }
        }
        Ok(
            match self.profile.may_read_default_keys(self.addresses_are_named) {
                true => DEFAULT_SERVICE,
                false => &self.service,
            },
        )
    }
}

impl Vault for System {
    fn store(&mut self, name: SecretName, stored: &Stored) -> Result<(), Problem> {
        note_own_keys(&self.profile);
        let there = entries(&self.service, name)?;
        let entry = match there.first() {
            Some(first) => {
                // A program that ends in between leaves a key that is sent nowhere.
                note(first, &[(ORIGIN, NOWHERE)])?;
                first
            }
            None => &entry(&self.service, name.as_str())?,
        };
        entry
            .set_password(stored.secret.expose_secret())
            .map_err(|error| match error {
                // There is nowhere to put it.
                Error::NoEntry => Problem::KeyringWithoutDefault,
                error => in_words(&error),
            })?;
        let moment = stored.stored_at.map(|moment| moment.to_string());
        let mut notes = vec![(STORED_AT, moment.as_deref().unwrap_or_default())];
        if let Some(origin) = &stored.origin {
            notes.push((ORIGIN, origin));
        }
        note(entry, &notes)?;
        for other in there.iter().skip(1) {
            other
                .delete_credential()
                .map_err(|error| in_words(&error))?;
        }
        Ok(())
    }

    fn load(&mut self, name: SecretName) -> Result<Option<Stored>, Problem> {
        let service = self.service_of(name)?.to_owned();
        let mut found: Option<Stored> = None;
        for entry in entries(&service, name)? {
            let Some(stored) = read(&entry)? else {
                continue;
            };
            if found.as_ref().is_some_and(|first| !same(first, &stored)) {
                return Err(Problem::KeyDoubled);
            }
            found = Some(stored);
        }
        if found.is_some() && service == self.service {
            note_own_keys(&self.profile);
        }
        #[cfg(target_os = "linux")]
        if found.is_none() && super::secret_service::lacks_default() {
            return Err(Problem::KeyringWithoutDefault);
        }
        Ok(found)
    }

    fn delete(&mut self, name: SecretName) -> Result<(), Problem> {
        note_own_keys(&self.profile);
        for entry in entries(&self.service, name)? {
            match entry.delete_credential() {
                Ok(()) | Err(Error::NoEntry) => {}
                Err(error) => return Err(in_words(&error)),
            }
        }
        Ok(())
    }

    #[cfg(target_os = "linux")]
    fn glimpse(&mut self, name: SecretName) -> Result<Glimpse, Problem> {
        let own = super::secret_service::glimpse(&self.service, name.as_str())?;
        let may_read_default = || self.profile.may_read_default_keys(self.addresses_are_named);
        if own != Glimpse::Missing || !may_read_default() {
            return Ok(own);
        }
        super::secret_service::glimpse(DEFAULT_SERVICE, name.as_str())
    }

    /// Reading one's own entries asks nothing on Windows and macOS.
    #[cfg(not(target_os = "linux"))]
    fn glimpse(&mut self, name: SecretName) -> Result<Glimpse, Problem> {
        Ok(match self.load(name)? {
            Some(_) => Glimpse::There,
            None => Glimpse::Missing,
        })
    }
}

/// All entries for a secret: another program may have stored one beside ours.
fn entries(service: &str, name: SecretName) -> Result<Vec<Entry>, Problem> {
    let entry = entry(service, name.as_str())?;
    match entry.inner.get_credential() {
        // The same, but saved so that it stays on this computer.
        #[cfg(windows)]
        Ok(_) => Ok(vec![entry]),
        #[cfg(not(windows))]
        Ok(found) => Ok(vec![Entry { inner: found }]),
        Err(Error::NoEntry) => Ok(Vec::new()),
        Err(Error::Ambiguous(all)) => Ok(all.into_iter().map(|inner| Entry { inner }).collect()),
        Err(error) => Err(in_words(&error)),
    }
}

fn read(entry: &Entry) -> Result<Option<Stored>, Problem> {
    let secret = match entry.get_password() {
        Ok(text) => SecretString::from(text),
        Err(Error::NoEntry) => return Ok(None),
        Err(error) => return Err(in_words(&error)),
    };
    let notes = match entry.inner.get_attributes() {
        Ok(notes) => notes,
        Err(Error::NoEntry) => return Ok(None),
        Err(Error::NotSupportedByStore(_)) => HashMap::new(),
        Err(error) => return Err(in_words(&error)),
    };
    #[cfg(windows)]
    let notes = notes
        .get(notes::COMMENT)
        .map(|text| notes::read(text))
        .unwrap_or_default();
    Ok(Some(Stored {
        secret,
        origin: notes.get(ORIGIN).cloned(),
        stored_at: notes.get(STORED_AT).and_then(|moment| moment.parse().ok()),
    }))
}

fn same(one: &Stored, other: &Stored) -> bool {
    one.secret.expose_secret() == other.secret.expose_secret() && one.origin == other.origin
}

/// Some keyrings keep no notes. The secret is stored all the same, bound to nothing.
fn note(entry: &Entry, notes: &[(&str, &str)]) -> Result<(), Problem> {
    let notes: HashMap<&str, &str> = notes.iter().copied().collect();
    #[cfg(windows)]
    let comment = comment(entry, &notes);
    #[cfg(windows)]
    let notes = HashMap::from([(notes::COMMENT, comment.as_str())]);
    match entry.inner.update_attributes(&notes) {
        Ok(()) => Ok(()),
        Err(Error::NotSupportedByStore(_) | Error::Invalid(..)) => {
            tracing::debug!("the keyring keeps no notes about a key");
            Ok(())
        }
        Err(error) => Err(in_words(&error)),
    }
}

#[cfg(windows)]
fn comment(entry: &Entry, notes: &HashMap<&str, &str>) -> String {
    let before = entry.inner.get_attributes().unwrap_or_default();
    let before = before.get(notes::COMMENT).map_or("", String::as_str);
    notes::renewed(before, notes)
}
