//! The words of an invitation. What is in it is decided here; how it is worded, by the presenter.

use super::{Meeting, Placeholder};

/// The words that are filled in for placeholders.
pub trait InvitationWords {
    /// When the interview is, with its time zone; `None`: that moment is in no calendar.
    fn time(&self, meeting: &Meeting) -> Option<String>;
    /// The names as they are said one after another; none are an empty text.
    fn listed(&self, names: &[String]) -> String;
    /// What a placeholder stands for, where it isn't known.
    fn gap(&self, placeholder: Placeholder) -> String;
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

    fn gap(&self, placeholder: Placeholder) -> String {
        placeholder.key().to_owned()
    }
}
