use subtle::ConstantTimeEq as _;
use transport::{ExposeSecret as _, Rng, SecretString};

/// The secret part of the receiver's path: who doesn't know it, isn't heard.
#[derive(Debug, Clone)]
pub struct PathSecret(SecretString);

impl PathSecret {
    /// Random bytes in a new one.
    const BYTES: usize = 16;
    /// Characters that an accepted one has.
    const LENGTHS: std::ops::RangeInclusive<usize> = 22..=128;

    /// A new one: 32 hex digits. `rng` must be the system's outside tests.
    #[must_use]
    pub fn random(rng: &dyn Rng) -> Self {
        Self(rng.hex(Self::BYTES).into())
    }

    /// One that was kept: 22 to 128 letters, digits, `-` or `_`. `None` if it is anything else.
    #[must_use]
    pub fn kept(text: SecretString) -> Option<Self> {
        let exposed = text.expose_secret();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let fits = Self::LENGTHS.contains(&exposed.len()) && exposed.bytes().all(plain);
        fits.then_some(Self(text))
    }

    /// The secret, for keeping it and for the address that the person pastes in Lever.
    #[must_use]
    pub fn exposed(&self) -> &str {
        self.0.expose_secret()
    }

    /// Returns true if a text is this secret, in a time that doesn't tell how much of it is right.
    pub(crate) fn is(&self, text: &str) -> bool {
        bool::from(self.exposed().as_bytes().ct_eq(text.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use transport::SeededRng;

    use super::*;

    #[test]
    fn a_new_secret_is_one_that_can_be_kept() {
        let first = PathSecret::random(&SeededRng::new(1));
        let second = PathSecret::random(&SeededRng::new(2));
        assert!(!first.is(second.exposed()));
        let kept = PathSecret::kept(first.exposed().into()).unwrap();
        assert!(kept.is(first.exposed()));
    }

    #[test]
    fn what_is_short_or_would_need_escaping_is_not_kept() {
        for bad in [
            "",
            "short",
            "with/slash/with/slash/with/slash",
            "with space with space wi",
        ] {
            assert!(PathSecret::kept(bad.into()).is_none(), "{bad}");
        }
    }
}
