//! The secrets in the keyring: which of them may be used here, and what is said when the keyring
//! can't be.

use padwatch_api::SecretName;
use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_domain::service_error::Service;
use padwatch_engine::snapshot::{Condition, Snapshot};
use transport::SecretString;

use crate::keyring::Stored;
use crate::notices::{About, key_of_elsewhere};
use crate::shell::Shell;

impl Shell {
    /// See [`padwatch_api::Desktop::claim`].
    pub(crate) fn claim_account(&self, lever_key: Option<&SecretString>) -> Result<(), Problem> {
        let destinations = self.services.connections.destinations();
        let account = &self.secrets.account;
        account.claim(destinations.lever.origin(), lever_key)
    }

    pub(crate) async fn store_secret(
        &self,
        name: SecretName,
        secret: SecretString,
    ) -> Result<(), Problem> {
        let destinations = self.services.connections.destinations();
        let destination = destinations.of(name);
        let stored = Stored {
            secret,
            origin: destination.map(|destination| destination.origin().to_owned()),
            stored_at: Some(self.clock.now_ms()),
        };
        self.heard(self.secrets.keyring.store(name, stored).await)?;
        self.secrets.forgotten.remove(name);
        Ok(())
    }

    pub(crate) async fn load_secret(
        &self,
        name: SecretName,
    ) -> Result<Option<SecretString>, Problem> {
        if self.secrets.forgotten.has(name) {
            self.delete_secret(name).await?;
        }
        let stored = self.heard_read(self.secrets.keyring.load(name).await)?;
        Ok(stored.and_then(|stored| self.accepted(name, stored)))
    }

    pub(crate) async fn secret_stored_at(&self, name: SecretName) -> Result<Option<i64>, Problem> {
        let stored = self.heard_read(self.secrets.keyring.load(name).await)?;
        Ok(stored.and_then(|stored| stored.stored_at))
    }

    pub(crate) async fn delete_secret(&self, name: SecretName) -> Result<(), Problem> {
        self.heard(self.secrets.keyring.delete(name).await)?;
        self.secrets.forgotten.remove(name);
        Ok(())
    }

    pub(crate) async fn forget_secret(&self, name: SecretName) -> Result<(), Problem> {
        // Noted first: a program that is killed while the keyring asks must not use it again.
        self.secrets.forgotten.add(name);
        self.delete_secret(name)
            .await
            .map_err(|problem| still_there(&problem))
    }

    /// The notices about the keys and the keyring follow the last hand-over.
    pub(crate) fn tell_about_keys(&self, problem: Option<Problem>) {
        let (keyring, keys) = match problem {
            Some(problem) if is_about_the_keyring(&problem) => (Some(problem), None),
            problem => (None, problem),
        };
        self.notices.set(About::Keys, keys);
        self.notices.set(About::Keyring, keyring);
    }

    /// As [`Self::heard`], but a keyring that was read takes back no notice while the engine has no
    /// keys: until it has those that were read, the notice is what explains their absence.
    fn heard_read<T>(&self, answer: Result<T, Problem>) -> Result<T, Problem> {
        match answer {
            Ok(read) if lacks_keys(&self.engine.snapshot()) => Ok(read),
            answer => self.heard(answer),
        }
    }

    /// The notice about the keyring follows what it last did.
    fn heard<T>(&self, answer: Result<T, Problem>) -> Result<T, Problem> {
        let wrong = answer.as_ref().err().filter(|it| is_about_the_keyring(it));
        self.notices.set(About::Keyring, wrong.cloned());
        answer
    }

    /// A key that may not be sent to the service in use is as good as none here.
    fn accepted(&self, name: SecretName, stored: Stored) -> Option<SecretString> {
        let (about, service) = match name {
            SecretName::LeverKey => (About::LeverKey, Service::Lever),
            SecretName::CoderpadKey => (About::CoderpadKey, Service::Coderpad),
            SecretName::LeverSigningTokens => return Some(stored.secret),
        };
        let destinations = self.services.connections.destinations();
        let destination = destinations.of(name)?;
        if destination.accepts(stored.origin.as_deref()) {
            self.notices.set(about, None);
            return Some(stored.secret);
        }
        tracing::warn!(
            ?name,
            "a stored key belongs to another address and stays here"
        );
        let elsewhere = key_of_elsewhere(service, destination.origin());
        self.notices.set(about, Some(elsewhere));
        None
    }
}

/// Returns true if the engine says that it needs a key.
pub(crate) fn lacks_keys(snapshot: &Snapshot) -> bool {
    matches!(&snapshot.condition, Condition::SetUp { problem, .. }
        if problem.code() == ProblemCode::KeyMissing)
}

fn is_about_the_keyring(problem: &Problem) -> bool {
    matches!(
        problem.code(),
        ProblemCode::KeyringMissing | ProblemCode::KeyringLocked
    )
}

fn still_there(why: &Problem) -> Problem {
    Problem::KeysStillStored {
        because: Box::new(why.clone()),
    }
}
