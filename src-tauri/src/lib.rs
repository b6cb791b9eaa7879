//! The shell: the only code that knows Tauri, the tray, the keyring, notifications, the clipboard.
//!
//! ```text
//!             ┌───────────────── Shell ─────────────────┐
//!  tray ────► │ click                                   │
//!  window ──► │ ask    ──► api ──► engine's Handle │ ──► snapshot ──► tray, window
//!  notice ──► │ press                                   │ ──► announcements ──► notifications
//!             └─────────────────────────────────────────┘
//! ```
//!
//! The engine runs on a thread of its own, the window in a process of its own; everything here
//! follows the engine's snapshot.

use std::io::Write as _;
use std::process::ExitCode;

use padwatch_api::catalogue::words;

use crate::options::{BadOptions, Options, Wanted};

mod account_lock;
mod activation;
mod app;
mod asked;
mod autostart;
mod clipboard;
mod connection;
mod desktop;
mod display;
mod downloads;
mod forgotten;
mod keyring;
mod launch;
pub mod locale;
mod logs;
pub mod memory;
mod notices;
mod notifications;
mod options;
mod parts;
mod pixels;
mod profile;
mod programs;
mod quit;
mod sandbox;
mod secrets;
#[cfg(target_os = "linux")]
mod session_bus;
mod shell;
mod single_instance;
mod start;
mod supervision;
pub mod talk;
mod terminal;
mod this_program;
mod tray;
mod updates;
mod window;

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    terminal::join();
    let arguments = std::env::args_os().skip(1);
    do_as_wanted(Options::read(arguments, |name| std::env::var_os(name)))
}

fn do_as_wanted(wanted: Result<Wanted, BadOptions>) -> ExitCode {
    match wanted {
        Ok(Wanted::Run(_)) if window::is_missing_from_build() => {
            fail(&words().command_line_no_window())
        }
        Ok(Wanted::Run(options)) => match app::run(&as_wanted(*options)) {
            Ok(code) => code,
            Err(error) => fail(&error.to_string()),
        },
        // The Padwatch that showed it has ended: it is started in its place.
        #[cfg(windows)]
        Ok(Wanted::Clicked(address)) => match app::hand_on_click(&address) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => do_as_wanted(Options::read([], |name| std::env::var_os(name))),
            Err(error) => fail(&error.to_string()),
        },
        Ok(Wanted::CopyLatest(options)) => match app::copy_latest(&options) {
            Ok(Ok(copied)) => say(&format!("{copied}\n")),
            Ok(Err(why_not)) => fail_with(1, &why_not),
            Err(error) => fail(&error.to_string()),
        },
        Ok(Wanted::Quit(options)) => match app::quit(&options) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => fail(&error.to_string()),
        },
        Ok(Wanted::KeyringService(options)) => match app::keyring_service(&options) {
            Ok(service) => say(&format!("{service}\n")),
            Err(error) => fail(&error.to_string()),
        },
        #[cfg(target_os = "linux")]
        Ok(Wanted::KeepClipboard) => match memory::keep_private() {
            Ok(()) => clipboard::keeper::run(),
            Err(_) => ExitCode::FAILURE,
        },
        Ok(Wanted::Help) => say(&options::help()),
        Ok(Wanted::Version) => say(concat!("padwatch ", env!("CARGO_PKG_VERSION"), "\n")),
        Err(error) => fail(&error.to_string()),
    }
}

/// A program that only comes back has nothing to show.
fn as_wanted(options: Options) -> Options {
    Options {
        hidden: options.hidden || display::was_lost(),
        ..options
    }
}

fn say(text: &str) -> ExitCode {
    match std::io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn fail(text: &str) -> ExitCode {
    fail_with(2, text)
}

fn fail_with(code: u8, text: &str) -> ExitCode {
    terminal::say_why(text);
    ExitCode::from(code)
}
