//! Wine, and a Windows for it to run programs in: what Wine lacks is put there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::{programs, say};

/// Where Debian has Wine for 64 bits. The wrapper in the path complains that 32 are missing.
const WINE: &str = "/usr/lib/wine/wine64";
const SERVER: &str = "/usr/lib/wine/wineserver";

/// What Padwatch shows notifications with.
const NOTIFICATION_CLASSES: [&str; 3] = [
    "Windows.Data.Xml.Dom.XmlDocument",
    "Windows.UI.Notifications.ToastNotification",
    "Windows.UI.Notifications.ToastNotificationManager",
];

/// A Windows that was started once. What runs in it changes it.
#[derive(Debug)]
pub(crate) struct Prefix(PathBuf);

impl Prefix {
    /// Makes it, unless this version of Wine and these stand-ins have made it before.
    pub(crate) fn provide(project: &Project) -> Result<Self> {
        let prefix = Self(project.built("systems/wine/prefix"));
        let [random, toast] = ["random.c", "toast.c"].map(|name| sources(project).join(name));
        let version = programs::answer(prefix.command().arg("--version"))?.with_context(|| {
            format!(
                "Debian's package wine64 brings no {WINE}. Set WINE in xtask/src/cross/wine/prefix.rs"
            )
        })?;
        let made_of = [&random, &toast].map(fs::read_to_string);
        let wanted = made_of
            .into_iter()
            .try_fold(version.clone(), |all, text| text.map(|text| all + &text))?;
        let stamp = prefix.0.join("made.txt");
        if fs::read_to_string(&stamp).is_ok_and(|made| made == wanted) {
            say::line(format_args!("There is a Windows for {}.", version.trim()));
            return Ok(prefix);
        }
        if prefix.0.exists() {
            fs::remove_dir_all(&prefix.0)?;
        }
        fs::create_dir_all(&prefix.0)?;
        programs::run(prefix.command().args(["wineboot.exe", "--init"]))?;
        programs::run(prefix.command().args(["winecfg.exe", "/v", "win10"]))?;
        let library = prefix
            .0
            .join("drive_c/windows/system32/bcryptprimitives.dll");
        // Later versions of Wine have their own.
        if !library.exists() {
            programs::run(
                compiler()
                    .args(["-shared", "-o"])
                    .args([&library, &random])
                    .arg("-ladvapi32"),
            )?;
        }
        prefix.show_notifications(&toast)?;
        prefix.wait()?;
        fs::write(&stamp, wanted)?;
        Ok(prefix)
    }

    /// Puts a stand-in for the classes that show notifications where Windows finds them.
    fn show_notifications(&self, source: &Path) -> Result<()> {
        let library = self.0.join("drive_c/windows/system32/toast.dll");
        programs::run(
            compiler()
                .args(["-shared", "-o"])
                .args([library.as_path(), source])
                .arg("-lruntimeobject"),
        )?;
        for class in NOTIFICATION_CLASSES {
            let key = format!(r"HKLM\Software\Microsoft\WindowsRuntime\ActivatableClassId\{class}");
            let value = r"C:\windows\system32\toast.dll";
            let mut add = self.command();
            add.args(["reg.exe", "add", &key, "/v", "DllPath", "/d", value, "/f"]);
            programs::run(&mut add)?;
        }
        Ok(())
    }

    /// Another like it: what runs there leaves this one as it is.
    pub(crate) fn copied(&self, to: PathBuf) -> Result<Self> {
        if to.exists() {
            fs::remove_dir_all(&to)?;
        }
        let mut copy = Command::new("cp");
        copy.args(["--archive", "--reflink=auto"]);
        programs::run(copy.args([&self.0, &to]))?;
        Ok(Self(to))
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.0
    }

    /// The program that runs others.
    pub(crate) fn wine(&self) -> &'static str {
        WINE
    }

    /// Wine, to which a program and its options are added.
    pub(crate) fn command(&self) -> Command {
        let mut wine = Command::new(WINE);
        self.surround(&mut wine);
        wine
    }

    /// Waits until all that ran there has ended.
    pub(crate) fn wait(&self) -> Result<()> {
        let mut server = Command::new(SERVER);
        self.surround(&mut server);
        programs::run(server.arg("--wait"))
    }

    fn surround(&self, command: &mut Command) {
        command
            .env("WINEPREFIX", &self.0)
            .env("WINEDEBUG", "-all")
            // No Mono and no Gecko, which would be downloaded, and nothing into the menus here.
            .env("WINEDLLOVERRIDES", "mscoree=;mshtml=;winemenubuilder.exe=")
            // The cross compiler's libraries are none of Wine's.
            .env_remove("LD_LIBRARY_PATH");
    }
}

/// The folder with what stands in for parts of Windows.
pub(super) fn sources(project: &Project) -> PathBuf {
    project.root().join("src-tauri/crates/xtask/wine")
}

/// The compiler of C for Windows.
pub(super) fn compiler() -> Command {
    let mut compiler = Command::new("x86_64-w64-mingw32-gcc");
    compiler.arg("-s");
    compiler
}
