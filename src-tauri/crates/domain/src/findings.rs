//! What is found around an interview, as codes. Pure.

use serde::{Deserialize, Serialize};

/// One thing that the check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Finding {
    /// CoderPad doesn't find the pad.
    PadNotFound,
    /// The pad was created for another candidate.
    PadOfAnother,
    /// The link was neither copied nor marked as sent.
    LinkNotCopied,
    /// The interview was rescheduled after the candidate was invited.
    OldTime,
    /// The pad doesn't have the question that was chosen.
    Question,
    Language,
    Owner,
    WaitingRoom,
    /// Someone who was asked to hold the interview declined.
    InterviewerDeclined,
    /// No one is asked to hold it.
    NoInterviewer,
    /// CoderPad doesn't show the pad to this key.
    PadNotShown,
    /// Lever doesn't say who holds the interview, or can't be asked.
    InterviewersNotShown,
}

/// What a check found, in the order of [`Finding`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Finding>", into = "Vec<Finding>")]
pub struct Findings(u16);

/// Who isn't in the pad yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Missing {
    Everyone,
    Candidate,
    Interviewer,
    /// One person is there, and it can't be told which of the two.
    OneOfTwo,
}

/// Why an open pad may no longer be needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Unneeded {
    /// Its interview was canceled in Lever, and no other is planned.
    InterviewCanceled,
    /// The candidate was archived, which includes being hired or rejected.
    Archived,
    /// The candidate was moved to a stage before those that are watched.
    MovedBack,
    TagRemoved,
}

impl Finding {
    pub const ALL: [Self; 12] = [
        Self::PadNotFound,
        Self::PadOfAnother,
        Self::LinkNotCopied,
        Self::OldTime,
        Self::Question,
        Self::Language,
        Self::Owner,
        Self::WaitingRoom,
        Self::InterviewerDeclined,
        Self::NoInterviewer,
        Self::PadNotShown,
        Self::InterviewersNotShown,
    ];

    /// Returns true if it says that something is unknown, not that it is wrong.
    #[must_use]
    pub fn is_unknown(self) -> bool {
        matches!(self, Self::PadNotShown | Self::InterviewersNotShown)
    }

    fn bit(self) -> u16 {
        1 << self as u16
    }
}

impl Findings {
    #[must_use]
    pub fn with(self, finding: Finding) -> Self {
        Self(self.0 | finding.bit())
    }

    pub fn iter(self) -> impl Iterator<Item = Finding> {
        let all = Finding::ALL.into_iter();
        all.filter(move |finding| self.0 & finding.bit() != 0)
    }

    /// What is wrong, without what is unknown.
    #[must_use]
    pub fn wrong(self) -> Self {
        self.iter()
            .filter(|finding| !finding.is_unknown())
            .collect()
    }

    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Finding> for Findings {
    fn from_iter<All: IntoIterator<Item = Finding>>(all: All) -> Self {
        all.into_iter().fold(Self::default(), Self::with)
    }
}

impl From<Vec<Finding>> for Findings {
    fn from(all: Vec<Finding>) -> Self {
        all.into_iter().collect()
    }
}

impl From<Findings> for Vec<Finding> {
    fn from(findings: Findings) -> Self {
        findings.iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_stored_by_their_names() {
        let all: Findings = Finding::ALL.into_iter().collect();
        let text = serde_json::to_string(&all).unwrap();
        assert!(
            text.starts_with(r#"["padNotFound","padOfAnother""#),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<Findings>(&text).unwrap(), all);
        assert_eq!(all.iter().count(), Finding::ALL.len());
    }
}
