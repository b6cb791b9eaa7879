//! A tray without a panel: the watcher that icons register with.

use std::sync::{Arc, Mutex};

use zbus::object_server::SignalEmitter;

use super::desk::Desk;
use super::menu::Menu;
use super::wait::until;

const NAME: &str = "org.kde.StatusNotifierWatcher";
const PATH: &str = "/StatusNotifierWatcher";

/// The place where icons are shown.
pub(crate) struct Tray {
    bus: zbus::Connection,
    // Menus can still be read when the tray has ended.
    reader: zbus::Connection,
    icons: Arc<Mutex<Vec<Icon>>>,
}

/// An icon that was put there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Icon {
    owner: String,
    path: String,
}

struct Watcher {
    icons: Arc<Mutex<Vec<Icon>>>,
}

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    async fn register_status_notifier_item(
        &mut self,
        service: String,
        #[zbus(header)] header: zbus::message::Header<'_>,
        #[zbus(signal_emitter)] to: SignalEmitter<'_>,
    ) {
        // Some register by a path of theirs, others by a name and the usual path.
        let path = match service.starts_with('/') {
            true => service.clone(),
            false => "/StatusNotifierItem".to_owned(),
        };
        let owner = header.sender().unwrap().to_string();
        let icon = Icon { owner, path };
        {
            let mut icons = self.icons.lock().unwrap();
            if !icons.contains(&icon) {
                icons.push(icon);
            }
        }
        Self::status_notifier_item_registered(&to, &service)
            .await
            .unwrap();
    }

    fn register_status_notifier_host(&self, _service: String) {}

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        let icons = self.icons.lock().unwrap();
        icons
            .iter()
            .map(|icon| format!("{}{}", icon.owner, icon.path))
            .collect()
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }

    #[zbus(signal)]
    async fn status_notifier_item_registered(
        to: &SignalEmitter<'_>,
        service: &str,
    ) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn status_notifier_host_registered(to: &SignalEmitter<'_>) -> zbus::Result<()>;
}

impl Tray {
    /// Starts the watcher on the session's bus.
    pub(crate) async fn serve(desk: &Desk) -> Self {
        let icons = Arc::new(Mutex::new(Vec::new()));
        let bus = desk.bus().await;
        bus.object_server()
            .at(
                PATH,
                Watcher {
                    icons: icons.clone(),
                },
            )
            .await
            .unwrap();
        bus.request_name(NAME).await.unwrap();
        Self {
            bus,
            reader: desk.bus().await,
            icons,
        }
    }

    /// How many icons were put there so far.
    pub(crate) fn icons(&self) -> usize {
        self.icons.lock().unwrap().len()
    }

    /// A text that an icon says of itself, in the order in which they came.
    pub(crate) async fn property_of(&self, icon: usize, name: &'static str) -> String {
        let proxy = self.item(icon).await;
        until(name, async || proxy.get_property::<String>(name).await.ok()).await
    }

    /// The picture of an icon: alpha, red, green and blue of each pixel.
    pub(crate) async fn pixels_of(&self, icon: usize) -> Vec<u8> {
        let proxy = self.item(icon).await;
        let pictures = until("the icon's picture", async || {
            proxy
                .get_property::<Vec<(i32, i32, Vec<u8>)>>("IconPixmap")
                .await
                .ok()
        });
        pictures.await.pop().unwrap().2
    }

    /// Clicks an icon itself, in the order in which they came.
    pub(crate) async fn click(&self, icon: usize) {
        let proxy = self.item(icon).await;
        let () = proxy.call("Activate", &(0_i32, 0_i32)).await.unwrap();
    }

    async fn item(&self, icon: usize) -> zbus::Proxy<'_> {
        let icon = self.icons.lock().unwrap()[icon].clone();
        let item = "org.kde.StatusNotifierItem";
        zbus::Proxy::new(&self.bus, icon.owner, icon.path, item)
            .await
            .unwrap()
    }

    /// Ends it, as a restart of the panel does.
    pub(crate) async fn end(self) {
        self.bus.close().await.unwrap();
    }

    /// Waits for the newest icon of a program that is still there, and gives its menu.
    pub(crate) async fn menu(&self) -> Menu {
        let names = zbus::fdo::DBusProxy::new(&self.bus).await.unwrap();
        until("an icon in the tray", async || {
            let icon = self.icons.lock().unwrap().last().cloned()?;
            let owner = zbus::names::BusName::try_from(icon.owner.clone()).unwrap();
            if !names.name_has_owner(owner).await.unwrap() {
                return None;
            }
            Menu::of(&self.reader, &icon.owner, &icon.path).await
        })
        .await
    }
}
