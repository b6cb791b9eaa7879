//! Hands the keys and signing tokens in the keyring over to the engine, and reads them again whenever
//! they may have changed: another program can store, replace or delete one at any time.

use std::sync::Arc;
use std::time::Duration;

use padwatch_api::{SecretName, hand_over_keys, hand_over_signing_tokens};
use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_engine::Keys;
use tokio::time::timeout;

use crate::keyring::Glimpse;
use crate::notices::{About, keyring_waiting};
use crate::secrets::lacks_keys;
use crate::shell::Shell;

/// How long to wait while a key is missing or can't be read, before looking again without asking the
/// person anything.
const AGAIN: Duration = Duration::from_secs(10);
/// How long to wait while both keys are in use. Changes are told by the keyring itself on Linux; this
/// is for keyrings that don't tell.
const AGAIN_WITH_KEYS: Duration = Duration::from_secs(10 * 60);
/// A change comes as several signals; and one of our own is over then.
const SETTLED: Duration = Duration::from_secs(1);

/// How long the snapshot may take to show that the keys are in use.
const SHOWN_WITHIN: Duration = Duration::from_secs(2);

/// What may have changed the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// The person asks: a password prompt is what they expect.
    Person,
    /// The time, or the keyring's own signal: nothing may pop up.
    Quiet,
}

/// How the last hand-over ended.
enum Outcome {
    /// Both keys are in use.
    Complete,
    /// A key is missing, or the keyring can't be read.
    Incomplete,
    /// Padwatch is closing.
    Closing,
}

/// Keeps the engine's keys equal to the keyring's until Padwatch ends.
pub(crate) async fn keep_keys(shell: Arc<Shell>) {
    // Once for every start the person may be asked for the keyring's password.
    let mut cause = Cause::Person;
    loop {
        let outcome = hand_over(&shell, cause).await;
        let wait = match outcome {
            Outcome::Closing => return,
            Outcome::Complete => AGAIN_WITH_KEYS,
            Outcome::Incomplete => AGAIN,
        };
        cause = tokio::select! {
            () = shell.signals.look_again.notified() => Cause::Person,
            () = shell.clock.sleep(wait) => Cause::Quiet,
            () = shell.secrets.changed.notified() => {
                shell.clock.sleep(SETTLED).await;
                Cause::Quiet
            }
        };
    }
}

async fn hand_over(shell: &Shell, cause: Cause) -> Outcome {
    if cause == Cause::Quiet && !can_be_read_quietly(shell).await {
        return Outcome::Incomplete;
    }
    match give(shell).await {
        Ok(keys) if keys.lever.is_some() && keys.coderpad.is_some() => Outcome::Complete,
        Ok(_) => Outcome::Incomplete,
        Err(problem) if problem.code() == ProblemCode::Closing => Outcome::Closing,
        Err(problem) => {
            tracing::info!(code = ?problem.code(), "the keys could not be handed over");
            shell.tell_about_keys(Some(problem));
            Outcome::Incomplete
        }
    }
}

async fn give(shell: &Shell) -> Result<Keys, Problem> {
    let keys = hand_over_keys(&shell.engine, shell).await?;
    hand_over_signing_tokens(&shell.engine, shell).await?;
    if keys.lever.is_some() && keys.coderpad.is_some() {
        shown_in_use(shell).await;
    }
    shell.tell_about_keys(None);
    Ok(keys)
}

/// Waits until the snapshot, which comes a little later, no longer asks for keys.
async fn shown_in_use(shell: &Shell) {
    let mut snapshots = shell.engine.changes();
    let in_use = snapshots.wait_for(|snapshot| !lacks_keys(snapshot));
    // Late or ended: then the engine says itself what it needs.
    let _ = timeout(SHOWN_WITHIN, in_use).await;
}

/// Reading must not open a prompt that no one asked for. A keyring without our keys is read too: it
/// takes away what the engine has of a key that was deleted.
async fn can_be_read_quietly(shell: &Shell) -> bool {
    for name in SecretName::ALL {
        match shell.secrets.keyring.glimpse(name).await {
            Ok(Glimpse::Missing | Glimpse::There) => {}
            Ok(Glimpse::Locked) | Err(_) => return false,
        }
    }
    true
}

/// Until the keyring's first answer, that is what Padwatch waits for.
pub(crate) fn wait_for_first_answer(shell: &Shell) {
    shell.notices.set(About::Keyring, Some(keyring_waiting()));
}

/// Follows the keyring's own signals, as long as the session's bus is there.
#[cfg(target_os = "linux")]
pub(crate) async fn follow_changes(shell: Arc<Shell>) {
    let changed = || shell.secrets.changed.notify_one();
    if let Err(error) = crate::keyring::secret_service::follow(changed).await {
        tracing::info!(%error, "changes of the keyring can't be followed");
    }
}

/// Windows and macOS tell no one.
#[cfg(not(target_os = "linux"))]
pub(crate) async fn follow_changes(_: Arc<Shell>) {}
