use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions, Permissions, TryLockError};
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::background::Background;

/// What doesn't start by then won't.
const PATIENCE: Duration = Duration::from_secs(20);

const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=@RUNTIME@/bus</listen>
  <auth>EXTERNAL</auth>
  @SERVICES@
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// So many numbers are tried for a screen. Sessions claim them, the X server never chooses: two that
/// start at the same moment, where a third was just killed, can both believe that they have its
/// number, and a program whose screen was lost would come back on another session's.
const MOST_TRIED: u32 = 1_000;

/// Where all sessions see each other's claims: where X servers keep their own locks.
const LOCKS: &str = "/tmp";

/// What starts on the bus when a program asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Services {
    /// Whatever is installed on this computer, as on a person's desktop.
    Installed,
    /// Nothing but what lies in the session's folder `services`.
    Own,
}

/// The session. All of it ends when this is dropped, the newest part first.
#[derive(Debug)]
pub struct Session {
    home: PathBuf,
    display: u32,
    /// Where everyone's complaints go.
    log: File,
    parts: Vec<Background>,
    screen: Option<Background>,
    /// Keeps the screen's number from other sessions, also while the screen is lost.
    number: Option<File>,
}

/// Takes a screen's number from all other sessions on this computer, whatever process they are in,
/// until the file is dropped. `None`: another session has it.
fn claim(number: u32) -> Result<Option<File>> {
    let path = Path::new(LOCKS).join(format!(".padwatch-display-{number}"));
    let mut options = OpenOptions::new();
    let file = match options.create(true).truncate(false).write(true).open(path) {
        Ok(file) => file,
        // Another user's session had the number once.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

impl Session {
    /// Starts a screen and a bus. The folder becomes the home of the person who works there.
    ///
    /// # Errors
    /// When a folder can't be created, or when Xvfb or dbus-daemon don't start.
    pub fn start(home: &Path, services: Services) -> Result<Self> {
        for folder in [
            "run",
            "bin",
            "services",
            "screen",
            ".config",
            ".local/share",
        ] {
            fs::create_dir_all(home.join(folder))?;
        }
        fs::set_permissions(home.join("run"), Permissions::from_mode(0o700))?;
        let mut session = Self {
            home: home.to_owned(),
            display: 0,
            log: File::create(home.join("log"))?,
            parts: Vec::new(),
            screen: None,
            number: None,
        };
        session.start_on_a_free_screen()?;
        session.start_bus(services)?;
        Ok(session)
    }

    /// The home of the person who works there.
    #[must_use]
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// One of the session's folders.
    #[must_use]
    pub fn folder(&self, name: &str) -> PathBuf {
        self.home.join(name)
    }

    /// The session's address on the bus.
    #[must_use]
    pub fn bus_address(&self) -> String {
        format!("unix:path={}", self.folder("run").join("bus").display())
    }

    /// A command that sees this session and no other.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        let path = std::env::var("PATH").unwrap_or_default();
        command
            .env_clear()
            .env("PATH", format!("{}:{path}", self.folder("bin").display()))
            .env("HOME", &self.home)
            .env("LANG", "C.UTF-8")
            .env("TZ", "UTC")
            .env("DISPLAY", format!(":{}", self.display))
            .env("GDK_BACKEND", "x11")
            .env("XDG_RUNTIME_DIR", self.folder("run"))
            .env("DBUS_SESSION_BUS_ADDRESS", self.bus_address())
            .stdin(Stdio::null());
        command
    }

    /// Starts a program of the session and hands it a text to read. What it complains about goes to
    /// the file `log` in the session's home.
    ///
    /// # Errors
    /// When it can't be started.
    pub fn start_part(&self, command: &mut Command, told: &str) -> Result<Background> {
        Background::start(command.stderr(self.log.try_clone()?), told)
    }

    /// Starts a program that runs until the session ends.
    ///
    /// # Errors
    /// When it can't be started.
    pub fn keep(&mut self, command: &mut Command) -> Result<()> {
        let part = self.start_part(command, "")?;
        self.parts.push(part);
        Ok(())
    }

    /// Keeps a program that runs already until the session ends.
    pub fn adopt(&mut self, part: Background) {
        self.parts.push(part);
    }

    /// Ends the screen, as a crash of the X server does.
    pub fn lose_screen(&mut self) {
        self.screen = None;
    }

    /// Starts a screen in the place of the one that was lost.
    ///
    /// # Errors
    /// When no screen comes back.
    pub fn return_screen(&mut self) -> Result<()> {
        ensure!(self.start_screen(self.display)?, "no screen came back");
        Ok(())
    }

    /// Waits until a program has this name on the bus.
    ///
    /// # Errors
    /// When none has it in time.
    pub fn wait_for_name(&self, name: &str) -> Result<()> {
        let mut wait = self.command("gdbus");
        wait.args(["wait", "--session", "--timeout", "20", name]);
        ensure!(wait.status()?.success(), "{name} is not on the bus");
        Ok(())
    }

    fn start_on_a_free_screen(&mut self) -> Result<()> {
        // Each process begins elsewhere: a program of a session that has ended may wait for its screen.
        let first = 50 + std::process::id() % 30_000;
        for number in first..first + MOST_TRIED {
            self.number = claim(number)?;
            // A program that is no session may have the number.
            if self.number.is_some() && self.start_screen(number)? {
                return Ok(());
            }
        }
        bail!("no screen is free")
    }

    /// Starts the X server with this number. Returns true if it could have it.
    fn start_screen(&mut self, number: u32) -> Result<bool> {
        let mut screen = self.command("Xvfb");
        screen.arg(format!(":{number}")).args([
            // Otherwise it starts again whenever its last client leaves, and throws out the one
            // that is just coming: a look at the screen would keep the window manager away.
            "-noreset",
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1280x900x24",
            "-nolisten",
            "tcp",
        ]);
        screen.arg("-fbdir").arg(self.folder("screen"));
        let screen = self.start_part(&mut screen, "")?;
        // It prints its number when it listens, and nothing if it can't.
        let listens = screen.next_line()?.is_some();
        self.display = number;
        self.screen = Some(screen);
        Ok(listens)
    }

    fn start_bus(&mut self, services: Services) -> Result<()> {
        let services = match services {
            Services::Installed => "<standard_session_servicedirs/>".to_owned(),
            Services::Own => {
                let folder = self.folder("services");
                format!("<servicedir>{}</servicedir>", folder.display())
            }
        };
        let runtime = self.folder("run");
        let config = BUS.replace("@RUNTIME@", &runtime.display().to_string());
        let file = runtime.join("bus.conf");
        fs::write(&file, config.replace("@SERVICES@", &services))?;
        let mut bus = self.command("dbus-daemon");
        bus.arg("--config-file").arg(file);
        bus.args(["--nofork", "--nopidfile", "--print-address=1"]);
        let bus = self.start_part(&mut bus, "")?;
        // It prints its address when it listens.
        bus.next_line()?.context("dbus-daemon doesn't start")?;
        self.parts.push(bus);
        Ok(())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        while self.parts.pop().is_some() {}
        self.screen = None;
    }
}

/// Looks until there is something to see.
pub(crate) fn until(what: &str, mut look: impl FnMut() -> Result<bool>) -> Result<()> {
    let begun = Instant::now();
    while !look()? {
        if begun.elapsed() > PATIENCE {
            bail!("never seen: {what}");
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screens_number_is_one_sessions_until_it_ends() {
        let number = 60_000;
        let first = claim(number).unwrap();
        assert!(first.is_some());
        assert!(claim(number).unwrap().is_none());
        drop(first);
        assert!(claim(number).unwrap().is_some());
    }
}
