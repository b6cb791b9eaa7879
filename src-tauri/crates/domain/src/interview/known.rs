//! What is known of the interview in a pad.

use super::Plan;
use super::attendance::Attendance;
use super::readiness::Checked;
use crate::identity::Fingerprint;

/// What is known of the interview in a pad. All times in ms since the epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Known {
    pub progress: Progress,
    /// When CoderPad last showed the pad.
    pub seen_ms: Option<i64>,
    /// When it was last written to.
    pub active_ms: Option<i64>,
    /// When Lever was last asked for the plan.
    pub asked_ms: Option<i64>,
    pub plan: Option<Plan>,
    /// For which start it was reminded of.
    pub reminded_ms: Option<i64>,
    /// For which start it was said that the link was not sent.
    pub unsent_ms: Option<i64>,
    /// The last check before it.
    pub checked: Option<Checked>,
    /// Who was in the pad after its start.
    pub attended: Option<Attendance>,
    /// The key that saw the pad last: only for the same user is a pad that isn't found gone.
    pub seen_by: Option<Fingerprint>,
    /// When CoderPad first said to that user that there is no such pad, not having shown it since.
    pub missing_ms: Option<i64>,
}

/// How far the interview in an open pad is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Progress {
    /// CoderPad has not shown the pad yet.
    #[default]
    Unseen,
    /// No one, or hardly anyone, was there.
    Pending,
    /// It is under way.
    UnderWay,
    /// CoderPad doesn't show this pad to our key: it belongs to another user.
    Hidden,
}

impl Progress {
    /// The name as it stands in the ledger.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unseen => "unseen",
            Self::Pending => "pending",
            Self::UnderWay => "underWay",
            Self::Hidden => "hidden",
        }
    }

    /// Reads the ledger's name. `None`: there is no such one.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Unseen, Self::Pending, Self::UnderWay, Self::Hidden]
            .into_iter()
            .find(|progress| progress.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_progress_is_read_as_it_is_written_and_nothing_else() {
        for progress in [
            Progress::Unseen,
            Progress::Pending,
            Progress::UnderWay,
            Progress::Hidden,
        ] {
            assert_eq!(Progress::parse(progress.name()), Some(progress));
        }
        assert_eq!(Progress::parse("dreaming"), None);
    }
}
