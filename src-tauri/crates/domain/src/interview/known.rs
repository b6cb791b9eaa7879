//! What is known of the interview in a pad.

use super::Plan;
use super::attendance::Attendance;
use super::invited::{Invitation, Invited};
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
    /// What went out when the link was last copied. `None`: nothing, or an older version copied it.
    pub invited: Option<Invited>,
    /// When the interview that was planned last was found to be canceled.
    pub canceled_ms: Option<i64>,
    /// Since when the pad was no longer needed that the recruiter decided to keep.
    pub kept_ms: Option<i64>,
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

impl Known {
    /// How far the candidate is invited to the interview that is planned now.
    #[must_use]
    pub fn invitation(&self, is_copied: bool) -> Invitation {
        if !is_copied {
            return Invitation::NotCopied;
        }
        // What Lever hasn't said since is not known.
        let plan = self.plan.filter(|_| self.asked_ms.is_some());
        let invited_ms = self.invited.and_then(|invited| invited.for_ms);
        match (plan, invited_ms) {
            (Some(plan), Some(for_ms)) if plan.starts_ms != for_ms => Invitation::OldTime,
            _ => Invitation::Current,
        }
    }

    /// When the interview was found to be canceled, now that Lever shows this plan.
    #[must_use]
    pub fn canceled(&self, plan: Option<Plan>, now_ms: i64) -> Option<i64> {
        let was_to_come = self.plan.is_some_and(|before| before.ends_ms > now_ms);
        match plan {
            Some(_) => None,
            None if was_to_come => Some(now_ms),
            None => self.canceled_ms,
        }
    }

    /// Returns true while it matters that the invitation shows an old time: until the interview is
    /// over, or people have met.
    #[must_use]
    pub fn shows_old_time(&self, is_copied: bool, now_ms: i64) -> bool {
        let is_over = self.plan.is_none_or(|plan| plan.ends_ms <= now_ms);
        let has_met = self.progress == Progress::UnderWay;
        !is_over && !has_met && self.invitation(is_copied) == Invitation::OldTime
    }
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
    use crate::interview::Plan;

    const HOUR: i64 = 3_600_000;

    /// What happens around an invitation.
    #[derive(Debug, Clone, Copy)]
    enum Step {
        Plans(i64),
        Cancels,
        CopiesLink,
        CopiesInvitation,
    }

    fn after(steps: &[Step]) -> Known {
        let mut known = Known {
            asked_ms: Some(0),
            ..Known::default()
        };
        for step in steps {
            let plan = |hour: i64| Plan {
                starts_ms: hour * HOUR,
                ends_ms: (hour + 1) * HOUR,
            };
            match step {
                Step::Plans(hour) => known.plan = Some(plan(*hour)),
                Step::Cancels => known.plan = None,
                Step::CopiesLink => {
                    known.invited = Some(Invited::by_link(known.invited, known.plan));
                }
                Step::CopiesInvitation => {
                    let starts_ms = known.plan.map(|plan| plan.starts_ms);
                    known.invited = starts_ms.map(Invited::by_text).or(known.invited);
                }
            }
            known.invited = known
                .invited
                .map(|invited| invited.once_planned(known.plan));
        }
        known
    }

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

    #[test]
    fn an_invitation_is_old_once_its_interview_has_another_time() {
        use Step::{Cancels, CopiesInvitation, CopiesLink, Plans};
        let table: &[(&[Step], bool)] = &[
            (&[Plans(5), CopiesInvitation], false),
            (&[Plans(5), CopiesInvitation, Plans(7)], true),
            (&[Plans(5), CopiesInvitation, Plans(7), Plans(8)], true),
            (&[Plans(5), CopiesInvitation, Plans(7), Plans(5)], false),
            (&[Plans(5), CopiesInvitation, Plans(7), Cancels], false),
            (&[Plans(5), CopiesInvitation, Cancels, Plans(7)], true),
            (&[Plans(5), CopiesInvitation, Cancels, Plans(5)], false),
            (
                &[Plans(5), CopiesInvitation, Plans(7), CopiesInvitation],
                false,
            ),
            // The text that the candidate has still names the old time.
            (&[Plans(5), CopiesInvitation, Plans(7), CopiesLink], true),
            (&[Plans(5), CopiesLink, Plans(7)], true),
            (&[Plans(5), CopiesLink, Plans(7), CopiesLink], false),
            (&[Plans(5), CopiesLink, Plans(7), CopiesInvitation], false),
            (&[CopiesLink, Plans(5)], false),
            (&[CopiesLink, Plans(5), Plans(7)], true),
            (&[Plans(5), Plans(7)], false),
        ];
        for (steps, is_old) in table {
            let known = after(steps);
            let is_copied = known.invited.is_some();
            assert_eq!(known.shows_old_time(is_copied, 0), *is_old, "{steps:?}");
            let link_is_there = known.invitation(is_copied) != Invitation::NotCopied;
            assert_eq!(link_is_there, is_copied, "{steps:?}");
        }
    }

    #[test]
    fn an_old_time_no_longer_matters_when_the_interview_is_over_or_people_have_met() {
        let moved = after(&[Step::Plans(5), Step::CopiesInvitation, Step::Plans(7)]);
        assert!(moved.shows_old_time(true, 8 * HOUR - 1));
        assert!(!moved.shows_old_time(true, 8 * HOUR));
        assert!(!moved.shows_old_time(false, 0), "the copy was undone");
        let met = Known {
            progress: Progress::UnderWay,
            ..moved
        };
        assert!(!met.shows_old_time(true, 0));
        let not_said = Known {
            asked_ms: None,
            ..moved
        };
        assert!(!not_said.shows_old_time(true, 0), "Lever wasn’t asked yet");
    }
}
