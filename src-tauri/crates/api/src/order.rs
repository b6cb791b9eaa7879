//! Changes of the secrets run one after the other: each reads what is stored, changes it, stores it
//! and gives it to the engine, and two side by side would lose one of the changes.

use tokio::sync::{Mutex, MutexGuard};

static TURN: Mutex<()> = Mutex::const_new(());

/// Waits for the turn. It lasts until the guard is dropped.
pub(crate) async fn in_turn() -> MutexGuard<'static, ()> {
    TURN.lock().await
}
