//! What a recruiter does in the window all day, in the web view that Padwatch really uses.

use serde_json::json;

use crate::harness::clipboard;
use crate::harness::desk::Desk;
use crate::harness::keyring::Keyring;
use crate::harness::notifications::Notifications;
use crate::harness::office_with_keys;
use crate::harness::program::Program;
use crate::harness::sandbox::Sandbox;
use crate::harness::tray::Tray;
use crate::harness::wait::until;

const NAME: &str = "Amara Nwosu";
/// Control held down, and let go of again.
const FIND: &str = "\u{e009}f\u{e000}";
const DOWN: &str = "\u{e015}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

/// A Padwatch that watches, with its window open.
struct Office {
    desk: Desk,
    tray: Tray,
    notifications: Notifications,
    _keyring: Keyring,
    sandbox: Sandbox,
    program: Program,
}

impl Office {
    async fn open() -> Self {
        let (desk, tray, notifications, keyring, sandbox) = office_with_keys().await;
        let program = Program::start(&desk, &sandbox, &[]);
        tray.menu().await.row("Watching").await;
        Self {
            desk,
            tray,
            notifications,
            _keyring: keyring,
            sandbox,
            program,
        }
    }

    /// Moves a candidate on, and waits until their pad is told of.
    async fn with_pad(&self, name: &str) -> String {
        let before = self.sandbox.pads().await.len();
        self.sandbox.move_to(name, "Phone Screen").await;
        self.tray.menu().await.click("Check now").await;
        self.notifications
            .titled(&format!("Pad ready: {name}"))
            .await;
        self.sandbox.pads().await[before]["url"]
            .as_str()
            .unwrap()
            .to_owned()
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn somebody_is_searched_and_their_link_copied_by_keyboard_alone() {
    let office = Office::open().await;
    let link = office.with_pad(NAME).await;
    office.with_pad("נועה לוי").await;
    let page = office.program.page(&office.desk).await;
    page.lists(NAME, true).await;
    page.keys(FIND).await;
    page.keys("nwo").await;
    page.lists("נועה לוי", false).await;
    page.keys(DOWN).await;
    page.keys(ENTER).await;
    clipboard::holds(&office.desk, &link).await;
    page.keys(ESCAPE).await;
    page.shows_section("Link copied").await;
    page.lists("נועה לוי", true).await;
    page.leave().await;
    assert!(office.program.end().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn the_newest_link_is_copied_by_a_second_start() {
    let office = Office::open().await;
    let copy = ["--copy-latest"];
    let mut none = Program::start(&office.desk, &office.sandbox, &copy);
    assert_eq!(none.ended().await.code(), Some(1));
    let link = office.with_pad(NAME).await;
    let mut copied = Program::start(&office.desk, &office.sandbox, &copy);
    assert!(copied.ended().await.success());
    clipboard::holds(&office.desk, &link).await;
    let page = office.program.page(&office.desk).await;
    page.shows_section("Link copied").await;
    page.leave().await;
    assert!(office.program.end().await.success());
    let mut alone = Program::start(&office.desk, &office.sandbox, &copy);
    assert_eq!(alone.ended().await.code(), Some(2));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_changed_template_is_previewed_copied_and_put_into_an_email() {
    let office = Office::open().await;
    let opened = office.desk.note_opened_links();
    let link = office.with_pad(NAME).await;
    let page = office.program.page(&office.desk).await;
    page.press_named("Settings").await;
    page.press("Invitation").await;
    page.write("Text", "Dear {First name} & team, click {Pad link}")
        .await;
    page.says("Dear Amara & team, click").await;
    page.press_named("Back").await;
    page.press_named("Back").await;

    page.press_row(NAME).await;
    page.press("Copy invitation").await;
    page.says("Copied").await;
    let plain = format!("Dear Amara & team, click {link}");
    clipboard::holds(&office.desk, &plain).await;
    let rich = clipboard::rich(&office.desk).await;
    assert!(rich.contains(&format!("<a href=\"{link}\">")), "{rich}");
    assert!(rich.contains("Dear Amara &amp; team"), "{rich}");

    page.press("Email").await;
    until("a mail in the mail program", async || {
        let noted = std::fs::read_to_string(&opened).ok()?;
        noted.contains("mailto:").then_some(())
    })
    .await;
    page.leave().await;
    assert!(office.program.end().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn an_uncertain_pad_is_settled_by_whoever_sees_it_in_coderpad() {
    let office = Office::open().await;
    for name in ["listsLag", "createDropped"] {
        let preset = json!({"do": "preset", "name": name});
        office.sandbox.play("faults", &preset).await;
    }
    office.sandbox.move_to(NAME, "Phone Screen").await;
    office.tray.menu().await.click("Check now").await;
    let page = office.program.page(&office.desk).await;
    // It is no decision while Padwatch is still looking, but anyone who sees the pad may say so.
    page.shows_section("In progress").await;
    page.press_row(NAME).await;
    page.says("Checking CoderPad").await;
    page.says("Do you see the pad in CoderPad?").await;
    let made = office.sandbox.pads().await;
    assert_eq!(made.len(), 1, "it was made, and only the answer is missing");
    let link = made[0]["url"].as_str().unwrap().to_owned();
    page.write("Pad link", &link).await;
    page.press("Use this pad").await;
    page.says("Ready to send").await;
    page.press("Copy link").await;
    clipboard::holds(&office.desk, &link).await;
    assert_eq!(
        office.sandbox.pads().await.len(),
        1,
        "none was made beside it"
    );
    page.leave().await;
    assert!(office.program.end().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn tray_and_window_write_times_as_the_systems_region_does() {
    let (desk, tray, _notifications, _keyring, sandbox) = office_with_keys().await;
    // The words of this system are English; its dates are Germany's, without "AM" and "PM".
    let program = Program::start_where(&desk, &sandbox, &[("LC_TIME", "de_DE.UTF-8")]);
    tray.menu().await.row("Watching").await;
    tray.menu().await.click("For 1 hour").await;
    let paused = tray.menu().await.row("Paused until").await.label;
    assert!(!paused.ends_with('M'), "{paused}");
    let page = program.page(&desk).await;
    page.says(&paused).await;
    page.leave().await;
    assert!(program.end().await.success());
}
