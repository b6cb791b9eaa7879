//! GNOME on Wayland, with or without the extension that shows icons. It is asked what it shows by
//! evaluating script in it, which its unsafe mode allows; the pointer is one of its own making.

use std::fs;
use std::ops::Range;
use std::path::PathBuf;

use serde::de::DeserializeOwned;

use super::desk::Desk;
use super::desktop::{Desktop, Focused};
use super::installed;
use super::item::{Item, WATCHER};
use super::screen;
use super::wait::{until, until_equal, until_ok};

const SCRIPT: &str = include_str!("gnome.js");
const SHELL: &str = "org.gnome.Shell";
const EXTENSION: &str = "ubuntu-appindicators@ubuntu.com";

/// What a person has who has used it before.
const SETTINGS: &str = "[org/gnome/shell]\n\
     welcome-dialog-last-shown-version='99'\n\
     disable-extension-version-validation=true\n\
     enabled-extensions=@EXTENSIONS@\n\
     [org/gnome/desktop/interface]\n\
     enable-animations=false\n";

/// It has said once that it can't lock the screen here, over everything else.
const WARNED: &str = ".local/share/gnome-shell/lock-warning-shown";

const SYSTEM_BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path=@RUNTIME@/system_bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// A desk with GNOME on it.
pub(crate) struct Gnome {
    desk: Desk,
    bus: zbus::Connection,
}

impl Gnome {
    /// GNOME with the extension, as Ubuntu and many others have it.
    pub(crate) async fn start() -> Self {
        Self::with(&format!("['{EXTENSION}']")).await
    }

    /// GNOME as it comes from GNOME.
    pub(crate) async fn without_icons() -> Self {
        Self::with("@as []").await
    }

    async fn with(extensions: &str) -> Self {
        let mut desk = Desk::without_screen();
        let settings = SETTINGS.replace("@EXTENSIONS@", extensions);
        desk.put(".config/glib-2.0/settings/keyfile", &settings)
            .unwrap();
        desk.put(WARNED, "").unwrap();
        desk.set("GSETTINGS_BACKEND", "keyfile");
        desk.set("XDG_SESSION_TYPE", "wayland");
        desk.set("XDG_CURRENT_DESKTOP", "GNOME");
        desk.set("LIBGL_ALWAYS_SOFTWARE", "1");
        installed::put(&desk);
        // What answers as the notification service, in a process of its own.
        desk.allow_service("org.gnome.Shell.Notifications");
        start_login_manager(&mut desk);
        desk.set("WAYLAND_DISPLAY", "padwatch-0");
        let mut shell = desk.command("gnome-shell");
        shell.args(["--headless", "--virtual-monitor", "1280x900"]);
        shell.args(["--unsafe-mode", "--wayland-display", "padwatch-0"]);
        desk.keep(&mut shell).unwrap();
        desk.wait_for_name(SHELL).unwrap();
        let mut gnome = Self {
            bus: desk.bus().await,
            desk,
        };
        gnome.wait_for_screen().await;
        gnome
    }

    async fn wait_for_screen(&mut self) {
        until("GNOME's script", async || {
            self.evaluated(&format!("(() => {{{SCRIPT}}})()"))
                .await
                .ok()
        })
        .await;
        until_equal("GNOME is up", Ok(true), async || {
            self.see("padwatch.isUp()").await
        })
        .await;
        // It starts in the overview.
        self.act("Main.overview.hide()").await;
        until_equal("the overview is gone", Ok(false), async || {
            self.see("Main.overview.visible").await
        })
        .await;
        let find = "['DISPLAY', 'XAUTHORITY'].map(imports.gi.GLib.getenv)";
        let [display, authority]: [String; 2] = self.see(find).await.unwrap();
        self.desk.set("DISPLAY", display);
        self.desk.set("XAUTHORITY", authority);
    }

    /// Switches the extension on, as its person does.
    pub(crate) async fn show_icons(&self) {
        self.act(&format!(
            "Main.extensionManager.enableExtension('{EXTENSION}')"
        ))
        .await;
    }

    /// What a script answers, in JSON; an error is told as text.
    async fn evaluated(&self, script: &str) -> Result<String, String> {
        let script = (format!("const padwatch = global.padwatch; {script}"),);
        let path = "/org/gnome/Shell";
        let call = self
            .bus
            .call_method(Some(SHELL), path, Some(SHELL), "Eval", &script);
        let answer = call.await.map_err(|error| error.to_string())?;
        let (succeeded, answer): (bool, String) = answer.body().deserialize().unwrap();
        if succeeded { Ok(answer) } else { Err(answer) }
    }

    /// Moves the pointer to a row. Returns true once it is there, and the row is the program's: rows get
    /// new numbers when one comes or goes, and a click that names an old one does nothing.
    async fn is_over_row(&self, row: &str) -> bool {
        let menu = Item::shown(&self.desk).await.menu().await;
        let number = menu.usable_row(row).await.id;
        let row = quoted(row);
        let shown = format!("padwatch.isOverRow({row}) && padwatch.numberOf({row}) === {number}");
        self.see(&shown).await == Ok(true)
    }

    async fn act(&self, script: &str) {
        self.evaluated(script).await.unwrap();
    }

