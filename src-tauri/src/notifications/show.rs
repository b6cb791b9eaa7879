//! One notification on the screen. Its connection is held as long as it is open: some desktops
//! take it away otherwise, and its buttons could not be heard (reference/reliability.md, D6).

use notify_rust::Notification;

use super::notice::Notice;

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

#[cfg(target_os = "linux")]
impl Shown {
    /// Whether a notification service answers, and whether it reads markup in bodies.
    ///
    /// Blocks: call it from a thread that may.
    pub(crate) fn reads_markup() -> Result<bool, notify_rust::error::Error> {
        let able = notify_rust::get_capabilities()?;
        Ok(able.iter().any(|capability| capability == "body-markup"))
    }

    /// Shows a notice.
    pub(crate) async fn new(
        notice: &Notice,
        markup: bool,
    ) -> Result<Self, notify_rust::error::Error> {
        let mut notification = plain(notice);
        if markup {
            notification.body(&escaped(&notice.body));
        }
        notification.hint(notify_rust::Hint::DesktopEntry("padwatch".to_owned()));
        notification.action("default", "Open Padwatch");
        for (place, press) in notice.buttons.iter().enumerate() {
            notification.action(&place.to_string(), press.label());
        }
        Ok(Self {
            handle: notification.show_async().await?,
        })
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
    pub(crate) fn reads_markup() -> Result<bool, notify_rust::error::Error> {
        Ok(false)
    }

    #[expect(clippy::unused_async, reason = "the same shape as on Linux")]
    pub(crate) async fn new(
        notice: &Notice,
        _markup: bool,
    ) -> Result<Self, notify_rust::error::Error> {
        plain(notice).show().map(|_| Self {})
    }

    #[expect(clippy::unused_async, reason = "the same shape as on Linux")]
    pub(crate) async fn outcome(&self) -> Outcome {
        Outcome::Closed
    }

    #[expect(clippy::unused_async, reason = "the same shape as on Linux")]
    pub(crate) async fn close(&self) {}
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
