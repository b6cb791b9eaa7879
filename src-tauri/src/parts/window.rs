//! Opens the window whenever it is wanted, and tells it how things stand.

use std::io;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use padwatch_domain::problem::Problem;
use padwatch_engine::restarts::Restarts;
use tokio::process::Child;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::shell::Shell;
use crate::talk::{NO_WEB_VIEW, PAGE_GONE};
use crate::window::{End, News, Opening, Program, WindowRequests, talk};

/// How long a window that was closed may take to end.
const PATIENCE: Duration = Duration::from_secs(5);
/// So often a window whose page died is opened again automatically, if it never recovers in between.
const MOST_REOPENINGS: u32 = 3;

/// What became of a window.
enum Shown {
    Closed,
    /// It was wanted again while it was being closed.
    WantedAgain,
    /// What shows pages isn't installed.
    NoWebView,
    /// Its page died or does not answer; what is left of it was ended. `is_wanted`: the user had
    /// asked for it since.
    PageGone {
        is_wanted: bool,
    },
}

/// Opens the window whenever it is wanted, until Padwatch ends.
pub(crate) async fn keep(shell: Arc<Shell>, requests: &mut WindowRequests) {
    let program = Program::beside_this();
    let mut deaths = Restarts::default();
    let mut again = false;
    loop {
        let opening = match again {
            true => Opening::default(),
            false => match wanted(requests).await {
                Some(opening) => opening,
                None => return,
            },
        };
        let shown = match start(&program, &shell.start.window_state, &opening) {
            Ok(process) => show(&shell, requests, process)
                .await
                .map_err(|error| broken(&error)),
            Err(error) => Err(not_opened(&error)),
        };
        again = match &shown {
            Ok(Shown::WantedAgain) => true,
            Ok(Shown::PageGone { is_wanted }) => {
                deaths.failed(shell.clock.elapsed());
                *is_wanted || deaths.in_a_row() <= MOST_REOPENINGS
            }
            Ok(Shown::Closed | Shown::NoWebView) | Err(_) => false,
        };
        let problem = match shown {
            Err(problem) => problem,
            Ok(Shown::NoWebView) => Problem::WebViewMissing,
            Ok(Shown::PageGone { .. }) if !again => {
                broken(&io::Error::other("its page died again and again"))
            }
            Ok(_) => continue,
        };
        // No one tells any longer: Padwatch is ending.
        let _ = shell.signals.failures.send(problem.into()).await;
    }
}

/// Waits until it is wanted; `None`: it never is again. A window that is not open copies nothing.
async fn wanted(requests: &mut WindowRequests) -> Option<Opening> {
    loop {
        tokio::select! {
            opened = requests.opened.recv() => return opened,
            Some(copy) = requests.copies.recv() => drop(copy),
        }
    }
}

fn start(program: &io::Result<Program>, state: &Path, opening: &Opening) -> io::Result<Child> {
    let program = program
        .as_ref()
        .map_err(|error| io::Error::new(error.kind(), error.to_string()))?;
    let mut command = program.command();
    // A group of its own: what the web view has started ends with it.
    #[cfg(unix)]
    command.process_group(0);
    for name in crate::activation::VARIABLES {
        // What this program was started with has been used.
        command.env_remove(name);
        if let Some(token) = &opening.activation {
            command.env(name, token.as_str());
        }
    }
    command
        .arg(state)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
}

/// Shows it until it is closed.
async fn show(
    shell: &Arc<Shell>,
    requests: &mut WindowRequests,
    mut process: Child,
) -> io::Result<Shown> {
    let (Some(input), Some(output)) = (process.stdin.take(), process.stdout.take()) else {
        return Err(io::Error::other("it can't be talked to"));
    };
    let news = Arc::new(News::default());
    let mut gathering = JoinSet::new();
    gathering.spawn(gather(shell.clone(), news.clone()));
    let ended = talk(shell, &news, requests, (input, output)).await;
    drop(gathering);
    let end = match ended {
        Ok(End::Silent { is_wanted }) => {
            tracing::error!("the window does not answer and is ended");
            kill(&mut process).await;
            return Ok(Shown::PageGone { is_wanted });
        }
        Ok(end) => end,
        Err(error) => {
            kill(&mut process).await;
            return Err(error);
        }
    };
    let is_wanted = matches!(end, End::WantedAgain);
    let shown = match is_wanted {
        true => Shown::WantedAgain,
        false => Shown::Closed,
    };
    let Ok(status) = timeout(PATIENCE, process.wait()).await else {
        tracing::warn!("the window was closed and did not end");
        kill(&mut process).await;
        return Ok(shown);
    };
    let status = status?;
    if status.code() == Some(i32::from(PAGE_GONE)) {
        tracing::error!("the window's page ended");
        return Ok(Shown::PageGone { is_wanted });
    }
    if status.code() == Some(i32::from(NO_WEB_VIEW)) {
        return Ok(Shown::NoWebView);
    }
    if status.success() {
        Ok(shown)
    } else {
        Err(io::Error::other(format!("it ended with {status}")))
    }
}

/// Ends the window's program and what it has started, however stuck they are.
async fn kill(process: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = process
        .id()
        .and_then(|id| i32::try_from(id).ok())
        .and_then(rustix::process::Pid::from_raw)
    {
        // An error: it has ended already.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    if timeout(PATIENCE, process.kill()).await.is_err() {
        tracing::error!("the window's program can't be ended");
    }
}

/// Notes what there is to tell.
async fn gather(shell: Arc<Shell>, news: Arc<News>) {
    let mut snapshots = shell.engine.changes();
    let mut notices = shell.notices.changes();
    let mut candidate = shell.signals.wanted.subscribe();
    let mut engine_runs = true;
    loop {
        tokio::select! {
            changed = snapshots.changed(), if engine_runs => {
                engine_runs = changed.is_ok();
                news.seen.notify_one();
            }
            Ok(()) = notices.changed() => news.seen.notify_one(),
            Ok(()) = candidate.changed() => {
                if candidate.borrow_and_update().is_some() {
                    news.candidate_wanted.notify_one();
                }
            }
            else => return,
        }
    }
}

fn not_opened(error: &io::Error) -> Problem {
    tracing::error!(%error, "the window could not be started");
    Problem::WindowNotOpened
}

fn broken(error: &io::Error) -> Problem {
    tracing::error!(%error, "the window did not end well");
    Problem::WindowClosed
}
