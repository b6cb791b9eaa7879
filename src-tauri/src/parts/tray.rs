//! Keeps the native tray equal to how things stand, without a needless wake-up: it sleeps until
//! something changes or the words would.

use std::sync::Arc;
use std::time::Duration;

use padwatch_api::tray::headline::headline;
use padwatch_api::tray::menu::{Menu, MenuInput};
use padwatch_api::{Desktop as _, Seen};

use crate::shell::Shell;
use crate::tray::{Icon, Look};

/// A wake-up when nothing changes on its own.
const NEVER: Duration = Duration::from_secs(24 * 60 * 60);

/// Puts the icon into the tray and keeps it true until Padwatch ends. An engine that ends before that
/// is shown as what it is.
pub(crate) async fn follow(shell: Arc<Shell>) {
    let mut snapshots = shell.engine.changes();
    let mut notices = shell.notices.changes();
    let mut copied = shell.signals.copied.subscribe();
    let mut engine_runs = true;
    loop {
        // Marked as seen before they are read: a change in between is found at the next turn.
        snapshots.mark_unchanged();
        notices.mark_unchanged();
        copied.mark_unchanged();
        let (look, changes_in) = look(&shell);
        if let Err(error) = shell.main_thread.show_tray(look).await {
            tracing::error!(%error, "the tray could not be changed");
        }
        tokio::select! {
            changed = snapshots.changed(), if engine_runs => if changed.is_err() {
                if shell.is_ending() {
                    return;
                }
                engine_runs = false;
            },
            changed = notices.changed() => if changed.is_err() { return },
            changed = copied.changed() => if changed.is_err() { return },
            () = shell.clock.sleep(changes_in) => {}
        }
    }
}

fn look(shell: &Shell) -> (Look, Duration) {
    let Seen {
        snapshot,
        notices,
        sandbox,
    } = Seen::of(
        &shell.engine.snapshot(),
        shell.notices.all(),
        shell.is_sandbox(),
    );
    let copied = shell.signals.copied.borrow().clone();
    let input = MenuInput {
        snapshot: &snapshot,
        notices: &notices,
        now_ms: shell.clock.now_ms(),
        times: &shell.times(),
        copied: copied.as_ref(),
        sandbox,
    };
    let changes_in = Menu::changes_in(&input)
        .and_then(|ms| u64::try_from(ms).ok())
        .map_or(NEVER, Duration::from_millis);
    let look = Look {
        menu: Menu::of(&input),
        icon: Icon::of(&input),
        headline: headline(&shell.identity.title, &input),
    };
    (look, changes_in)
}
