//! A notification service that notes what it is asked to show, and presses buttons.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use zbus::object_server::SignalEmitter;
use zbus::zvariant::OwnedValue;

use super::desk::Desk;
use super::wait::until;

const PATH: &str = "/org/freedesktop/Notifications";
/// Why a notification is closed: by the person.
const DISMISSED: u32 = 2;

/// What was shown.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub(crate) id: u32,
    /// Who asked for it, by its name on the bus.
    sender: String,
    pub(crate) title: String,
    pub(crate) body: String,
    /// Pairs of key and label.
    pub(crate) buttons: Vec<(String, String)>,
    /// When it was asked for.
    pub(crate) at: Instant,
}

/// The service.
pub(crate) struct Notifications {
    bus: zbus::Connection,
    shown: Arc<Mutex<Vec<Shown>>>,
}

struct Service {
    shown: Arc<Mutex<Vec<Shown>>>,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Service {
    #[expect(
        clippy::too_many_arguments,
        clippy::needless_pass_by_value,
        reason = "the freedesktop specification has so many, and they arrive as values"
    )]
    fn notify(
        &mut self,
        #[zbus(header)] header: zbus::message::Header<'_>,
        _app: String,
        replaces: u32,
        _icon: String,
        title: String,
        body: String,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _timeout: i32,
    ) -> u32 {
        let mut shown = self.shown.lock().unwrap();
        let next = u32::try_from(shown.len()).unwrap() + 1;
        let id = if replaces == 0 { next } else { replaces };
        let buttons = actions
            .chunks(2)
            .map(|pair| (pair[0].clone(), pair[1].clone()))
            .collect();
        let sender = header.sender().unwrap().to_string();
        shown.push(Shown {
            id,
            sender,
            title,
            body,
            buttons,
            at: Instant::now(),
        });
        id
    }

    fn close_notification(&self, _id: u32) {}

    fn get_capabilities(&self) -> Vec<&str> {
        vec!["actions", "body", "body-markup"]
    }

    fn get_server_information(&self) -> (&str, &str, &str, &str) {
        ("test", "test", "1", "1.2")
    }

    #[zbus(signal)]
    async fn action_invoked(to: &SignalEmitter<'_>, id: u32, key: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn notification_closed(to: &SignalEmitter<'_>, id: u32, why: u32) -> zbus::Result<()>;
}

/// A service that shows nothing.
pub(crate) struct Unable {
    _bus: zbus::Connection,
    asked: Arc<AtomicUsize>,
}

/// How a service shows nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    Refuses,
    NeverAnswers,
}

struct UnableService {
    fault: Fault,
    asked: Arc<AtomicUsize>,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl UnableService {
    async fn get_capabilities(&self) -> zbus::fdo::Result<Vec<String>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if self.fault == Fault::NeverAnswers {
            std::future::pending::<()>().await;
        }
        Err(zbus::fdo::Error::Failed("not now".to_owned()))
    }
}

impl Unable {
    /// Starts the service on the session's bus.
    pub(crate) async fn serve(desk: &Desk, fault: Fault) -> Self {
        let asked = Arc::new(AtomicUsize::new(0));
        let bus = desk.bus().await;
        let service = UnableService {
            fault,
            asked: asked.clone(),
        };
        bus.object_server().at(PATH, service).await.unwrap();
        bus.request_name("org.freedesktop.Notifications")
            .await
            .unwrap();
        Self { _bus: bus, asked }
    }

    /// How often it was asked what it can do.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Notifications {
    /// Starts the service on the session's bus.
    pub(crate) async fn serve(desk: &Desk) -> Self {
        let shown = Arc::new(Mutex::new(Vec::new()));
        let bus = desk.bus().await;
        bus.object_server()
            .at(
                PATH,
                Service {
                    shown: shown.clone(),
                },
            )
            .await
            .unwrap();
        bus.request_name("org.freedesktop.Notifications")
            .await
            .unwrap();
        Self { bus, shown }
    }

    /// All that were shown so far.
    pub(crate) fn all(&self) -> Vec<Shown> {
        self.shown.lock().unwrap().clone()
    }

    /// Waits for one whose title begins like this.
    pub(crate) async fn titled(&self, start: &str) -> Shown {
        until(&format!("a notification: {start}"), async || {
            self.all()
                .into_iter()
                .find(|shown| shown.title.starts_with(start))
        })
        .await
    }

    /// Another program on the bus says that a button of it was pressed.
    pub(crate) async fn forge_press(&self, desk: &Desk, shown: &Shown, label: &str) {
        let key = self.button(shown, label).await;
        let stranger = desk.bus().await;
        for to in [None, Some(shown.sender.as_str())] {
            let said = (shown.id, key);
            stranger
                .emit_signal(
                    to,
                    PATH,
                    "org.freedesktop.Notifications",
                    "ActionInvoked",
                    &said,
                )
                .await
                .unwrap();
        }
        // The bus has passed them on when it answers what was asked after them.
        let names = zbus::fdo::DBusProxy::new(&stranger).await.unwrap();
        names.get_id().await.unwrap();
    }

    /// Clicks the notification itself.
    pub(crate) async fn click(&self, shown: &Shown) {
        let label = &shown.buttons[0].1;
        assert_eq!(shown.buttons[0].0, "default");
        self.press(shown, label).await;
    }

    /// Waits until the program that sent it has stopped listening to its buttons.
    pub(crate) async fn let_go(&self, shown: &Shown) {
        until("nobody listens to the buttons", async || {
            (!self.is_listened_to(shown).await).then_some(())
        })
        .await;
    }

    /// Ends the service, as its restart does.
    pub(crate) async fn end(self) {
        self.bus.close().await.unwrap();
    }

    /// Presses a button until the program that sent it has heard it, which closes the notification, as
    /// on most desktops. It hears one press and goes: a person takes longer than a program to begin to
    /// listen, and a test does not.
    pub(crate) async fn press(&self, shown: &Shown, label: &str) {
        let key = self.button(shown, label).await;
        let to = SignalEmitter::new(&self.bus, PATH).unwrap();
        until("the press is heard", async || {
            Service::action_invoked(&to, shown.id, key).await.unwrap();
            Service::notification_closed(&to, shown.id, DISMISSED)
                .await
                .unwrap();
            (!self.is_listened_to(shown).await).then_some(())
        })
        .await;
    }

    /// The key of a button, once the program that sent it listens to its buttons.
    async fn button<'s>(&self, shown: &'s Shown, label: &str) -> &'s str {
        let mut buttons = shown.buttons.iter();
        let (key, _) = buttons.find(|(_, text)| text == label).unwrap();
        until("the sender listens to the buttons", async || {
            self.is_listened_to(shown).await.then_some(())
        })
        .await;
        key
    }

    /// Returns true if the program that sent it still follows it.
    async fn is_listened_to(&self, shown: &Shown) -> bool {
        let stats = zbus::Proxy::new(
            &self.bus,
            "org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus.Debug.Stats",
        )
        .await
        .unwrap();
        let rules: HashMap<String, Vec<String>> =
            stats.call("GetAllMatchRules", &()).await.unwrap();
        rules
            .get(&shown.sender)
            .is_some_and(|heard| heard.iter().any(|rule| rule.contains(PATH)))
    }
}
