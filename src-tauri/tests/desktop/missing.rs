//! Desktops that lack something.

use std::path::Path;
use std::process::Command;

use crate::harness::clipboard;
use crate::harness::desk::Desk;
use crate::harness::keyring::Keyring;
use crate::harness::menu::Menu;
use crate::harness::notifications::{Fault, Notifications, Unable};
use crate::harness::program::{self, Program};
use crate::harness::sandbox::Sandbox;
use crate::harness::tray::Tray;
use crate::harness::window;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn hidden_and_without_a_tray_a_notification_opens_the_window() {
    let desk = Desk::bare();
    let notifications = Notifications::serve(&desk).await;
    let _keyring = Keyring::unlocked(&desk);
    let sandbox = Sandbox::start().await;
    let program = Program::start(&desk, &sandbox, &["--hidden"]);
    let shown = notifications
        .titled("Padwatch is running, but this desktop doesn’t show tray icons.")
        .await;
    assert_eq!(window::count(&desk), 0, "nobody asked for it");
    notifications.press(&shown, "Open Padwatch").await;
    let page = program.page(&desk).await;
    page.says("Your desktop doesn’t show tray icons").await;
    page.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn without_tray_and_notifications_the_window_opens_even_when_hidden() {
    let desk = Desk::bare();
    let _keyring = Keyring::unlocked(&desk);
    let sandbox = Sandbox::start().await;
    let program = Program::start(&desk, &sandbox, &["--hidden"]);
    let page = program.page(&desk).await;
    page.says("Your desktop doesn’t show tray icons").await;
    page.leave().await;
}

/// Padwatch where no one shows notifications: it has said so, and has made a pad all the same.
struct Unnotified {
    menu: Menu,
    sandbox: Sandbox,
    _parts: (Tray, Keyring, Program),
}

impl Unnotified {
    async fn makes_a_pad(desk: &Desk) -> Self {
        let tray = Tray::serve(desk).await;
        let keyring = Keyring::unlocked(desk);
        let sandbox = Sandbox::start().await;
        Keyring::store_both(desk, &sandbox);
        let program = Program::start(desk, &sandbox, &["--hidden"]);
        let menu = tray.menu().await;
        menu.row("Notifications aren’t available").await;
        menu.row("Watching").await;
        sandbox.move_to("Amara Nwosu", "Phone Screen").await;
        menu.click("Check now").await;
        menu.row("New: Amara Nwosu").await;
        Self {
            menu,
            sandbox,
            _parts: (tray, keyring, program),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn without_a_notification_service_the_menu_hands_over_the_link() {
    let desk = Desk::bare();
    let there = Unnotified::makes_a_pad(&desk).await;
    there.menu.click("New: Amara Nwosu").await;
    let pads = there.sandbox.pads().await;
    clipboard::holds(&desk, pads[0]["url"].as_str().unwrap()).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn what_was_not_shown_is_shown_once_there_is_a_notification_service() {
    let desk = Desk::bare();
    let _there = Unnotified::makes_a_pad(&desk).await;
    let notifications = Notifications::serve(&desk).await;
    notifications.titled("Pad ready: Amara Nwosu").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_refusing_notification_service_is_not_asked_all_the_time() {
    let desk = Desk::bare();
    let service = Unable::serve(&desk, Fault::Refuses).await;
    let _there = Unnotified::makes_a_pad(&desk).await;
    let asked = service.asked();
    assert!((1..=5).contains(&asked), "asked {asked} times");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_silent_notification_service_holds_nothing_up() {
    let desk = Desk::bare();
    let _service = Unable::serve(&desk, Fault::NeverAnswers).await;
    let _there = Unnotified::makes_a_pad(&desk).await;
}

#[test]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
fn without_a_screen_the_terminal_says_so_in_one_sentence() {
    let desk = Desk::bare();
    let output = desk
        .command(program::binary())
        .env_remove("DISPLAY")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("can’t find a display") && said.lines().count() == 1,
        "{said}"
    );
}

/// Without the page, a build would give a program whose window says "asset not found".
#[test]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
fn without_the_page_the_build_stops_with_one_sentence() {
    // The script that Cargo built and ran for this very test: the newest of its name.
    let builds = Path::new(env!("CARGO_BIN_EXE_padwatch")).with_file_name("build");
    let scripts = std::fs::read_dir(builds).unwrap().filter_map(|entry| {
        let folder = entry.unwrap().path();
        let name = folder.file_name()?.to_str()?.strip_prefix("padwatch-")?;
        let is_ours = name.chars().all(|c| c.is_ascii_hexdigit());
        let script = folder.join("build-script-build");
        let changed = script.metadata().ok()?.modified().ok()?;
        is_ours.then_some((changed, script))
    });
    let (_, script) = scripts.max().unwrap();
    let empty = tempfile::tempdir().unwrap();
    // As Cargo runs it for a program that has its page inside.
    let run = Command::new(script)
        .current_dir(empty.path())
        .env("DEP_TAURI_DEV", "false")
        .output()
        .unwrap();
    assert!(!run.status.success());
    let said = String::from_utf8(run.stdout).unwrap();
    let errors = said.lines().filter(|it| it.starts_with("cargo::error="));
    let errors: Vec<&str> = errors.collect();
    assert_eq!(errors.len(), 1, "{said}");
    assert!(
        errors[0].contains("the window's page is not built"),
        "{said}"
    );
}
