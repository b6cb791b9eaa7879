//! Recognizing a key without storing it.

use exchange::{Chance, ExposeSecret as _, SecretString};
use ring::hmac;
use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(String);

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Salt {
    /// A salt that no other ledger has.
    #[must_use]
    pub fn fresh(chance: &dyn Chance) -> Self {
        let mut bytes = [0; SALT_BYTES];
        chance.fill(&mut bytes);
        Self(hex(&bytes))
    }

    /// The fingerprint of a key. Blanks around it don't count, as the clients ignore them too.
    #[must_use]
    pub fn fingerprint(&self, key: &SecretString) -> Fingerprint {
        let salt = hmac::Key::new(hmac::HMAC_SHA256, self.0.as_bytes());
        let code = hmac::sign(&salt, key.expose_secret().trim().as_bytes());
        Fingerprint(hex(code.as_ref().get(..KEPT_BYTES).unwrap_or_default()))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
