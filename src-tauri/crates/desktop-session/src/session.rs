use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::background::Background;
use crate::processes::end_all_at;
use crate::screen::Screen;

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
    <allow user="*"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// What lies in the home of the person who works there.
const FOLDERS: [&str; 6] = [
    "run",
    "bin",
    "services",
    "screen",
    ".config",
    ".local/share",
];

/// Debian's user `nobody`, whose group has the same number.
const NOBODY: u32 = 65_534;

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
    /// The user who works there; `None`: the one who starts the session.
    user: Option<u32>,
    /// Where everyone's complaints go.
    log: File,
    /// How its programs find its screen, and what else they all know.
    variables: BTreeMap<OsString, OsString>,
    parts: Vec<Background>,
    screen: Option<Screen>,
}

impl Session {
    /// Starts a screen and a bus. The folder becomes the home of the person who works there.
    ///
    /// # Errors
    /// When a folder can't be created, or when Xvfb or dbus-daemon don't start.
    pub fn start(home: &Path, services: Services) -> Result<Self> {
        let mut session = Self::of(home, None)?;
        let screen = Screen::start(&|options| session.serve_screen(options))?;
        session.set("DISPLAY", screen.name());
        session.set("GDK_BACKEND", "x11");
        session.screen = Some(screen);
        session.start_bus(services)?;
        Ok(session)
    }

    /// Starts a bus alone, for a desktop that is its own screen. Some of those refuse root: where
    /// root starts this, someone without rights works there.
    ///
    /// # Errors
    /// When a folder can't be created, or when dbus-daemon doesn't start.
    pub fn without_screen(home: &Path, services: Services) -> Result<Self> {
        let is_root = fs::metadata("/proc/self")?.uid() == 0;
        let mut session = Self::of(home, is_root.then_some(NOBODY))?;
        session.start_bus(services)?;
        Ok(session)
    }

    fn of(home: &Path, user: Option<u32>) -> Result<Self> {
        fs::create_dir_all(home)?;
        chown(home, user, user)?;
        let session = Self {
            home: home.to_owned(),
            user,
            log: File::create(home.join("log"))?,
            variables: BTreeMap::new(),
            parts: Vec::new(),
            screen: None,
        };
        for folder in FOLDERS {
            session.make_folder(Path::new(folder))?;
        }
        fs::set_permissions(home.join("run"), Permissions::from_mode(0o700))?;
        Ok(session)
    }

    /// Writes a file into the home, in a folder that the user owns.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn put(&self, file: impl AsRef<Path>, content: impl AsRef<[u8]>) -> Result<()> {
        let file = file.as_ref();
        self.make_folder(file.parent().context("a file lies in a folder")?)?;
        Ok(fs::write(self.home.join(file), content)?)
    }

    /// Makes a folder in the home, and its missing parents, owned by the user.
    fn make_folder(&self, folder: &Path) -> Result<()> {
        let mut path = self.home.clone();
        for part in folder {
            path.push(part);
            if !path.is_dir() {
                fs::create_dir(&path)?;
                chown(&path, self.user, self.user)?;
            }
        }
        Ok(())
    }

    /// Gives all programs that are started from now on a variable.
    pub fn set(&mut self, name: impl Into<OsString>, value: impl Into<OsString>) {
        self.variables.insert(name.into(), value.into());
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
            .env("XDG_RUNTIME_DIR", self.folder("run"))
            .env("DBUS_SESSION_BUS_ADDRESS", self.bus_address())
            .envs(&self.variables)
            .stdin(Stdio::null());
        if let Some(user) = self.user {
            command.uid(user).gid(user);
        }
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
        if let Some(screen) = &mut self.screen {
            screen.end();
        }
    }

    /// Starts a screen in the place of the one that was lost.
    ///
    /// # Errors
    /// When no screen comes back.
    pub fn return_screen(&mut self) -> Result<()> {
        let mut screen = self.screen.take().context("there never was a screen")?;
        let is_back = screen.start_again(&|options| self.serve_screen(options))?;
        self.screen = Some(screen);
        ensure!(is_back, "no screen came back");
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

    fn serve_screen(&self, options: &[&str]) -> Result<Background> {
        let mut server = self.command("Xvfb");
        server.args(options);
        server.arg("-fbdir").arg(self.folder("screen"));
        self.start_part(&mut server, "")
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
        // What the parts started, and what has left its parent.
        end_all_at(&self.home);
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
    fn what_a_program_of_the_session_left_behind_ends_with_it() {
        let home = tempfile::tempdir().unwrap();
        let session = Session::without_screen(home.path(), Services::Own).unwrap();
        let mut shell = session.command("sh");
        shell.args(["-c", "setsid sleep 600 >/dev/null 2>&1 & echo $!"]);
        let left = String::from_utf8(shell.output().unwrap().stdout).unwrap();
        let left = Path::new("/proc").join(left.trim());
        assert!(left.exists());
        drop(session);
        // Who waits for it is the system, in its own time.
        until("its end", || {
            let status = fs::read_to_string(left.join("status")).unwrap_or_default();
            Ok(!status.contains("(sleeping)"))
        })
        .unwrap();
    }
}
