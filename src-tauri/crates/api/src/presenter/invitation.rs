//! The words of an invitation to a candidate.

use padwatch_domain::invitation::{InvitationWords, Meeting, Placeholder};

use super::times::Times;
use crate::catalogue::{listed, words};

/// The words of invitations, by the catalogue; times as they are written here.
pub(crate) struct Worded<'a>(pub(crate) &'a Times);

impl InvitationWords for Worded<'_> {
    fn time(&self, meeting: &Meeting) -> Option<String> {
        self.0.meeting(meeting.starts_ms, meeting.zone.as_deref())
    }

    fn listed(&self, names: &[String]) -> String {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        listed(&names)
    }

    fn gap(&self, placeholder: Placeholder) -> String {
        words().named("gap", placeholder.key())
    }
}

#[cfg(test)]
mod tests {
    use padwatch_domain::invitation::{Facts, write};

    use super::*;

    #[test]
    fn interviewers_are_listed_as_one_says_them() {
        let of = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            Worded(&Times::default()).listed(&names)
        };
        assert_eq!(of(&[]), "");
        assert_eq!(of(&["Ann"]), "Ann");
        assert_eq!(of(&["Ann", "Bo", "Cy"]), "Ann, Bo, and Cy");
    }

    #[test]
    fn what_is_missing_is_named_in_brackets() {
        let times = Times::default();
        let facts = Facts::default();
        let written = write("", "{{ time }}, {{ recruiter }}", &facts, &Worded(&times)).unwrap();
        assert_eq!(written.plain, "[interview time], [your name]");
    }

    #[test]
    fn an_interview_is_told_by_day_time_and_place() {
        let meeting = Meeting {
            starts_ms: 1_795_530_600_000,
            zone: Some("Europe/Lisbon".to_owned()),
            interviewers: Vec::new(),
        };
        let facts = Facts {
            meeting: Some(meeting),
            ..Facts::default()
        };
        let written = write("{{ time }}", "", &facts, &Worded(&Times::default())).unwrap();
        assert_eq!(
            written.subject,
            "Tuesday, November 24, 2:30 PM (Lisbon time)"
        );
    }
}
