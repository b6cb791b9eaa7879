//! The session, with a home that goes with it.

use std::fs;
use std::io::Read as _;
use std::ops::{Deref, DerefMut};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use desktop_session::{Services, Session};
use tempfile::TempDir;

/// A session that no one else sees, on whose bus nothing starts automatically.
pub(crate) struct Desk {
    session: Session,
    // Goes after whatever writes into it.
    _home: TempDir,
}

/// A program that ends when it is dropped.
pub(crate) struct Ended(pub(crate) Child);

/// Returns true if a file is the ledger, or belongs to it: the only place for candidates.
pub(crate) fn is_ledger(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with("ledger.sqlite3"))
}

impl Drop for Ended {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Deref for Desk {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.session
    }
}

impl DerefMut for Desk {
    fn deref_mut(&mut self) -> &mut Session {
        &mut self.session
    }
}

impl Desk {
    /// A screen and a bus, nothing else.
    pub(crate) fn bare() -> Self {
        let home = tempfile::Builder::new().prefix("padwatch-desk-").tempdir();
        let home = home.unwrap();
        Self {
            session: Session::start(home.path(), Services::Own).unwrap(),
            _home: home,
        }
    }

    /// A bus of someone who is not root, for a desktop that is its own screen.
    pub(crate) fn without_screen() -> Self {
        let home = tempfile::Builder::new().prefix("padwatch-desk-").tempdir();
        let home = home.unwrap();
        Self {
            session: Session::without_screen(home.path(), Services::Own).unwrap(),
            _home: home,
        }
    }

    /// A command in the session that starts no accessibility services.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = self.session.command(program);
        command.env("NO_AT_BRIDGE", "1");
        command
    }

    /// A connection to the session's bus.
    pub(crate) async fn bus(&self) -> zbus::Connection {
        zbus::connection::Builder::address(self.bus_address().as_str())
            .unwrap()
            .build()
            .await
            .unwrap()
    }

    /// Who has a name on the bus.
    pub(crate) async fn owner(&self, name: &'static str) -> Option<String> {
        let bus = self.bus().await;
        let names = zbus::fdo::DBusProxy::new(&bus).await.unwrap();
        let owner = names.get_name_owner(name.try_into().unwrap()).await.ok()?;
        Some(owner.to_string())
    }

    /// Where a program without `--profile` keeps its things.
    pub(crate) fn profile(&self) -> PathBuf {
        self.folder(".local/share").join("padwatch")
    }

    /// Puts a program in the place of one that would open a browser. It notes the address.
    pub(crate) fn note_opened_links(&self) -> PathBuf {
        let noted = self.folder("run").join("opened");
        for name in ["xdg-open", "x-www-browser"] {
            self.put_program(name, &format!("echo \"$1\" >> {}", noted.display()));
        }
        noted
    }

    /// Lets a service that is installed start when a program asks for it.
    pub(crate) fn allow_service(&self, name: &str) {
        let file = format!("{name}.service");
        let installed = Path::new("/usr/share/dbus-1/services").join(&file);
        fs::copy(installed, self.folder("services").join(file)).unwrap();
    }

    /// Puts a script in the place of a program.
    pub(crate) fn put_program(&self, name: &str, script: &str) {
        let file = self.folder("bin").join(name);
        fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
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
