//! macOS: all secrets in one item of the keychain, with what is known about each. The keychain asks
//! for a password item by item, whenever a program has changed that Apple hasn't signed.
//!
//! What a script has entered under a secret's own name is read too, and replaced when the person
//! enters another.

use padwatch_api::SecretName;
use padwatch_domain::problem::Problem;
use serde_json::{Map, Value, json};
use transport::{ExposeSecret as _, SecretString};

use super::note_own_keys;
use super::vault::{Glimpse, Stored, Vault};
use crate::profile::{DEFAULT_SERVICE, Profile};

/// The name of the item that holds all.
const ALL: &str = "keys";

/// A keychain: texts by service and name.
pub(super) trait Items: Send {
    fn read(&self, service: &str, name: &str) -> Result<Option<SecretString>, Problem>;
    fn write(&self, service: &str, name: &str, text: &SecretString) -> Result<(), Problem>;
    /// Deletes an item. One that isn't there is fine.
    fn delete(&self, service: &str, name: &str) -> Result<(), Problem>;
}

/// A profile's secrets in a keychain.
pub(super) struct OneItem<I> {
    items: I,
    service: String,
    profile: Profile,
    addresses_are_named: bool,
}

impl<I: Items> OneItem<I> {
    pub(super) fn new(items: I, profile: &Profile, addresses_are_named: bool) -> Self {
        Self {
            items,
            service: profile.keyring_service(),
            profile: profile.clone(),
            addresses_are_named,
        }
    }

    fn read(&self, service: &str, name: SecretName) -> Result<Option<Stored>, Problem> {
        let all = Secrets::read(self.items.read(service, ALL)?)?;
        if let Some(stored) = all.get(name)? {
            return Ok(Some(stored));
        }
        let alone = self.items.read(service, name.as_str())?;
        Ok(alone.map(|secret| Stored {
            secret,
            origin: None,
            stored_at: None,
        }))
    }

    /// Returns true if this profile has no key of its own and may use those of the default one.
    fn reads_default(&self) -> Result<bool, Problem> {
        for own in [SecretName::LeverKey, SecretName::CoderpadKey] {
            if self.read(&self.service, own)?.is_some() {
                return Ok(false);
            }
        }
        Ok(self.profile.may_read_default_keys(self.addresses_are_named))
    }

    fn write(&self, all: &Secrets) -> Result<(), Problem> {
        match all.0.is_empty() {
            true => self.items.delete(&self.service, ALL),
            false => self.items.write(&self.service, ALL, &all.text()),
        }
    }
}

impl<I: Items> Vault for OneItem<I> {
    fn store(&mut self, name: SecretName, stored: &Stored) -> Result<(), Problem> {
        note_own_keys(&self.profile);
        let mut all = match Secrets::read(self.items.read(&self.service, ALL)?) {
            // No one can read the others either.
            Err(Problem::KeyDamaged) => Secrets::default(),
            all => all?,
        };
        all.set(name, stored);
        self.write(&all)?;
        self.items.delete(&self.service, name.as_str())
    }

    fn load(&mut self, name: SecretName) -> Result<Option<Stored>, Problem> {
        if let Some(stored) = self.read(&self.service, name)? {
            note_own_keys(&self.profile);
            return Ok(Some(stored));
        }
        match self.reads_default()? {
            true => self.read(DEFAULT_SERVICE, name),
            false => Ok(None),
        }
    }

    fn delete(&mut self, name: SecretName) -> Result<(), Problem> {
        note_own_keys(&self.profile);
        let mut all = Secrets::read(self.items.read(&self.service, ALL)?)?;
        if all.0.remove(name.as_str()).is_some() {
            self.write(&all)?;
        }
        self.items.delete(&self.service, name.as_str())
    }

    /// Looking is reading here, which asks nothing of a program that is signed.
    fn glimpse(&mut self, name: SecretName) -> Result<Glimpse, Problem> {
        Ok(match self.load(name)? {
            Some(_) => Glimpse::There,
            None => Glimpse::Missing,
        })
    }
}

/// What the item holds: an object of JSON, by the secrets' names.
#[derive(Default)]
struct Secrets(Map<String, Value>);

impl Secrets {
    fn read(item: Option<SecretString>) -> Result<Self, Problem> {
        let Some(text) = item else {
            return Ok(Self::default());
        };
        // The error would quote what it couldn't read.
        let all = serde_json::from_str(text.expose_secret());
        all.map(Self).map_err(|_| Problem::KeyDamaged)
    }

    fn text(&self) -> SecretString {
        Value::Object(self.0.clone()).to_string().into()
    }

    fn get(&self, name: SecretName) -> Result<Option<Stored>, Problem> {
        let Some(found) = self.0.get(name.as_str()) else {
            return Ok(None);
        };
        let text = |key| found.get(key).and_then(Value::as_str).map(str::to_owned);
        Ok(Some(Stored {
            secret: text("secret").ok_or(Problem::KeyDamaged)?.into(),
            origin: text("origin"),
            stored_at: found.get("storedAt").and_then(Value::as_i64),
        }))
    }

