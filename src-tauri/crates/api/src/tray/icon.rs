//! What the icon says at a glance.

use super::row::{MenuInput, is_just_copied};
use crate::dto::problem::ProblemCode;
use crate::dto::snapshot::Condition;

/// The icon's states. Their pictures differ in shape, so that color isn't needed to tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// All is well and nothing is to be done.
    Watching,
    /// A link waits to be sent.
    New,
    /// A decision, a key or a permission is missing.
    NeedsYou,
    /// A service is in trouble, or the last check is too old: nothing is to be done.
    Waiting,
    /// Paused by the person.
    Paused,
    /// A link was copied just now.
    Copied,
}

impl Icon {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Watching,
        Self::New,
        Self::NeedsYou,
        Self::Waiting,
        Self::Paused,
        Self::Copied,
    ];

    /// A name for the file of its picture.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Watching => "watching",
            Self::New => "new",
            Self::NeedsYou => "needs-you",
            Self::Waiting => "waiting",
            Self::Paused => "paused",
            Self::Copied => "copied",
        }
    }

    /// The icon for how things stand now.
    #[must_use]
    pub fn of(input: &MenuInput<'_>) -> Self {
        if is_just_copied(input).is_some() {
            return Self::Copied;
        }
        let (snapshot, counts) = (input.snapshot, &input.snapshot.counts);
        match &snapshot.condition {
            // A moment at the start: nothing is to be done yet.
            Condition::SetUp { problem, .. } if problem.code == ProblemCode::KeyringWaiting => {
                Self::Watching
            }
            Condition::Stopped { .. } | Condition::SetUp { .. } | Condition::Hindered { .. } => {
                Self::NeedsYou
            }
            Condition::Paused { .. } => Self::Paused,
            _ if counts.needs_you > 0 => Self::NeedsYou,
            Condition::Waiting { .. } => Self::Waiting,
            _ if snapshot.is_stale(input.now_ms) => Self::Waiting,
            _ if counts.to_send > 0 => Self::New,
            Condition::Starting | Condition::Watching => Self::Watching,
        }
    }
}

#[cfg(test)]
mod tests {
    use lever::OpportunityId;

    use super::*;
    use crate::dto::lists::Counts;
    use crate::dto::snapshot::Snapshot;
    use crate::tray::examples::{self, problem, snapshot, waiting};

    const NOW: i64 = 1_000_000;

    fn icon(snapshot: &Snapshot, copied: Option<i64>) -> Icon {
        let copied = copied.map(|at_ms| (OpportunityId::new("a"), at_ms));
        Icon::of(&MenuInput {
            copied: copied.as_ref(),
            ..examples::input(snapshot, NOW)
        })
    }

    fn with(condition: Condition, counts: Counts) -> Snapshot {
        Snapshot {
            counts,
            ..snapshot(condition)
        }
    }

    #[test]
    fn the_icon_says_the_most_pressing_thing() {
        let none = Counts::default();
        let some = Counts { to_send: 2, ..none };
        let needed = Counts {
            to_send: 2,
            needs_you: 1,
            ..none
        };
        let problem = problem();
        let set_up = Condition::SetUp {
            problem: problem.clone(),
            step: None,
        };
        let hindered = Condition::Hindered {
            problem: problem.clone(),
        };
        let paused = Condition::Paused { until_ms: None };
        for (condition, counts, expected) in [
            (Condition::Watching, none, Icon::Watching),
            (Condition::Starting, none, Icon::Watching),
            (Condition::Watching, some, Icon::New),
            (Condition::Watching, needed, Icon::NeedsYou),
            (set_up, none, Icon::NeedsYou),
            (hindered, some, Icon::NeedsYou),
            (Condition::Stopped { problem }, none, Icon::NeedsYou),
            (waiting(), none, Icon::Waiting),
            (waiting(), some, Icon::Waiting),
            (waiting(), needed, Icon::NeedsYou),
            (paused, needed, Icon::Paused),
        ] {
            let shown = with(condition.clone(), counts);
            assert_eq!(icon(&shown, None), expected, "{condition:?} {counts:?}");
        }
    }

    #[test]
    fn what_is_older_than_two_polls_is_not_shown_as_current() {
        let counts = Counts {
            to_send: 1,
            ..Counts::default()
        };
        let mut checked = with(Condition::Watching, counts);
        checked.current_until_ms = Some(NOW + 1);
        assert_eq!(icon(&checked, None), Icon::New);
        checked.current_until_ms = Some(NOW);
        assert_eq!(icon(&checked, None), Icon::Waiting);
        checked.counts.needs_you = 1;
        assert_eq!(icon(&checked, None), Icon::NeedsYou);
    }

    #[test]
    fn a_copy_is_seen_for_two_seconds_whatever_else_is_the_case() {
        let needed = Counts {
            needs_you: 1,
            ..Counts::default()
        };
        let shown = with(waiting(), needed);
        assert_eq!(icon(&shown, Some(NOW - 1_999)), Icon::Copied);
        assert_eq!(icon(&shown, Some(NOW - 2_000)), Icon::NeedsYou);
    }
}
