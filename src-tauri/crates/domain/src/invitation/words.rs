//! The words of an invitation. What is in it is decided here; how it is worded, by the presenter.

use super::{Facts, Meeting, Placeholder};

/// The words that are filled in for placeholders.
pub trait InvitationWords {
    /// When the interview is, with its time zone; `None`: that moment is in no calendar.
    fn time(&self, meeting: &Meeting) -> Option<String>;
    /// The names as they are said one after another; none are an empty text.
    fn listed(&self, names: &[String]) -> String;
    /// What a placeholder is called.
    fn called(&self, placeholder: Placeholder) -> String;
    /// What a placeholder stands for, where it isn't known.
    fn gap(&self, placeholder: Placeholder) -> String;
}

impl Placeholder {
    /// What stands in its place for this candidate; `None`: it isn't known.
    #[must_use]
    pub(super) fn value(self, facts: &Facts, words: &dyn InvitationWords) -> Option<String> {
        let meeting = facts.meeting.as_ref();
        let value = match self {
            // Lever knows one name; what stands before the first space is how emails begin.
            Self::FirstName => facts.name.split_whitespace().next().map(str::to_owned),
            Self::Name => Some(facts.name.clone()),
            Self::Job => Some(facts.job.clone()),
            Self::Link => facts.link.clone(),
            Self::Time => meeting.and_then(|meeting| words.time(meeting)),
            Self::Interviewers => meeting.map(|meeting| words.listed(&meeting.interviewers)),
            Self::Recruiter => facts.recruiter.clone(),
        };
        value
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
    }
}

/// Names of facts in place of words.
#[cfg(test)]
pub(super) struct Unworded;

#[cfg(test)]
impl InvitationWords for Unworded {
    fn time(&self, meeting: &Meeting) -> Option<String> {
        let zone = meeting.zone.as_deref().unwrap_or_default();
        Some(format!("{} ({zone})", meeting.starts_ms))
    }

    fn listed(&self, names: &[String]) -> String {
        names.join("+")
    }

    fn called(&self, placeholder: Placeholder) -> String {
        placeholder.key().replace('_', " ")
    }

    fn gap(&self, placeholder: Placeholder) -> String {
        placeholder.key().to_owned()
    }
}