    fn set(&mut self, name: SecretName, stored: &Stored) {
        let secret = json!({
            "secret": stored.secret.expose_secret(),
            "origin": stored.origin,
            "storedAt": stored.stored_at,
        });
        self.0.insert(name.as_str().to_owned(), secret);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::sync::{Arc, Mutex};

    use super::*;

    const LEVER: SecretName = SecretName::LeverKey;
    const CODERPAD: SecretName = SecretName::CoderpadKey;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<BTreeMap<(String, String), String>>>);

    impl Kept {
        fn names(&self) -> Vec<String> {
            let items = self.0.lock().unwrap();
            items.keys().map(|(_, name)| name.clone()).collect()
        }

        fn put(&self, service: &str, name: &str, text: &str) {
            let text = SecretString::from(text.to_owned());
            self.write(service, name, &text).unwrap();
        }
    }

    impl Items for Kept {
        fn read(&self, service: &str, name: &str) -> Result<Option<SecretString>, Problem> {
            let place = (service.to_owned(), name.to_owned());
            let found = self.0.lock().unwrap().get(&place).cloned();
            Ok(found.map(SecretString::from))
        }

        fn write(&self, service: &str, name: &str, text: &SecretString) -> Result<(), Problem> {
            let place = (service.to_owned(), name.to_owned());
            let text = text.expose_secret().to_owned();
            self.0.lock().unwrap().insert(place, text);
            Ok(())
        }

        fn delete(&self, service: &str, name: &str) -> Result<(), Problem> {
            let place = (service.to_owned(), name.to_owned());
            self.0.lock().unwrap().remove(&place);
            Ok(())
        }
    }

    fn vault(items: &Kept, folder: &Path) -> OneItem<Kept> {
        let profile = Profile::open(Some(folder), false).unwrap();
        OneItem::new(items.clone(), &profile, true)
    }

    fn stored(text: &str) -> Stored {
        Stored {
            secret: SecretString::from(text.to_owned()),
            origin: Some("https://api.lever.co".to_owned()),
            stored_at: Some(5),
        }
    }

    fn text(vault: &mut OneItem<Kept>, name: SecretName) -> Option<String> {
        let loaded = vault.load(name).unwrap();
        loaded.map(|stored| stored.secret.expose_secret().to_owned())
    }

    #[test]
    fn all_secrets_are_in_one_item_with_what_is_known_about_each() {
        let (items, folder) = (Kept::default(), tempfile::tempdir().unwrap());
        let mut vault = vault(&items, folder.path());
        vault.store(LEVER, &stored("a")).unwrap();
        vault.store(CODERPAD, &stored("b")).unwrap();
        assert_eq!(items.names(), [ALL]);
        let lever = vault.load(LEVER).unwrap().unwrap();
        assert_eq!(lever.origin.as_deref(), Some("https://api.lever.co"));
        assert_eq!(lever.stored_at, Some(5));
        vault.delete(LEVER).unwrap();
        assert_eq!(text(&mut vault, LEVER), None);
        assert_eq!(text(&mut vault, CODERPAD).as_deref(), Some("b"));
        vault.delete(CODERPAD).unwrap();
        assert_eq!(items.names(), Vec::<String>::new());
    }

    #[test]
    fn a_key_that_a_script_has_entered_is_read_until_another_takes_its_place() {
        let (items, folder) = (Kept::default(), tempfile::tempdir().unwrap());
        let mut vault = vault(&items, folder.path());
        items.put(&vault.service, LEVER.as_str(), "from a script");
        assert_eq!(text(&mut vault, LEVER).as_deref(), Some("from a script"));
        vault.store(LEVER, &stored("entered")).unwrap();
        assert_eq!(text(&mut vault, LEVER).as_deref(), Some("entered"));
        assert_eq!(items.names(), [ALL]);
    }

    #[test]
    fn a_profile_without_keys_reads_those_of_the_default_one_until_it_has_its_own() {
        let (items, folder) = (Kept::default(), tempfile::tempdir().unwrap());
        let mut vault = vault(&items, folder.path());
        items.put(DEFAULT_SERVICE, LEVER.as_str(), "the default one's");
        assert_eq!(
            text(&mut vault, LEVER).as_deref(),
            Some("the default one's")
        );
        vault.store(CODERPAD, &stored("own")).unwrap();
        assert_eq!(text(&mut vault, LEVER), None);
        vault.delete(CODERPAD).unwrap();
        assert_eq!(text(&mut vault, LEVER), None, "once it had its own");
    }

    #[test]
    fn an_item_that_is_damaged_is_told_and_a_new_key_replaces_it() {
        let (items, folder) = (Kept::default(), tempfile::tempdir().unwrap());
        let mut vault = vault(&items, folder.path());
        for damaged in ["", "[]", "{", r#"{"lever-api-key":{"secret":5}}"#] {
            items.put(&vault.service, ALL, damaged);
            let problem = vault.load(LEVER).err().unwrap();
            assert_eq!(problem, Problem::KeyDamaged, "{damaged}");
            vault.store(LEVER, &stored("new")).unwrap();
            assert_eq!(text(&mut vault, LEVER).as_deref(), Some("new"));
        }
    }
}
