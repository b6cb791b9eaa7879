//! A desktop session of its own to measure on: a screen that no one sees, a bus, a keyring, and a
//! panel with a tray.

use std::fs;
use std::ops::Deref;
use std::path::Path;

use anyhow::{Context, Result};
use desktop_session::{Background, Services, Session};

use crate::session::screen::Picture;

/// A tray and nothing else.
const PANEL: &str = "\
[General]
__userfile__=true
panels=panel1

[panel1]
plugins=statusnotifier

[statusnotifier]
type=statusnotifier
";

/// The session.
#[derive(Debug)]
pub(crate) struct Desktop(Session);

impl Desktop {
    /// Starts one. The folder becomes the home of the person who works there; what was in it goes.
    pub(crate) fn start(home: &Path) -> Result<Self> {
        if home.exists() {
            fs::remove_dir_all(home)?;
        }
        let panel = home.join(".config/lxqt");
        fs::create_dir_all(&panel)?;
        fs::write(panel.join("panel.conf"), PANEL)?;
        let mut session = Session::start(home, Services::Installed)?;
        let keyring = session.start_keyring(true)?;
        session.adopt(keyring);
        // On Qt: what shared Padwatch's GTK would take part of the weight of it.
        let mut panel = session.command("lxqt-panel");
        session.keep(&mut panel)?;
        session.wait_for_name("org.kde.StatusNotifierWatcher")?;
        session.start_manager()?;
        Ok(Self(session))
    }

    /// Puts a made-up key into the keyring, as Padwatch would.
    pub(crate) fn keep_key(&self, user: &str, key: &str) -> Result<()> {
        self.store_key(&["service", "padwatch", "username", user], key)
    }

    /// Begins to listen for tray icons; each is a line with `RegisterStatusNotifierItem`.
    pub(crate) fn icons(&self) -> Result<Background> {
        let mut monitor = self.command("dbus-monitor");
        monitor.args(["--session", "--profile"]);
        monitor
            .arg("interface='org.kde.StatusNotifierWatcher',member='RegisterStatusNotifierItem'");
        let monitor = self.start_part(&mut monitor, "")?;
        // Giving up its own name on the bus is the last thing it does before it listens.
        monitor.line_with("NameLost")?;
        Ok(monitor)
    }

    /// What is on the screen now.
    pub(crate) fn screen(&self) -> Result<Picture> {
        let file = self.folder("screen").join("Xvfb_screen0");
        Picture::of(fs::read(file)?).context("Xvfb keeps its screen in another shape")
    }
}

impl Deref for Desktop {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.0
    }
}
