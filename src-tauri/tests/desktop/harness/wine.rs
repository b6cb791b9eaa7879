//! Windows on a desk: Wine with a system folder of its own, its tray, the mouse. Without a panel and a
//! window manager, Wine shows the tray in a window of its own: what it docks into a panel stays blank
//! in two starts of three.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitStatus};
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::time::{Instant, interval};

use super::desk::{Desk, Ended};
use super::place::Place;
use super::sandbox::Sandbox;
use super::screen;
use super::wait::{LOOK_EVERY, until_within};

/// Wine starts a dozen programs before the first of ours, and a poll may be half a minute away.
pub(crate) const DEADLINE: Duration = Duration::from_secs(90);
/// As a person clicks who sees that nothing happens.
const BETWEEN_CLICKS: Duration = Duration::from_secs(4);
/// After so many clicks on a row, a person tries no more.
const ROW_PATIENCE: Duration = Duration::from_secs(13);
/// Where on the screen nothing is.
const ELSEWHERE: (i32, i32) = (1_200, 850);
/// Where Padwatch keeps its things here, as Windows and as we write it.
const PROFILE: &str = r"C:\pads";
const PROFILE_HERE: &str = "drive_c/pads";

/// Where the stand-in for Windows' notifications writes, as Windows and as we write it.
const TOASTS: &str = r"C:\toasts.txt";
const TOASTS_HERE: &str = "drive_c/toasts.txt";

/// A desk on which programs for Windows run. All of them end when it is dropped.
pub(crate) struct Windows {
    pub(crate) desk: Desk,
    prefix: PathBuf,
    programs: PathBuf,
}

impl Windows {
    /// Windows as it is when no one has used it.
    pub(crate) fn new() -> Self {
        let desk = Desk::bare();
        let prefix = desk.folder("prefix");
        let copied = Command::new("cp")
            .args(["--archive", "--reflink=auto"])
            .args([&given("PADWATCH_WINE_PREFIX"), &prefix])
            .status();
        assert!(copied.unwrap().success());
        Self {
            desk,
            prefix,
            programs: given("PADWATCH_WINDOWS_BIN"),
        }
    }

