//! How Lever signs what its webhooks send (contracts/lever.md, 5.3).

use transport::SecretString;

/// The signature of an event, with the webhook's own token as the key.
pub(crate) fn sign(key: &str, token: &str, triggered_at: i64) -> String {
    ::lever::webhook::sign(&SecretString::from(key), token, triggered_at)
}
