//! Takes the announcements as they come and shows them. At most a few are open at a time: the
//! oldest makes room, since the menu lists everything anyway.

use std::collections::VecDeque;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use padwatch_api::notifications::{Notice, Outcome};
use padwatch_domain::announcement::Announcement;
use padwatch_domain::settings::NotificationSettings;
use tokio::sync::{mpsc, oneshot};

use crate::notices::{About, no_notification_service};
#[cfg(target_os = "linux")]
use crate::notifications::SERVICE;
use crate::notifications::{Shown, quiet};
#[cfg(target_os = "linux")]
use crate::session_bus::{Presence, presence, taken};
use crate::shell::{Failure, Shell};

/// The most notifications that are open at a time. Windows takes them off the screen by itself, and
/// those in its notification center can still be clicked.
const MOST_OPEN: usize = if cfg!(windows) { 64 } else { 4 };
/// The most announcements that wait for a notification service to appear. They also wait in the
/// ledger, and come again at the next start.
const MOST_WAITING: usize = 100;
/// How long to wait, in quiet hours, before looking at the clock again.
const LOOK_AT_CLOCK: Duration = Duration::from_secs(60);
/// How long to wait before asking a notification service again that did not answer: at first, and
/// at the longest. Anyone who takes its name is asked at once.
const AGAIN: RangeInclusive<Duration> = Duration::from_secs(5)..=Duration::from_secs(10 * 60);

/// Tells announcements, and what clicks could not do, until the engine ends.
pub(crate) async fn tell(
    shell: Arc<Shell>,
    announcements: &mut mpsc::Receiver<Announcement>,
    failures: &mut mpsc::Receiver<Failure>,
) {
    let mut screen = Screen::new(shell.clone());
    let mut waiting: Vec<Announcement> = Vec::new();
    let mut quiet_for = None;
    let mut search = Search::new();
    screen.look_for_service().await;
    loop {
        tokio::select! {
            announcement = announcements.recv() => {
                let Some(announcement) = announcement else { return };
                waiting.push(announcement);
                // Whatever came at the same moment is told with it.
                while let Ok(more) = announcements.try_recv() {
                    waiting.push(more);
                }
            }
            Some(failure) = failures.recv() => screen.tell_failure(failure).await,
            () = search.is_due(&shell), if !screen.works => screen.look_for_service().await,
            () = quiet_may_be_over(&shell, quiet_for), if quiet_for.is_some() => {}
        }
        // Settings that can't be read now are the usual ones.
        let wanted = shell
            .engine
            .settings()
            .await
            .unwrap_or_default()
            .notifications;
        quiet_for = quiet::left(wanted.quiet, shell.clock.now_ms(), &TimeZone::system());
        let is_quiet = quiet_for.is_some();
        let due: Vec<_> = waiting
            .extract_if(.., |each| !is_quiet || quiet::breaks(&each.news))
            .collect();
        let telling = shell.signals.telling.lock().await;
        let now = still_true(&shell, due).await;
        if screen.tell_all(&now, &wanted).await {
            for announcement in now {
                shell.engine.shown(&announcement).await;
            }
        } else {
            drop(waiting.splice(..0, now));
        }
        drop(telling);
        quiet_for = quiet_for.filter(|_| !waiting.is_empty());
        if screen.works {
            search.is_over();
        }
        let too_many = waiting.len().saturating_sub(MOST_WAITING);
        waiting.drain(..too_many);
    }
}

/// What waited may no longer be true. An engine that can't say so has more to tell than this.
async fn still_true(shell: &Shell, due: Vec<Announcement>) -> Vec<Announcement> {
    if due.is_empty() {
        return due;
    }
    let known = shell.engine.still_true(due.clone()).await;
    known.unwrap_or(due)
}

/// Ends when it may be time to tell what waited. Not much later than it is: the computer may have
/// slept, and the settings may have changed.
async fn quiet_may_be_over(shell: &Shell, quiet_for: Option<Duration>) {
    let wait = quiet_for.unwrap_or_default().min(LOOK_AT_CLOCK);
    shell.clock.sleep(wait).await;
}

