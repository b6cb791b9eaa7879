//! Settings as text: read strictly, because a value that is not understood may be a guard.

use std::fmt;

use serde_json::Value;

use crate::settings::Settings;

/// The longest wait that can be set, in seconds: 31 days.
pub const LONGEST_WAIT_S: u32 = 31 * 24 * 3600;
/// The longest time between two polls that can be set, in seconds: a day.
pub const LONGEST_POLL_S: u32 = 24 * 3600;
/// How deep settings that can be read in part are taken apart.
const DEPTH: usize = 4;

/// Why settings can't be used, in a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotSettings(String);

impl fmt::Display for NotSettings {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

impl std::error::Error for NotSettings {}

impl Settings {
    /// Reads settings. A value or a field that this version doesn't know makes all of it unreadable.
    ///
    /// # Errors
    /// What is not understood.
    pub fn parse(text: &str) -> Result<Self, NotSettings> {
        let read: Self =
            serde_json::from_str(text).map_err(|error| NotSettings(error.to_string()))?;
        read.check()?;
        let written = serde_json::to_value(&read).unwrap_or_default();
        let given = serde_json::from_str(text).unwrap_or_default();
        if is_named(&given, &written) {
            Ok(read)
        } else {
            Err(NotSettings("a list stands where names belong".to_owned()))
        }
    }

    /// Returns an error if a number is out of its range.
    ///
    /// # Errors
    /// Which number.
    pub fn check(&self) -> Result<(), NotSettings> {
        let numbers = [
            ("everySeconds", self.watch.every_seconds, LONGEST_POLL_S),
            ("holdSeconds", self.guards.hold_seconds, LONGEST_WAIT_S),
            (
                "missingLinkAfterSeconds",
                self.guards.missing_link_after_seconds,
                LONGEST_WAIT_S,
            ),
        ];
        match numbers.iter().find(|(_, value, most)| value > most) {
            None => Ok(()),
            Some((name, value, most)) => Err(NotSettings(format!(
                "{name} is {value}, and {most} is the most"
            ))),
        }
    }

    /// What can be read of settings that can't be read as a whole, for the person to review.
    pub fn salvaged(text: &str) -> Self {
        let stored = serde_json::from_str(text).unwrap_or(Value::Null);
        let mut settings = serde_json::to_value(Self::default()).unwrap_or_default();
        salvage(&stored, &mut settings, &mut Vec::new());
        serde_json::from_value(settings).unwrap_or_default()
    }
}

/// Returns true if everything that has named parts was given with their names: a list without
/// names would be taken for defaults.
fn is_named(given: &Value, written: &Value) -> bool {
    match (written, given) {
        (Value::Object(written), Value::Object(given)) => given
            .iter()
            .all(|(name, part)| written.get(name).is_none_or(|known| is_named(part, known))),
        (Value::Object(_), _) => false,
        _ => true,
    }
}

/// Takes over each part of `stored` that is understood.
fn salvage(stored: &Value, settings: &mut Value, path: &mut Vec<String>) {
    let mut tried = settings.clone();
    let Some(place) = path
        .iter()
        .try_fold(&mut tried, |value, key| value.get_mut(key))
    else {
        return;
    };
    place.clone_from(stored);
    let is_understood = serde_json::from_value::<Settings>(tried.clone())
        .is_ok_and(|settings| settings.check().is_ok());
    if is_understood {
        *settings = tried;
        return;
    }
    let Value::Object(parts) = stored else { return };
    if path.len() >= DEPTH {
        return;
    }
    for (key, part) in parts {
        path.push(key.clone());
        salvage(part, settings, path);
        path.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::WhoMakes;

    #[test]
    fn what_is_not_understood_makes_all_of_it_unreadable() {
        for text in [
            "",
            "not json",
            "null",
            "[]",
            "7",
            r#"{"guards":{"askEachTime":true}"#,
            r#"{"whoMakes":"somethingNew","guards":{"askEachTime":true}}"#,
            r#"{"guards":{"askEachTime":"yes"}}"#,
            r#"{"guards":{"askEachTime":1}}"#,
            r#"{"guards":{"neverOnFridays":true}}"#,
            r#"{"newGuards":{}}"#,
            r#"{"guards":{"holdSeconds":-5}}"#,
            r#"{"guards":{"holdSeconds":1e12}}"#,
            r#"{"guards":{"holdSeconds":4000000000}}"#,
            r#"{"guards":{"surgeLimit":1.5}}"#,
            r#"{"watch":{"everySeconds":4000000000}}"#,
            r#"{"watch":{"stages":{"by":"colour","value":"red"}}}"#,
            r#"{"watch":{"stages":{"by":"name","value":"a","but":"b"}}}"#,
            r#"{"watch":{"whose":null}}"#,
            r#"{"guards":[]}"#,
            r#"{"guards":null}"#,
            r#"{"pads":{"standard":{"language":5}}}"#,
            r#"{"pads":{"byPosting":{"p":{"newField":1}}}}"#,
            r#"{"notifications":{"quiet":{"fromMinute":1,"toMinute":2,"days":[1]}}}"#,
            r#"{"guards":{"askEachTime":true,"askEachTime":false}}"#,
        ] {
            assert!(Settings::parse(text).is_err(), "{text}");
        }
        assert_eq!(Settings::parse("{}").unwrap(), Settings::default());
    }

    #[test]
    fn what_is_understood_is_there_to_be_reviewed() {
        let text = r#"{"whoMakes":"somethingNew","guards":{"askEachTime":true,"holdSeconds":-1,
            "surgeLimit":3},"watch":{"tag":"pad"}}"#;
        let salvaged = Settings::salvaged(text);
        assert_eq!(salvaged.who_makes, WhoMakes::Padwatch);
        assert!(salvaged.guards.ask_each_time);
        assert_eq!(salvaged.guards.surge_limit, 3);
        assert_eq!(salvaged.guards.hold_seconds, 0);
        assert_eq!(salvaged.watch.tag, "pad");
        assert_eq!(Settings::salvaged("half {"), Settings::default());
    }

    #[test]
    fn everything_that_can_be_saved_can_be_read_again() {
        let text = serde_json::to_string(&Settings::default()).unwrap();
        assert_eq!(Settings::parse(&text).unwrap(), Settings::default());
    }

    #[test]
    fn waits_last_a_month_and_polls_a_day_at_the_longest() {
        assert_eq!(LONGEST_WAIT_S, 2_678_400);
        assert_eq!(LONGEST_POLL_S, 86_400);
    }
}
