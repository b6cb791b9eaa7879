//! How far the person is with setting up Padwatch. Nothing is created before the last page. Pure.

use serde::{Deserialize, Serialize};

use crate::problem::Problem;

/// The pages of set-up, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SetUpStep {
    #[serde(alias = "welcome")]
    Lever,
    Coderpad,
    /// What Padwatch guesses: person, stage, tag, who creates the pads. The other names are those of
    /// an earlier version's pages.
    #[serde(alias = "you", alias = "watch", alias = "maker")]
    Check,
    /// The candidates who are in the stage already.
    #[serde(alias = "invitation", alias = "login")]
    People,
    /// Set-up is finished. No page: the last one leads here.
    Done,
}

/// Whether set-up was begun and not finished. Where there is no window, it is never begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SetUp(Option<SetUpStep>);

impl SetUp {
    /// Set-up that stopped at this page.
    pub fn stopped_at(step: SetUpStep) -> Self {
        Self(Some(step))
    }

    /// Set-up that was begun, and can't be read.
    pub fn unreadable() -> Self {
        Self(Some(SetUpStep::Lever))
    }

    /// The page at which it stopped; `None`: it is finished, or was never begun.
    pub fn unfinished(self) -> Option<SetUpStep> {
        self.0
    }

    /// After the person came to a page. A Padwatch that watched before is set up, whatever pages are
    /// shown again.
    pub fn at(self, step: SetUpStep, has_watched: bool) -> Self {
        match (self.0, step) {
            (_, SetUpStep::Done) => Self(None),
            (Some(_), step) => Self(Some(step)),
            (None, _) if has_watched => self,
            (None, step) => Self(Some(step)),
        }
    }

    /// Returns true if pads may be created.
    pub fn lets_create(self) -> bool {
        self.0.is_none()
    }

    /// Returns true while newcomers count as already in the stage: the last page, on which the person
    /// chooses among those, is still to be left.
    pub fn lists_newcomers(self) -> bool {
        self.0.is_some()
    }
}

/// What a person reads while set-up is not finished.
pub fn unfinished() -> Problem {
    Problem::SetUpUnfinished
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [SetUpStep; 5] = [
        SetUpStep::Lever,
        SetUpStep::Coderpad,
        SetUpStep::Check,
        SetUpStep::People,
        SetUpStep::Done,
    ];

    #[test]
    fn set_up_lasts_from_the_first_key_to_the_last_page() {
        let mut set_up = SetUp::default();
        for step in STEPS {
            set_up = set_up.at(step, step > SetUpStep::Coderpad);
            let is_over = step == SetUpStep::Done;
            assert_eq!(set_up.lets_create(), is_over, "{step:?}");
            assert_eq!(set_up.lists_newcomers(), !is_over, "{step:?}");
            assert_eq!(set_up.unfinished(), (!is_over).then_some(step));
        }
        // Back to an earlier page, and on.
        for step in STEPS {
            let back = SetUp::stopped_at(SetUpStep::People).at(step, true);
            assert_eq!(back.lets_create(), step == SetUpStep::Done, "{step:?}");
        }
        assert!(!SetUp::unreadable().lets_create());
    }

    #[test]
    fn a_padwatch_that_watched_before_is_set_up() {
        for step in STEPS {
            assert!(SetUp::default().at(step, true).lets_create(), "{step:?}");
        }
    }

    #[test]
    fn a_page_of_an_earlier_version_continues_on_the_one_that_took_its_place() {
        let steps = [
            ("lever", SetUpStep::Lever),
            ("coderpad", SetUpStep::Coderpad),
            ("you", SetUpStep::Check),
            ("watch", SetUpStep::Check),
            ("maker", SetUpStep::Check),
            ("people", SetUpStep::People),
            ("invitation", SetUpStep::People),
            ("login", SetUpStep::People),
        ];
        for (stored, step) in steps {
            let read: SetUpStep = serde_json::from_str(&format!("\"{stored}\"")).unwrap();
            assert_eq!(read, step, "{stored}");
        }
    }
}
