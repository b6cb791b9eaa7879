//! The whole set-up in the real window, as a person alone with it goes through it.

use crate::harness::desk::Desk;
use crate::harness::page::Page;
use crate::harness::program::Program;
use crate::harness::sandbox::Sandbox;
use crate::harness::screen;
use crate::harness::wait::until;
use crate::harness::{office, office_with_keys};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_recruiter_sets_padwatch_up_alone() {
    let (desk, tray, _notifications, _keyring, sandbox) = office().await;
    let keys = [
        sandbox.addresses().lever_key.clone(),
        sandbox.addresses().coderpad_key.clone(),
    ];
    let program = Program::start(&desk, &sandbox, &[]);
    let page = program.page(&desk).await;
    page.press("Set up").await;

    enter_keys(&page, &keys).await;

    // Back and forth: what was found is still there.
    page.press("Back").await;
    page.says("The Lever key works.").await;
    page.press("Continue").await;
    page.says("The CoderPad key works.").await;
    page.press("Continue").await;

    answer_the_questions(&desk, &page).await;
    start_at_login(&desk, &page).await;
    page.press("Continue").await;
    page.says("Padwatch is watching").await;
    page.press("Show the list").await;
    page.says("Already in stage").await;
    assert_eq!(sandbox.pads().await.len(), 0, "nobody was chosen");
    tray.menu().await.row("Watching").await;
    page.leave().await;
    assert!(program.end().await.success());
}

/// The usual region is another company's account, and knows no key of this one.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn an_eu_account_goes_from_the_first_page_to_the_first_pad() {
    let (desk, tray, _notifications, _keyring, sandbox) = office().await;
    let usual_region = Sandbox::start().await;
    let (lever, usual) = (
        &sandbox.addresses().lever_api,
        &usual_region.addresses().lever_api,
    );
    let coderpad = &sandbox.addresses().coderpad_api;
    let roots = ["--lever-api", usual, "--lever-api", lever];
    let roots = roots.into_iter().chain(["--coderpad-api", coderpad]);
    let program = Program::start_with(&desk, roots);
    let page = program.page(&desk).await;
    page.press("Set up").await;
    let keys = [
        sandbox.addresses().lever_key.clone(),
        sandbox.addresses().coderpad_key.clone(),
    ];
    enter_keys(&page, &keys).await;
    page.press("Back").await;
    page.says("The Lever key works.").await;
    let host = lever.trim_start_matches("http://");
    page.says(host.trim_end_matches("/v1")).await;
    page.press("Continue").await;
    page.says("The CoderPad key works.").await;
    page.press("Continue").await;
    answer_the_questions(&desk, &page).await;
    page.says("Open at login?").await;
    page.press("Continue").await;
    page.press("Show the list").await;

    sandbox.move_to("Amara Nwosu", "Phone Screen").await;
    let menu = tray.menu().await;
    menu.click("Check now").await;
    menu.row("New: Amara Nwosu").await;
    assert_eq!(sandbox.pads().await.len(), 1);
    assert_eq!(usual_region.pads().await.len(), 0);
    page.leave().await;
    assert!(program.end().await.success());
}

/// A key as it is copied out of a chat; the other service's is recognized.
async fn enter_keys(page: &Page, keys: &[String; 2]) {
    page.type_into("Lever API key", &format!(" “{}” ", keys[0]))
        .await;
    page.press("Test and save").await;
    page.says("The Lever key works.").await;
    page.says("Find all stages").await;
    page.press("Continue").await;
    page.type_into("CoderPad API key", &keys[0]).await;
    page.press("Test and save").await;
    page.says("This is the Lever key.").await;
    page.write("CoderPad API key", &keys[1]).await;
    page.press("Test and save").await;
    page.says("The CoderPad key works.").await;
    page.says("Default language").await;
}

async fn answer_the_questions(desk: &Desk, page: &Page) {
    page.says("Who are you in Lever?").await;
    page.choose("Don’t attribute to a person").await;
    page.press("Continue").await;
    page.says("What to watch").await;
    page.says("on 2 candidates").await;
    page.press("Continue").await;
    page.says("Who creates the pads?").await;
    page.press("Continue").await;

    page.says("Candidates already in stage").await;
    page.says("Farida Haddad").await;
    page.press("Continue without pads").await;
    page.says("The invitation").await;
    page.write("Subject", "Your talk about {{ job }}").await;
    page.says("Your talk about").await;
    screen::picture(desk, "set-up-invitation");
    page.press("Continue").await;
}

async fn start_at_login(desk: &Desk, page: &Page) {
    let entry = desk.folder(".config").join("autostart/padwatch.desktop");
    page.says("Open at login?").await;
    assert!(!entry.exists(), "off until somebody says yes");
    page.choose("Open Padwatch when I log in").await;
    until("the entry for the login", async || {
        entry.exists().then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn trying_the_demo_starts_a_second_padwatch_with_sample_data() {
    let (desk, tray, _notifications, _keyring, sandbox) = office().await;
    let program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    menu.click("Open Padwatch").await;
    let page = program.page(&desk).await;
    page.press("Try the demo").await;
    page.says("The demo opens in its own window").await;
    until("a second icon", async || (tray.icons() == 2).then_some(())).await;
    until("the sample's own ledger", async || {
        desk.profile()
            .join("sandbox/ledger.sqlite3")
            .is_file()
            .then_some(())
    })
    .await;
    page.leave().await;
    // The sample ends with the session's screen.
    assert!(program.end().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn another_place_counts_after_a_new_start_from_the_settings() {
    let (desk, tray, _notifications, _keyring, sandbox) = office_with_keys().await;
    let program = Program::start(&desk, &sandbox, &[]);
    let menu = tray.menu().await;
    menu.row("Watching").await;
    let page = program.page(&desk).await;
    page.press_named("Settings").await;
    page.press("Connection").await;
    page.says("Padwatch was started with other addresses.")
        .await;
    page.choose("None").await;
    page.press("Save").await;
    page.says("Restart Padwatch to apply.").await;
    page.press_and_lose("Restart now").await;
    // The same process, another life: the window is a new one.
    let page = program.page(&desk).await;
    page.says("Watching").await;
    page.press_named("Settings").await;
    page.press("Connection").await;
    page.says("Save").await;
    assert!(!page.text().await.contains("Restart now"), "it counts now");
    page.leave().await;
    assert!(program.end().await.success());
}
