//! What is wrong with the desktop rather than with the watching: told in the window and in the
//! menu, most important first.

use padwatch_domain::problem::{Problem, ProblemCode};
use tokio::sync::watch;

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum About {
    /// A part of Padwatch itself.
    Part(Part),
    Keyring,
    /// Lever's key is there and may not be sent where Padwatch is connected to.
    LeverKey,
    /// The same for CoderPad's.
    CoderpadKey,
    /// Why the keys are not in use.
    Keys,
    /// Where the services are.
    Connection,
    Tray,
    Notifications,
}

/// The parts that are watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Engine,
    Tray,
    Notifications,
    Window,
    Keys,
    Webhooks,
}

/// The notices, and who wants to know of them.
pub(crate) struct Notices(watch::Sender<Vec<(About, Problem)>>);

impl Notices {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(Vec::new()))
    }

    /// Sets the notice about something, or takes it back.
    pub(crate) fn set(&self, about: About, problem: Option<Problem>) {
        self.0.send_if_modified(|notices| {
            let before = notices.clone();
            notices.retain(|(other, _)| *other != about);
            notices.extend(problem.map(|problem| (about, problem)));
            notices.sort_by_key(|(about, _)| *about);
            *notices != before
        });
    }

    /// All notices, most important first.
    pub(crate) fn all(&self) -> Vec<Problem> {
        self.0
            .borrow()
            .iter()
            .map(|(_, problem)| problem.clone())
            .collect()
    }

    /// Follows the notices.
    pub(crate) fn changes(&self) -> watch::Receiver<Vec<(About, Problem)>> {
        self.0.subscribe()
    }
}

/// The keyring has not answered yet.
pub(crate) fn keyring_waiting() -> Problem {
    Problem::new(
        ProblemCode::KeyringWaiting,
        "Waiting for the password store (keyring).",
        "If it asks for your password, unlock it.",
    )
}

/// A key is there, and was entered for another address.
pub(crate) fn key_of_elsewhere(service: &str, origin: &str) -> Problem {
    Problem::new(
        ProblemCode::KeyNotUsable,
        format!("The stored {service} key was not entered for {origin}, so it isn’t sent there."),
        format!("Enter a {service} key for this address, or choose the former address again."),
    )
}

/// The file with the connection can't be read.
pub(crate) fn connection_unreadable() -> Problem {
    Problem::new(
        ProblemCode::NotValid,
        "The connection settings can’t be read, so the usual addresses are in use.",
        "Choose the connection again in Settings.",
    )
}

/// A part that is silent, or fails again and again.
pub(crate) fn part_failed(part: Part) -> Problem {
    let (message, hint) = match part {
        Part::Engine => (
            "Padwatch stopped watching: its engine doesn’t answer.",
            "Padwatch continues as soon as it answers. If this stays, quit Padwatch and start it again.",
        ),
        Part::Tray => ("Padwatch’s tray menu keeps failing.", AGAIN),
        Part::Notifications => ("Padwatch’s notifications keep failing.", AGAIN),
        Part::Window => ("Padwatch’s window keeps failing.", AGAIN),
        Part::Keys => ("Reading the keys keeps failing.", AGAIN),
        Part::Webhooks => ("Receiving webhooks keeps failing.", AGAIN),
    };
    let code = match part {
        Part::Engine => ProblemCode::EngineSilent,
        _ => ProblemCode::PartFailed,
    };
    Problem::new(code, message, hint)
}

const AGAIN: &str = "Padwatch will keep trying. If this stays, quit Padwatch and start it again.";

/// No program shows tray icons.
pub(crate) fn no_tray_host() -> Problem {
    Problem::new(
        ProblemCode::DesktopUnable,
        "No program on this desktop shows tray icons, so Padwatch is here in its window.",
        "Turn on the tray of your panel (on GNOME: the AppIndicator extension).",
    )
}

/// Padwatch was started hidden, and no program shows tray icons.
pub(crate) fn only_by_starting_again() -> Problem {
    Problem::new(
        ProblemCode::DesktopUnable,
        "Padwatch is running, but this desktop shows no tray icons.",
        "Open Padwatch from here, or start it again: that opens its window.",
    )
}

/// The library for tray icons is missing.
pub(crate) fn no_tray_library() -> Problem {
    Problem::new(
        ProblemCode::DesktopUnable,
        "Tray icons can’t be drawn on this computer, so Padwatch is here in its window.",
        "Install the package libayatana-appindicator3-1 and start Padwatch again.",
    )
}

/// No program shows notifications.
pub(crate) fn no_notification_service() -> Problem {
    Problem::new(
        ProblemCode::DesktopUnable,
        "No program on this desktop shows notifications, so none are shown.",
        "The menu and the window list everything all the same.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_are_kept_in_order_and_taken_back() {
        let notices = Notices::new();
        let mut changes = notices.changes();
        notices.set(About::Notifications, Some(no_notification_service()));
        notices.set(About::Tray, Some(no_tray_host()));
        assert_eq!(notices.all(), [no_tray_host(), no_notification_service()]);
        changes.mark_unchanged();
        notices.set(About::Tray, Some(no_tray_host()));
        assert!(
            !changes.has_changed().unwrap(),
            "the same again is no change"
        );
        notices.set(About::Tray, None);
        assert_eq!(notices.all(), [no_notification_service()]);
    }
}
