//! Recognizing a key without storing it.

use ring::hmac;
use serde::{Deserialize, Serialize};
use transport::{ExposeSecret as _, Rng, SecretString};

/// Bytes of a salt.
const SALT_BYTES: usize = 16;
/// Bytes of the code that are kept: enough that two keys never look the same, and half of what a
/// search for a matching key would have to fit.
const KEPT_BYTES: usize = 16;

/// What the fingerprints of one ledger are salted with: two ledgers, or a table computed in
/// advance, can't be matched by them. It is no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Salt(String);

/// An API key, recognizable and nothing else: a truncated HMAC-SHA-256 of the key under the
/// ledger's [`Salt`].
///
/// It is no secret and can stand in the ledger and its copies: API keys are long and random, so
/// that no search leads from the code back to the key, and the code opens nothing. The same
/// fingerprint means the same key for sure; another one means another key, perhaps of the same
/// user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Fingerprint([u8; KEPT_BYTES]);

/// A text that is no fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no fingerprint of a key")]
pub struct NoFingerprint;

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl Salt {
    /// A salt that no other ledger has.
    #[must_use]
    pub fn fresh(rng: &dyn Rng) -> Self {
        let mut bytes = [0; SALT_BYTES];
        rng.fill(&mut bytes);
        Self(hex(&bytes))
    }

    /// The fingerprint of a key. Blanks around it don't count, as the clients ignore them too.
    #[must_use]
    pub fn fingerprint(&self, key: &SecretString) -> Fingerprint {
        let salt = hmac::Key::new(hmac::HMAC_SHA256, self.0.as_bytes());
        let code = hmac::sign(&salt, key.expose_secret().trim().as_bytes());
        let mut kept = [0; KEPT_BYTES];
        for (to, from) in kept.iter_mut().zip(code.as_ref()) {
            *to = *from;
        }
        Fingerprint(kept)
    }
}

impl From<Fingerprint> for String {
    fn from(print: Fingerprint) -> Self {
        hex(&print.0)
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = NoFingerprint;

    fn try_from(text: String) -> Result<Self, NoFingerprint> {
        let number = u128::from_str_radix(&text, 16).map_err(|_| NoFingerprint)?;
        let print = Self(number.to_be_bytes());
        // One way to write each: signs and missing zeros are none of ours.
        (hex(&print.0) == text)
            .then_some(print)
            .ok_or(NoFingerprint)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
