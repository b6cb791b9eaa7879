use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

/// The members of a list, each decoded for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T> {
    /// Those that could be read, in the order of the list.
    pub rows: Vec<T>,
    /// Those that could not. They exist all the same: what is missing from `rows` may be
    /// one of them, see [`Skipped::may_be`].
    pub skipped: Skipped,
}

/// Members of a list that could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Skipped {
    ids: Vec<String>,
    nameless: usize,
}

/// A longer text is no id that anything here goes by, in bytes.
const LONGEST_ID: usize = 128;
/// More ids than this are only counted.
const MOST_IDS: usize = 1_000;

impl<T> Listed<T> {
    /// Adds the members of the next page.
    pub fn append(&mut self, mut next: Self) {
        self.rows.append(&mut next.rows);
        self.skipped.append(next.skipped);
    }

    /// How many members the list has, those that could not be read included.
    #[must_use]
    pub fn count(&self) -> usize {
        self.rows.len().saturating_add(self.skipped.count())
    }

    /// The same with each row made into something else.
    #[must_use]
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Listed<U> {
        Listed {
            rows: self.rows.into_iter().map(change).collect(),
            skipped: self.skipped,
        }
    }
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            skipped: Skipped::default(),
        }
    }
}

impl Skipped {
    /// How many they are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.ids.len().saturating_add(self.nameless)
    }

    /// Returns true if every member could be read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// The ids of those whose id could be read.
    #[must_use]
    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// Returns true if the thing with this id may be among them, so that its absence from the rows
    /// proves nothing.
    #[must_use]
    pub fn may_be(&self, id: &str) -> bool {
        self.nameless > 0 || self.ids.iter().any(|skipped| skipped == id)
    }

    /// Adds others.
    pub fn append(&mut self, others: Self) {
        self.nameless = self.nameless.saturating_add(others.nameless);
        for id in others.ids {
            self.add(Some(id));
        }
    }

    /// Adds one, by its id where that could be read.
    pub fn add(&mut self, id: Option<String>) {
        match id {
            Some(id) if self.ids.len() < MOST_IDS => self.ids.push(id),
            _ => self.nameless = self.nameless.saturating_add(1),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Listed<T> {
    /// A list is read with anything in it; anything but a list is an error.
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let members = Vec::<Box<RawValue>>::deserialize(input)?;
        let mut listed = Self::default();
        for member in members {
            match serde_json::from_str(member.get()) {
                Ok(row) => listed.rows.push(row),
                Err(_) => listed.skipped.add(id_of(&member)),
            }
        }
        Ok(listed)
    }
}

/// The id of a member whose other parts can't be read.
fn id_of(member: &RawValue) -> Option<String> {
    #[derive(Deserialize)]
    struct Named {
        id: Value,
    }
    let id = match serde_json::from_str::<Named>(member.get()).ok()?.id {
        Value::String(id) => id,
        Value::Number(id) => id.to_string(),
        _ => return None,
    };
    let fits = !id.trim().is_empty() && id.len() <= LONGEST_ID;
    fits.then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Row {
        id: String,
        size: u8,
    }

    fn listed(json: &str) -> Listed<Row> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_member_that_cannot_be_read_costs_itself_alone() {
        for bad in [
            r#"{"id":"b","size":"large"}"#,
            r#"{"id":"b","size":300}"#,
            r#"{"id":"b"}"#,
            r#"{"id":"b","size":1,"size":2}"#,
        ] {
            let all = listed(&format!(
                r#"[{{"id":"a","size":1}},{bad},{{"id":"c","size":3}}]"#
            ));
            let ids: Vec<_> = all.rows.iter().map(|row| row.id.as_str()).collect();
            assert_eq!(ids, ["a", "c"], "{bad}");
            assert_eq!(all.skipped.ids(), ["b"], "{bad}");
            assert!(all.skipped.may_be("b") && !all.skipped.may_be("x"), "{bad}");
            assert_eq!(all.count(), 3);
        }
    }

    #[test]
    fn one_without_an_id_may_be_anybody() {
        for bad in ["null", "7", "[]", r#""b""#, r#"{"size":1}"#, r#"{"id":{}}"#] {
            let all = listed(&format!(r#"[{bad},{{"id":"c","size":3}}]"#));
            assert_eq!((all.rows.len(), all.skipped.count()), (1, 1), "{bad}");
            assert!(all.skipped.may_be("whoever"), "{bad}");
        }
    }

    #[test]
    fn nesting_without_end_costs_its_own_member_and_no_stack() {
        let deep = format!("{}1{}", "[".repeat(200_000), "]".repeat(200_000));
        let all = listed(&format!(
            r#"[{{"id":"b","size":{deep}}},{{"id":"c","size":3}}]"#
        ));
        assert_eq!(all.rows.len(), 1);
        assert!(all.skipped.may_be("b"));
    }

    #[test]
    fn anything_but_a_list_is_an_error() {
        for bad in ["{}", "null", "7", r#""a""#] {
            assert!(serde_json::from_str::<Listed<Row>>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn pages_are_put_together_with_what_was_skipped_on_each() {
        let mut all = listed(r#"[{"id":"a","size":1},{"id":"b"}]"#);
        all.append(listed(r#"[{"id":"c","size":1},null]"#));
        assert_eq!((all.rows.len(), all.skipped.count()), (2, 2));
        assert_eq!(all.skipped.ids(), ["b"]);
    }
}
