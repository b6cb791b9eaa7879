//! The one place where sentences are written. A file a language (Fluent); codes and facts come in,
//! text comes out.

#[cfg(test)]
mod messages;
mod numbers;
#[cfg(test)]
mod permissions_tests;
#[cfg(test)]
mod pseudo;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod wording_tests;

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::Serialize;
use serde_json::Value;
use unic_langid::LanguageIdentifier;

use crate::locale::Locale;

/// No arguments.
const NONE: [(&str, FluentValue<'static>); 0] = [];

const ENGLISH: &str = include_str!("../../catalogue/en.ftl");

/// Sentences in one language.
pub struct Words {
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").finish_non_exhaustive()
    }
}

/// A number that a message may take.
pub trait Number {
    fn value(self) -> FluentValue<'static>;
}

macro_rules! numbers {
    ($($of:ty),*) => {$(
        impl Number for $of {
            fn value(self) -> FluentValue<'static> {
                FluentValue::from(self)
            }
        }
    )*};
}
numbers!(u8, u16, u32, u64, usize, i32, i64);

include!(concat!(env!("OUT_DIR"), "/methods.rs"));

static WORDS: OnceLock<Words> = OnceLock::new();

/// The sentences of this language: for now, English is the only one.
#[must_use]
pub fn words() -> &'static Words {
    #[cfg(test)]
    if let Some(pseudo) = pseudo::words() {
        return pseudo;
    }
    WORDS.get_or_init(|| Words::in_locale(&Locale::default()))
}

/// Writes the numbers in all sentences as this locale does. The program asks for it before anything
/// is said; later it has no effect.
pub fn speak_in(locale: &Locale) {
    if WORDS.set(Words::in_locale(locale)).is_err() {
        tracing::error!("something was said before the locale was known");
    }
}

impl Words {
    /// English, with the numbers of this locale.
    pub(crate) fn in_locale(locale: &Locale) -> Self {
        Self::of(ENGLISH, locale, std::env::consts::OS)
    }

    /// `system` is Rust's name for the one that the sentences are about.
    fn of(source: &str, locale: &Locale, system: &'static str) -> Self {
        let english: Vec<LanguageIdentifier> = locale.tag().parse().into_iter().collect();
        let mut bundle = FluentBundle::new_concurrent(english);
        // Names that are written from the right are isolated where they are taken in.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(numbers::written));
        if let Err(error) = bundle.add_builtins() {
            tracing::error!(%error, "the catalogue has no functions");
        }
        let platform = bundle.add_function("PLATFORM", move |_, _| FluentValue::from(system));
        if let Err(error) = platform {
            tracing::error!(%error, "the catalogue can't tell systems apart");
        }
        // What can't be read is left out; that nothing is, a test and the build check.
        let resource = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
        Self { bundle }
    }

    /// The sentence for a code of the domain: its facts are the arguments. `part` is "" for the
    /// sentence itself, or the name of an attribute.
    #[must_use]
    pub fn coded(&self, kind: &str, code: &impl Serialize, part: &str) -> String {
        let facts = serde_json::to_value(code).unwrap_or_default();
        let name = facts
            .get("code")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let mut key = format!("{kind}-{}", kebab(name));
        if !part.is_empty() {
            key = format!("{key}.{part}");
        }
        let mut arguments: Vec<(Cow<'_, str>, FluentValue<'_>)> = Vec::new();
        for (name, fact) in facts.as_object().into_iter().flatten() {
            if let Value::Array(all) = fact {
                arguments.push((format!("{name}Count").into(), FluentValue::from(all.len())));
            }
            arguments.extend(value(fact).map(|value| (name.into(), value)));
        }
        self.message(&key, arguments)
    }

    /// The word for one of several names, such as a placeholder's.
    pub(crate) fn named(&self, kind: &str, name: &str) -> String {
        self.message(&format!("{kind}-{}", name.replace('_', "-")), NONE)
    }

    fn message<'a>(
        &'a self,
        key: &str,
        arguments: impl IntoIterator<Item = (impl Into<Cow<'a, str>>, FluentValue<'a>)>,
    ) -> String {
        let (name, part) = key.split_once('.').unwrap_or((key, ""));
        let pattern = self.bundle.get_message(name).and_then(|message| {
            if part.is_empty() {
                return message.value();
            }
            message.get_attribute(part).map(|part| part.value())
        });
        let Some(pattern) = pattern else {
            tracing::error!(key, "the catalogue has no such message");
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let arguments: FluentArgs<'_> = arguments.into_iter().collect();
        let text = self
            .bundle
            .format_pattern(pattern, Some(&arguments), &mut errors)
            .into_owned();
        if !errors.is_empty() {
            tracing::error!(key, ?errors, "a message lacks an argument");
        }
        text
    }
}

/// A fact as an argument. Those that hold other codes are worded by the presenter.
fn value(fact: &Value) -> Option<FluentValue<'static>> {
    Some(match fact {
        // An empty text can't be told apart in a message.
        Value::String(text) if text.is_empty() => FluentValue::from("none"),
        Value::String(text) => FluentValue::String(Cow::Owned(text.clone())),
        Value::Number(number) => FluentValue::from(number.as_f64()?),
        Value::Bool(true) => FluentValue::from("true"),
        Value::Bool(false) => FluentValue::from("false"),
        Value::Array(all) => {
            let texts: Vec<&str> = all.iter().filter_map(Value::as_str).collect();
            FluentValue::String(Cow::Owned(listed(&texts)))
        }
        Value::Null | Value::Object(_) => return None,
    })
}

/// "A, B, and C".
pub(crate) fn listed(texts: &[&str]) -> String {
    match texts {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, other] => format!("{one} and {other}"),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
    }
}

fn kebab(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !text.is_empty() {
            text.push('-');
        }
        text.push(c.to_ascii_lowercase());
    }
    text
}
