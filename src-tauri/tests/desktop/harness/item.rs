//! The icon of a Padwatch as the program knows it that shows the icons.

use std::path::Path;

use super::desk::Desk;
use super::menu::Menu;
use super::screen::Pixels;
use super::wait::until;

pub(crate) const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const WATCHER_PATH: &str = "/StatusNotifierWatcher";
const ITEM: &str = "org.kde.StatusNotifierItem";

/// The icon.
pub(crate) struct Item {
    bus: zbus::Connection,
    owner: String,
    path: String,
}

impl Item {
    /// Padwatch's, once the panel has registered it.
    pub(crate) async fn shown(desk: &Desk) -> Self {
        let bus = desk.bus().await;
        until("Padwatch among the icons", async || {
            for name in registered(&bus).await? {
                let item = Self::named(&bus, &name);
                let id = item.text("Id").await.unwrap_or_default();
                if id.starts_with("padwatch") {
                    return Some(item);
                }
            }
            None
        })
        .await
    }

    /// By the name that a watcher gives it: its owner, or that and its path. GNOME's has an @ between.
    fn named(bus: &zbus::Connection, name: &str) -> Self {
        let (owner, path) = name.split_once('/').unwrap_or((name, "StatusNotifierItem"));
        Self {
            bus: bus.clone(),
            owner: owner.trim_end_matches('@').to_owned(),
            path: format!("/{path}"),
        }
    }

    /// Its menu, once it has one.
    pub(crate) async fn menu(&self) -> Menu {
        until("a menu", async || {
            Menu::of(&self.bus, &self.owner, &self.path).await
        })
        .await
    }

    /// What is read aloud of it, and shown beside the pointer.
    pub(crate) async fn title(&self) -> String {
        until("a title", async || self.text("Title").await).await
    }

    /// Waits until it has the picture of this state.
    pub(crate) async fn has_picture(&self, state: &str) {
        let expected = drawn(state);
        let item = self.proxy().await;
        until(&format!("the icon {state}"), async || {
            let pictures: Vec<(i32, i32, Vec<u8>)> = item.get_property("IconPixmap").await.ok()?;
            (pictures.first()?.2 == expected).then_some(())
        })
        .await;
    }

    async fn text(&self, property: &str) -> Option<String> {
        self.proxy().await.get_property(property).await.ok()
    }

    /// Asks each time: what is kept of an icon grows old.
    async fn proxy(&self) -> zbus::Proxy<'_> {
        zbus::proxy::Builder::new(&self.bus)
            .destination(self.owner.as_str())
            .unwrap()
            .path(self.path.as_str())
            .unwrap()
            .interface(ITEM)
            .unwrap()
            .cache_properties(zbus::proxy::CacheProperties::No)
            .build()
            .await
            .unwrap()
    }
}

/// The icon's picture of a state: of each pixel its alpha, red, green, and blue.
pub(crate) fn drawn(state: &str) -> Vec<u8> {
    let file = format!("icons/tray/panel/{state}.png");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let mut pixels = Pixels::read(&file).rgba;
    for pixel in pixels.chunks_exact_mut(4) {
        pixel.rotate_right(1);
    }
    pixels
}

/// The names of the icons; `None`: no one shows any.
async fn registered(bus: &zbus::Connection) -> Option<Vec<String>> {
    let properties = zbus::fdo::PropertiesProxy::new(bus, WATCHER, WATCHER_PATH);
    let interface = WATCHER.try_into().unwrap();
    let icons = properties
        .await
        .ok()?
        .get(interface, "RegisteredStatusNotifierItems")
        .await
        .ok()?;
    icons.try_into().ok()
}
