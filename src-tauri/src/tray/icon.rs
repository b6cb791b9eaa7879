//! The tray icon's states. They differ in shape, so that colour is not needed to tell them apart.

use padwatch_api::dto::problem::ProblemCode;
use padwatch_api::dto::snapshot::{Condition, Snapshot};

/// What the icon says at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Icon {
    /// All is well and nothing is to be done.
    Watching,
    /// A link waits to be sent.
    New,
    /// A decision, a key or a permission is missing.
    NeedsYou,
    /// Paused by the person.
    Paused,
    /// No connection.
    Offline,
}

impl Icon {
    /// All of them.
    pub(crate) const ALL: [Self; 5] = [
        Self::Watching,
        Self::New,
        Self::NeedsYou,
        Self::Paused,
        Self::Offline,
    ];

    /// A name for the file of its picture.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Watching => "watching",
            Self::New => "new",
            Self::NeedsYou => "needs-you",
            Self::Paused => "paused",
            Self::Offline => "offline",
        }
    }

    /// The icon for how things stand.
    pub(crate) fn of(snapshot: &Snapshot) -> Self {
        match &snapshot.condition {
            // A moment at the start: nothing is to be done yet.
            Condition::SetUp { problem, .. } if problem.code == ProblemCode::KeyringWaiting => {
                Self::Watching
            }
            Condition::Stopped { .. } | Condition::SetUp { .. } | Condition::Hindered { .. } => {
                Self::NeedsYou
            }
            Condition::Paused { .. } => Self::Paused,
            Condition::Offline { .. } => Self::Offline,
            Condition::Starting | Condition::Watching if snapshot.counts.needs_you > 0 => {
                Self::NeedsYou
            }
            Condition::Starting | Condition::Watching if snapshot.counts.to_send > 0 => Self::New,
            Condition::Starting | Condition::Watching => Self::Watching,
        }
    }

    /// The picture, as PNG.
    pub(crate) fn png(self) -> &'static [u8] {
        match self {
            Self::Watching => include_bytes!("../../../icons/tray/watching.png"),
            Self::New => include_bytes!("../../../icons/tray/new.png"),
            Self::NeedsYou => include_bytes!("../../../icons/tray/needs-you.png"),
            Self::Paused => include_bytes!("../../../icons/tray/paused.png"),
            Self::Offline => include_bytes!("../../../icons/tray/offline.png"),
        }
    }
}

#[cfg(test)]
mod tests {
    use padwatch_api::dto::lists::Counts;
    use padwatch_api::tray::examples::{problem, snapshot};

    use super::*;

    fn icon(condition: Condition, counts: Counts) -> Icon {
        Icon::of(&Snapshot {
            counts,
            ..snapshot(condition)
        })
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
        let paused = Condition::Paused { until_ms: None };
        for (condition, counts, expected) in [
            (Condition::Watching, none, Icon::Watching),
            (Condition::Starting, none, Icon::Watching),
            (Condition::Watching, some, Icon::New),
            (Condition::Watching, needed, Icon::NeedsYou),
            (
                Condition::SetUp {
                    problem: problem(),
                    step: None,
                },
                none,
                Icon::NeedsYou,
            ),
            (
                Condition::Hindered { problem: problem() },
                some,
                Icon::NeedsYou,
            ),
            (
                Condition::Stopped { problem: problem() },
                none,
                Icon::NeedsYou,
            ),
            (
                Condition::Offline { problem: problem() },
                needed,
                Icon::Offline,
            ),
            (paused, needed, Icon::Paused),
        ] {
            assert_eq!(
                icon(condition.clone(), counts),
                expected,
                "{condition:?} {counts:?}"
            );
        }
    }

    #[test]
    fn every_icon_is_a_picture_of_its_own() {
        for (at, icon) in Icon::ALL.iter().enumerate() {
            let picture = png::Decoder::new(std::io::Cursor::new(icon.png())).read_info();
            assert!(picture.is_ok(), "{icon:?}");
            for other in &Icon::ALL[at + 1..] {
                assert_ne!(icon.png(), other.png(), "{icon:?} {other:?}");
                assert_ne!(icon.name(), other.name());
            }
        }
    }
}
