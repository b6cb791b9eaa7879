//! Notifications: who may press their buttons, and where a click on one leads.

use crate::harness::clipboard;
use crate::harness::desk::Desk;
use crate::harness::keyring::Keyring;
use crate::harness::menu::Menu;
use crate::harness::notifications::{Notifications, Shown};
use crate::harness::program::Program;
use crate::harness::sandbox::Sandbox;
use crate::harness::tray::Tray;
use crate::harness::window;

const NAME: &str = "Amara Nwosu";

/// A Padwatch that has made a pad and says so in a notification.
struct Told {
    menu: Menu,
    sandbox: Sandbox,
    program: Program,
    shown: Shown,
    _parts: (Tray, Keyring),
}

impl Told {
    async fn of_a_pad(desk: &Desk, notifications: &Notifications) -> Self {
        let tray = Tray::serve(desk).await;
        let keyring = Keyring::unlocked(desk);
        let sandbox = Sandbox::start().await;
        Keyring::store_both(desk, &sandbox);
        let program = Program::start(desk, &sandbox, &["--hidden"]);
        let menu = tray.menu().await;
        menu.row("Watching").await;
        sandbox.move_to(NAME, "Phone Screen").await;
        menu.click("Check now").await;
        let shown = notifications.titled(&format!("Pad ready: {NAME}")).await;
        Self {
            menu,
            sandbox,
            program,
            shown,
            _parts: (tray, keyring),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn only_the_notification_service_presses_buttons() {
    let desk = Desk::bare();
    let notifications = Notifications::serve(&desk).await;
    clipboard::replace(&desk, "something else");
    let told = Told::of_a_pad(&desk, &notifications).await;
    notifications
        .forge_press(&desk, &told.shown, "Copy link")
        .await;
    // Still listened to, by the one whose word counts.
    let opened = desk.note_opened_links();
    notifications.press(&told.shown, "Open in Lever").await;
    crate::harness::wait::until("the profile in the browser", async || {
        std::fs::read_to_string(&opened)
            .ok()
            .filter(|links| !links.is_empty())
    })
    .await;
    told.menu.row(&format!("New: {NAME}")).await;
    clipboard::holds(&desk, "something else").await;
    assert!(told.program.end().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn the_next_notification_service_counts_anew_and_presses_nothing_old() {
    let desk = Desk::bare();
    let notifications = Notifications::serve(&desk).await;
    clipboard::replace(&desk, "something else");
    let told = Told::of_a_pad(&desk, &notifications).await;
    notifications.end().await;
    let next = Notifications::serve(&desk).await;
    next.let_go(&told.shown).await;
    told.menu.row(&format!("New: {NAME}")).await;
    clipboard::holds(&desk, "something else").await;
    assert!(told.program.end().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_click_on_a_notification_opens_the_window_with_its_candidate() {
    let desk = Desk::bare();
    let notifications = Notifications::serve(&desk).await;
    let told = Told::of_a_pad(&desk, &notifications).await;
    assert_eq!(window::count(&desk), 0);
    notifications.click(&told.shown).await;
    let page = told.program.page(&desk).await;
    // What only the candidate's own page has.
    page.says("Copy invitation").await;
    page.is_about(NAME).await;

    // Also when the window is open already, and shows another candidate.
    let other = "נועה לוי";
    told.sandbox.move_to(other, "Phone Screen").await;
    told.menu.click("Check now").await;
    let shown = notifications.titled(&format!("Pad ready: {other}")).await;
    page.is_about(NAME).await;
    notifications.click(&shown).await;
    page.is_about(other).await;
    crate::harness::screen::picture(&desk, "notification-click");
    page.leave().await;
    assert!(told.program.end().await.success());
}
