//! Hands the keys and signing tokens in the keyring over to the engine, and tries again until it can.

use std::sync::Arc;
use std::time::Duration;

use padwatch_commands::{load_keys, load_signing_tokens};
use padwatch_engine::problem::{Problem, ProblemCode};

use crate::shell::Shell;

/// How long to wait for a keyring to appear, or for the engine to take keys, before trying again.
const AGAIN: Duration = Duration::from_secs(10);
/// A prompt that was closed sooner than this was refused by the person; asking again by
/// ourselves would pester.
const REFUSED_WITHIN: Duration = Duration::from_secs(10);

/// Gives the engine the keys, however long it takes to get at them.
pub(crate) async fn hand_over_keys(shell: Arc<Shell>) {
    loop {
        let asked = shell.clock.elapsed();
        let Err(problem) = hand_over(&shell).await else {
            return;
        };
        let refused = shell.clock.elapsed().saturating_sub(asked) < REFUSED_WITHIN;
        match problem.code {
            // The prompt is still open: wait with it.
            ProblemCode::KeyringLocked if !refused => {}
            ProblemCode::KeyringLocked => shell.look_again.notified().await,
            ProblemCode::Closing => return,
            // No keyring yet, or an engine that waits for its folder.
            _ => tokio::select! {
                () = shell.clock.sleep(AGAIN) => {}
                () = shell.look_again.notified() => {}
            },
        }
    }
}

async fn hand_over(shell: &Shell) -> Result<(), Problem> {
    shell.engine.use_keys(load_keys(shell).await?).await?;
    let tokens = load_signing_tokens(shell).await?;
    shell.engine.use_signing_tokens(tokens).await
}