    /// A program for Windows, by its path here.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut wine = self.desk.command(given("PADWATCH_WINE"));
        self.surround(&mut wine);
        wine.arg(program);
        wine
    }

    fn surround(&self, command: &mut Command) {
        command
            .env("WINEPREFIX", &self.prefix)
            .env("WINEDEBUG", "-all")
            .env("TOASTS", TOASTS)
            .env("WINEDLLOVERRIDES", "mscoree=;mshtml=;winemenubuilder.exe=");
    }

    /// Runs a program that comes with Windows or with the tests to its end.
    pub(crate) async fn run<'a>(
        &self,
        program: impl AsRef<OsStr>,
        options: impl IntoIterator<Item = &'a str>,
    ) -> ExitStatus {
        let mut command = self.command(program);
        let mut started = Ended(command.args(options).spawn().unwrap());
        ended(&mut started).await
    }

    /// Runs one of the installers, without a question.
    pub(crate) async fn install(&self, name: &str) -> ExitStatus {
        let installer = given("PADWATCH_WINDOWS_INSTALLERS").join(name);
        self.run(installer, ["/S"]).await
    }

    /// Where programs keep what is this person's.
    pub(crate) fn local_data(&self) -> PathBuf {
        let users = fs::read_dir(self.file("drive_c/users")).unwrap();
        let ours = users.map(|user| user.unwrap().path());
        let ours = ours.filter(|user| !user.ends_with("Public"));
        ours.last().unwrap().join("AppData/Local")
    }

    /// What the registry has under a name of this person's key.
    pub(crate) fn registry(&self, key: &str, name: &str) -> Option<String> {
        let mut query = self.command("reg.exe");
        query.args(["query", key, "/v", name]);
        let told = String::from_utf8(query.output().unwrap().stdout).unwrap();
        let (_, value) = told.split_once("REG_SZ")?;
        Some(value.trim().to_owned())
    }

    /// A file on the drive.
    pub(crate) fn file(&self, path: &str) -> PathBuf {
        self.prefix.join(path)
    }

    /// The newest notification with these words, in XML, once it has been shown.
    pub(crate) async fn notification(&self, words: &str) -> String {
        until_within(DEADLINE, words, async || {
            let shown = fs::read_to_string(self.file(TOASTS_HERE)).unwrap_or_default();
            let ours = shown.lines().rev().filter_map(|line| line.split_once('\t'));
            let (application, xml) = ours.into_iter().find(|(_, xml)| xml.contains(words))?;
            assert_eq!(application, "io.padwatch.Padwatch");
            Some(xml.to_owned())
        })
        .await
    }

    /// Opens an address as Windows does when a notification is clicked: with the program that has
    /// entered itself for it. Wine 8 looks only at what was entered for everyone.
    pub(crate) async fn open(&self, address: &str) {
        let [entered, read] =
            ["HKCU", "HKLM"].map(|root| format!(r"{root}\Software\Classes\padwatch"));
        let copy = ["copy", &entered, &read, "/s", "/f"];
        assert!(self.run("reg.exe", copy).await.success());
        assert!(self.run("start.exe", [address]).await.success());
    }

    /// Puts the keys of both services into Credential Manager.
    pub(crate) async fn store_keys(&self, sandbox: &Sandbox) {
        let addresses = sandbox.addresses();
        for (user, key) in [
            ("lever-api-key", &addresses.lever_key),
            ("coderpad-api-key", &addresses.coderpad_key),
        ] {
            let target = format!("{user}.padwatch");
            let store = self.programs.join("credential.exe");
            assert!(self.run(store, [&target, user, key]).await.success());
        }
    }

    /// Starts Padwatch in the tray, as at login.
    pub(crate) fn start(&self, sandbox: &Sandbox) -> Running<'_> {
        let addresses = sandbox.addresses();
        let mut command = self.padwatch();
        command
            .arg("--hidden")
            .args(["--lever-api", &addresses.lever_api])
            .args(["--coderpad-api", &addresses.coderpad_api]);
        self.running(command)
    }

    /// A Padwatch that is being started.
    pub(crate) fn running(&self, mut command: Command) -> Running<'_> {
        Running {
            windows: self,
            program: Ended(command.spawn().unwrap()),
        }
    }

    /// Padwatch with its profile here.
    pub(crate) fn padwatch(&self) -> Command {
        let mut command = self.command(self.programs.join("padwatch.exe"));
        command.args(["--profile", PROFILE]);
        command
    }

    /// Returns true if the ledger is closed: its journal has been written into it.
    pub(crate) fn is_ledger_closed(&self) -> bool {
        let ledger = self.file(PROFILE_HERE).join("ledger.sqlite3");
        ledger.is_file() && !ledger.with_extension("sqlite3-wal").exists()
    }

    /// What Padwatch logged.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.file(PROFILE_HERE).join("logs/padwatch.log")).unwrap_or_default()
    }

    /// Takes a picture for people.
    pub(crate) fn picture(&self, name: &str) {
        screen::picture(&self.desk, name);
    }

    /// Opens the menu of the only icon in the tray, again and again until its height fits: one that
    /// is open doesn't change.
    pub(crate) async fn open_menu(&self, fits: impl Fn(i32) -> bool) -> OpenMenu<'_> {
        let started = Instant::now();
        loop {
            let menu = self.any_menu().await;
            if fits(menu.place.height) {
                return menu;
            }
            assert!(started.elapsed() < DEADLINE, "the menu has other rows");
            menu.close().await;
        }
    }

    async fn any_menu(&self) -> OpenMenu<'_> {
        let mut clicks = interval(BETWEEN_CLICKS);
        let place = until_within(DEADLINE, "a menu", async || {
            if let Some(icon) = self.icon()
                && clicks.tick().now_or_never().is_some()
            {
                self.click(icon, "3");
            }
            self.menu()
        });
        OpenMenu {
            windows: self,
            place: place.await,
        }
    }

    /// Where the icon is: at the left end of the tray.
    fn icon(&self) -> Option<(i32, i32)> {
        let tray = self.places("--name", "Wine System Tray").pop()?;
        let middle = tray.height / 2;
        Some((tray.x + middle, tray.y + middle))
    }

    /// The menu, which is the only thing of Padwatch that can be seen.
    fn menu(&self) -> Option<Place> {
        let seen = self.places("--classname", "padwatch.exe").into_iter();
        seen.max_by_key(|place| place.height)
            .filter(|place| place.height > Place::LEAST)
    }

    /// The windows that can be seen.
    fn places(&self, by: &str, name: &str) -> Vec<Place> {
        let mut search = self.desk.command("xdotool");
        search.args(["search", "--onlyvisible", by, name]);
        search.args(["getwindowgeometry", "--shell", "%@"]);
        let found = search.output().expect("xdotool is installed").stdout;
        let found = String::from_utf8(found).unwrap();
        found.split("WINDOW=").filter_map(Place::of).collect()
    }

    fn click(&self, (x, y): (i32, i32), button: &str) {
        let mut click = self.desk.command("xdotool");
        click.args(["mousemove", "--sync", &x.to_string(), &y.to_string()]);
        // As long as a finger takes: Wine looks at the button, and misses what is shorter.
        click.args(["mousedown", button, "sleep", "0.2", "mouseup", button]);
        assert!(click.status().unwrap().success());
    }
}

