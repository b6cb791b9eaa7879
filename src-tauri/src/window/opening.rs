//! Padwatch's side: starts the window, answers it, and tells it how things stand.

use std::io;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;

use padwatch_commands::{Call, Seen};
use padwatch_engine::problem::{Problem, ProblemCode};
use serde::Deserialize as _;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout};
use tokio::spawn;
use tokio::sync::mpsc;

use super::program::Program;
use crate::shell::Shell;
use crate::talk::{Said, Told, heard, say};

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

/// What became of a window.
enum Shown {
    Closed,
    /// It was wanted again while it was being closed.
    WantedAgain,
}

/// Opens the window whenever it is wanted, until Padwatch ends.
pub(crate) async fn keep(shell: Arc<Shell>, mut wanted: mpsc::Receiver<()>) {
    let program = Program::beside_this();
    let mut again = false;
    while again || wanted.recv().await.is_some() {
        let shown = match start(&program, &shell.window_state) {
            Ok(process) => show(&shell, &mut wanted, process)
                .await
                .map_err(|error| broken(&error)),
            Err(error) => Err(not_opened(&error)),
        };
        again = matches!(shown, Ok(Shown::WantedAgain));
        if let Err(problem) = shown {
            // Nobody tells any more: Padwatch is ending.
            let _ = shell.failures.send(problem).await;
        }
    }
}

fn start(program: &io::Result<Program>, state: &Path) -> io::Result<Child> {
    let program = program
        .as_ref()
        .map_err(|error| io::Error::new(error.kind(), error.to_string()))?;
    program
        .command()
        .arg(state)
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
) -> io::Result<Shown> {
    let (Some(input), Some(output)) = (process.stdin.take(), process.stdout.take()) else {
        return Err(io::Error::other("it can't be talked to"));
    };
    let shown = talk(shell, wanted, input, output).await?;
    let status = process.wait().await?;
    if status.success() {
        Ok(shown)
    } else {
        Err(io::Error::other(format!("it ended with {status}")))
    }
}

async fn talk(
    shell: &Arc<Shell>,
    wanted: &mut mpsc::Receiver<()>,
    mut input: ChildStdin,
    output: ChildStdout,
) -> io::Result<Shown> {
    let mut lines = BufReader::new(output).lines();
    let (answers, mut answered) = mpsc::channel(ANSWERS);
    let mut snapshots = shell.engine.changes();
    let mut notices = shell.notices.changes();
    let mut candidate = shell.wanted.subscribe();
    let mut shown = Shown::Closed;
    loop {
        let told = tokio::select! {
            line = lines.next_line() => match line? {
                None => return Ok(shown),
                Some(line) => {
                    match heard(&line) {
                        Some(Said::Asked { number, call }) => {
                            spawn(answer(Arc::clone(shell), number, call, answers.clone()));
                        }
                        Some(Said::AtFront) => shown = Shown::Closed,
                        None => {}
                    }
                    continue;
                }
            },
            Some(answer) = answered.recv() => answer,
            Some(()) = wanted.recv() => {
                shown = Shown::WantedAgain;
                Told::Front
            }
            changed = snapshots.changed() => match changed {
                Ok(()) => seen(shell)?,
                // Padwatch is ending, and the window with it.
                Err(_) => return Ok(Shown::Closed),
            },
            Ok(()) = notices.changed() => seen(shell)?,
            Ok(()) = candidate.changed() => match *candidate.borrow_and_update() {
                Some(_) => Told::CandidateWanted,
                None => continue,
            },
        };
        match say(&mut input, &told).await {
            // It was closed just now.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(shown),
            said => said?,
        }
    }
}

async fn answer(shell: Arc<Shell>, number: u64, call: Value, answers: mpsc::Sender<Told>) {
    let answer = match Call::deserialize(call) {
        Ok(call) => shell.ask(call).await,
        // What it says may quote what was asked.
        Err(_) => Err(not_understood()),
    };
    let told = Told::Answer {
        number,
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
