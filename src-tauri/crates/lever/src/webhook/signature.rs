//! Who sent an event: HMAC-SHA256 over token and time, as lower-case hex inside the body
//! (contracts/lever.md, 5.3).

use ring::hmac;
use transport::{ExposeSecret as _, SecretString};

use super::event::{Event, Signed};

/// The bytes of an HMAC-SHA256.
const MAC_BYTES: usize = 32;

/// Why an event is not shown to come from Lever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotVerified {
    /// There is no signing token to hold it against.
    #[error("no signing token is known")]
    NoTokens,
    /// It isn't signed: Lever does so only for an account without signing tokens.
    #[error("it is not signed")]
    Unsigned,
    /// The signature is not 64 lower-case hex digits.
    #[error("its signature is unreadable")]
    Unreadable,
    /// It is signed with another token. After a token was renewed in Lever, everything is.
    #[error("it is signed with another signing token")]
    OtherToken,
}

/// The event, if it is signed with one of the signing tokens: each webhook has its own, and the
/// event doesn't say which. Compares in constant time. White space around a token is ignored; a
/// blank one never fits.
///
/// # Errors
/// [`NotVerified`] says why the event must not be used.
pub fn verify<'a>(signed: &'a Signed, tokens: &[SecretString]) -> Result<&'a Event, NotVerified> {
    let mut usable = tokens
        .iter()
        .map(usable)
        .filter(|token| !token.is_empty())
        .peekable();
    if usable.peek().is_none() {
        return Err(NotVerified::NoTokens);
    }
    let signature = signed.signature.as_deref().ok_or(NotVerified::Unsigned)?;
    let mac = unhex(signature).ok_or(NotVerified::Unreadable)?;
    let message = message(&signed.event.token, &signed.triggered_at);
    // Every token is tried, so that the time taken doesn't show which one fits.
    let fitting =
        usable.filter(|token| hmac::verify(&key(token), message.as_bytes(), &mac).is_ok());
    match fitting.count() {
        0 => Err(NotVerified::OtherToken),
        _ => Ok(&signed.event),
    }
}

/// Signs an event as Lever does: for code that sends events in place of Lever.
#[must_use]
pub fn sign(signing_token: &SecretString, token: &str, triggered_at_ms: i64) -> String {
    let message = message(token, &triggered_at_ms.to_string());
    let mac = hmac::sign(&key(usable(signing_token)), message.as_bytes());
    hex(mac.as_ref())
}

fn usable(token: &SecretString) -> &str {
    token.expose_secret().trim()
}

/// The signing token looks like hex, but is used as the text that it is.
fn key(signing_token: &str) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, signing_token.as_bytes())
}

fn message(token: &str, triggered_at: &str) -> String {
    format!("{token}{triggered_at}")
}

fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// Exactly 64 lower-case digits.
fn unhex(text: &str) -> Option<[u8; MAC_BYTES]> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != MAC_BYTES || !rest.is_empty() {
        return None;
    }
    let mut bytes = [0; MAC_BYTES];
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = nibble(*high)? << 4 | nibble(*low)?;
    }
    Some(bytes)
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}