impl Drop for Windows {
    fn drop(&mut self) {
        let server = given("PADWATCH_WINE").with_file_name("wineserver");
        for ask in ["--kill", "--wait"] {
            let mut server = self.desk.command(&server);
            self.surround(&mut server);
            // There is no server if nothing runs.
            let _ = server.arg(ask).status();
        }
    }
}

/// Padwatch in the tray. Killed when dropped.
pub(crate) struct Running<'a> {
    windows: &'a Windows,
    program: Ended,
}

impl Running<'_> {
    /// Waits until it has ended.
    pub(crate) async fn ended(mut self) -> ExitStatus {
        ended(&mut self.program).await
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        // As long as there is something to see.
        if std::thread::panicking() {
            self.windows.picture("wine-failed");
            eprintln!("padwatch logged:\n{}", self.windows.log());
        }
    }
}

/// The menu on the screen.
pub(crate) struct OpenMenu<'a> {
    windows: &'a Windows,
    place: Place,
}

impl OpenMenu<'_> {
    /// Returns true if it is still there, as it was.
    pub(crate) fn is_open(&self) -> bool {
        self.windows.menu() == Some(self.place)
    }

    /// Clicks the row that is so many pixels above the lower edge, and closes the menu if that row does
    /// nothing.
    pub(crate) async fn click(self, above_the_edge: i32) {
        let (x, bottom) = (self.place.center().0, self.place.y + self.place.height);
        if !self
            .is_closed_by((x, bottom - above_the_edge), ROW_PATIENCE)
            .await
        {
            self.close().await;
        }
    }

    async fn close(self) {
        assert!(
            self.is_closed_by(ELSEWHERE, DEADLINE).await,
            "it stays open"
        );
    }

    /// Clicks there until the menu is gone. A click is lost if Wine has shown the menu, and doesn't
    /// hold the mouse yet.
    async fn is_closed_by(&self, point: (i32, i32), patience: Duration) -> bool {
        let started = Instant::now();
        let mut clicks = interval(BETWEEN_CLICKS);
        let mut looks = interval(LOOK_EVERY);
        while started.elapsed() < patience {
            looks.tick().await;
            if self.windows.menu().is_none() {
                return true;
            }
            if clicks.tick().now_or_never().is_some() {
                self.windows.click(point, "1");
            }
        }
        false
    }
}

async fn ended(program: &mut Ended) -> ExitStatus {
    until_within(DEADLINE, "it ends", async || program.0.try_wait().unwrap()).await
}

fn given(name: &str) -> PathBuf {
    let path = std::env::var_os(name);
    PathBuf::from(path.unwrap_or_else(|| panic!("{name} is set by: cargo xtask test --only wine")))
}
