//! Keys to CoderPad (contracts/coderpad.md, 1).

use http::header;

use super::CoderPad;
use super::refusal::Refusal;
use crate::incoming::Incoming;

/// Whose key the request shows.
pub(super) fn authenticate(coderpad: &CoderPad, incoming: &Incoming) -> Result<String, Refusal> {
    let shown = incoming.header(header::AUTHORIZATION).and_then(key_in);
    let access = shown.and_then(|key| coderpad.keys.get(&key));
    let access = access.filter(|access| !access.revoked);
    access
        .map(|access| access.email.clone())
        .ok_or(Refusal::InvalidKey)
}

/// `Token token="K"`, `Token token=K`, `Token K` or `Bearer K`.
pub(crate) fn key_in(header: &str) -> Option<String> {
    let (scheme, rest) = header.split_once(' ')?;
    let rest = rest.trim();
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.to_owned());
    }
    if !scheme.eq_ignore_ascii_case("token") {
        return None;
    }
    let key = rest.strip_prefix("token=").unwrap_or(rest);
    Some(key.trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_four_ways_to_show_a_key_are_read() {
        for header in [
            "Token token=\"K1\"",
            "Token token=K1",
            "Token K1",
            "Bearer K1",
            "bearer K1",
        ] {
            assert_eq!(key_in(header).as_deref(), Some("K1"), "{header}");
        }
        assert_eq!(key_in("Basic SzE6"), None);
        assert_eq!(key_in("K1"), None);
    }
}
