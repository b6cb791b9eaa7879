//! Edits of a text, as the history lists them.

use serde_json::{Value, json};

/// One edit: author, time and change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Who typed.
    pub author: String,
    /// ms since the epoch.
    pub at: i64,
    /// From the start of the text to its end.
    pub steps: Vec<Step>,
}

/// One step through the text, in UTF-16 units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Leave so many as they are.
    Keep(i64),
    /// Take so many out.
    Delete(i64),
    /// Put this in.
    Insert(String),
}

impl Edit {
    /// The edit that makes one text from another: what both begin and end with stays.
    #[must_use]
    pub fn between(before: &str, after: &str, author: &str, at: i64) -> Self {
        let start = common(before.chars(), after.chars());
        let longest = before.chars().count().min(after.chars().count()) - start;
        let end = common(before.chars().rev(), after.chars().rev()).min(longest);
        let middle = |text: &str| -> String {
            let count = text.chars().count() - start - end;
            text.chars().skip(start).take(count).collect()
        };
        let kept: String = before.chars().take(start).collect();
        let rest: String = before.chars().rev().take(end).collect();
        let (gone, fresh) = (middle(before), middle(after));
        let steps = [
            Step::Keep(units(&kept)),
            Step::Delete(units(&gone)),
            Step::Insert(fresh),
            Step::Keep(units(&rest)),
        ];
        let steps = steps
            .into_iter()
            .filter(|step| !step.is_nothing())
            .collect();
        Self {
            author: author.to_owned(),
            at,
            steps,
        }
    }

    pub(super) fn shown(&self) -> Value {
        let steps: Vec<Value> = self.steps.iter().map(Step::shown).collect();
        json!({ "a": self.author, "o": steps, "t": self.at })
    }
}

impl Step {
    fn is_nothing(&self) -> bool {
        match self {
            Self::Keep(count) | Self::Delete(count) => *count == 0,
            Self::Insert(text) => text.is_empty(),
        }
    }

    pub(super) fn shown(&self) -> Value {
        match self {
            Self::Keep(count) => json!(count),
            Self::Delete(count) => json!(-count),
            Self::Insert(text) => json!(text),
        }
    }
}

fn common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

fn units(text: &str) -> i64 {
    i64::try_from(text.encode_utf16().count()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_counts_in_utf_16_units() {
        let edit = Edit::between("a😀b", "a😀xyb", "me", 0);
        assert_eq!(
            edit.steps,
            [Step::Keep(3), Step::Insert("xy".to_owned()), Step::Keep(1)]
        );
        let edit = Edit::between("a😀b", "ab", "me", 0);
        assert_eq!(edit.steps, [Step::Keep(1), Step::Delete(2), Step::Keep(1)]);
    }
}
