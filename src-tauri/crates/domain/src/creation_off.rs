//! Why no pads are created until the user agrees.

use serde::{Deserialize, Serialize};

use crate::announcement::News;
use crate::change::{Change, StateKey};
use crate::pad_search::PadSearch;
use crate::problem::Problem;

/// Why no pads are created until the user selects "Go".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CreationOff {
    /// The ledger was damaged and begun again.
    Damaged,
    /// The ledger is older than what was done last.
    Older,
    /// The ledger holds a guard that can't be read.
    Unreadable,
}

impl CreationOff {
    /// What the user reads about it.
    pub fn problem(self) -> Problem {
        match self {
            Self::Damaged => Problem::DataReplaced,
            Self::Older => Problem::DataOlder,
            Self::Unreadable => Problem::GuardsUnreadable,
        }
    }

    /// The same as an announcement.
    pub fn news(self) -> News {
        News::Hindered {
            problem: self.problem(),
        }
    }

    /// Creates nothing until the user agrees and CoderPad's list was searched.
    #[must_use]
    pub fn stop(self, told: News) -> Vec<Change> {
        let mut changes = vec![
            Change::pad_search(PadSearch::AfterDamage),
            Change::Announced(told),
        ];
        changes.extend(self.changes());
        changes
    }

    /// What is written. That nothing is created is a value of its own, which older versions read.
    pub fn changes(self) -> [Change; 2] {
        let why = match self {
            Self::Damaged => r#""damaged""#,
            Self::Older => r#""older""#,
            Self::Unreadable => r#""unreadable""#,
        };
        [
            Change::Kept(StateKey::CreationOff, "true".to_owned()),
            Change::Kept(StateKey::CreationOffBecause, why.to_owned()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::ProblemCode;

    #[test]
    fn creation_stops_with_a_reason_a_search_and_an_announcement() {
        for why in [
            CreationOff::Damaged,
            CreationOff::Older,
            CreationOff::Unreadable,
        ] {
            let changes = why.stop(why.news());
            let kept = |key, text: String| Change::Kept(key, text);
            let because = serde_json::to_string(&why).unwrap();
            let search = serde_json::to_string(&PadSearch::AfterDamage).unwrap();
            for change in [
                kept(StateKey::CreationOff, "true".into()),
                kept(StateKey::CreationOffBecause, because),
                kept(StateKey::PadSearch, search),
                Change::Announced(why.news()),
            ] {
                assert!(changes.contains(&change), "{change:?}");
            }
            let problem = why.problem();
            assert_eq!(problem.code(), ProblemCode::LedgerUnusable);
            assert_eq!(why.news(), News::Hindered { problem });
        }
    }
}
