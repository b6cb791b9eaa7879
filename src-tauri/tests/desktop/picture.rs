//! The sandbox inside the program, and pictures of tray and window in a panel that people use.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::harness::desk::Desk;
use crate::harness::keyring::Keyring;
use crate::harness::notifications::Notifications;
use crate::harness::panel::Panel;
use crate::harness::program::Program;
use crate::harness::sandbox::Sandbox;
use crate::harness::screen;
use crate::harness::tray::Tray;
use crate::harness::wait::until;
use crate::harness::window;

/// Whom the demo shows: ready to send, with a question, in an interview, with code to add.
const READY: &str = "Grace Okonkwo";
const IN_DOUBT: &str = "Sofia Rossi";
const LIVE: &str = "Mateo Silva";
const ENDED: &str = "Hana Kimura";

/// From the window's first picture on. The driver itself takes most of a second.
const AT_ONCE: Duration = Duration::from_secs(2);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn without_any_key_the_sandbox_shows_a_pad_by_itself() {
    let desk = Desk::bare();
    let (tray, notifications) = (Tray::serve(&desk).await, Notifications::serve(&desk).await);
    let opened = desk.note_opened_links();
    let program = Program::start_with(&desk, ["--sandbox", "--hidden"]);
    let menu = tray.menu().await;
    notifications.titled("Pad ready: Amara Nwosu").await;
    menu.row("New: Amara Nwosu").await;
    menu.click("Demo controls…").await;
    until("the sandbox's page in the browser", async || {
        std::fs::read_to_string(&opened)
            .ok()?
            .starts_with("http://127.0.0.1:")
            .then_some(())
    })
    .await;
    assert!(program.end().await.success());
    assert!(desk.profile().join("sandbox/ledger.sqlite3").is_file());
    assert!(
        !desk.profile().join("ledger.sqlite3").exists(),
        "sample data in the real place"
    );
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn the_demo_shows_each_state_at_once_and_its_buttons_let_things_happen() {
    let desk = Desk::bare();
    let (_tray, notifications) = (Tray::serve(&desk).await, Notifications::serve(&desk).await);
    let program = Program::start_with(&desk, ["--sandbox"]);
    let page = program.page(&desk).await;
    let began = Instant::now();
    for name in [READY, IN_DOUBT, LIVE, ENDED] {
        page.lists(name, true).await;
    }
    let took = began.elapsed();
    println!("each state is there after {took:?}");
    assert!(took < AT_ONCE, "{took:?}");
    page.lists_among("Interviews, Live now", LIVE).await;
    notifications.titled("Pad ready: Amara Nwosu").await;
    screen::picture_of_window(&desk, &window::only(&desk), "demo");

    page.press("Move candidate").await;
    notifications.titled("Pad ready: נועה לוי").await;
    page.press("End interview").await;
    notifications
        .titled(&format!("Interview ended: {LIVE}"))
        .await;
    page.press("Start outage").await;
    page.press("Move candidate").await;
    page.says("can’t reach CoderPad").await;
    page.press("End outage").await;
    page.says("Start outage").await;
    page.leave().await;
    assert!(program.end().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn tray_and_window_on_a_busy_day() {
    let mut desk = Desk::bare();
    let notifications = Notifications::serve(&desk).await;
    let _keyring = Keyring::unlocked(&desk);
    let sandbox = Sandbox::start().await;
    Keyring::store_both(&desk, &sandbox);
    screen::paint_background(&desk);
    let panel = Panel::start(&mut desk);
    let program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = panel.menu(&desk).await;
    menu.row("Watching").await;

    let leo = sandbox.candidate("Leo Martín").await["opportunity"].clone();
    sandbox
        .play(
            "candidates",
            &json!({"do": "tag", "opportunity": leo, "tag": "coderpad"}),
        )
        .await;
    let long = "Maximiliane Freifrau von Hohenstein-Wittgenau de la Fuente y Carvalho";
    for name in ["נועה לוי", long, "Leo Martín", "Amara Nwosu"] {
        sandbox.move_to(name, "Phone Screen").await;
        menu.click("Check now").await;
        notifications.titled(&format!("Pad ready: {name}")).await;
    }
    menu.click("New: Leo Martín").await;
    menu.row("Leo Martín").await;
    // A name that is written from the right stays in its place.
    menu.row("\u{200e}New: \u{2068}נועה לוי\u{2069} – ").await;
    menu.click("Open Padwatch").await;
    let page = program.page(&desk).await;
    page.shows_section("Link copied").await;
    page.lists("Leo Martín", true).await;
    screen::picture_of_window(&desk, &window::only(&desk), "window");
    page.leave().await;
    window::close(&desk);
    panel.open_menu(&desk).await;
    screen::picture_of_part(&desk, "480x300+800+0", "tray");
    assert!(program.end().await.success());
}

/// `docs/pictures` has the pictures that tests take as `guide-…`, without that word
/// (`PADWATCH_PICTURES` says where to).
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn the_pictures_of_readme_and_guide_are_of_the_demo() {
    let mut desk = Desk::bare();
    let notifications = Notifications::serve(&desk).await;
    let _keyring = Keyring::unlocked(&desk);
    screen::paint_background(&desk);
    let panel = Panel::start(&mut desk);
    let program = Program::start_with(&desk, ["--sandbox", "--hidden"]);
    let menu = panel.menu(&desk).await;
    notifications.titled("Pad ready: Amara Nwosu").await;
    menu.row("New: Amara Nwosu").await;
    menu.click("Open Padwatch").await;
    let page = program.page(&desk).await;
    page.lists("Amara Nwosu", true).await;
    page.lists(ENDED, true).await;
    screen::picture_of_window(&desk, &window::only(&desk), "guide-window");
    window::resize(&desk, (1_000, 720));
    // Whom Enter would copy for is beside the list.
    page.says("tag on the candidate").await;
    page.shows_section("Ready to send").await;
    screen::picture_of_window(&desk, &window::only(&desk), "guide-candidate");
    page.leave().await;
    window::close(&desk);
    panel.open_menu(&desk).await;
    screen::picture_of_part(&desk, "480x370+800+0", "guide-tray");
    assert!(program.end().await.success());

    let program = Program::start_with(&desk, std::iter::empty());
    let page = program.page(&desk).await;
    page.says("Copy a request for your Super Admin").await;
    screen::picture_of_window(&desk, &window::only(&desk), "guide-set-up");
    page.leave().await;
    assert!(program.end().await.success());
}
