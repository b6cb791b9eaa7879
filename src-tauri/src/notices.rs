//! What is wrong with the desktop rather than with the watching: told in the window and in the
//! menu, most important first.

use padwatch_domain::problem::Problem;
use padwatch_domain::service_error::Service;
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
    /// What the last click could not do, where no notification says it.
    Click,
    /// Where the services are.
    Connection,
    #[cfg(target_os = "linux")]
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
    Problem::KeyringWaiting
}

/// A key is there, and was entered for another address.
pub(crate) fn key_of_elsewhere(service: Service, origin: &str) -> Problem {
    Problem::KeyForElsewhere {
        service,
        origin: origin.to_owned(),
    }
}

/// The file with the connection can't be read.
pub(crate) fn connection_unreadable() -> Problem {
    Problem::ConnectionUnreadable
}

/// A part that is silent, or fails again and again.
pub(crate) fn part_failed(part: Part) -> Problem {
    match part {
        Part::Engine => Problem::EngineSilent,
        Part::Tray => Problem::TrayFailing,
        Part::Notifications => Problem::NotificationsFailing,
        Part::Window => Problem::WindowFailing,
        Part::Keys => Problem::KeysFailing,
        Part::Webhooks => Problem::WebhooksFailing,
    }
}

/// No program shows tray icons.
#[cfg(target_os = "linux")]
pub(crate) fn no_tray_host() -> Problem {
    Problem::NoTrayHost
}

/// Padwatch was started hidden, and no program shows tray icons.
#[cfg(target_os = "linux")]
pub(crate) fn only_by_starting_again() -> Problem {
    Problem::NoTrayHostHidden
}

/// No program shows notifications.
pub(crate) fn no_notification_service() -> Problem {
    Problem::NoNotifications
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_are_kept_in_order_and_taken_back() {
        let notices = Notices::new();
        let mut changes = notices.changes();
        notices.set(About::Notifications, Some(no_notification_service()));
        notices.set(About::Keyring, Some(keyring_waiting()));
        assert_eq!(
            notices.all(),
            [keyring_waiting(), no_notification_service()]
        );
        changes.mark_unchanged();
        notices.set(About::Keyring, Some(keyring_waiting()));
        assert!(
            !changes.has_changed().unwrap(),
            "the same again is no change"
        );
        notices.set(About::Keyring, None);
        assert_eq!(notices.all(), [no_notification_service()]);
    }
}
