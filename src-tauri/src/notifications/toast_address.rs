//! Windows: what a click on a notification opens. Windows starts Padwatch with this address, also
//! hours later from the notification center, and the address leads to the Padwatch that showed it.
//!
//! Any web page can link to such an address, so the address alone authorizes nothing: Padwatch accepts
//! only a token that it issued itself, and that no one can guess.

use std::fmt;

use padwatch_api::notifications::Outcome;

/// The scheme of these addresses, which Windows has listed as Padwatch's.
pub(crate) const SCHEME: &str = "padwatch";
/// A profile's fingerprint is a number of 64 bits in hexadecimal digits, a token one of 128.
const FINGERPRINT_LENGTH: usize = 16;
const TOKEN_LENGTH: usize = 32;
/// In the place of a button: the notification itself.
const ITSELF: &str = "open";

/// Where a click leads: `padwatch:FINGERPRINT/TOKEN/BUTTON`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ToastAddress {
    /// The fingerprint of the profile whose Padwatch showed it.
    pub(crate) profile: String,
    /// Which notification.
    pub(crate) token: String,
    /// What was clicked.
    pub(crate) outcome: Outcome,
}

impl ToastAddress {
    /// Reads an address; `None`: Padwatch has written no such address.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once(':')?;
        let (profile, rest) = rest.split_once('/')?;
        let (token, clicked) = rest.split_once('/')?;
        let outcome = match clicked {
            ITSELF => Outcome::Clicked,
            place => Outcome::Pressed(place.parse().ok()?),
        };
        let fits = scheme.eq_ignore_ascii_case(SCHEME)
            && is_hexadecimal(profile, FINGERPRINT_LENGTH)
            && is_hexadecimal(token, TOKEN_LENGTH);
        fits.then(|| Self {
            profile: profile.to_owned(),
            token: token.to_owned(),
            outcome,
        })
    }
}

impl fmt::Display for ToastAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { profile, token, .. } = self;
        write!(f, "{SCHEME}:{profile}/{token}/")?;
        match self.outcome {
            Outcome::Pressed(place) => write!(f, "{place}"),
            Outcome::Clicked | Outcome::Closed => f.write_str(ITSELF),
        }
    }
}

fn is_hexadecimal(text: &str, length: usize) -> bool {
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    text.len() == length && text.bytes().all(is_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROFILE: &str = "0123456789abcdef";
    const TOKEN: &str = "00112233445566778899aabbccddeeff";

    #[test]
    fn an_address_is_read_back() {
        for outcome in [Outcome::Clicked, Outcome::Pressed(0), Outcome::Pressed(3)] {
            let address = ToastAddress {
                profile: PROFILE.to_owned(),
                token: TOKEN.to_owned(),
                outcome,
            };
            assert_eq!(ToastAddress::of(&address.to_string()), Some(address));
        }
    }

    #[test]
    fn what_a_web_page_makes_up_is_no_address() {
        for odd in [
            "",
            "padwatch:",
            "padwatch:x/y/0",
            &format!("padwatch:{PROFILE}/{TOKEN}"),
            &format!("padwatch:{PROFILE}/{TOKEN}/"),
            &format!("padwatch:{PROFILE}/{TOKEN}/-1"),
            &format!("padwatch:{PROFILE}/{TOKEN}/0/../quit"),
            &format!("padwatch:{PROFILE}/{TOKEN}/0 --quit"),
            &format!("https:{PROFILE}/{TOKEN}/0"),
            &format!(r"padwatch:..\..\{PROFILE}/{TOKEN}/0"),
            &format!("padwatch:{}/{TOKEN}/0", PROFILE.to_uppercase()),
        ] {
            assert_eq!(ToastAddress::of(odd), None, "{odd}");
        }
    }
}