/// When to ask for a notification service that did not answer.
struct Search {
    #[cfg(target_os = "linux")]
    presence: Presence,
    wait: Duration,
}

impl Search {
    fn new() -> Self {
        Self {
            #[cfg(target_os = "linux")]
            presence: presence(SERVICE),
            wait: *AGAIN.start(),
        }
    }

    /// Ends when a service appears, or after a while: some start only when asked.
    async fn is_due(&mut self, shell: &Shell) {
        let waited = shell.clock.sleep(self.wait);
        #[cfg(target_os = "linux")]
        tokio::select! {
            () = taken(&mut self.presence) => {}
            () = waited => {}
        }
        #[cfg(not(target_os = "linux"))]
        waited.await;
        self.wait = (self.wait * 2).min(*AGAIN.end());
    }

    fn is_over(&mut self) {
        self.wait = *AGAIN.start();
    }
}

/// The part of the screen where our notifications are.
struct Screen {
    shell: Arc<Shell>,
    markup: bool,
    works: bool,
    open: VecDeque<oneshot::Sender<()>>,
}

impl Screen {
    fn new(shell: Arc<Shell>) -> Self {
        Self {
            shell,
            markup: false,
            works: false,
            open: VecDeque::new(),
        }
    }

    async fn look_for_service(&mut self) {
        match Shown::reads_markup().await {
            Ok(markup) => {
                self.markup = markup;
                self.set_working(true);
            }
            Err(error) => {
                tracing::info!(%error, "no notification service answers");
                self.set_working(false);
            }
        }
    }

    /// Shows what the person wants to hear of; `false` if it could not be shown.
    async fn tell_all(
        &mut self,
        announcements: &[Announcement],
        wanted: &NotificationSettings,
    ) -> bool {
        let notices = announcements
            .iter()
            .filter_map(|one| Notice::of(one, wanted, self.shell.clock.now_ms()))
            .collect();
        for notice in Notice::gathered(notices) {
            self.show(notice).await;
            if !self.works {
                return false;
            }
        }
        true
    }

    /// Where no notification can say it, the menu and the window do, until the next click.
    async fn tell_failure(&mut self, failure: Failure) {
        let Failure { problem, about } = failure;
        self.show(Notice::failed(&problem, about)).await;
        let unsaid = (!self.works).then_some(problem);
        self.shell.notices.set(About::Click, unsaid);
    }

    async fn show(&mut self, notice: Notice) {
        let shown = match Shown::new(&notice, self.markup).await {
            Ok(shown) => shown,
            Err(error) => {
                tracing::info!(%error, "a notification was not shown");
                return self.set_working(false);
            }
        };
        self.set_working(true);
        self.open.retain(|open| !open.is_closed());
        if self.open.len() >= MOST_OPEN {
            // Dropping its sender closes the oldest.
            self.open.pop_front();
        }
        let (make_room, room_needed) = oneshot::channel();
        self.open.push_back(make_room);
        tokio::spawn(attend(self.shell.clone(), shown, notice, room_needed));
    }

    fn set_working(&mut self, works: bool) {
        self.works = works;
        let notice = (!works).then(no_notification_service);
        self.shell.notices.set(About::Notifications, notice);
    }
}

/// Stays with one notification until it is answered, gone, or in the way.
async fn attend(
    shell: Arc<Shell>,
    mut shown: Shown,
    notice: Notice,
    room_needed: oneshot::Receiver<()>,
) {
    let outcome = tokio::select! {
        outcome = shown.outcome() => outcome,
        _ = room_needed => return shown.close().await,
    };
    let activation = match outcome {
        Outcome::Closed => return,
        Outcome::Pressed(_) | Outcome::Clicked => shown.activation().await,
    };
    let carried_out = async {
        if let Some(press) = notice.means(outcome) {
            shell.press(press, activation).await;
        }
    };
    // A service that is slow to take it away holds nothing up.
    tokio::join!(shown.close(), carried_out);
}
