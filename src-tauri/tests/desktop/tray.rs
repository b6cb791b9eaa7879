//! The tray without the window: where its rows lead, what else they do, and what the icon says.

use serde_json::{Value, json};

use crate::harness::clipboard;
use crate::harness::item::drawn;
use crate::harness::menu::Row;
use crate::harness::program::Program;
use crate::harness::sandbox::Sandbox;
use crate::harness::screen::picture_of_part;
use crate::harness::tray::Tray;
use crate::harness::wait::until;
use crate::harness::{office, office_with_keys};

const NAME: &str = "Amara Nwosu";

/// Waits for the icon with this picture.
async fn shows(tray: &Tray, picture: &str) {
    let drawn = drawn(picture);
    until(&format!("the icon {picture}"), async || {
        (tray.pixels_of(0).await == drawn).then_some(())
    })
    .await;
}

/// A plan of so many pads, of which twenty were used in the ten days since it was reset.
fn use_twenty_pads_of(sandbox: &Sandbox, limit: u32) {
    sandbox.with(|world| {
        let now_ms = world.now();
        let quota = &mut world.coderpad.quota;
        let reset_ms = quota.reset_ms.unwrap_or(now_ms - 10 * 24 * 3_600_000);
        (quota.used, quota.limit, quota.reset_ms) = (20, limit, Some(reset_ms));
    });
}

async fn fail(sandbox: &Sandbox, matching: Value, status: u16) {
    let rule = json!({"name": "trouble", "match": matching,
        "effect": {"kind": "status", "status": status, "message": "No such language."}});
    let command = json!({"do": "set", "rule": rule});
    sandbox.play("faults", &command).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn without_keys_the_first_row_leads_to_set_up() {
    let (desk, tray, _notifications, _keyring, sandbox) = office().await;
    let program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    let needs = "Padwatch needs a Lever key";
    assert!(menu.row(needs).await.enabled);
    let rows = menu.rows().await;
    assert!(rows[0].label.starts_with(needs), "{rows:?}");
    shows(&tray, "needs-you").await;
    menu.click(needs).await;
    let page = program.page(&desk).await;
    page.says("Connect Lever").await;
    page.leave().await;
    assert!(program.end().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_decision_is_the_first_row_and_leads_to_its_candidate() {
    let (desk, tray, notifications, _keyring, sandbox) = office_with_keys().await;
    let program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    menu.row("Watching").await;
    shows(&tray, "watching").await;
    let creations = json!({"service": "coderpad", "method": "POST", "path": "/api/pads"});
    fail(&sandbox, creations, 400).await;
    sandbox.move_to(NAME, "Phone Screen").await;
    menu.click("Check now").await;
    let decide = format!("Needs a decision: {NAME}");
    menu.row(&decide).await;
    let rows = menu.rows().await;
    assert!(rows[0].enabled && rows[0].label == decide, "{rows:?}");
    shows(&tray, "needs-you").await;
    let said = tray.property_of(0, "Title").await;
    assert_eq!(said, "Padwatch: 1 candidate needs a decision");
    menu.click(&decide).await;
    let page = program.page(&desk).await;
    page.says(NAME).await;
    page.says("Declined by CoderPad").await;
    page.says("Skip").await;
    page.leave().await;
    drop(notifications);
    assert!(program.end().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_service_in_trouble_is_amber_and_leads_to_what_is_known_of_it() {
    let (desk, tray, _notifications, _keyring, sandbox) = office_with_keys().await;
    let program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    menu.row("Watching").await;
    fail(&sandbox, json!({"service": "lever"}), 503).await;
    menu.click("Check now").await;
    menu.row("Lever is having problems.").await;
    shows(&tray, "waiting").await;
    let rows = menu.rows().await;
    assert!(rows[0].enabled, "{rows:?}");
    menu.click("Lever is having problems.").await;
    let page = program.page(&desk).await;
    page.says("Waiting for Lever").await;
    page.says("Try again now").await;
    page.leave().await;
    assert!(program.end().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_copy_is_seen_in_the_icon_and_more_does_the_rest() {
    let (desk, tray, notifications, _keyring, sandbox) = office_with_keys().await;
    let opened = desk.note_opened_links();
    let program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    menu.row("Watching").await;
    sandbox.move_to(NAME, "Phone Screen").await;
    menu.click("Check now").await;
    notifications.titled(&format!("Pad ready: {NAME}")).await;
    shows(&tray, "new").await;

    // Marked as sent and back, without the window.
    menu.row(&format!("More for {NAME}")).await;
    menu.click("Mark as sent").await;
    menu.row("Mark as not sent").await;
    shows(&tray, "watching").await;
    menu.click("Mark as not sent").await;
    shows(&tray, "new").await;
    menu.click("Open in Lever").await;
    until("the profile in the browser", async || {
        let links = std::fs::read_to_string(&opened).ok()?;
        links.contains("/candidates/").then_some(())
    })
    .await;
    // The interview isn't scheduled yet: the lines about it are left out.
    menu.click("Copy invitation").await;
    clipboard::starting_with(&desk, "Hi Amara,").await;
    menu.click("Mark as not sent").await;
    shows(&tray, "new").await;

    menu.click(&format!("New: {NAME}")).await;
    shows(&tray, "copied").await;
    let said = tray.property_of(0, "Title").await;
    assert_eq!(said, "Padwatch: pad link copied");
    clipboard::starting_with(&desk, "http").await;
    shows(&tray, "watching").await;
    assert!(program.end().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_plan_that_will_not_last_is_told_in_the_tray_the_window_and_once() {
    let (desk, tray, notifications, _keyring, sandbox) = office_with_keys().await;
    let is_said = |rows: &[Row]| rows.iter().any(|row| row.label.contains("are likely"));
    let asked = || sandbox.with(|world| world.journal.count("GET /api/quota"));
    let asked_again = async |before: u64| {
        until("the quota is asked for", async || {
            (asked() > before).then_some(())
        })
        .await;
    };

    // CoderPad doesn't say: no row.
    let quota = json!({"service": "coderpad", "method": "GET", "path": "/api/quota"});
    fail(&sandbox, quota, 403).await;
    use_twenty_pads_of(&sandbox, 26);
    let before = asked();
    let program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    asked_again(before).await;
    menu.row("Watching").await;
    assert!(!is_said(&menu.rows().await));
    assert!(program.end().await.success());

    // A pace at which they don't last.
    sandbox.play("faults", &json!({"do": "clear"})).await;
    use_twenty_pads_of(&sandbox, 26);
    let program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    until("the row about the plan", async || {
        is_said(&menu.rows().await).then_some(())
    })
    .await;
    let told = notifications.titled("6 CoderPad pads left, about ").await;
    assert!(told.body.contains("new candidates wait"), "{told:?}");
    menu.click("Open Padwatch").await;
    let page = program.page(&desk).await;
    page.says("more pads are likely before").await;
    picture_of_part(&desk, "440x192+0+0", "guide-plan-short");
    page.leave().await;
    assert!(program.end().await.success());

    // A larger plan.
    use_twenty_pads_of(&sandbox, 200);
    let before = asked();
    let program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    asked_again(before).await;
    menu.row("Watching").await;
    assert!(!is_said(&menu.rows().await));
    assert!(program.end().await.success());
    let told = notifications.all().into_iter();
    assert_eq!(
        told.filter(|told| told.title.contains("pads left")).count(),
        1
    );
}
