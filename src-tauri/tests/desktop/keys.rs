//! Keys that are wrong, missing, or out of reach.

use crate::harness::desk::Desk;
use crate::harness::keyring::Keyring;
use crate::harness::notifications::Notifications;
use crate::harness::program::Program;
use crate::harness::prompter::Prompter;
use crate::harness::sandbox::Sandbox;
use crate::harness::tray::Tray;
use crate::harness::wait::until;
use crate::harness::{office, office_with_keys, office_with_locked_keys};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_wrong_key_is_refused_in_plain_words_and_not_kept() {
    let (desk, _tray, _notifications, _keyring, sandbox) = office().await;
    let program = Program::start(&desk, &sandbox, &[]);
    let page = program.page(&desk).await;
    page.type_into("Lever API key", "not-a-key-of-lever").await;
    page.press("Connect").await;
    page.says("key").await;
    page.says("Lever rejected the API key").await;
    assert_eq!(Keyring::read(&desk, "lever-api-key"), None);
    page.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_key_that_stops_working_is_said_in_the_menu() {
    let (desk, tray, _notifications, _keyring, sandbox) = office().await;
    Keyring::store(&desk, "lever-api-key", &sandbox.addresses().lever_key);
    Keyring::store(&desk, "coderpad-api-key", "revoked-long-ago");
    let _program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    menu.row("CoderPad rejected the API key").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn without_a_keyring_the_menu_says_so_and_finds_one_that_comes_later() {
    let desk = Desk::bare();
    let (tray, _notifications) = (Tray::serve(&desk).await, Notifications::serve(&desk).await);
    let sandbox = Sandbox::start().await;
    let _program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    menu.row("No password store (keyring) is running").await;

    let _keyring = Keyring::unlocked(&desk);
    Keyring::store_both(&desk, &sandbox);
    menu.click("Check now").await;
    menu.row("Watching").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_keyring_with_no_place_for_keys_is_said_and_one_that_comes_is_found() {
    let desk = Desk::bare();
    let (tray, _notifications) = (Tray::serve(&desk).await, Notifications::serve(&desk).await);
    let sandbox = Sandbox::start().await;
    // Never used: there is no keyring in it yet.
    let empty = Keyring::locked(&desk);
    let _program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    menu.row("Your password store (keyring) is closed").await;

    drop(empty);
    let _keyring = Keyring::unlocked(&desk);
    Keyring::store_both(&desk, &sandbox);
    menu.row("Watching").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_locked_keyring_is_said_and_padwatch_goes_on_once_it_is_unlocked() {
    let (desk, tray, _notifications, keyring, sandbox) = office_with_locked_keys().await;
    let _program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    menu.row("Your password store (keyring) is locked").await;

    keyring.unlock(&desk).await;
    menu.click("Check now").await;
    menu.row("Watching").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_password_prompt_is_waited_for_in_words_and_may_be_answered_late() {
    let (desk, tray, _notifications, keyring, sandbox) = office_with_locked_keys().await;
    let prompter = Prompter::serve(&desk).await;
    let _program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    menu.row("Padwatch is waiting for your password store")
        .await;
    for row in menu.rows().await {
        assert!(!row.label.contains("needs a"), "{row:?}");
    }
    // By now no one waits for it any longer.
    menu.row("Your password store (keyring) is locked").await;
    keyring.unlock(&desk).await;
    prompter.end().await;
    // Until the keys are in use, no word of keys that are missing.
    until("Padwatch watches", async || {
        let rows = menu.rows().await;
        for row in &rows {
            assert!(!row.label.contains("needs a"), "{row:?}");
        }
        rows.iter()
            .any(|row| row.label.starts_with("Watching"))
            .then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_keyring_that_another_program_unlocks_is_read_beside_an_open_prompt() {
    let (desk, tray, _notifications, keyring, sandbox) = office_with_locked_keys().await;
    let _prompter = Prompter::serve(&desk).await;
    let _program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    menu.row("Padwatch is waiting for your password store")
        .await;
    keyring.unlock(&desk).await;
    menu.row("Watching").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn of_two_different_keys_of_one_name_none_is_used() {
    let (desk, tray, _notifications, _keyring, sandbox) = office_with_keys().await;
    Keyring::store_beside(&desk, "lever-api-key", "of-a-colleague");
    let _program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    menu.row("Your password store (keyring) holds two").await;
    let asked = sandbox.with(|world| world.journal.requests_to(sandbox::Service::Lever));
    assert_eq!(asked, 0);
    // Another program removes one of them.
    Keyring::remove_beside(&desk, "lever-api-key");
    menu.row("Watching").await;
}

/// Presses the last button with these words: first the page's, then that of the question.
const PRESS_FORGET: &str = "[...document.querySelectorAll('button')]
    .filter((button) => button.textContent.trim() === 'Reset Padwatch')
    .at(-1).click()";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn forgetting_with_a_locked_keyring_uses_its_keys_never_again() {
    let (desk, tray, notifications, open, sandbox) = office_with_keys().await;
    let program = Program::start(&desk, &sandbox, &[]);
    let menu = tray.menu().await;
    menu.row("Watching").await;
    drop(open);
    let keyring = Keyring::locked(&desk);
    let page = program.page(&desk).await;
    page.press_named("Settings").await;
    page.press("Advanced and help").await;
    page.press("Delete keys and history").await;
    page.says("What stays").await;
    page.run(PRESS_FORGET).await;
    page.says("on this computer?").await;
    page.run(PRESS_FORGET).await;
    page.leave().await;
    notifications
        .titled("The keys are still in your password store")
        .await;
    keyring.unlock(&desk).await;
    until("the keys are deleted", async || {
        let read = |user| Keyring::read(&desk, user);
        (read("lever-api-key").is_none() && read("coderpad-api-key").is_none()).then_some(())
    })
    .await;
    menu.row("Padwatch needs a Lever key").await;
}
