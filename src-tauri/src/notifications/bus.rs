//! Linux: one notification, shown by the notification service on the session's bus.
//!
//! The holder of the service's name when the notification is shown is the only one whose word about
//! it counts: any program on the bus can send a signal of the same name, and a service that comes
//! after it counts its notifications from one again.

use std::collections::HashMap;
use std::time::Duration;

use futures_util::StreamExt as _;
use padwatch_api::notifications::{Notice, Outcome, Press, open_label};
use tokio::time::timeout;
use zbus::fdo::{DBusProxy, NameOwnerChangedStream};
use zbus::message::Type;
use zbus::names::OwnedUniqueName;
use zbus::zvariant::Value;
use zbus::{Connection, MatchRule, MessageStream};

use super::picture;
use crate::activation::ActivationToken;

/// The name of the service that shows notifications (freedesktop's Desktop Notifications).
pub(crate) const SERVICE: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
/// The key of a click on the notification itself.
const DEFAULT: &str = "default";
/// The longest wait for an answer. The bus itself waits for ever.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long the desktop's permission to show a window may take to be read.
const PERMISSION_PATIENCE: Duration = Duration::from_millis(20);
/// Signals that wait to be read.
const SIGNALS: usize = 8;

/// Why nothing can be shown.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotShown {
    #[error(transparent)]
    Bus(#[from] zbus::Error),
    #[error("the bus does not say who answered")]
    Unnamed,
    #[error("no answer within {0} s")]
    Silent(u64),
}

/// A notification that is on the screen.
pub(crate) struct Shown {
    // A connection of its own, held as long as it is open: some desktops take it away otherwise,
    // and its buttons could not be heard (reference/reliability.md, D6).
    bus: Connection,
    service: OwnedUniqueName,
    id: u32,
    /// The latest that came.
    activation: Option<ActivationToken>,
    /// What the service tells, in its order: many close a notification with the press of its button,
    /// and the press counts.
    signals: MessageStream,
    owners: NameOwnerChangedStream,
}

