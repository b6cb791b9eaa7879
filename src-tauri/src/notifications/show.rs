//! One notification on the screen. Its connection is held as long as it is open: some desktops
//! take it away otherwise, and its buttons could not be heard (reference/reliability.md, D6).

#[cfg(target_os = "linux")]
use std::time::Duration;

use notify_rust::Notification;
#[cfg(target_os = "linux")]
use tokio::time::timeout;

use super::notice::Notice;

/// The name of whoever shows notifications (freedesktop's Desktop Notifications).
#[cfg(target_os = "linux")]
pub(super) const SERVICE: &str = "org.freedesktop.Notifications";
/// The longest wait for an answer. The bus itself waits for ever.
#[cfg(target_os = "linux")]
const PATIENCE: Duration = Duration::from_secs(10);

/// A notification that is on the screen.
pub(crate) struct Shown {
    #[cfg(target_os = "linux")]
    handle: notify_rust::NotificationHandle,
}

/// What came of a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The button at this place was pressed.
    Pressed(usize),
    /// The notification itself was clicked.
    Clicked,
    /// It is gone.
    Closed,
}

/// Why nothing can be shown.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotShown {
    #[error(transparent)]
    Refused(#[from] notify_rust::error::Error),
    #[cfg(target_os = "linux")]
    #[error(transparent)]
    Bus(#[from] zbus::Error),
    #[cfg(target_os = "linux")]
    #[error("no answer within {} s", PATIENCE.as_secs())]
    Silent,
}

#[cfg(target_os = "linux")]
impl Shown {
    /// Whether the notification service reads markup in bodies.
    ///
    /// # Errors
    /// When none answers.
    pub(crate) async fn reads_markup() -> Result<bool, NotShown> {
        in_time(async {
            let bus = zbus::Connection::session().await?;
            let path = "/org/freedesktop/Notifications";
            let answer = bus
                .call_method(Some(SERVICE), path, Some(SERVICE), "GetCapabilities", &())
                .await?;
            let able: Vec<String> = answer.body().deserialize()?;
            Ok(able.iter().any(|capability| capability == "body-markup"))
        })
        .await
    }

    /// Shows a notice. One that a slow service did not confirm in time may be shown all the same,
    /// and once more later: better than never.
    ///
    /// # Errors
    /// When no service answers.
    pub(crate) async fn new(notice: &Notice, markup: bool) -> Result<Self, NotShown> {
        let mut notification = plain(notice);
        if markup {
            notification.body(&escaped(&notice.body));
        }
        notification.hint(notify_rust::Hint::DesktopEntry("padwatch".to_owned()));
        notification.action("default", "Open Padwatch");
        for (place, press) in notice.buttons.iter().enumerate() {
            notification.action(&place.to_string(), press.label());
        }
        in_time(async {
            let handle = notification.show_async().await?;
            Ok(Self { handle })
        })
        .await
    }

    /// Waits until the person does something about it.
    pub(crate) async fn outcome(&self) -> Outcome {
        let mut outcome = Outcome::Closed;
        self.handle
            .wait_for_action_async(|response| {
                outcome = match response {
                    notify_rust::NotificationResponse::Default => Outcome::Clicked,
                    notify_rust::NotificationResponse::Action(place) => {
                        place.parse().map_or(Outcome::Closed, Outcome::Pressed)
                    }
                    _ => Outcome::Closed,
                };
            })
            .await;
        outcome
    }

    /// Takes it off the screen.
    pub(crate) async fn close(&self) {
        self.handle.close_async().await;
    }
}

/// Windows and macOS: shown without buttons; the tray has everything.
#[cfg(not(target_os = "linux"))]
impl Shown {
    #[expect(clippy::unused_async, reason = "the same shape as on Linux")]
    pub(crate) async fn reads_markup() -> Result<bool, NotShown> {
        Ok(false)
    }

    #[expect(clippy::unused_async, reason = "the same shape as on Linux")]
    pub(crate) async fn new(notice: &Notice, _markup: bool) -> Result<Self, NotShown> {
        plain(notice).show()?;
        Ok(Self {})
    }

    #[expect(clippy::unused_async, reason = "the same shape as on Linux")]
    pub(crate) async fn outcome(&self) -> Outcome {
        Outcome::Closed
    }

    #[expect(clippy::unused_async, reason = "the same shape as on Linux")]
    pub(crate) async fn close(&self) {}
}

#[cfg(target_os = "linux")]
async fn in_time<T>(asked: impl Future<Output = Result<T, NotShown>>) -> Result<T, NotShown> {
    timeout(PATIENCE, asked)
        .await
        .unwrap_or(Err(NotShown::Silent))
}

fn plain(notice: &Notice) -> Notification {
    let mut notification = Notification::new();
    notification
        .appname("Padwatch")
        .summary(&notice.title)
        .body(&notice.body)
        .icon("padwatch");
    notification
}

/// Text for a body that reads markup.
#[cfg(any(target_os = "linux", test))]
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_bring_markup_into_a_notification() {
        let hostile = r#"<a href="https://evil.test">Ada</a> & <img src=x>"#;
        let shown = escaped(hostile);
        assert!(!shown.contains('<') && !shown.contains('>'), "{shown}");
        assert_eq!(escaped("R&D"), "R&amp;D");
    }
}
