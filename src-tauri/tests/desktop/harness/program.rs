//! The real program in a session.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus};

use desktop_session::Family;

use super::desk::Desk;
use super::page::Page;
use super::port::ReservedPort;
use super::sandbox::Sandbox;
use super::wait::until;

/// A running Padwatch. Killed when dropped.
pub(crate) struct Program {
    child: Child,
    inspector: ReservedPort,
    output: PathBuf,
}

impl Program {
    /// Starts it against a sandbox.
    pub(crate) fn start(desk: &Desk, sandbox: &Sandbox, options: &[&str]) -> Self {
        let (lever, coderpad) = (
            &sandbox.addresses().lever_api,
            &sandbox.addresses().coderpad_api,
        );
        let services = ["--lever-api", lever, "--coderpad-api", coderpad];
        Self::start_with(desk, services.into_iter().chain(options.iter().copied()))
    }

    /// Starts it hidden, in the faster time of a sandbox.
    pub(crate) fn start_fast(desk: &Desk, sandbox: &Sandbox) -> Self {
        let fast = sandbox.fast().unwrap();
        let variables = [("PADWATCH_FAST_SINCE", &*fast), ("PADWATCH_HIDDEN", "1")];
        Self::start_where(desk, sandbox, &variables)
    }

    /// Starts it where these variables are set.
    pub(crate) fn start_where(desk: &Desk, sandbox: &Sandbox, variables: &[(&str, &str)]) -> Self {
        let addresses = sandbox.addresses();
        let mut command = desk.command(binary());
        command
            .args(["--lever-api", &addresses.lever_api])
            .args(["--coderpad-api", &addresses.coderpad_api])
            .envs(variables.iter().copied());
        Self::run(desk, command)
    }

    /// Starts it with these options alone.
    pub(crate) fn start_with<'a>(desk: &Desk, options: impl IntoIterator<Item = &'a str>) -> Self {
        Self::start_at(desk, binary(), options)
    }

    /// Starts the one that lies elsewhere, with these options alone.
    pub(crate) fn start_at<'a>(
        desk: &Desk,
        program: impl AsRef<OsStr>,
        options: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut command = desk.command(program);
        command.args(options);
        Self::run(desk, command)
    }

    fn run(desk: &Desk, mut command: Command) -> Self {
        let inspector = ReservedPort::new();
        Self::automate(&mut command, &inspector);
        let output = File::options()
            .create(true)
            .append(true)
            .open(Self::output(desk))
            .unwrap();
        command.stdout(output.try_clone().unwrap()).stderr(output);
        Self {
            child: command.spawn().unwrap(),
            inspector,
            output: Self::output(desk),
        }
    }

    /// Lets the window be driven from outside.
    fn automate(command: &mut Command, inspector: &ReservedPort) {
        command
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("WEBKIT_INSPECTOR_SERVER", inspector.address());
    }

    /// What the program printed, of all starts in this session.
    pub(crate) fn output(desk: &Desk) -> PathBuf {
        desk.folder("run").join("padwatch-output")
    }

    /// Attaches to the open window.
    pub(crate) async fn page(&self, desk: &Desk) -> Page {
        Page::attach(desk, &self.inspector).await
    }

    /// Asks it to end, and waits until it has.
    pub(crate) async fn end(mut self) -> ExitStatus {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &pid])
                .status()
                .unwrap()
                .success()
        );
        self.ended().await
    }

    /// Ends it in the middle of whatever it does, as an abort of its own would.
    pub(crate) async fn crash(mut self) {
        let pid = self.child.id().to_string();
        let crashed = Command::new("kill").args(["-ABRT", &pid]).status().unwrap();
        assert!(crashed.success());
        assert!(!self.ended().await.success());
    }

    /// Its process and all that it has started, as folders in `/proc`.
    pub(crate) fn family(&self) -> Vec<PathBuf> {
        let family = Family::of(self.child.id()).unwrap();
        family.folders().to_vec()
    }

    /// The process of its open window, by its number.
    pub(crate) fn window(&self) -> Option<String> {
        let parent = self.child.id().to_string();
        let found = Command::new("pgrep")
            .args(["-P", &parent, "-f", "padwatch-window"])
            .output()
            .unwrap();
        let found = String::from_utf8(found.stdout).unwrap();
        found.lines().next().map(str::to_owned)
    }

    /// Waits until it has ended.
    pub(crate) async fn ended(&mut self) -> ExitStatus {
        until("the program ends", async || self.child.try_wait().unwrap()).await
    }

    /// Returns true if it is still there.
    pub(crate) fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            let printed = std::fs::read_to_string(&self.output).unwrap_or_default();
            eprintln!("padwatch printed:\n{printed}");
        }
    }
}

/// The program under test: `PADWATCH_BIN`, or the one that Cargo built with this test.
pub(crate) fn binary() -> OsString {
    std::env::var_os("PADWATCH_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_padwatch").into())
}
