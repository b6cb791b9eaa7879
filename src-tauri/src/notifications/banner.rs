//! macOS: one notification, shown by the system.

use std::sync::Once;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use notify_rust::{Notification, NotificationHandle, NotificationResponse};
use padwatch_api::notifications::{Notice, Outcome};
use tokio::sync::oneshot;

use crate::activation::ActivationToken;

/// By which the system knows whose notifications these are.
const APPLICATION: &str = "io.padwatch.Padwatch";
/// So many wait to be answered, each on a thread of its own. One more has no buttons.
const MOST_WAITING: usize = 16;

/// How many wait.
static WAITING: AtomicUsize = AtomicUsize::new(0);
/// The last one could not be shown.
static FAILED: AtomicBool = AtomicBool::new(false);
static INTRODUCED: Once = Once::new();

/// Why nothing can be shown.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotShown {
    #[error(transparent)]
    Refused(#[from] notify_rust::error::Error),
    #[error(transparent)]
    Thread(#[from] std::io::Error),
    #[error("the last one could not be shown")]
    Failing,
}

/// A notification that is on the screen.
pub(crate) struct Shown(oneshot::Receiver<Outcome>);

impl Shown {
    /// Returns true if bodies are read as markup, which macOS never does.
    ///
    /// # Errors
    /// Where the last one failed: only showing one tells whether it can be done again.
    #[expect(clippy::unused_async, reason = "the same shape as on Linux")]
    pub(crate) async fn reads_markup() -> Result<bool, NotShown> {
        match FAILED.load(Ordering::Relaxed) {
            true => Err(NotShown::Failing),
            false => Ok(false),
        }
    }

    /// Shows a notice.
    ///
    /// # Errors
    /// When the system refuses.
    #[expect(clippy::unused_async, reason = "the same shape as on Linux")]
    pub(crate) async fn new(notice: &Notice, _markup: bool) -> Result<Self, NotShown> {
        INTRODUCED.call_once(introduce);
        let shown = show(notice);
        FAILED.store(shown.is_err(), Ordering::Relaxed);
        shown
    }

    /// Waits until the person does something about it, or the system takes it away.
    pub(crate) async fn outcome(&mut self) -> Outcome {
        (&mut self.0).await.unwrap_or(Outcome::Closed)
    }

    #[expect(clippy::unused_async, reason = "the same shape as on Linux")]
    pub(crate) async fn activation(&mut self) -> Option<ActivationToken> {
        None
    }

    /// It stays where the system keeps those that were not answered.
    #[expect(clippy::unused_async, reason = "the same shape as on Linux")]
    pub(crate) async fn close(&self) {}
}

fn show(notice: &Notice) -> Result<Shown, NotShown> {
    let has_room = WAITING.load(Ordering::Relaxed) < MOST_WAITING;
    let handle = asked(notice, has_room).show()?;
    let (told, outcome) = oneshot::channel();
    if has_room {
        let wait = move || {
            WAITING.fetch_add(1, Ordering::Relaxed);
            let answered = answer(handle);
            WAITING.fetch_sub(1, Ordering::Relaxed);
            // No one listens any longer.
            let _ = told.send(answered);
        };
        thread::Builder::new()
            .name("notification".to_owned())
            .spawn(wait)?;
    }
    Ok(Shown(outcome))
}

fn asked(notice: &Notice, with_buttons: bool) -> Notification {
    let mut asked = Notification::new();
    asked.summary(&notice.title).body(&notice.body);
    if with_buttons {
        for (place, press) in notice.buttons.iter().enumerate() {
            asked.action(&place.to_string(), &press.label());
        }
    }
    asked
}

/// Blocks until it is answered.
fn answer(handle: NotificationHandle) -> Outcome {
    let mut outcome = Outcome::Closed;
    let waited = handle.wait_for_response(|response: &NotificationResponse| {
        outcome = match response {
            NotificationResponse::Default => Outcome::Clicked,
            NotificationResponse::Action(key) => {
                key.parse().map_or(Outcome::Clicked, Outcome::Pressed)
            }
            _ => Outcome::Closed,
        };
    });
    if let Err(error) = waited {
        tracing::info!(%error, "a notification was not answered");
    }
    outcome
}

/// Names the bundle: otherwise macOS asks the person where the application "use_default" is.
fn introduce() {
    if let Err(error) = notify_rust::set_application(APPLICATION) {
        tracing::warn!(%error, "macOS was not told whose notifications these are");
    }
}
