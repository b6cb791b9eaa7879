//! Padwatch's side: starts the window, answers it, and tells it how things stand.

use std::io;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;

use padwatch_commands::{Call, Seen};
use padwatch_engine::problem::{Problem, ProblemCode};
use serde::Deserialize as _;
use serde_json::Value;
use tauri::async_runtime::spawn;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::mpsc;

use super::talk::{Asked, Told, heard, say};
use crate::shell::Shell;

/// Answers that may wait for the window to read them.
const ANSWERS: usize = 16;

/// A way to open the window.
#[derive(Clone)]
pub(crate) struct Window(mpsc::Sender<()>);

impl Window {
    /// The way, and where its end is served with [`keep`].
    pub(crate) fn new() -> (Self, mpsc::Receiver<()>) {
        let (wanted, opened) = mpsc::channel(1);
        (Self(wanted), opened)
    }

    /// Shows the window, starting it if need be.
    pub(crate) fn open(&self) {
        // Full: it is wanted already. Closed: Padwatch is ending.
        let _ = self.0.try_send(());
    }
}

/// Opens the window whenever it is wanted, until Padwatch ends.
pub(crate) async fn keep(shell: Arc<Shell>, mut wanted: mpsc::Receiver<()>) {
    while wanted.recv().await.is_some() {
        let shown = match start() {
            Ok(process) => show(&shell, &mut wanted, process)
                .await
                .map_err(|error| broken(&error)),
            Err(error) => Err(not_opened(&error)),
        };
        if let Err(problem) = shown {
            // Nobody tells any more: Padwatch is ending.
            let _ = shell.failures.send(problem).await;
        }
    }
}

fn start() -> io::Result<Child> {
    program()?
        .arg("--window")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
}

/// Shows it until it is closed.
async fn show(
    shell: &Arc<Shell>,
    wanted: &mut mpsc::Receiver<()>,
    mut process: Child,
) -> io::Result<()> {
    if let (Some(input), Some(output)) = (process.stdin.take(), process.stdout.take()) {
        talk(shell, wanted, input, output).await?;
    }
    let status = process.wait().await?;
    if status.success() {
        Ok(())
    } else {
        Err(io::Error::other(format!("it ended with {status}")))
    }
}

/// This program, even when an update has put another file in its place meanwhile: the two must
/// understand each other.
fn program() -> io::Result<Command> {
    let usual = std::env::current_exe()?;
    let itself = Path::new("/proc/self/exe");
    if usual.exists() || !itself.exists() {
        return Ok(Command::new(usual));
    }
    Ok(Command::new(itself))
}

async fn talk(
    shell: &Arc<Shell>,
    wanted: &mut mpsc::Receiver<()>,
    mut input: ChildStdin,
    output: ChildStdout,
) -> io::Result<()> {
    let mut lines = BufReader::new(output).lines();
    let (answers, mut answered) = mpsc::channel(ANSWERS);
    let mut snapshots = shell.engine.changes();
    let mut notices = shell.notices.changes();
    let mut wanted_note = shell.wanted_note.subscribe();
    loop {
        let told = tokio::select! {
            line = lines.next_line() => match line? {
                None => return Ok(()),
                Some(line) => {
                    if let Some(asked) = heard(&line) {
                        spawn(answer(Arc::clone(shell), asked, answers.clone()));
                    }
                    continue;
                }
            },
            Some(answer) = answered.recv() => answer,
            Some(()) = wanted.recv() => Told::Front,
            changed = snapshots.changed() => match changed {
                Ok(()) => seen(shell)?,
                // Padwatch is ending, and the window with it.
                Err(_) => return Ok(()),
            },
            Ok(()) = notices.changed() => seen(shell)?,
            Ok(()) = wanted_note.changed() => match *wanted_note.borrow_and_update() {
                Some(_) => Told::NoteWanted,
                None => continue,
            },
        };
        match say(&mut input, &told).await {
            // It was closed just now.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(()),
            said => said?,
        }
    }
}

async fn answer(shell: Arc<Shell>, asked: Asked, answers: mpsc::Sender<Told>) {
    let answer = match Call::deserialize(asked.call) {
        Ok(call) => shell.ask(call).await,
        // What it says may quote what was asked.
        Err(_) => Err(not_understood()),
    };
    let told = Told::Answer {
        number: asked.number,
        answer: answer.map_err(|problem| serde_json::to_value(problem).unwrap_or(Value::Null)),
    };
    // The window was closed before it had its answer.
    let _ = answers.send(told).await;
}

fn seen(shell: &Shell) -> io::Result<Told> {
    let seen = Seen::of(
        &shell.engine.snapshot(),
        shell.notices.all(),
        shell.is_sandbox(),
    );
    Ok(Told::Seen {
        seen: serde_json::to_value(seen)?,
    })
}

fn not_opened(error: &io::Error) -> Problem {
    tracing::error!(%error, "the window could not be started");
    Problem::new(
        ProblemCode::DesktopUnable,
        "Padwatch’s window could not be opened.",
        "Padwatch goes on watching, and its menu in the tray has the links.",
    )
}

fn broken(error: &io::Error) -> Problem {
    tracing::error!(%error, "the window did not end well");
    Problem::new(
        ProblemCode::DesktopUnable,
        "Padwatch’s window closed by itself.",
        "Padwatch goes on watching. “Open Padwatch” in its tray menu opens the window again.",
    )
}

fn not_understood() -> Problem {
    tracing::warn!("the page asked something that is not known");
    Problem::new(
        ProblemCode::DesktopUnable,
        "Padwatch did not understand its own window.",
        "Close the window and open it again.",
    )
}
