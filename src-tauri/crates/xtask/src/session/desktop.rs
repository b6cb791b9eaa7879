//! A desktop session of its own to measure on: a screen that nobody sees, a bus, a keyring, and a
//! panel with a tray.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::programs;
use crate::session::background::Background;
use crate::session::screen::Picture;

/// The panel asks for its first layout unless it finds one: a tray and nothing else.
const PANEL: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="size" type="uint" value="32"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray"/>
  </property>
</channel>
"#;

/// The session. It ends when this is dropped, the newest part first.
#[derive(Debug)]
pub(crate) struct Desktop {
    home: PathBuf,
    surroundings: Vec<(&'static str, OsString)>,
    /// Where everybody's complaints go.
    log: File,
    parts: Vec<Background>,
}

impl Desktop {
    /// Starts one. The folder becomes the home of whoever works there; what was in it goes.
    pub(crate) fn start(home: &Path) -> Result<Self> {
        if home.exists() {
            fs::remove_dir_all(home)?;
        }
        let runtime = home.join("run");
        let panel = home.join(".config/xfce4/xfconf/xfce-perchannel-xml");
        fs::create_dir_all(&runtime)?;
        fs::create_dir_all(&panel)?;
        fs::set_permissions(&runtime, Permissions::from_mode(0o700))?;
        fs::write(panel.join("xfce4-panel.xml"), PANEL)?;
        let mut desktop = Self {
            home: home.to_owned(),
            surroundings: vec![("HOME", home.into()), ("XDG_RUNTIME_DIR", runtime.into())],
            log: File::create(home.join("log"))?,
            parts: Vec::new(),
        };
        desktop.start_screen()?;
        desktop.start_bus()?;
        desktop.start_keyring()?;
        desktop.start_panel()?;
        desktop.start_manager()?;
        Ok(desktop)
    }

    /// The home of whoever works there.
    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    /// A command that runs in this session.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Result<Command> {
        let mut command = Command::new(program);
        for name in [
            "XDG_CONFIG_HOME",
            "XDG_DATA_HOME",
            "XDG_CACHE_HOME",
            "WAYLAND_DISPLAY",
        ] {
            command.env_remove(name);
        }
        command
            .envs(self.surroundings.iter().cloned())
            .stdin(Stdio::null())
            .stderr(self.log.try_clone()?);
        Ok(command)
    }

    /// Puts a made-up key into the keyring, as Padwatch would.
    pub(crate) fn keep_key(&self, user: &str, key: &str) -> Result<()> {
        let mut tool = self.command("secret-tool")?;
        tool.args([
            "store",
            "--label=padwatch",
            "service",
            "padwatch",
            "username",
            user,
        ]);
        let mut tool = tool.stdin(Stdio::piped()).spawn()?;
        let mut input = tool.stdin.take().context("secret-tool takes no input")?;
        input.write_all(key.as_bytes())?;
        drop(input);
        ensure!(tool.wait()?.success(), "the keyring didn't take the key");
        Ok(())
    }

    /// Begins to listen for tray icons; each is a line with `RegisterStatusNotifierItem`.
    pub(crate) fn icons(&self) -> Result<Background> {
        let mut monitor = self.command("dbus-monitor")?;
        monitor.args(["--session", "--profile"]);
        monitor
            .arg("interface='org.kde.StatusNotifierWatcher',member='RegisterStatusNotifierItem'");
        let monitor = Background::start(&mut monitor, "")?;
        // Giving up its own name on the bus is the last thing it does before it listens.
        monitor.line_with("NameLost")?;
        Ok(monitor)
    }

    /// What is on the screen now.
    pub(crate) fn screen(&self) -> Result<Picture> {
        let file = self.home.join("screen/Xvfb_screen0");
        Picture::of(fs::read(file)?).context("Xvfb keeps its screen in another shape")
    }

    /// Whether a window with such a title can be seen; the title is a regular expression.
    pub(crate) fn sees_window(&self, title: &str) -> Result<bool> {
        let mut search = self.command("xdotool")?;
        search.args(["search", "--onlyvisible", "--name", title]);
        Ok(programs::answer(&mut search)?.is_some())
    }

    fn start_screen(&mut self) -> Result<()> {
        let mut screen = self.command("Xvfb")?;
        let kept = self.home.join("screen");
        fs::create_dir(&kept)?;
        screen.arg("-fbdir").arg(kept);
        screen.args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1280x800x24",
            "-nolisten",
            "tcp",
        ]);
        let screen = Background::start(&mut screen, "")?;
        let display = format!(":{}", screen.line_with("")?);
        self.surroundings.push(("DISPLAY", display.into()));
        self.parts.push(screen);
        Ok(())
    }

    fn start_bus(&mut self) -> Result<()> {
        let mut bus = self.command("dbus-daemon")?;
        bus.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]);
        let bus = Background::start(&mut bus, "")?;
        let address = bus.line_with("unix:")?;
        self.surroundings
            .push(("DBUS_SESSION_BUS_ADDRESS", address.into()));
        self.parts.push(bus);
        Ok(())
    }

    fn start_keyring(&mut self) -> Result<()> {
        let mut keyring = self.command("gnome-keyring-daemon")?;
        keyring.args(["--unlock", "--components=secrets", "--foreground"]);
        self.parts
            .push(Background::start(&mut keyring, "any password")?);
        self.wait_for("org.freedesktop.secrets")
    }

    fn start_panel(&mut self) -> Result<()> {
        let mut panel = self.command("xfce4-panel")?;
        panel.arg("--disable-wm-check");
        self.parts.push(Background::start(&mut panel, "")?);
        self.wait_for("org.kde.StatusNotifierWatcher")
    }

    /// Windows are placed, activated and closed by keys.
    fn start_manager(&mut self) -> Result<()> {
        let mut manager = self.command("openbox")?;
        self.parts.push(Background::start(&mut manager, "")?);
        Ok(())
    }

    fn wait_for(&self, name: &str) -> Result<()> {
        let mut wait = self.command("gdbus")?;
        wait.args(["wait", "--session", "--timeout", "20", name]);
        ensure!(wait.status()?.success(), "{name} is not on the bus");
        Ok(())
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        while self.parts.pop().is_some() {}
    }
}
