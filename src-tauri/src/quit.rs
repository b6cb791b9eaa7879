//! The end: the engine finishes the write under way, then the program exits.

use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::shell::Shell;

/// How long the engine may take: longer than it waits itself for a pad that is being created. Whatever
/// is cut off is finished by the next start.
const PATIENCE: Duration = Duration::from_secs(10);

/// Ends Padwatch.
pub(crate) async fn quit(shell: &Shell) {
    end(shell, 0).await;
}

/// Ends Padwatch and starts it again.
pub(crate) async fn restart(shell: &Shell) {
    end(shell, crate::restart::CODE).await;
}

async fn end(shell: &Shell, code: u8) {
    shell.is_ending.store(true, Ordering::Relaxed);
    if tokio::time::timeout(PATIENCE, shell.engine.close())
        .await
        .is_err()
    {
        tracing::warn!("the engine did not end in time");
    }
    #[cfg(target_os = "linux")]
    leave_clipboard(shell).await;
    shell.main_thread.end(code);
}

/// What was copied from here is there after the end too.
#[cfg(target_os = "linux")]
async fn leave_clipboard(shell: &Shell) {
    let Some(left) = shell.clipboard.leave().await else {
        return;
    };
    if let Err(error) = crate::clipboard::keeper::start(shell.program.path(), &left) {
        tracing::warn!(%error, "what was copied is lost with this program");
    }
}

/// Waits for the desktop to say that it is time to end (SIGTERM, or SIGINT at a terminal).
#[cfg(unix)]
pub(crate) async fn asked_to_end() -> std::io::Result<()> {
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

/// Waits for Ctrl+C at a terminal; Windows ends its desktop programs otherwise.
#[cfg(not(unix))]
pub(crate) async fn asked_to_end() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
