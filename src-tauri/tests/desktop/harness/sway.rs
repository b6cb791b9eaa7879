//! sway, as on a computer of its own: waybar with a tray, mako for notifications, no pointer.

use std::collections::HashMap;
use std::fs;
use std::ops::Range;
use std::path::PathBuf;

use serde::Serialize;
use serde_json::Value;
use zbus::zvariant::OwnedValue;

use super::clipboard;
use super::desk::Desk;
use super::desktop::{Desktop, Focused};
use super::installed;
use super::item::{Item, WATCHER};
use super::screen;
use super::wait::{until, until_ok};

/// `env` is where sway says how programs find it. It is there at once, or not at all.
const CONFIG: &str = r#"
output HEADLESS-1 resolution 1280x900
output * background #35506b solid_color
default_border normal
bar {
    swaybar_command waybar
}
exec mako
exec sh -c 'env > "$HOME/env.part" && mv "$HOME/env.part" "$HOME/env"'
"#;

const BAR: &str = r#"{"layer": "top", "height": 28, "modules-right": ["tray"]}"#;

/// A notification as mako lists it.
type Notification = HashMap<String, OwnedValue>;

/// A desk with sway on it.
pub(crate) struct Sway {
    desk: Desk,
}

impl Sway {
    /// Starts it, and waits until icons and notifications can be shown.
    pub(crate) async fn start() -> Self {
        let mut desk = Desk::without_screen();
        installed::put(&desk);
        desk.put(".config/sway/config", CONFIG).unwrap();
        desk.put(".config/waybar/config", BAR).unwrap();
        // Where a package puts them, it looks by itself.
        let icons = desk.folder(".local/share/icons/hicolor");
        let icons = format!("icon-path={}\n", icons.display());
        desk.put(".config/mako/config", icons).unwrap();
        desk.set("XDG_SESSION_TYPE", "wayland");
        desk.set("XDG_CURRENT_DESKTOP", "sway");
        let mut sway = desk.command("sway");
        sway.env("WLR_BACKENDS", "headless")
            .env("WLR_LIBINPUT_NO_DEVICES", "1")
            .env("WLR_RENDERER", "pixman");
        desk.keep(&mut sway).unwrap();
        let told = desk.folder("env");
        let variables = until("sway", async || fs::read_to_string(&told).ok()).await;
        let variables: HashMap<&str, &str> = variables
            .lines()
            .filter_map(|line| line.split_once('='))
            .collect();
        for name in ["WAYLAND_DISPLAY", "DISPLAY", "SWAYSOCK"] {
            desk.set(name, variables[name]);
        }
        for name in [WATCHER, "org.freedesktop.Notifications"] {
            desk.wait_for_name(name).unwrap();
        }
        Self { desk }
    }

    fn ask(&self, program: &str, options: &[&str]) -> Vec<u8> {
        let said = self.desk.command(program).args(options).output().unwrap();
        assert!(said.status.success(), "{program} {options:?}: {said:?}");
        said.stdout
    }

    /// Waits for the notification whose title begins like this: its number, its buttons' keys, and
    /// what stands on them.
    async fn notification(&self, title: &str) -> (u32, HashMap<String, String>) {
        until_ok(title, async || {
            let shown = self.notifications().await;
            let mut found = shown.iter().filter_map(|one| titled(one, title));
            found.next().ok_or(shown)
        })
        .await
    }

    /// Those that are on the screen.
    async fn notifications(&self) -> Vec<Notification> {
        let shown = self.mako("ListNotifications", &()).await;
        shown.body().deserialize().unwrap()
    }

    async fn mako(
        &self,
        method: &str,
        asked: &(impl Serialize + zbus::zvariant::DynamicType),
    ) -> zbus::Message {
        let (service, path) = ("org.freedesktop.Notifications", "/fr/emersion/Mako");
        let interface = Some("fr.emersion.Mako");
        let bus = self.desk.bus().await;
        let call = bus.call_method(Some(service), path, interface, method, asked);
        call.await.unwrap()
    }
}

impl Desktop for Sway {
    const NAME: &'static str = "sway";
    const APP: &'static str = "padwatch";
    const PANEL: Range<usize> = 0..28;

    fn desk(&self) -> &Desk {
        &self.desk
    }

    /// There is no pointer: it is chosen as the bar would.
    async fn choose(&self, row: &str) {
        Item::shown(&self.desk).await.menu().await.click(row).await;
    }

    /// Nor does it need one to stay.
    async fn point_at_notification(&self, title: &str) {
        self.notification(title).await;
    }

    async fn press(&self, title: &str, button: &str) {
        let (number, buttons) = self.notification(title).await;
        let (key, _) = buttons.iter().find(|(_, label)| *label == button).unwrap();
        self.mako("InvokeAction", &(number, key)).await;
        until("the notification is gone", async || {
            let shown = self.notifications().await;
            shown
                .iter()
                .all(|one| titled(one, title).is_none())
                .then_some(())
        })
        .await;
    }

    async fn restart_panel(&self) {
        let before = self.desk.owner(WATCHER).await;
        self.ask("swaymsg", &["reload"]);
        until("the new bar", async || {
            let after = self.desk.owner(WATCHER).await;
            (after.is_some() && after != before).then_some(())
        })
        .await;
    }

    async fn copied(&self) -> Option<String> {
        clipboard::wayland(&self.desk)
    }

    async fn copy_elsewhere(&self, text: &str) {
        clipboard::replace_wayland(&self.desk, text);
    }

    async fn focused(&self) -> Option<Focused> {
        let tree = serde_json::from_slice(&self.ask("swaymsg", &["-t", "get_tree"])).unwrap();
        focused_in(&tree)
    }

    fn picture(&self, name: &str) -> PathBuf {
        let file = screen::file(name);
        fs::write(&file, self.ask("grim", &["-"])).unwrap();
        file
    }
}

/// Number and buttons of a notification whose title begins like this.
fn titled(one: &Notification, title: &str) -> Option<(u32, HashMap<String, String>)> {
    let text = <&str>::try_from(one.get("summary")?).ok()?;
    let number = u32::try_from(one.get("id")?).ok()?;
    let buttons = one.get("actions")?.try_clone().ok()?.try_into().ok()?;
    text.starts_with(title).then_some((number, buttons))
}

/// The window that has the keyboard.
fn focused_in(node: &Value) -> Option<Focused> {
    if node["pid"].is_number() && node["focused"] == true {
        return Some(Focused {
            title: node["name"].as_str()?.to_owned(),
            app: node["app_id"].as_str().unwrap_or_default().to_owned(),
        });
    }
    let inside = ["nodes", "floating_nodes"].into_iter();
    let mut inside = inside.filter_map(|kind| node[kind].as_array()).flatten();
    inside.find_map(focused_in)
}
