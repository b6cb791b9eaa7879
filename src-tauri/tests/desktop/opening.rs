//! Addresses that are opened in other programs, and programs that don't open them.

use std::path::Path;

use crate::harness::desk::Desk;
use crate::harness::menu::Menu;
use crate::harness::notifications::Notifications;
use crate::harness::portal::Portal;
use crate::harness::program::Program;
use crate::harness::tray::Tray;
use crate::harness::wait::until;

const NOT_OPENED: &str = "No program on this desktop opened the";
const NOT_ASKED_FOR: &str = "The demo’s page hasn’t opened";
/// The demo moves this candidate automatically.
const NAME: &str = "Amara Nwosu";

/// Padwatch with sample data, whose menu has a row that opens a page.
struct Demo {
    menu: Menu,
    notifications: Notifications,
    _parts: (Tray, Program),
}

impl Demo {
    async fn start(desk: &Desk) -> Self {
        let (tray, notifications) = (Tray::serve(desk).await, Notifications::serve(desk).await);
        let program = Program::start_with(desk, ["--sandbox", "--hidden"]);
        Self {
            menu: tray.menu().await,
            notifications,
            _parts: (tray, program),
        }
    }

    /// Opens the candidate's profile: an address that is no one else's business.
    async fn open_profile(&self) {
        let shown = self
            .notifications
            .titled(&format!("Pad ready: {NAME}"))
            .await;
        self.notifications.press(&shown, "Open in Lever").await;
    }
}

/// Waits for an address that was opened in the browser.
async fn in_browser(noted: &Path) -> String {
    until("a page in the browser", async || {
        let links = std::fs::read_to_string(noted).ok()?;
        links.lines().next().map(str::to_owned)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_browser_that_does_not_start_is_told_of() {
    let desk = Desk::bare();
    desk.put_program("xdg-open", "exit 3");
    let demo = Demo::start(&desk).await;
    demo.menu.click("Demo controls…").await;
    let told = demo.notifications.titled(NOT_OPENED).await;
    // There is no link to copy: the address stands there.
    assert!(told.body.contains("or open http://127.0.0.1:"), "{told:?}");
    demo.open_profile().await;
    until("the second failure is told too", async || {
        let all = demo.notifications.all();
        let told = all.iter().filter(|it| it.title.starts_with(NOT_OPENED));
        (told.count() == 2).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_browser_that_fails_after_a_while_is_told_of_too() {
    let desk = Desk::bare();
    desk.put_program("xdg-open", "sleep 3; exit 3");
    let demo = Demo::start(&desk).await;
    demo.menu.click("Demo controls…").await;
    demo.notifications.titled(NOT_OPENED).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_portal_does_not_hide_that_the_demos_browser_fails() {
    let desk = Desk::bare();
    desk.put_program("xdg-open", "exit 3");
    let _portal = Portal::serve(&desk, 0).await;
    let demo = Demo::start(&desk).await;
    demo.menu.click("Demo controls…").await;
    demo.notifications.titled(NOT_OPENED).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_demo_page_that_no_browser_asks_for_is_told_of() {
    let desk = Desk::bare();
    // What it has started dies later, and no one says so.
    desk.note_opened_links();
    let demo = Demo::start(&desk).await;
    demo.menu.click("Demo controls…").await;
    demo.notifications.titled(NOT_ASKED_FOR).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn the_portal_opens_addresses_that_no_command_line_shows() {
    let desk = Desk::bare();
    let noted = desk.note_opened_links();
    let portal = Portal::serve(&desk, 0).await;
    let demo = Demo::start(&desk).await;
    demo.open_profile().await;
    let address = portal.asked().await;
    assert!(address.contains("/candidates/"), "{address}");
    // The next thing that is opened comes after it, by the other way.
    demo.menu.click("Demo controls…").await;
    let page = in_browser(&noted).await;
    assert!(!page.contains("/candidates/"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn where_the_portal_fails_the_browser_is_started() {
    let desk = Desk::bare();
    let noted = desk.note_opened_links();
    let portal = Portal::serve(&desk, 2).await;
    let demo = Demo::start(&desk).await;
    demo.open_profile().await;
    assert_eq!(in_browser(&noted).await, portal.asked().await);
}
