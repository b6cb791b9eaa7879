//! The keys there are, and a key as a person pastes it, made into the key itself.

use padwatch_domain::problem::Problem;
use transport::{ExposeSecret as _, SecretString};

/// The longest text that is taken for a key, in bytes. Known keys have less than 100.
const LONGEST: usize = 512;
/// What mail programs, chats and terminals put around a copied key.
const QUOTES: [char; 9] = ['"', '\'', '`', '“', '”', '„', '‘', '’', '«'];

/// The secrets in the keyring, all under one service: `padwatch`, or for a profile that is not the
/// default one `padwatch:` and the profile's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SecretName {
    /// Lever's API key.
    LeverKey,
    /// CoderPad's API key.
    CoderpadKey,
    /// The tokens that Lever signs webhooks with: a JSON array of texts.
    LeverSigningTokens,
}

impl SecretName {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::LeverKey, Self::CoderpadKey, Self::LeverSigningTokens];

    /// The name in the keyring. Other people's scripts rely on it (design.md).
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeverKey => "lever-api-key",
            Self::CoderpadKey => "coderpad-api-key",
            Self::LeverSigningTokens => "lever-signing-tokens",
        }
    }
}

/// Takes blanks, quotes and the words of a copied header away.
///
/// # Errors
/// When nothing is left, or what is left can't be this service's key.
pub(crate) fn clean(pasted: &SecretString, name: SecretName) -> Result<SecretString, Problem> {
    let text = bare(pasted.expose_secret());
    if text.is_empty() {
        return Err(Problem::NoKeyPasted);
    }
    if let Some(inner) = coderpad_header(text) {
        return match name {
            SecretName::CoderpadKey => clean(&SecretString::from(inner.to_owned()), name),
            SecretName::LeverKey | SecretName::LeverSigningTokens => Err(other_service(name)),
        };
    }
    if text.starts_with("https://") || text.starts_with("http://") {
        return Err(Problem::KeyIsAddress);
    }
    if text.len() > LONGEST || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Problem::NotAKey);
    }
    Ok(SecretString::from(text.to_owned()))
}

/// Refuses a key that is already in use for the other service.
///
/// # Errors
/// When it is.
pub(crate) fn differs_from_other(
    key: &SecretString,
    other: Option<&SecretString>,
    name: SecretName,
) -> Result<(), Problem> {
    match other {
        Some(other) if other.expose_secret() == key.expose_secret() => Err(other_service(name)),
        _ => Ok(()),
    }
}

fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| {
        // Zero-width marks come along from web pages and are invisible to anyone who pastes.
        c.is_whitespace()
            || c.is_control()
            || QUOTES.contains(&c)
            || "\u{200b}\u{feff}»".contains(c)
    })
}

/// The inner part of CoderPad's header as its documentation shows it (contracts/coderpad.md, 1).
fn coderpad_header(text: &str) -> Option<&str> {
    let text = text
        .strip_prefix("Authorization:")
        .map_or(text, str::trim_start);
    text.strip_prefix("Token token=")
        .or_else(|| text.strip_prefix("Token "))
}

fn other_service(name: SecretName) -> Problem {
    match name {
        SecretName::LeverKey => Problem::LeverKeyWanted,
        SecretName::CoderpadKey => Problem::CoderpadKeyWanted,
        SecretName::LeverSigningTokens => Problem::SigningTokenWanted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use padwatch_domain::problem::ProblemCode;

    fn cleaned(text: &str, name: SecretName) -> Result<String, Problem> {
        clean(&SecretString::from(text.to_owned()), name).map(|key| key.expose_secret().to_owned())
    }

    #[test]
    fn blanks_quotes_and_invisible_marks_around_a_key_are_taken_away() {
        for pasted in [
            "abc/1+2=",
            "  abc/1+2=\n",
            "\"abc/1+2=\"",
            "“abc/1+2=”",
            "\u{200b}abc/1+2=\u{feff}",
            "'abc/1+2=' ",
        ] {
            assert_eq!(
                cleaned(pasted, SecretName::LeverKey).unwrap(),
                "abc/1+2=",
                "{pasted:?}"
            );
        }
    }

    #[test]
    fn the_header_in_coderpads_documentation_gives_coderpads_key() {
        for pasted in [
            "Token token=\"abc\"",
            "Authorization: Token token=\"abc\"",
            "Token abc",
        ] {
            assert_eq!(
                cleaned(pasted, SecretName::CoderpadKey).unwrap(),
                "abc",
                "{pasted:?}"
            );
            let problem = cleaned(pasted, SecretName::LeverKey).unwrap_err();
            assert_eq!(problem, Problem::LeverKeyWanted);
        }
    }

    #[test]
    fn what_cannot_be_a_key_is_refused_with_a_word_on_what_to_do() {
        let long = "a".repeat(LONGEST + 1);
        for pasted in [
            "",
            " \"\" ",
            "two words",
            "schlüssel",
            "a\nb",
            "https://hire.lever.co/x",
            &long,
        ] {
            let problem = cleaned(pasted, SecretName::LeverKey).unwrap_err();
            assert_eq!(problem.code(), ProblemCode::NotValid, "{pasted:?}");
        }
    }

    #[test]
    fn the_same_key_for_both_services_is_taken_for_a_mistake() {
        let key = SecretString::from("abc".to_owned());
        let other = SecretString::from("abc".to_owned());
        assert!(differs_from_other(&key, Some(&other), SecretName::CoderpadKey).is_err());
        assert!(differs_from_other(&key, None, SecretName::CoderpadKey).is_ok());
    }
}
