//! A language for tests: every text of the catalogue in brackets, accented and longer. What stands
//! outside the brackets was not taken from the catalogue.

use std::cell::Cell;
use std::sync::LazyLock;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::{parser, serializer};

use super::{ENGLISH, Words};
use crate::locale::Locale;

thread_local! {
    #[allow(
        clippy::missing_const_for_thread_local,
        reason = "it is const: the Clippy of 1.96 doesn't see that on every system"
    )]
    static IS_SPOKEN: Cell<bool> = const { Cell::new(false) };
}

/// Runs this with the pseudo-language in place of English.
pub(crate) fn spoken<T>(run: impl FnOnce() -> T) -> T {
    IS_SPOKEN.set(true);
    let result = run();
    IS_SPOKEN.set(false);
    result
}

/// The pseudo-language, while it is spoken here.
pub(super) fn words() -> Option<&'static Words> {
    static PSEUDO: LazyLock<Words> =
        LazyLock::new(|| Words::of(&source(), &Locale::default(), "linux"));
    IS_SPOKEN.get().then(|| &*PSEUDO)
}

/// The words outside the brackets, which are data, or stand in the code.
pub(crate) fn outside(text: &str) -> String {
    let mut depth = 0_u32;
    let mut rest = String::new();
    for c in text.chars() {
        match c {
            '⟦' => depth += 1,
            '⟧' => depth = depth.saturating_sub(1),
            _ if depth == 0 => rest.push(c),
            _ => {}
        }
    }
    rest
}

fn source() -> String {
    let mut resource = parser::parse(ENGLISH.to_owned()).unwrap();
    for entry in &mut resource.body {
        if let Entry::Message(message) = entry {
            message.value.iter_mut().for_each(spell);
            let parts = message.attributes.iter_mut();
            parts.for_each(|part| spell(&mut part.value));
        }
    }
    serializer::serialize(&resource)
}

fn spell(pattern: &mut Pattern<String>) {
    for element in &mut pattern.elements {
        match element {
            PatternElement::TextElement { value } if !value.trim().is_empty() => {
                *value = spelled(value);
            }
            PatternElement::TextElement { .. } => {}
            PatternElement::Placeable { expression } => spell_variants(expression),
        }
    }
}

fn spell_variants(expression: &mut Expression<String>) {
    match expression {
        Expression::Select { variants, .. } => {
            variants
                .iter_mut()
                .for_each(|variant| spell(&mut variant.value));
        }
        Expression::Inline(InlineExpression::Placeable { expression }) => {
            spell_variants(expression);
        }
        Expression::Inline(_) => {}
    }
}

/// The spaces at both ends stay outside: they part a text from a name.
fn spelled(text: &str) -> String {
    let inner = text.trim();
    let (before, after) = text.split_once(inner).unwrap_or_default();
    let accented: String = inner.chars().map(accent).collect();
    let longer = "·".repeat(inner.chars().count() * 2 / 5);
    format!("{before}⟦{accented}{longer}⟧{after}")
}

fn accent(c: char) -> char {
    match c {
        'a' => 'á',
        'e' => 'é',
        'i' => 'í',
        'o' => 'ö',
        'u' => 'ü',
        'c' => 'ç',
        'n' => 'ñ',
        _ => c,
    }
}
