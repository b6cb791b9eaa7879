//! The whole path of one candidate, from the keys to the link in the clipboard.

use std::path::{Path, PathBuf};

use crate::harness::clipboard;
use crate::harness::desk::Desk;
use crate::harness::keyring::Keyring;
use crate::harness::office;
use crate::harness::page::Page;
use crate::harness::program::Program;
use crate::harness::sandbox::Sandbox;
use crate::harness::screen;
use crate::harness::wait::{until, until_equal};

/// Tagged, and one stage before the watched one.
const NAME: &str = "Amara Nwosu";
/// Another one, whose name is written from the right.
const OTHER: &str = "נועה לוי";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_tagged_candidate_in_phone_screen_becomes_a_link_in_the_tray() {
    let (desk, tray, notifications, _keyring, sandbox) = office().await;
    let opened = desk.note_opened_links();
    let keys = [
        sandbox.addresses().lever_key.clone(),
        sandbox.addresses().coderpad_key.clone(),
    ];
    let program = Program::start(&desk, &sandbox, &[]);

    // The keys go in through the window.
    let page = program.page(&desk).await;
    enter_keys(&desk, &page, &keys).await;
    finish_set_up(&page).await;
    let menu = tray.menu().await;
    menu.row("Watching").await;

    // The candidate moves on, and a person asks for a check.
    sandbox.move_to(NAME, "Phone Screen").await;
    menu.click("Check now").await;
    let shown = notifications.titled(&format!("Pad ready: {NAME}, ")).await;
    assert_eq!(shown.body, "Copy the link and add it to your invitation.");
    let link = sandbox.pads().await[0]["url"].as_str().unwrap().to_owned();
    notifications.press(&shown, "Copy link").await;
    clipboard::holds(&desk, &link).await;

    // The same link from the menu.
    clipboard::replace(&desk, "something else");
    menu.click(&format!("{NAME} –")).await;
    menu.row(&format!("Link copied: {NAME}")).await;
    clipboard::holds(&desk, &link).await;

    // The profile has the link once, and there is one pad.
    until_equal("links on the profile", vec![link.clone()], async || {
        let links = sandbox.candidate(NAME).await["links"].clone();
        serde_json::from_value(links).unwrap_or_default()
    })
    .await;
    assert_eq!(sandbox.pads().await.len(), 1);

    // Another one: the other button opens the profile.
    sandbox.move_to(OTHER, "Phone Screen").await;
    menu.click("Check now").await;
    let shown = notifications.titled(&format!("Pad ready: {OTHER}, ")).await;
    notifications.press(&shown, "Open in Lever").await;
    profile_is_opened(&sandbox, &opened).await;

    // Neither key is anywhere it can be read.
    let source = page.source().await;
    let secrets: Vec<&str> = keys.iter().map(String::as_str).collect();
    assert!(
        secrets.iter().all(|key| !source.contains(key)),
        "a key is in the page"
    );
    page.leave().await;
    assert!(program.end().await.success());
    assert_not_written(&desk, &secrets);
}

async fn enter_keys(desk: &Desk, page: &Page, keys: &[String; 2]) {
    page.type_into("Lever API key", &format!(" \"{}\" ", keys[0]))
        .await;
    screen::picture(desk, "set-up-lever");
    page.press("Connect").await;
    page.type_into("CoderPad API key", &keys[1]).await;
    page.press("Connect").await;
    page.says("Check these").await;
    screen::picture(desk, "set-up-check");
    assert_eq!(
        Keyring::read(desk, "lever-api-key").as_ref(),
        Some(&keys[0])
    );
    assert_eq!(
        Keyring::read(desk, "coderpad-api-key").as_ref(),
        Some(&keys[1])
    );
}

async fn profile_is_opened(sandbox: &Sandbox, opened: &Path) {
    let profile = sandbox.candidate(OTHER).await["opportunity"].clone();
    let profile = format!("/candidates/{}\n", profile.as_str().unwrap());
    until("the profile in the browser", async || {
        std::fs::read_to_string(opened)
            .ok()?
            .ends_with(&profile)
            .then_some(())
    })
    .await;
}

fn assert_not_written(desk: &Desk, secrets: &[&str]) {
    assert_eq!(
        Desk::files_with(&desk.profile(), secrets),
        Vec::<PathBuf>::new()
    );
    let output = std::fs::read_to_string(Program::output(desk)).unwrap();
    assert!(
        secrets.iter().all(|key| !output.contains(key)),
        "a key was printed"
    );
}

/// The pages after the keys, with what they suggest: before the last one, no pad is created.
async fn finish_set_up(page: &Page) {
    page.says("coderpad · 12 candidates").await;
    page.press("Continue").await;
    page.says("Already in Phone Screen").await;
    page.press("Start watching").await;
}
