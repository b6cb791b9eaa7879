//! Keys to Lever: who is let in, to what, and how fast.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::header;
use serde::Serialize;

use super::Lever;
use super::refusal::Refusal;
use crate::incoming::Incoming;

/// Lever's documented limits for each key (contracts/lever.md, 1.6).
const BURST: f64 = 20.0;
const PER_SECOND: f64 = 10.0;

/// What one key may do.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Key {
    /// Permissions that were not ticked, by the name of their check box, such as
    /// `Create an opportunity note`. Everything else is allowed.
    pub missing: BTreeSet<String>,
    /// Whether the key may see confidential records.
    pub confidential: bool,
    /// A key that was deleted in the settings.
    pub revoked: bool,
    #[serde(skip)]
    bucket: Bucket,
}

impl Key {
    /// A key that may do everything, confidential records included.
    #[must_use]
    pub fn full() -> Self {
        Self {
            confidential: true,
            ..Self::default()
        }
    }
}

/// The text of the key that the request shows, if it is one that counts.
pub(super) fn authenticate(lever: &Lever, incoming: &Incoming) -> Result<String, Refusal> {
    let shown = incoming
        .header(header::AUTHORIZATION)
        .and_then(key_in)
        .ok_or(Refusal::Unauthorized)?;
    match lever.keys.get(&shown) {
        Some(key) if !key.revoked => Ok(shown),
        _ => Err(Refusal::Unauthorized),
    }
}

/// Takes one request from the key's bucket.
pub(super) fn take_turn(lever: &mut Lever, key: &str, now: i64) -> Result<(), Refusal> {
    if !lever.switches.rate_limit {
        return Ok(());
    }
    let refused = Refusal::TooMany(lever.switches.retry_after);
    let key = lever.keys.get_mut(key).ok_or(Refusal::Unauthorized)?;
    if key.bucket.take(BURST, PER_SECOND, now) {
        Ok(())
    } else {
        Err(refused)
    }
}

/// The key is the user name of Basic, or the token of Bearer (contracts/lever.md, 1.2). A password
/// makes no difference.
pub(crate) fn key_in(header: &str) -> Option<String> {
    let (scheme, rest) = header.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.trim().to_owned());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(BASE64_STANDARD.decode(rest.trim()).ok()?).ok()?;
    decoded.split_once(':').map(|(key, _)| key.to_owned())
}

/// A token bucket: how much of the allowance is used.
#[derive(Debug, Clone, Default)]
struct Bucket {
    used: f64,
    at: i64,
}

impl Bucket {
    /// Takes one request out, if there is one. `now` in ms.
    fn take(&mut self, burst: f64, per_second: f64, now: i64) -> bool {
        let waited = f64::from(u32::try_from(now.saturating_sub(self.at)).unwrap_or(u32::MAX));
        self.used = (self.used - waited / 1000.0 * per_second).max(0.0);
        self.at = now;
        if self.used + 1.0 > burst {
            return false;
        }
        self.used += 1.0;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_burst_is_used_up_and_comes_back_with_time() {
        let mut bucket = Bucket::default();
        let passed = (0..30).filter(|_| bucket.take(20.0, 10.0, 1_000)).count();
        assert_eq!(passed, 20);
        let passed = (0..30).filter(|_| bucket.take(20.0, 10.0, 1_500)).count();
        assert_eq!(passed, 5);
    }
}
