//! One entry of the platform's keyring.
//!
//! [`Entry::new`] fixes its store at the first call of a process, for better or worse: where no
//! Secret Service answers then, none is ever found. So an entry is built here over a store made for
//! this call, and every call tries again.

use std::collections::HashMap;
use std::sync::Arc;

use keyring::{Entry, Error};
use keyring_core::api::CredentialStore;
use padwatch_domain::problem::Problem;

/// The entry under this service with this name, whether or not it is there.
pub(super) fn entry(service: &str, name: &str) -> Result<Entry, Problem> {
    let store = platform_store().map_err(|error| {
        tracing::warn!(%error, "the keyring could not be reached");
        Problem::KeyringMissing
    })?;
    let inner = store
        .build(service, name, modifiers().as_ref())
        .map_err(|error| in_words(&error))?;
    Ok(Entry { inner })
}

/// Windows would hand a key on to all computers of a company account.
fn modifiers() -> Option<HashMap<&'static str, &'static str>> {
    cfg!(windows).then(|| HashMap::from([("persistence", "Local")]))
}

#[cfg(target_os = "linux")]
fn platform_store() -> keyring::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
fn platform_store() -> keyring::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(windows)]
fn platform_store() -> keyring::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

/// The errors of keyring stores carry no secrets; `BadEncoding` does, and is not printed.
pub(super) fn in_words(error: &Error) -> Problem {
    match error {
        Error::NoStorageAccess(cause) => {
            tracing::warn!(%cause, "the keyring stayed locked");
            Problem::KeyringLocked
        }
        Error::BadEncoding(_) | Error::BadDataFormat(..) => Problem::KeyDamaged,
        Error::Ambiguous(_) => Problem::KeyDoubled,
        other => {
            tracing::warn!(error = %other, "the keyring failed");
            Problem::KeyringMissing
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_that_carries_bytes_is_told_without_them() {
        let problem = in_words(&Error::BadEncoding(b"sesame".to_vec()));
        assert!(!format!("{problem:?}").contains("sesame"));
        assert!(!format!("{problem:?}").contains("115"));
    }
}
