//! Keeps what was copied on the clipboard after Padwatch has ended. On X11 and on many Wayland
//! desktops a text is there only as long as the program that copied it runs; where a clipboard manager
//! takes over, there is nothing to do.
//!
//! The text goes through a pipe: other users can read a command line.

use std::io::{self, BufRead as _, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::thread;
use std::time::Duration;

use super::{Board as _, Content, Outcome, System};

/// The option that this program is started with to keep a text. It is not for people.
pub(crate) const OPTION: &str = "--keep-clipboard";
/// How long a clipboard manager may take to notice that Padwatch has ended.
const GRACE: Duration = Duration::from_millis(200);
/// How often to look whether the display is still there.
const LOOK_EVERY: Duration = Duration::from_secs(20);
/// The longest that a text is kept: a candidate's link must not stay for ever.
const LONGEST: Duration = Duration::from_secs(12 * 3600);
/// The most bytes that are kept.
const MOST_BYTES: u64 = 16 << 20;

/// Starts the program that keeps a text. It waits until this one has ended.
///
/// # Errors
/// When it can't be started.
pub(crate) fn start(program: &Path, content: &Content) -> io::Result<()> {
    let mut line = serde_json::to_vec(content)?;
    line.push(b'\n');
    let mut command = Command::new(program);
    // Signals for Padwatch's group are not for a program that outlives it.
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut keeper = command
        .arg(OPTION)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let mut input = keeper
        .stdin
        .take()
        .ok_or_else(|| io::Error::other("it can't be talked to"))?;
    input.write_all(&line)?;
    // Closed by the system, when this program ends or another takes its place.
    std::mem::forget(input);
    Ok(())
}

/// Keeps a text until another is copied, or the display is gone. This process's memory has to be
/// private by then.
pub(crate) fn run() -> ExitCode {
    match keep() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn keep() -> io::Result<()> {
    let content = content_once_alone()?;
    thread::sleep(GRACE);
    let mut board = System::default();
    match board.text() {
        Err(arboard::Error::ContentNotAvailable) => {}
        // Someone else has it in hand, or there is no clipboard.
        _ => return Ok(()),
    }
    thread::Builder::new().spawn(end_with_display)?;
    stay(&content).map_err(io::Error::other)
}

/// The text, once the program that copied it has ended.
fn content_once_alone() -> io::Result<Content> {
    let mut input = io::BufReader::new(io::stdin().lock().take(MOST_BYTES));
    let mut line = String::new();
    input.read_line(&mut line)?;
    io::copy(&mut input, &mut io::sink())?;
    Ok(serde_json::from_str(&line)?)
}

/// Returns when another text was copied.
fn stay(content: &Content) -> Outcome {
    use arboard::SetExtLinux as _;
    let mut clipboard = arboard::Clipboard::new()?;
    let set = clipboard.set().wait();
    match content.html.clone() {
        Some(html) => set.html(html, Some(content.plain.clone())),
        None => set.text(content.plain.clone()),
    }
}

fn end_with_display() {
    let rounds = LONGEST.as_secs() / LOOK_EVERY.as_secs();
    let mut board = System::default();
    for _ in 0..rounds {
        thread::sleep(LOOK_EVERY);
        match board.text() {
            Ok(_) | Err(arboard::Error::ContentNotAvailable) => {}
            Err(_) => break,
        }
    }
    std::process::exit(0);
}
