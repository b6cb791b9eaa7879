//! Whether a program shows tray icons. Panels come late at login, restart, and go away behind a lock
//! screen: none of that is a reason to show a window that no one asked for.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use crate::notices::{About, no_tray_host, only_by_starting_again};
use crate::session_bus::{Presence, presence};
use crate::shell::Shell;
use crate::{notifications, quit};

/// Panels register this name when they show icons.
const WATCHER: &str = "org.kde.StatusNotifierWatcher";
/// How long a panel may take: to appear after login, or to restart.
const PATIENCE: Duration = Duration::from_secs(10);

/// What was seen of the program that shows tray icons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Host {
    /// It is there.
    There,
    /// There has been none since the start. Said once at most.
    NeverThere,
    /// It has been away for longer than a restart takes.
    Away,
}

/// Says in the window and in the menu when no program shows tray icons. `hidden`: the person wants
/// to see nothing at the start.
pub(crate) async fn watch_host(shell: Arc<Shell>, hidden: bool) {
    let mut seen = Sightings::of(presence(WATCHER));
    while let Some(host) = seen.next().await {
        let notice = (host != Host::There).then(no_tray_host);
        shell.notices.set(About::Tray, notice);
        if host == Host::NeverThere {
            be_reachable(&shell, hidden).await;
        }
    }
    if seen.had_a_bus() {
        // It ends with the session that it belongs to, and so does Padwatch.
        tracing::info!("the session's bus is gone");
        quit::quit(&shell).await;
    }
}

/// Without a tray icon from the start, the person must have another way to Padwatch: the window, or,
/// when it is not to be shown, a notification that opens it.
async fn be_reachable(shell: &Shell, hidden: bool) {
    if hidden && notifications::can_be_shown().await {
        // No one tells any longer: Padwatch is ending.
        let told = only_by_starting_again().into();
        let _ = shell.signals.failures.send(told).await;
    } else {
        shell.window.open(None);
    }
}

/// What is seen of the host, one change after the other.
struct Sightings {
    presence: Presence,
    last: Option<Host>,
}

impl Sightings {
    fn of(presence: Presence) -> Self {
        Self {
            presence,
            last: None,
        }
    }

    /// Returns true if the bus has answered.
    fn had_a_bus(&self) -> bool {
        self.presence.borrow().is_some()
    }

    /// The next change; `None`: nothing more can be seen.
    async fn next(&mut self) -> Option<Host> {
        let there = |present: &Option<bool>| *present == Some(true);
        loop {
            let next = match self.last {
                Some(Host::There) => {
                    self.presence
                        .wait_for(|present| !there(present))
                        .await
                        .ok()?;
                    self.come_back(Host::Away).await
                }
                Some(Host::Away | Host::NeverThere) => {
                    self.presence.wait_for(there).await.ok()?;
                    Host::There
                }
                None => self.come_back(Host::NeverThere).await,
            };
            if self.last.replace(next) != Some(next) {
                return Some(next);
            }
        }
    }

    async fn come_back(&mut self, otherwise: Host) -> Host {
        let shown = self.presence.wait_for(|present| *present == Some(true));
        match timeout(PATIENCE, shown).await {
            Ok(Ok(_)) => Host::There,
            _ => otherwise,
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::watch;
    use tokio::time::{advance, sleep};

    use super::*;

    /// Within this, nothing more is seen of a host that does not change.
    const LONG: Duration = Duration::from_secs(24 * 60 * 60);

    async fn seen(sightings: &mut Sightings) -> Option<Host> {
        timeout(LONG, sightings.next()).await.ok().flatten()
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_that_goes_away_and_comes_back_is_never_one_that_was_never_there() {
        let (told, presence) = watch::channel(Some(true));
        let mut sightings = Sightings::of(presence);
        assert_eq!(seen(&mut sightings).await, Some(Host::There));
        // A restart: nothing is seen of it.
        told.send_replace(Some(false));
        let back = tokio::spawn(async move {
            sleep(PATIENCE - Duration::from_secs(1)).await;
            told.send_replace(Some(true));
            told
        });
        assert_eq!(seen(&mut sightings).await, None);
        let told = back.await.unwrap();
        // Behind a lock screen, or asleep, for a night, again and again.
        for _ in 0..3 {
            told.send_replace(Some(false));
            assert_eq!(seen(&mut sightings).await, Some(Host::Away));
            assert_eq!(seen(&mut sightings).await, None);
            told.send_replace(Some(true));
            assert_eq!(seen(&mut sightings).await, Some(Host::There));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_that_is_not_there_at_the_start_is_said_once() {
        let (told, presence) = watch::channel(None);
        let mut sightings = Sightings::of(presence);
        let begun = tokio::time::Instant::now();
        assert_eq!(seen(&mut sightings).await, Some(Host::NeverThere));
        assert_eq!(begun.elapsed(), PATIENCE);
        told.send_replace(Some(true));
        assert_eq!(seen(&mut sightings).await, Some(Host::There));
        told.send_replace(Some(false));
        advance(PATIENCE).await;
        assert_eq!(seen(&mut sightings).await, Some(Host::Away));
    }

    #[tokio::test(start_paused = true)]
    async fn a_panel_that_comes_late_at_login_is_waited_for() {
        let (told, presence) = watch::channel(Some(false));
        let mut sightings = Sightings::of(presence);
        tokio::spawn(async move {
            sleep(PATIENCE - Duration::from_secs(1)).await;
            told.send_replace(Some(true));
            sleep(LONG).await;
        });
        assert_eq!(seen(&mut sightings).await, Some(Host::There));
    }

    #[tokio::test(start_paused = true)]
    async fn without_a_bus_there_is_no_host_and_nothing_more_to_see() {
        let (_, presence) = watch::channel(None);
        let mut sightings = Sightings::of(presence);
        assert_eq!(seen(&mut sightings).await, Some(Host::NeverThere));
        assert_eq!(sightings.next().await, None);
        assert!(!sightings.had_a_bus());
    }

    #[tokio::test(start_paused = true)]
    async fn a_bus_that_ends_is_told_from_one_that_never_was() {
        let (told, presence) = watch::channel(Some(true));
        let mut sightings = Sightings::of(presence);
        assert_eq!(seen(&mut sightings).await, Some(Host::There));
        drop(told);
        assert_eq!(sightings.next().await, None);
        assert!(sightings.had_a_bus());
    }
}
