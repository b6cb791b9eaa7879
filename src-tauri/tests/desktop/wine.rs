//! The real program for Windows, run by Wine: its icon and menu, the mouse, Credential Manager.
//!
//! Wine has no WebView2, so its window is never there; that it says so is part of this.

use std::path::Path;

use crate::harness::clipboard;
use crate::harness::sandbox::Sandbox;
use crate::harness::wait::until_within;
use crate::harness::wine::{DEADLINE, Windows};

const NAME: &str = "Amara Nwosu";
const OTHER: &str = "Leo Martín";

/// How high the menu is when no candidate is in it: Watching, a line, No open pads, a line, Check now,
/// Pause, Open Padwatch, a line, Quit.
const EMPTY: i32 = 135;
/// From the menu's lower edge up to the middle of Check now, and of the only candidate's row, which has
/// "More for …" below it.
const CHECK_NOW: i32 = 72;
const CANDIDATE: i32 = 115;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Wine: cargo xtask test --only wine"]
async fn on_windows_a_candidate_becomes_a_link_that_a_click_copies() {
    let (windows, sandbox) = (Windows::new(), Sandbox::start().await);
    windows.store_keys(&sandbox).await;
    let program = windows.start(&sandbox);
    let empty = windows.open_menu(|height| height == EMPTY).await;
    windows.picture("wine-watching");
    sandbox.move_to(NAME, "Phone Screen").await;
    empty.click(CHECK_NOW).await;
    let link = linked(&sandbox, NAME).await;
    let copied = async || {
        let menu = windows.open_menu(|height| height > EMPTY).await;
        windows.picture("wine-ready");
        menu.click(CANDIDATE).await;
        clipboard::text(&windows.desk).filter(|text| *text == link)
    };
    until_within(DEADLINE, "the link on the clipboard", copied).await;

    // The notification's buttons count, hours later too; the second time it has been answered, and the
    // window is asked for, which is not there.
    clipboard::replace(&windows.desk, "something else");
    let shown = windows
        .notification(&format!("<text>Pad ready: {NAME}"))
        .await;
    let copy = leads(&shown, "Copy link");
    windows.open(&copy).await;
    clipboard::holds(&windows.desk, &link).await;
    windows.open(&copy).await;
    windows.notification("WebView2").await;

    // A menu that is open stays as it is while another candidate comes, and a click in it counts.
    clipboard::replace(&windows.desk, "something else");
    let menu = windows.open_menu(|height| height > EMPTY).await;
    sandbox.move_to(OTHER, "Phone Screen").await;
    linked(&sandbox, OTHER).await;
    assert!(menu.is_open(), "a change has closed the menu");
    menu.click(CANDIDATE).await;
    clipboard::holds(&windows.desk, &link).await;

    // The end of the session leaves nothing half-written.
    assert!(
        windows
            .run("wineboot.exe", ["--end-session"])
            .await
            .success()
    );
    program.ended().await;
    assert!(windows.is_ledger_closed(), "the ledger was left open");

    // The next start goes on where this one ended, a second one ends, and one that asks ends it.
    let program = windows.start(&sandbox);
    let menu = windows.open_menu(|height| height > EMPTY).await;
    windows.picture("wine-again");
    menu.click(CHECK_NOW).await;
    assert!(windows.start(&sandbox).ended().await.success());
    let mut quit = windows.padwatch();
    assert!(quit.arg("--quit").status().unwrap().success());
    assert!(program.ended().await.success());
    assert!(windows.is_ledger_closed(), "the ledger was left open");
    assert_eq!(sandbox.pads().await.len(), 2, "a pad was created twice");
}

/// Where a notification's button leads.
fn leads(notification: &str, button: &str) -> String {
    let (_, action) = notification
        .split_once(&format!(r#"content="{button}""#))
        .unwrap_or_else(|| panic!("no {button} in {notification}"));
    let (_, rest) = action.split_once(r#"arguments=""#).unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

/// The link of the candidate's pad, once it is on the profile.
async fn linked(sandbox: &Sandbox, name: &str) -> String {
    until_within(DEADLINE, "a link on the profile", async || {
        let links = sandbox.candidate(name).await["links"].clone();
        links[0].as_str().map(str::to_owned)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Wine: cargo xtask test --only wine"]
async fn the_installer_updates_a_padwatch_that_runs_and_takes_it_away() {
    const ENTRY: &str = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Padwatch";
    let windows = Windows::new();
    assert!(windows.install("earlier.exe").await.success());
    let local = windows.local_data();
    let installed = local.join("Programs/Padwatch");
    let version = || windows.registry(ENTRY, "DisplayVersion");
    assert_eq!(version().as_deref(), Some("0.0.1"));

    // Without keys, it asks no one for anything.
    let mut command = windows.command(installed.join("padwatch.exe"));
    command.arg("--hidden");
    let earlier = windows.running(command);
    let profile = local.join("io.padwatch.Padwatch");
    starts(&profile, 1).await;

    // The update waits for its end, and starts the new one in its place.
    assert!(windows.install("later.exe").await.success());
    assert!(earlier.ended().await.success());
    assert_eq!(version().as_deref(), Some(env!("CARGO_PKG_VERSION")));
    starts(&profile, 2).await;

    // What takes it away ends it too; what is the person's own stays.
    assert!(
        windows
            .run(installed.join("uninstall.exe"), ["/S"])
            .await
            .success()
    );
    until_within(DEADLINE, "nothing left of the programs", async || {
        (!installed.exists()).then_some(())
    })
    .await;
    assert_eq!(version(), None);
    assert!(profile.join("ledger.sqlite3").is_file());
    assert!(
        !profile.join("ledger.sqlite3-wal").exists(),
        "it was cut off"
    );
}

/// Waits until Padwatch has opened its ledger so often.
async fn starts(profile: &Path, count: usize) {
    until_within(DEADLINE, "a start", async || {
        let log = std::fs::read_to_string(profile.join("logs/padwatch.log")).unwrap_or_default();
        (log.matches("the ledger is open").count() == count).then_some(())
    })
    .await;
}
