//! The session: a screen, a bus, and a home of its own. Everything ends with it.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use tempfile::TempDir;

/// A bus on which nothing starts by itself, except what `services` holds.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=@RUNTIME@/bus</listen>
  <auth>EXTERNAL</auth>
  <servicedir>@SERVICES@</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// Counted upwards, never chosen by the X server: two that start at the same moment, where a third
/// was just killed, can both believe that they have its number, and so can one that comes back.
static NEXT_DISPLAY: AtomicU32 = AtomicU32::new(50);

/// A session that nobody else sees.
pub(crate) struct Desk {
    home: TempDir,
    number: u32,
    // Ended in this order: whoever needs the bus and the screen first.
    children: Vec<Ended>,
    screen: Option<Ended>,
}

/// A program that ends when it is dropped.
pub(crate) struct Ended(pub(crate) Child);

/// Whether a file is the ledger, or belongs to it: the only place for candidates.
pub(crate) fn is_ledger(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with("ledger.sqlite3"))
}

impl Drop for Ended {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Desk {
    /// A screen and a bus, nothing else.
    pub(crate) fn bare() -> Self {
        let home = tempfile::Builder::new()
            .prefix("padwatch-desk-")
            .tempdir()
            .unwrap();
        for folder in ["run", "data", ".config", "cache", "services", "bin"] {
            fs::create_dir(home.path().join(folder)).unwrap();
        }
        private(&home.path().join("run"));
        let mut desk = Self {
            home,
            number: 0,
            children: Vec::new(),
            screen: None,
        };
        // Another program on this computer may have the number.
        while !desk.start_screen(NEXT_DISPLAY.fetch_add(1, Ordering::Relaxed)) {}
        desk.start_bus();
        desk
    }

    /// Starts the X server with this number. Returns true if it could have it.
    fn start_screen(&mut self, number: u32) -> bool {
        let mut screen = self
            .command("Xvfb")
            .arg(format!(":{number}"))
            .args([
                // Otherwise it starts anew whenever its last client leaves, and throws out whoever
                // is just coming: a look at the screen would keep the window manager away.
                "-noreset",
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1280x900x24",
                "-nolisten",
                "tcp",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed");
        // It prints its number when it listens, and nothing if it can't.
        let mut listens = String::new();
        BufReader::new(screen.stdout.take().unwrap())
            .read_line(&mut listens)
            .unwrap();
        self.number = number;
        self.screen = Some(Ended(screen));
        !listens.is_empty()
    }

    /// Ends the screen, as a crash of the X server does.
    pub(crate) fn lose_screen(&mut self) {
        self.screen = None;
    }

    /// Starts a screen in the place of the one that was lost.
    pub(crate) fn return_screen(&mut self) {
        assert!(self.start_screen(self.number), "no screen came back");
    }

    fn start_bus(&mut self) {
        let config = BUS
            .replace("@RUNTIME@", &self.folder("run").display().to_string())
            .replace("@SERVICES@", &self.folder("services").display().to_string());
        let path = self.folder("run").join("bus.conf");
        fs::write(&path, config).unwrap();
        let mut bus = self
            .command("dbus-daemon")
            .arg("--config-file")
            .arg(path)
            .args(["--nofork", "--nopidfile", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is installed");
        // It prints its address when it listens.
        BufReader::new(bus.stdout.take().unwrap())
            .read_line(&mut String::new())
            .unwrap();
        self.children.push(Ended(bus));
    }

    /// The session's address on the bus.
    pub(crate) fn bus_address(&self) -> String {
        format!("unix:path={}", self.folder("run").join("bus").display())
    }

    /// A connection to the session's bus.
    pub(crate) async fn bus(&self) -> zbus::Connection {
        zbus::connection::Builder::address(self.bus_address().as_str())
            .unwrap()
            .build()
            .await
            .unwrap()
    }

    /// One of the session's folders.
    pub(crate) fn folder(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Where a program without `--profile` keeps its things.
    pub(crate) fn profile(&self) -> PathBuf {
        self.folder("data").join("padwatch")
    }

    /// A command that sees this session and no other.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        let path = std::env::var("PATH").unwrap_or_default();
        command
            .env_clear()
            .env("PATH", format!("{}:{path}", self.folder("bin").display()))
            .env("HOME", self.home.path())
            .env("LANG", "C.UTF-8")
            .env("TZ", "UTC")
            .env("DISPLAY", format!(":{}", self.number))
            .env("GDK_BACKEND", "x11")
            .env("NO_AT_BRIDGE", "1")
            .env("XDG_RUNTIME_DIR", self.folder("run"))
            .env("XDG_DATA_HOME", self.folder("data"))
            .env("XDG_CONFIG_HOME", self.folder(".config"))
            .env("XDG_CACHE_HOME", self.folder("cache"))
            .env("DBUS_SESSION_BUS_ADDRESS", self.bus_address())
            .stdin(Stdio::null());
        command
    }

    /// Starts a program that runs until the session ends.
    pub(crate) fn keep(&mut self, command: &mut Command) {
        let child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        self.children.insert(0, Ended(child));
    }

    /// Puts a program in the place of one that would open a browser. It notes the address.
    pub(crate) fn note_opened_links(&self) -> PathBuf {
        let noted = self.folder("run").join("opened");
        for name in ["xdg-open", "x-www-browser"] {
            self.put_program(name, &format!("echo \"$1\" >> {}", noted.display()));
        }
        noted
    }

    /// Puts a script in the place of a program.
    pub(crate) fn put_program(&self, name: &str, script: &str) {
        let file = self.folder("bin").join(name);
        fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
        executable(&file);
    }

    /// All text below a folder that contains any of the words.
    pub(crate) fn files_with(folder: &Path, words: &[&str]) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                // Sockets can't be read.
                if !path.is_file() {
                    continue;
                }
                let mut bytes = Vec::new();
                fs::File::open(&path)
                    .unwrap()
                    .read_to_end(&mut bytes)
                    .unwrap();
                let has = |word: &&str| {
                    bytes
                        .windows(word.len())
                        .any(|part| part == word.as_bytes())
                };
                if words.iter().any(has) {
                    found.push(path);
                }
            }
        }
        found
    }
}

fn private(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).unwrap();
}

fn executable(file: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
}
