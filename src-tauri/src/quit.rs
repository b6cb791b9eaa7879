//! The end: the engine finishes the write under way, then the program exits, or starts again.

use std::io;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::timeout;

use crate::shell::Shell;

/// How long the engine may take: longer than it waits itself for a pad that is being created. Whatever
/// is cut off is finished by the next start.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long the notifications that are just being shown may take.
const TELLING: Duration = Duration::from_secs(1);

/// The code that the application ends with when it is to be started again.
pub(crate) const RESTART_CODE: u8 = 75;

/// Ends Padwatch.
pub(crate) async fn quit(shell: &Shell) {
    end(shell, 0).await;
}

/// Ends Padwatch and starts it again.
pub(crate) async fn restart(shell: &Shell) {
    end(shell, RESTART_CODE).await;
}

async fn end(shell: &Shell, code: u8) {
    close_engine(shell).await;
    #[cfg(target_os = "linux")]
    leave_clipboard(shell).await;
    shell.main_thread.end(code);
}

/// Finishes what is under way: the system ends the session, and the program with it.
#[cfg(not(target_os = "linux"))]
pub(crate) async fn with_session(shell: &Shell) {
    tracing::info!("the session ends");
    close_engine(shell).await;
}

async fn close_engine(shell: &Shell) {
    shell.is_ending.store(true, Ordering::Relaxed);
    // An error: a notification service is slow, and tells once more at the next start.
    let _told = timeout(TELLING, shell.signals.telling.lock()).await;
    if timeout(PATIENCE, shell.engine.close()).await.is_err() {
        tracing::warn!("the engine did not end in time");
    }
}

/// The display is gone: what is under way is finished, and a new program waits for the display.
pub(crate) async fn after_display_loss(shell: &Shell) {
    if shell.is_ending() {
        return;
    }
    tracing::error!("the display is gone");
    close_engine(shell).await;
    let error = shell.start.program.again_after_display_loss();
    tracing::error!(%error, "Padwatch could not be started again");
    shell.main_thread.end(1);
}

/// What was copied from here is there after the end too.
#[cfg(target_os = "linux")]
async fn leave_clipboard(shell: &Shell) {
    let Some(left) = shell.clipboard.leave().await else {
        return;
    };
    if let Err(error) = crate::clipboard::keeper::start(shell.start.program.path(), &left) {
        tracing::warn!(%error, "what was copied is lost with this program");
    }
}

/// Waits for the desktop to say that it is time to end (SIGTERM, or SIGINT at a terminal).
#[cfg(unix)]
pub(crate) async fn asked_to_end() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut term, mut int) = (
        signal(SignalKind::terminate())?,
        signal(SignalKind::interrupt())?,
    );
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
    Ok(())
}

/// Waits for Ctrl+C at a terminal. The main thread hears the session's end.
#[cfg(windows)]
pub(crate) async fn asked_to_end() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