    async fn see<T: DeserializeOwned>(&self, script: &str) -> Result<T, String> {
        let answer = self.evaluated(script).await?;
        serde_json::from_str(&answer).map_err(|error| format!("{error}: {answer}"))
    }

    /// Moves the pointer to something, once it is there, until it is under it.
    async fn point_at(&self, is_over: &str) {
        until_equal(is_over, Ok(true), async || self.see(is_over).await).await;
    }

    async fn click(&self, is_over: &str) {
        self.point_at(is_over).await;
        self.click_here().await;
    }

    async fn click_here(&self) {
        for (act, pressed) in [("press", true), ("release", false)] {
            self.act(&format!("padwatch.{act}(1)")).await;
            until_equal(act, Ok(pressed), async || {
                self.see("padwatch.isPressed()").await
            })
            .await;
        }
    }
}

impl Desktop for Gnome {
    const NAME: &'static str = "gnome";
    const APP: &'static str = "io.padwatch.Padwatch.desktop";
    const PANEL: Range<usize> = 0..32;

    fn desk(&self) -> &Desk {
        &self.desk
    }

    async fn choose(&self, row: &str) {
        // A click on an icon whose menu hasn't been read yet does nothing.
        until_ok(&format!("a row to choose: {row}"), async || {
            let rows = self.see::<Vec<(String, bool)>>("padwatch.rows()").await?;
            let fits = |(words, is_on): &(String, bool)| words.starts_with(row) && *is_on;
            match rows.iter().any(fits) {
                true => Ok(()),
                false => Err(format!("{rows:?}")),
            }
        })
        .await;
        self.click("padwatch.isOverIcon()").await;
        until_equal("the menu is open", Ok(true), async || {
            self.see("padwatch.isMenuOpen()").await
        })
        .await;
        // A menu that changes meanwhile moves its rows: what is clicked then may be a line between them.
        until("the menu is closed", async || {
            if self.see("padwatch.isMenuOpen()").await == Ok(false) {
                return Some(());
            }
            if self.is_over_row(row).await {
                self.click_here().await;
            }
            None
        })
        .await;
    }

    async fn point_at_notification(&self, title: &str) {
        self.point_at(&format!("padwatch.isOverBanner({})", quoted(title)))
            .await;
    }

    async fn press(&self, title: &str, button: &str) {
        self.point_at_notification(title).await;
        self.click(&format!("padwatch.isOverButton({})", quoted(button)))
            .await;
    }

    /// As a locked screen does.
    async fn restart_panel(&self) {
        let off = format!("Main.extensionManager.disableExtension('{EXTENSION}')");
        self.act(&off).await;
        until("no more icons", async || {
            self.desk.owner(WATCHER).await.is_none().then_some(())
        })
        .await;
        self.show_icons().await;
    }

    async fn copied(&self) -> Option<String> {
        self.act("padwatch.paste()").await;
        let [text] = until("what is pasted", async || {
            self.see::<Option<[Option<String>; 1]>>("padwatch.pasted")
                .await
                .unwrap()
        })
        .await;
        text
    }

    async fn copy_elsewhere(&self, text: &str) {
        self.act(&format!("padwatch.copy({})", quoted(text))).await;
    }

    async fn focused(&self) -> Option<Focused> {
        self.see("padwatch.focused()").await.unwrap()
    }

    fn picture(&self, name: &str) -> PathBuf {
        let taken = self.desk.folder("run").join("picture.png");
        let mut take = self.desk.command("gdbus");
        take.args(["call", "--session", "--dest", "org.gnome.Shell.Screenshot"])
            .args(["--object-path", "/org/gnome/Shell/Screenshot"])
            .args(["--method", "org.gnome.Shell.Screenshot.Screenshot"])
            .args(["true", "false"])
            .arg(&taken);
        assert!(take.output().unwrap().status.success());
        let file = screen::file(name);
        fs::copy(taken, &file).unwrap();
        file
    }
}

/// Without a login manager GNOME doesn't start. It asks for one on a bus of the system.
fn start_login_manager(desk: &mut Desk) {
    let runtime = desk.folder("run");
    let config = SYSTEM_BUS.replace("@RUNTIME@", &runtime.display().to_string());
    desk.put("run/system_bus.conf", &config).unwrap();
    let mut bus = desk.command("dbus-daemon");
    bus.arg("--config-file")
        .arg(runtime.join("system_bus.conf"))
        .args(["--nofork", "--nopidfile", "--print-address=1"]);
    let bus = desk.start_part(&mut bus, "").unwrap();
    // It prints its address when it listens.
    bus.next_line().unwrap().unwrap();
    desk.adopt(bus);
    let address = format!("unix:path={}", runtime.join("system_bus").display());
    desk.set("DBUS_SYSTEM_BUS_ADDRESS", address);
    // Debian's own, which has the package.
    let mut manager = desk.command("/usr/bin/python3");
    manager.args(["-m", "dbusmock", "--system", "--template", "logind"]);
    desk.keep(&mut manager).unwrap();
    let mut wait = desk.command("gdbus");
    wait.args([
        "wait",
        "--system",
        "--timeout",
        "20",
        "org.freedesktop.login1",
    ]);
    assert!(wait.status().unwrap().success());
}

/// As a text in a script.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}