impl Shown {
    /// Returns true if the notification service reads markup in bodies.
    ///
    /// # Errors
    /// When none answers.
    pub(crate) async fn reads_markup() -> Result<bool, NotShown> {
        in_time(async {
            let bus = Connection::session().await?;
            let (_, able) = capabilities(&bus).await?;
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
        in_time(Self::show(notice, markup)).await
    }

    async fn show(notice: &Notice, markup: bool) -> Result<Self, NotShown> {
        let bus = Connection::session().await?;
        let (service, _) = capabilities(&bus).await?;
        let names = DBusProxy::new(&bus).await?;
        let owners = names
            .receive_name_owner_changed_with_args(&[(0, service.as_str())])
            .await?;
        // Listening before showing: no press is missed.
        let signals = signals(&bus, &service).await?;
        let content = Content::of(notice, markup);
        let mut hints = HashMap::from([("desktop-entry", Value::from("io.padwatch.Padwatch"))]);
        hints.extend(picture::hint().map(|picture| ("image-data", picture)));
        let asked = (
            "Padwatch",
            0_u32,
            picture::NAME,
            content.title.as_str(),
            content.body.as_str(),
            &content.actions,
            hints,
            -1_i32,
        );
        let answer = bus
            .call_method(Some(&service), PATH, Some(SERVICE), "Notify", &asked)
            .await?;
        Ok(Self {
            id: answer.body().deserialize()?,
            bus,
            service,
            activation: None,
            signals,
            owners,
        })
    }

    /// Waits until the person does something about it, or the service that shows it ends.
    pub(crate) async fn outcome(&mut self) -> Outcome {
        loop {
            let told = tokio::select! {
                // What was told before the service ended counts.
                biased;
                Some(message) = self.signals.next() => self.told(message),
                _ = self.owners.next() => Some(Told::Closed),
                else => Some(Told::Closed),
            };
            match told {
                Some(Told::Pressed(key)) => return pressed(&key),
                Some(Told::Activation(token)) => self.activation = Some(token),
                Some(Told::Closed) => return Outcome::Closed,
                None => {}
            }
        }
    }

    /// The desktop's permission to show a window for what was pressed. Most services send it before
    /// they tell of the press.
    pub(crate) async fn activation(&mut self) -> Option<ActivationToken> {
        let found = async {
            while self.activation.is_none() {
                let message = self.signals.next().await?;
                if let Some(Told::Activation(token)) = self.told(message) {
                    self.activation = Some(token);
                }
            }
            Some(())
        };
        // An error: there is none.
        let _ = timeout(PERMISSION_PATIENCE, found).await;
        self.activation.take()
    }

    /// What a signal tells of this notification, if it is the service's: a stranger can send one to
    /// this program alone, which no rule of the bus holds back.
    fn told(&self, message: zbus::Result<zbus::Message>) -> Option<Told> {
        let message = message.ok()?;
        let (header, body) = (message.header(), message.body());
        if header.sender()?.as_str() != self.service.as_str() {
            return None;
        }
        let (id, told) = match header.member()?.as_str() {
            "ActionInvoked" => {
                let (id, key) = body.deserialize().ok()?;
                (id, Told::Pressed(key))
            }
            "ActivationToken" => {
                let (id, token): (u32, &str) = body.deserialize().ok()?;
                (id, Told::Activation(ActivationToken::of(token)?))
            }
            "NotificationClosed" => {
                let (id, _why): (u32, u32) = body.deserialize().ok()?;
                (id, Told::Closed)
            }
            _ => return None,
        };
        (id == self.id).then_some(told)
    }

    /// Takes it off the screen, where some services leave it after a press. No one listens to its
    /// buttons from now on.
    pub(crate) async fn close(self) {
        let Self {
            bus, service, id, ..
        } = self;
        let asked = (id,);
        let asked = bus.call_method(
            Some(&service),
            PATH,
            Some(SERVICE),
            "CloseNotification",
            &asked,
        );
        // A service that does not answer shows it until it ends.
        if let Ok(Err(error)) = timeout(PATIENCE, asked).await {
            tracing::info!(%error, "a notification could not be taken off the screen");
        }
    }
}

/// What the service tells of a notification.
enum Told {
    /// The key of what was pressed.
    Pressed(String),
    Activation(ActivationToken),
    Closed,
}

/// What a service is asked to show.
#[derive(Debug, PartialEq, Eq)]
struct Content {
    title: String,
    body: String,
    /// Keys and labels in turn.
    actions: Vec<String>,
}

impl Content {
    fn of(notice: &Notice, markup: bool) -> Self {
        let body = match markup {
            true => escaped(&notice.body),
            false => notice.body.clone(),
        };
        // Some services show the default action as a button (xfce4-notifyd), others call it by a
        // click. Without a label it is never a button, so what it does is named once in either.
        let is_named_below = notice.buttons.iter().any(Press::opens_padwatch);
        let label = if is_named_below {
            String::new()
        } else {
            open_label()
        };
        let mut actions = vec![DEFAULT.to_owned(), label];
        for (place, press) in notice.buttons.iter().enumerate() {
            actions.extend([place.to_string(), press.label()]);
        }
        Self {
            title: notice.title.clone(),
            body,
            actions,
        }
    }
}

/// Who shows notifications now, and what they are able to do. Starts them if need be.
async fn capabilities(bus: &Connection) -> Result<(OwnedUniqueName, Vec<String>), NotShown> {
    let answer = bus
        .call_method(Some(SERVICE), PATH, Some(SERVICE), "GetCapabilities", &())
        .await?;
    let header = answer.header();
    let sender = header.sender().ok_or(NotShown::Unnamed)?;
    Ok((sender.to_owned().into(), answer.body().deserialize()?))
}

async fn signals(bus: &Connection, service: &OwnedUniqueName) -> zbus::Result<MessageStream> {
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .sender(service.as_str())?
        .path(PATH)?
        .interface(SERVICE)?
        .build();
    MessageStream::for_match_rule(rule, bus, Some(SIGNALS)).await
}

fn pressed(key: &str) -> Outcome {
    match key.parse() {
        Ok(place) => Outcome::Pressed(place),
        Err(_) if key == DEFAULT => Outcome::Clicked,
        Err(_) => Outcome::Closed,
    }
}

async fn in_time<T>(asked: impl Future<Output = Result<T, NotShown>>) -> Result<T, NotShown> {
    timeout(PATIENCE, asked)
        .await
        .unwrap_or(Err(NotShown::Silent(PATIENCE.as_secs())))
}

/// Text for a body that reads markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use lever::OpportunityId;

    use super::*;

    #[test]
    fn a_body_is_escaped_where_markup_is_read_and_only_there() {
        let body = r#"<a href="https://evil.test">Ada</a> & <img src=x>"#;
        let notice = Notice {
            title: "R&D <b>".to_owned(),
            body: body.to_owned(),
            buttons: vec![Press::OpenWindow],
            about: None,
        };
        let plain = Content::of(&notice, false);
        assert_eq!(plain.body, body);
        let marked = Content::of(&notice, true);
        assert_eq!(
            marked.body,
            r#"&lt;a href="https://evil.test"&gt;Ada&lt;/a&gt; &amp; &lt;img src=x&gt;"#
        );
        // A title is never markup (Desktop Notifications Specification, "Basic Design").
        assert_eq!([plain.title, marked.title], ["R&D <b>", "R&D <b>"]);
    }

    #[test]
    fn each_thing_that_can_be_done_is_named_once() {
        let ada = || OpportunityId::new("ada");
        let actions = |buttons| {
            let notice = Notice {
                title: String::new(),
                body: String::new(),
                buttons,
                about: Some(ada()),
            };
            Content::of(&notice, false).actions
        };
        for opening in [Press::OpenWindow, Press::OpenCandidate(ada())] {
            assert_eq!(
                actions(vec![Press::CopyLink(ada()), opening]),
                ["default", "", "0", "Copy link", "1", "Open Padwatch"]
            );
        }
        assert_eq!(
            actions(vec![Press::CopyLink(ada())]),
            ["default", "Open Padwatch", "0", "Copy link"]
        );
    }

    #[test]
    fn a_key_means_the_button_at_its_place_the_notification_itself_or_nothing() {
        assert_eq!(pressed("1"), Outcome::Pressed(1));
        assert_eq!(pressed("default"), Outcome::Clicked);
        assert_eq!(pressed("-1"), Outcome::Closed);
        assert_eq!(pressed("anything"), Outcome::Closed);
    }
}
