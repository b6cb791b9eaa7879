//! What dies, hangs or comes late is noticed, without a restart by hand.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::harness::desk::Desk;
use crate::harness::keyring::Keyring;
use crate::harness::menu::Menu;
use crate::harness::notifications::Shown;
use crate::harness::program::{self, Program};
use crate::harness::sandbox::Sandbox;
use crate::harness::wait::{until, until_equal};
use crate::harness::window;
use crate::harness::{office, office_with_keys};

fn signal(signal: &str, process: &str) {
    let sent = Command::new("kill").args([signal, process]).status();
    assert!(sent.unwrap().success());
}

/// Waits for a window whose process is another one.
async fn another_window(desk: &Desk, program: &Program, than: &str) -> String {
    until("another window", async || {
        let process = program.window().filter(|process| process != than)?;
        (window::count(desk) == 1).then_some(process)
    })
    .await
}

/// The process that draws the window's page.
fn page_process(program: &Program) -> Option<String> {
    let page = program.family().into_iter().find(|process| {
        let name = std::fs::read_to_string(process.join("comm"));
        name.is_ok_and(|name| name.starts_with("WebKitWebProces"))
    })?;
    Some(page.file_name()?.to_str()?.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_page_that_dies_while_it_loads_is_told_of_or_opened_again() {
    let (desk, tray, notifications, _keyring, sandbox) = office().await;
    let mut program = Program::start(&desk, &sandbox, &[]);
    let dying = until("the page's process", async || page_process(&program)).await;
    signal("-KILL", &dying);
    // At this moment the web view may take the whole window with it.
    until("a word, or another page", async || {
        let told = |shown: &Shown| shown.title.contains("window closed unexpectedly");
        let is_told = notifications.all().iter().any(told);
        let page = page_process(&program).filter(|process| *process != dying);
        (is_told || page.is_some()).then_some(())
    })
    .await;
    tray.menu().await.click("Open Padwatch").await;
    let page = program.page(&desk).await;
    page.says("Set up").await;
    page.leave().await;
    assert!(program.runs());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn keys_that_appear_or_change_after_the_start_are_used() {
    let (desk, tray, _notifications, _keyring, sandbox) = office().await;
    let _program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    menu.row("Padwatch needs a Lever key").await;
    Keyring::store_both(&desk, &sandbox);
    menu.row("Watching").await;
    // Another program replaces one, and puts the good one back.
    Keyring::store(&desk, "coderpad-api-key", "revoked-long-ago");
    menu.row("CoderPad rejected the API key").await;
    Keyring::store(&desk, "coderpad-api-key", &sandbox.addresses().coderpad_key);
    menu.row("Watching").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn the_list_takes_the_keyboard_when_setup_gives_way_to_it() {
    let (desk, tray, _notifications, _keyring, sandbox) = office().await;
    let program = Program::start(&desk, &sandbox, &[]);
    tray.menu().await;
    let page = program.page(&desk).await;
    page.says("Set up").await;
    Keyring::store_both(&desk, &sandbox);
    page.says("Watching").await;
    page.keys("qqq").await;
    page.says("No matches").await;
    page.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_window_whose_page_died_is_opened_again() {
    let (desk, tray, _notifications, _keyring, sandbox) = office().await;
    let mut program = Program::start(&desk, &sandbox, &[]);
    tray.menu().await;
    let shown = program.page(&desk).await;
    shown.says("Set up").await;
    shown.leave().await;
    let (first, page) = until("the page's process", async || {
        let page = page_process(&program)?;
        (window::count(&desk) == 1).then_some((program.window()?, page))
    })
    .await;
    signal("-KILL", &page);
    another_window(&desk, &program, &first).await;
    assert!(program.runs());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_stopped_window_is_replaced_when_it_is_wanted() {
    let (desk, tray, _notifications, _keyring, sandbox) = office().await;
    let program = Program::start(&desk, &sandbox, &[]);
    let menu = tray.menu().await;
    let page = program.page(&desk).await;
    page.says("Set up").await;
    page.leave().await;
    let first = program.window().unwrap();
    signal("-STOP", &first);
    let begun = Instant::now();
    menu.click("Open Padwatch").await;
    another_window(&desk, &program, &first).await;
    assert!(
        begun.elapsed() < Duration::from_secs(30),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_window_that_is_asked_for_comes_however_often_it_died() {
    let (desk, tray, _notifications, _keyring, sandbox) = office().await;
    let program = Program::start(&desk, &sandbox, &[]);
    let menu = tray.menu().await;
    // Once more than it is opened again automatically.
    for _ in 0..4 {
        let page = program.page(&desk).await;
        page.says("Set up").await;
        page.leave().await;
        let stopped = program.window().unwrap();
        signal("-STOP", &stopped);
        menu.click("Open Padwatch").await;
        another_window(&desk, &program, &stopped).await;
    }
}

/// Has a pad created for which CoderPad takes 2 s, and waits until the request is under way.
async fn begin_a_slow_pad(sandbox: &Sandbox, menu: &Menu) {
    sandbox.with(|world| {
        let slow = sandbox::Effect::Delay { ms: 2_000 };
        world
            .faults
            .always(sandbox::Matching::creating_a_pad(), slow);
    });
    sandbox.move_to("Amara Nwosu", "Phone Screen").await;
    menu.click("Check now").await;
    until("the request is under way", async || {
        let asked = sandbox.with(|world| world.journal.count("POST /api/pads"));
        (asked == 1).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_signal_to_end_waits_for_the_pad_that_is_being_created() {
    let (desk, tray, notifications, _keyring, sandbox) = office_with_keys().await;
    let program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    menu.row("Watching").await;
    begin_a_slow_pad(&sandbox, &menu).await;
    let begun = Instant::now();
    assert!(program.end().await.success());
    assert!(begun.elapsed() > Duration::from_secs(1), "it did not wait");
    sandbox.with(|world| world.faults.clear());

    let _program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    menu.row("New: Amara Nwosu").await;
    notifications.titled("Pad ready: Amara Nwosu").await;
    let asked = sandbox.with(|world| world.journal.count("GET /api/pads"));
    assert_eq!(sandbox.pads().await.len(), 1);
    assert!(asked <= 3, "it was not searched for: {asked}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_lost_display_ends_padwatch_in_order_and_its_return_starts_it_again() {
    let (mut desk, tray, notifications, _keyring, sandbox) = office_with_keys().await;
    let mut program = Program::start(&desk, &sandbox, &[]);
    let menu = tray.menu().await;
    menu.row("Watching").await;
    until_equal("windows", 1, async || window::count(&desk)).await;
    begin_a_slow_pad(&sandbox, &menu).await;
    desk.lose_screen();
    sandbox.with(|world| world.faults.clear());
    desk.return_screen().unwrap();
    until("another icon", async || (tray.icons() == 2).then_some(())).await;
    tray.menu().await.row("New: Amara Nwosu").await;
    notifications.titled("Pad ready: Amara Nwosu").await;
    let asked = sandbox.with(|world| world.journal.count("GET /api/pads"));
    assert!(asked <= 3, "it was not searched for: {asked}");
    assert_eq!(sandbox.pads().await.len(), 1);
    assert!(program.runs());
    // A window that was just being opened may come late, and goes: no one asked to see it.
    until_equal("windows", 0, async || window::count(&desk)).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_profile_has_keys_of_its_own() {
    let (desk, tray, _notifications, _keyring, sandbox) = office().await;
    let other = desk.folder("other").display().to_string();
    let service = desk
        .command(program::binary())
        .args(["--profile", &other, "--print-keyring-service"])
        .output()
        .unwrap();
    let service = String::from_utf8(service.stdout).unwrap();
    let service = service.trim();
    assert!(service.starts_with("padwatch:"), "{service}");
    Keyring::store_in(
        &desk,
        service,
        "lever-api-key",
        &sandbox.addresses().lever_key,
    );
    Keyring::store_in(
        &desk,
        service,
        "coderpad-api-key",
        &sandbox.addresses().coderpad_key,
    );
    Keyring::store(&desk, "lever-api-key", "the-default-profiles");
    let program = Program::start(&desk, &sandbox, &["--hidden", "--profile", &other]);
    tray.menu().await.row("Watching").await;

    // A second profile with the same Lever key waits: one maker for each key.
    let third = desk.folder("third").display().to_string();
    let third_service = desk
        .command(program::binary())
        .args(["--profile", &third, "--print-keyring-service"])
        .output()
        .unwrap();
    let third_service = String::from_utf8(third_service.stdout).unwrap();
    let third_service = third_service.trim();
    assert_ne!(third_service, service);
    for (user, key) in [
        ("lever-api-key", &sandbox.addresses().lever_key),
        ("coderpad-api-key", &sandbox.addresses().coderpad_key),
    ] {
        Keyring::store_in(&desk, third_service, user, key);
    }
    let _second = Program::start(&desk, &sandbox, &["--hidden", "--profile", &third]);
    until("the second icon", async || {
        (tray.icons() == 2).then_some(())
    })
    .await;
    let menu = tray.menu().await;
    menu.row("Another Padwatch").await;
    assert!(program.end().await.success());
    menu.row("Watching").await;
    assert_eq!(
        Keyring::read(&desk, "lever-api-key").as_deref(),
        Some("the-default-profiles")
    );
}
