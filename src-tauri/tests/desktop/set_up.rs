//! The whole set-up in the real window, as a person alone with it goes through it.

use std::cell::Cell;
use std::time::{Duration, Instant};

use crate::harness::page::Page;
use crate::harness::program::Program;
use crate::harness::sandbox::Sandbox;
use crate::harness::screen;
use crate::harness::wait::until;
use crate::harness::window;
use crate::harness::{office, office_with_keys};

/// How long a person takes to paste or type a few characters, to find a button, and to read a page.
const KEYSTROKES: Duration = Duration::from_millis(400);
const A_SCREEN: Duration = Duration::from_millis(1500);

/// A person, who needs time for everything and counts clicks.
struct Person<'a> {
    page: &'a Page,
    clicks: Cell<u32>,
}

impl Person<'_> {
    /// Reads a page once it is there.
    async fn reads(&self, words: &str) {
        self.page.says(words).await;
        // The pace is what is measured here.
        tokio::time::sleep(A_SCREEN).await;
    }

    async fn clicks(&self, button: &str) {
        self.page.press(button).await;
        self.clicks.set(self.clicks.get() + 1);
    }

    /// A key is copied elsewhere and pasted; here it is typed in groups of eight.
    async fn types(&self, label: &str, text: &str) {
        let letters: Vec<char> = text.chars().collect();
        for group in letters.chunks(8) {
            tokio::time::sleep(KEYSTROKES).await;
            self.page
                .type_into(label, &group.iter().collect::<String>())
                .await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_recruiter_goes_from_nothing_to_watching_in_two_minutes() {
    let (desk, tray, _notifications, _keyring, sandbox) = office().await;
    let keys = keys_of(&sandbox);
    let entry = desk.folder(".config").join("autostart/padwatch.desktop");
    let began = Instant::now();
    let program = Program::start(&desk, &sandbox, &[]);
    let page = program.page(&desk).await;
    let person = Person {
        page: &page,
        clicks: Cell::new(0),
    };
    person.reads("Connect Lever").await;
    person.types("Lever API key", &keys[0]).await;
    person.clicks("Connect").await;
    person.reads("Connect CoderPad").await;
    person.types("CoderPad API key", &keys[1]).await;
    person.clicks("Connect").await;
    person.reads("coderpad · 12 candidates").await;
    page.says("only when you really mean it").await;
    screen::picture(&desk, "set-up-check");
    assert!(!entry.exists(), "not before the page that says so is left");
    person.clicks("Continue").await;
    person.reads("Farida Haddad").await;
    assert!(entry.exists(), "Padwatch opens at login");
    screen::picture(&desk, "set-up-people");
    person.clicks("Start watching").await;
    page.says("Watching").await;
    let took = began.elapsed();
    let clicks = person.clicks.get();
    eprintln!(
        "set-up: {:.1} s at a person's pace, {clicks} clicks",
        took.as_secs_f64()
    );
    assert!(took < Duration::from_secs(120), "{took:?}");
    assert!(clicks <= 7, "{clicks} clicks");
    assert_eq!(sandbox.pads().await.len(), 0, "nobody was chosen");
    tray.menu().await.row("Watching").await;
    page.leave().await;
    assert!(program.end().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_window_closed_in_the_middle_of_set_up_comes_back_where_it_was() {
    let (mut desk, tray, _notifications, _keyring, sandbox) = office().await;
    desk.start_manager().unwrap();
    let keys = keys_of(&sandbox);
    let program = Program::start(&desk, &sandbox, &[]);
    let page = program.page(&desk).await;
    enter_keys(&page, &keys).await;
    page.says("coderpad · 12 candidates").await;
    page.press("Change Tag").await;
    page.write("Tag", "referral").await;
    page.says("referral · ").await;
    page.leave().await;
    window::close(&desk);
    sandbox.move_to("Amara Nwosu", "Phone Screen").await;

    let menu = tray.menu().await;
    menu.click("Finish setting up").await;
    let page = program.page(&desk).await;
    page.says("Check these").await;
    page.says("referral · ").await;
    page.says("Continue").await;
    assert_eq!(sandbox.pads().await.len(), 0, "set-up is not finished");
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
    enter_keys(&page, &keys_of(&sandbox)).await;
    // Back to what was found.
    page.press("Back").await;
    page.says("The CoderPad key works.").await;
    page.press("Back").await;
    page.says("The Lever key works.").await;
    page.says("Find all stages").await;
    let host = lever.trim_start_matches("http://");
    page.says(host.trim_end_matches("/v1")).await;
    page.press("Continue").await;
    page.says("The CoderPad key works.").await;
    page.press("Continue").await;
    page.says("coderpad · 12 candidates").await;
    page.press("Continue").await;
    page.says("Farida Haddad").await;
    page.press("Start watching").await;

    sandbox.move_to("Amara Nwosu", "Phone Screen").await;
    let menu = tray.menu().await;
    menu.click("Check now").await;
    menu.row("New: Amara Nwosu").await;
    assert_eq!(sandbox.pads().await.len(), 1);
    assert_eq!(usual_region.pads().await.len(), 0);
    page.leave().await;
    assert!(program.end().await.success());
}

fn keys_of(sandbox: &Sandbox) -> [String; 2] {
    let addresses = sandbox.addresses();
    [addresses.lever_key.clone(), addresses.coderpad_key.clone()]
}

/// A key as it is copied out of a chat; the other service's is recognized.
async fn enter_keys(page: &Page, keys: &[String; 2]) {
    page.type_into("Lever API key", &format!(" “{}” ", keys[0]))
        .await;
    page.press("Connect").await;
    page.type_into("CoderPad API key", &keys[0]).await;
    page.press("Connect").await;
    page.says("This is the Lever key.").await;
    page.write("CoderPad API key", &keys[1]).await;
    page.press("Connect").await;
    page.says("Check these").await;
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
    let log = desk.profile().join("sandbox/logs/padwatch.log");
    let log = std::fs::read_to_string(log).unwrap();
    assert!(!log.contains("ERROR"), "{log}");
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
    page.press("Keys, region, and proxy").await;
    page.press("Region and proxy").await;
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
    page.press("Keys, region, and proxy").await;
    page.press("Region and proxy").await;
    page.says("Save").await;
    assert!(!page.text().await.contains("Restart now"), "it counts now");
    page.leave().await;
    assert!(program.end().await.success());
}
