//! A panel with a tray, for pictures of what people see.

use super::desk::Desk;
use super::item::Item;
use super::menu::Menu;
use super::wait::until;

const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// A panel along the top of the screen, with nothing in it but the tray.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="dark-mode" type="bool" value="true"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="30"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
        <value type="int" value="2"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
      <property name="style" type="uint" value="0"/>
    </property>
    <property name="plugin-2" type="string" value="systray">
      <property name="square-icons" type="bool" value="true"/>
    </property>
  </property>
</channel>
"#;

/// A running panel.
pub(crate) struct Panel;

impl Panel {
    /// Starts the panel, and waits until icons can be put into it.
    pub(crate) fn start(desk: &mut Desk) -> Self {
        let settings = ".config/xfce4/xfconf/xfce-perchannel-xml/xfce4-panel.xml";
        desk.put(settings, SETTINGS).unwrap();
        desk.allow_service("org.xfce.Xfconf");
        desk.start_manager().unwrap();
        let mut panel = desk.command("xfce4-panel");
        panel.arg("--disable-wm-check");
        desk.keep(&mut panel).unwrap();
        desk.wait_for_name(WATCHER).unwrap();
        Self
    }

    /// Waits for the icon, and gives its menu.
    pub(crate) async fn menu(&self, desk: &Desk) -> Menu {
        Item::shown(desk).await.menu().await
    }

    /// Opens the icon's menu, and waits until it can be seen.
    pub(crate) async fn open_menu(&self, desk: &Desk) {
        // The tray is at the right end of the panel. A click opens the window, and this the menu.
        let click = ["mousemove", "1263", "15", "click", "3"];
        assert!(
            desk.command("xdotool")
                .args(click)
                .status()
                .unwrap()
                .success()
        );
        until("the menu on the screen", async || {
            let found = desk
                .command("xdotool")
                .args([
                    "search",
                    "--onlyvisible",
                    "--class",
                    "xfce4-panel|wrapper-2.0",
                ])
                .output()
                .unwrap();
            // The panel itself, and the menu.
            (String::from_utf8(found.stdout).unwrap().lines().count() > 1).then_some(())
        })
        .await;
    }
}
