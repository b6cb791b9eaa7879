//! Defusing `@`: Lever notifies the person named after it (contracts/lever.md, 4.5),
//! and code is full of decorators and addresses.

/// Puts a blank behind every `@` that something follows. Decorators and annotations mean the same
/// with it, and it is plain to see.
#[must_use]
pub(super) fn escape_mentions(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 16);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        safe.push(letter);
        if letter == '@' && letters.peek().is_some_and(|next| !next.is_whitespace()) {
            safe.push(' ');
        }
    }
    safe
}

/// Returns true if anyone could be named in a text.
#[cfg(test)]
pub(super) fn mentions_someone(text: &str) -> bool {
    let mut letters = text.chars().peekable();
    std::iter::from_fn(|| {
        letters
            .next()
            .map(|letter| (letter, letters.peek().copied()))
    })
    .any(|(letter, next)| letter == '@' && next.is_some_and(|next| !next.is_whitespace()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nobody_is_named_and_the_rest_stays() {
        assert_eq!(
            escape_mentions("@property\nada@example.test @ @@x @\n@"),
            "@ property\nada@ example.test @ @ @ x @\n@"
        );
        assert_eq!(escape_mentions("no such sign"), "no such sign");
    }

    proptest! {
        #[test]
        fn no_text_names_anybody_and_only_blanks_are_added(text in "[@a \n\u{e9}]{0,40}") {
            let safe = escape_mentions(&text);
            prop_assert!(!mentions_someone(&safe), "{safe:?}");
            let without = |text: &str| text.replace(' ', "");
            prop_assert_eq!(without(&safe), without(&text));
            prop_assert_eq!(escape_mentions(&safe), safe);
        }
    }
}
