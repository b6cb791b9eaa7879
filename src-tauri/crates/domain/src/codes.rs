//! Codes with facts: what there is to say, without the words. The presenter has the words.

use serde::Deserialize;
use serde::de::Deserializer;

/// Defines an enum of codes with facts, and lists them as `SHAPES`: the code in kebab case, which
/// is the name of its message in the catalogue, and the names of its facts as JSON has them.
macro_rules! codes {
    (
        $(#[$about:meta])*
        pub enum $name:ident {
            $(
                $(#[$detail:meta])*
                $code:ident $({ $($(#[$more:meta])* $fact:ident: $of:ty),* $(,)? })?
            ),* $(,)?
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(tag = "code", rename_all = "camelCase", rename_all_fields = "camelCase")]
        pub enum $name {
            $(
                $(#[$detail])*
                $code $({ $($(#[$more])* $fact: $of),* })?
            ),*
        }

        impl $name {
            /// Each code with the names of its facts.
            pub const SHAPES: &'static [(&'static str, &'static [&'static str])] = &[
                $((
                    {
                        const NAME: &str = stringify!($code);
                        const TEXT: [u8; $crate::codes::kebab_len(NAME)] =
                            $crate::codes::kebab(NAME);
                        $crate::codes::as_text(&TEXT)
                    },
                    &[$($({
                        const NAME: &str = stringify!($fact);
                        const TEXT: [u8; $crate::codes::camel_len(NAME)] =
                            $crate::codes::camel(NAME);
                        $crate::codes::as_text(&TEXT)
                    }),*)?],
                )),*
            ];
        }
    };
}
pub(crate) use codes;

/// Reads codes where earlier versions wrote a sentence.
pub(crate) fn or_text<'de, Code, From>(from: From) -> Result<Code, From::Error>
where
    Code: Deserialize<'de> + std::convert::From<String>,
    From: Deserializer<'de>,
{
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Stored<Code> {
        Text(String),
        Code(Code),
    }
    Ok(match Stored::deserialize(from)? {
        Stored::Text(text) => Code::from(text),
        Stored::Code(code) => code,
    })
}

/// The same where there may be nothing.
pub(crate) fn or_text_if_any<'de, Code, From>(from: From) -> Result<Option<Code>, From::Error>
where
    Code: Deserialize<'de> + std::convert::From<String>,
    From: Deserializer<'de>,
{
    #[derive(Deserialize)]
    #[serde(bound = "Code: Deserialize<'de> + std::convert::From<String>")]
    struct Stored<Code>(#[serde(deserialize_with = "or_text")] Code);
    Ok(Option::<Stored<Code>>::deserialize(from)?.map(|stored| stored.0))
}

/// The same for a list.
pub(crate) fn or_texts<'de, Code, From>(from: From) -> Result<Vec<Code>, From::Error>
where
    Code: Deserialize<'de> + std::convert::From<String>,
    From: Deserializer<'de>,
{
    #[derive(Deserialize)]
    #[serde(bound = "Code: Deserialize<'de> + std::convert::From<String>")]
    struct Stored<Code>(#[serde(deserialize_with = "or_text")] Code);
    let all = Vec::<Stored<Code>>::deserialize(from)?.into_iter();
    Ok(all.map(|stored| stored.0).collect())
}

/// The length of a name in kebab case, in bytes.
pub(crate) const fn kebab_len(name: &str) -> usize {
    let (mut rest, mut length) = (name.as_bytes(), 0);
    while let [first, others @ ..] = rest {
        length += if first.is_ascii_uppercase() && length > 0 {
            2
        } else {
            1
        };
        rest = others;
    }
    length
}

/// A name in kebab case: "OverQuota" becomes "over-quota".
#[allow(
    clippy::indexing_slicing,
    reason = "evaluated by the compiler: a fault doesn't compile"
)]
pub(crate) const fn kebab<const LENGTH: usize>(name: &str) -> [u8; LENGTH] {
    let (mut text, mut at) = ([0; LENGTH], 0);
    let mut rest = name.as_bytes();
    while let [first, others @ ..] = rest {
        if first.is_ascii_uppercase() && at > 0 {
            text[at] = b'-';
            at += 1;
        }
        text[at] = first.to_ascii_lowercase();
        at += 1;
        rest = others;
    }
    text
}

/// The length of a name in camel case, in bytes.
pub(crate) const fn camel_len(name: &str) -> usize {
    let (mut rest, mut length) = (name.as_bytes(), 0);
    while let [first, others @ ..] = rest {
        length += if *first == b'_' { 0 } else { 1 };
        rest = others;
    }
    length
}

/// A name in camel case: "until_ms" becomes "untilMs".
#[allow(
    clippy::indexing_slicing,
    reason = "evaluated by the compiler: a fault doesn't compile"
)]
pub(crate) const fn camel<const LENGTH: usize>(name: &str) -> [u8; LENGTH] {
    let (mut text, mut at, mut is_word) = ([0; LENGTH], 0, false);
    let mut rest = name.as_bytes();
    while let [first, others @ ..] = rest {
        if *first == b'_' {
            is_word = true;
        } else {
            text[at] = if is_word {
                first.to_ascii_uppercase()
            } else {
                *first
            };
            is_word = false;
            at += 1;
        }
        rest = others;
    }
    text
}

/// What [`kebab`] and [`camel`] wrote.
pub(crate) const fn as_text(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        // Names are ASCII.
        Err(_) => "",
    }
}

#[cfg(test)]
#[allow(unreachable_pub, reason = "the macro's enums are public")]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    codes! {
        /// For a test.
        pub enum Weather {
            Dry,
            HeavyRain { until_ms: i64, said: String },
            Earlier { text: String },
        }
    }

    impl From<String> for Weather {
        fn from(text: String) -> Self {
            Self::Earlier { text }
        }
    }

    #[derive(Deserialize)]
    struct Forecast {
        #[serde(deserialize_with = "or_text")]
        today: Weather,
        #[serde(default, deserialize_with = "or_text_if_any")]
        tomorrow: Option<Weather>,
    }

    #[test]
    fn the_shapes_are_named_as_in_the_catalogue_and_in_json() {
        let facts: &[&str] = &["untilMs", "said"];
        assert_eq!(Weather::SHAPES[0], ("dry", &[][..]));
        assert_eq!(Weather::SHAPES[1], ("heavy-rain", facts));
        let rain = Weather::HeavyRain {
            until_ms: 7,
            said: "Wet.".to_owned(),
        };
        let stored = json!({"code": "heavyRain", "untilMs": 7, "said": "Wet."});
        assert_eq!(serde_json::to_value(&rain).unwrap(), stored);
        assert_eq!(serde_json::from_value::<Weather>(stored).unwrap(), rain);
        assert_eq!(json!(Weather::Dry), json!({"code": "dry"}));
    }

    #[test]
    fn a_sentence_of_an_earlier_version_is_read_as_its_text() {
        let read = |value: Value| serde_json::from_value::<Forecast>(value);
        let earlier = || Weather::from("Fog.".to_owned());
        let both = read(json!({"today": "Fog.", "tomorrow": {"code": "dry"}})).unwrap();
        assert_eq!((both.today, both.tomorrow), (earlier(), Some(Weather::Dry)));
        let both = read(json!({"today": {"code": "dry"}, "tomorrow": "Fog."})).unwrap();
        assert_eq!((both.today, both.tomorrow), (Weather::Dry, Some(earlier())));
        let one = read(json!({"today": "Fog.", "tomorrow": null})).unwrap();
        assert_eq!(one.tomorrow, None);
        assert!(read(json!({"today": {"code": "snow"}})).is_err());
        assert!(read(json!({"today": 3})).is_err());
    }
}
