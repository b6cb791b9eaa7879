//! How far the person is with setting up Padwatch. Nothing is created before the last page. Pure.

use serde::{Deserialize, Serialize};

use crate::problem::Problem;

/// The pages of set-up, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SetUpStep {
    /// What Padwatch does.
    Welcome,
    Lever,
    Coderpad,
    /// Who the person is in Lever.
    You,
    /// Tag and stages.
    Watch,
    /// Who creates the pads.
    Maker,
    /// The candidates who are in the stage already.
    People,
    Invitation,
    /// Whether Padwatch starts at login.
    Login,
    /// The last page: Padwatch is set up.
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
            (None, SetUpStep::Welcome) => self,
            (None, _) if has_watched => self,
            (None, step) => Self(Some(step)),
        }
    }

    /// Returns true if pads may be created.
    pub fn lets_create(self) -> bool {
        self.0.is_none()
    }

    /// Returns true while newcomers count as already in the stage: the page on which the person
    /// chooses among those is still to be left.
    pub fn lists_newcomers(self) -> bool {
        self.0.is_some_and(|step| step <= SetUpStep::People)
    }

    /// Returns true while newcomers wait for the end of set-up: the person has seen who was there.
    pub fn leaves_newcomers(self) -> bool {
        self.0.is_some_and(|step| step > SetUpStep::People)
    }
}

/// What a person reads while set-up is not finished.
pub fn unfinished() -> Problem {
    Problem::SetUpUnfinished
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [SetUpStep; 10] = [
        SetUpStep::Welcome,
        SetUpStep::Lever,
        SetUpStep::Coderpad,
        SetUpStep::You,
        SetUpStep::Watch,
        SetUpStep::Maker,
        SetUpStep::People,
        SetUpStep::Invitation,
        SetUpStep::Login,
        SetUpStep::Done,
    ];

    #[test]
    fn set_up_lasts_from_the_first_key_to_the_last_page() {
        let mut set_up = SetUp::default();
        for step in STEPS {
            set_up = set_up.at(step, step > SetUpStep::Coderpad);
            let is_over = matches!(step, SetUpStep::Welcome | SetUpStep::Done);
            assert_eq!(set_up.lets_create(), is_over, "{step:?}");
            assert_eq!(set_up.unfinished(), (!is_over).then_some(step));
        }
        // Back to an earlier page, and on.
        for step in STEPS {
            let back = SetUp::stopped_at(SetUpStep::Login).at(step, true);
            assert_eq!(back.lets_create(), step == SetUpStep::Done, "{step:?}");
        }
    }

    #[test]
    fn a_padwatch_that_watched_before_is_set_up() {
        for step in STEPS {
            assert!(SetUp::default().at(step, true).lets_create(), "{step:?}");
        }
    }

    #[test]
    fn newcomers_are_listed_until_the_person_has_chosen_and_wait_afterwards() {
        for step in STEPS {
            let set_up = SetUp::stopped_at(step);
            assert_ne!(set_up.lists_newcomers(), set_up.leaves_newcomers());
            assert_eq!(set_up.lists_newcomers(), step <= SetUpStep::People);
        }
        assert!(!SetUp::default().lists_newcomers());
        assert!(!SetUp::default().leaves_newcomers());
        assert!(!SetUp::unreadable().lets_create());
    }
}
