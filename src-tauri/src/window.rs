//! The window. It is made when it is wanted and destroyed when it is closed: no web view exists
//! in between, and Padwatch lives on in the tray.

use std::sync::Arc;

use padwatch_commands::Seen;
use tauri::{AppHandle, Emitter as _, Manager as _, WebviewUrl, WebviewWindowBuilder};

use crate::shell::Shell;

/// The one window's name, in the capability too.
const LABEL: &str = "main";
/// The event that brings the snapshot.
const SNAPSHOT: &str = "snapshot";
/// The event that says that a note is wanted; the page asks about whom.
const NOTE_WANTED: &str = "note-wanted";

/// Shows the window, making it if need be.
pub(crate) fn open(app: &AppHandle) {
    if let Err(error) = try_open(app) {
        tracing::error!(%error, "the window could not be opened");
    }
}

fn try_open(app: &AppHandle) -> tauri::Result<()> {
    if let Some(window) = app.get_webview_window(LABEL) {
        window.unminimize()?;
        window.show()?;
        return window.set_focus();
    }
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Padwatch")
        .inner_size(440.0, 680.0)
        .min_inner_size(360.0, 420.0)
        // Nothing but our own page, whatever a page tries.
        .on_navigation(|url| matches!(url.scheme(), "tauri") || is_own_page(url))
        .build()?;
    Ok(())
}

/// The page's address where web views know no schemes of their own (Windows).
fn is_own_page(url: &url::Url) -> bool {
    url.scheme() == "http" && url.host_str() == Some("tauri.localhost")
}

/// Tells an open window every change, until the engine ends.
pub(crate) async fn follow(shell: Arc<Shell>, app: AppHandle) {
    let mut snapshots = shell.engine.changes();
    let mut notices = shell.notices.changes();
    let mut wanted_note = shell.wanted_note.subscribe();
    loop {
        tokio::select! {
            changed = snapshots.changed() => if changed.is_err() { return },
            changed = notices.changed() => if changed.is_err() { return },
            changed = wanted_note.changed() => {
                if changed.is_err() {
                    return;
                }
                if wanted_note.borrow_and_update().is_some() {
                    tell_note_wanted(&app);
                }
                continue;
            }
        }
        if app.get_webview_window(LABEL).is_some() {
            let seen = Seen::of(
                &shell.engine.snapshot(),
                shell.notices.all(),
                shell.is_sandbox(),
            );
            if let Err(error) = app.emit_to(LABEL, SNAPSHOT, seen) {
                tracing::warn!(%error, "the window was not told a change");
            }
        }
    }
}

/// A window that is still being made asks by itself.
fn tell_note_wanted(app: &AppHandle) {
    if let Err(error) = app.emit_to(LABEL, NOTE_WANTED, ()) {
        tracing::warn!(%error, "the window was not told that a note is wanted");
    }
}
