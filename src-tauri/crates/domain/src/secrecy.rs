//! What a pad's title may say: everyone in the CoderPad team can read it.

use serde::{Deserialize, Serialize};

/// What is known of whether a candidate or their job is confidential in Lever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Secrecy {
    /// Lever shows both, and neither is.
    Open,
    /// One of them is.
    Confidential,
    /// The job could not be read: Lever may keep it back because it is confidential.
    #[default]
    Unknown,
}

/// What is known of a candidate's job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// There is none.
    None,
    /// Lever showed it.
    Read {
        /// Whether it is confidential.
        confidential: bool,
    },
    /// It could not be read.
    NotRead,
}

impl Secrecy {
    /// What a candidate and their job come to.
    #[must_use]
    pub fn of(candidate_is_confidential: bool, job: Job) -> Self {
        match (candidate_is_confidential, job) {
            (true, _) | (_, Job::Read { confidential: true }) => Self::Confidential,
            (false, Job::None | Job::Read { .. }) => Self::Open,
            (false, Job::NotRead) => Self::Unknown,
        }
    }

    /// Returns true if a title may name the candidate and the job. What is not known may be
    /// confidential, and a title that was read can't be taken back.
    #[must_use]
    pub fn may_be_named(self, names_confidential: bool) -> bool {
        self == Self::Open || names_confidential
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lever_shows_as_open_is_named() {
        let open = Job::Read {
            confidential: false,
        };
        let closed = Job::Read { confidential: true };
        for (candidate, job, expected) in [
            (false, Job::None, Secrecy::Open),
            (false, open, Secrecy::Open),
            (false, closed, Secrecy::Confidential),
            (false, Job::NotRead, Secrecy::Unknown),
            (true, Job::None, Secrecy::Confidential),
            (true, open, Secrecy::Confidential),
            (true, Job::NotRead, Secrecy::Confidential),
        ] {
            let secrecy = Secrecy::of(candidate, job);
            assert_eq!(secrecy, expected, "{candidate} {job:?}");
            assert_eq!(secrecy.may_be_named(false), secrecy == Secrecy::Open);
            assert!(secrecy.may_be_named(true));
        }
    }

    #[test]
    fn an_older_intent_names_nobody() {
        assert!(!Secrecy::default().may_be_named(false));
    }
}
