//! The way of one interview, from the pad to the note in Lever, through tray, notifications and
//! window.

use std::path::Path;

use serde_json::{Value, json};

use crate::harness::clipboard;
use crate::harness::desk::Desk;
use crate::harness::menu::Menu;
use crate::harness::notifications::Notifications;
use crate::harness::office_with_keys;
use crate::harness::page::Page;
use crate::harness::program::Program;
use crate::harness::sandbox::Sandbox;
use crate::harness::screen;
use crate::harness::wait::until;
use crate::harness::window;

/// Tagged, and one stage before the watched one.
const NAME: &str = "Amara Nwosu";
/// Another one, whose name is written from the right.
const OTHER: &str = "נועה לוי";
const CODE: &str = "print('m@x 🙂')\n";
/// The name that the candidate types in the pad.
const TYPED: &str = "Amara <b>N</b>";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_pad_becomes_an_interview_and_the_interview_a_note_in_lever() {
    let (desk, tray, notifications, _keyring, sandbox) = office_with_keys().await;
    let opened = desk.note_opened_links();
    let program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    menu.row("Watching").await;

    let link = create_a_pad(&sandbox, &menu, &notifications).await;
    let pad = sandbox.pads().await[0]["id"].clone();
    hold(&sandbox, &pad).await;
    menu.click("Check now").await;
    let told = notifications
        .titled(&format!("Interview ended: {NAME}"))
        .await;

    // The menu plays it back.
    menu.row("Recent interviews").await;
    menu.click(&format!("{NAME} –")).await;
    opened_at_last(&opened, &format!("{link}/playback")).await;

    // The notification opens the window at the note, which is looked over and sent.
    notifications.press(&told, "Add code to Lever…").await;
    let page = program.page(&desk).await;
    send_the_note(&desk, &sandbox, &page).await;
    assert_note_tells_all(&sandbox, &link).await;
    page.leave().await;

    // Another one is played back from the notification.
    let playback = hold_another(&sandbox, &menu, &notifications, &link).await;
    menu.click("Check now").await;
    let told = notifications
        .titled(&format!("Interview ended: {OTHER}"))
        .await;
    notifications.press(&told, "Watch playback").await;
    opened_at_last(&opened, &playback).await;
    assert!(program.end().await.success());
}

/// A pad is created, and its link is on the profile. Returns the link.
async fn create_a_pad(sandbox: &Sandbox, menu: &Menu, notifications: &Notifications) -> String {
    sandbox.move_to(NAME, "Phone Screen").await;
    menu.click("Check now").await;
    notifications.titled(&format!("Pad ready: {NAME}, ")).await;
    let pad = sandbox.pads().await[0].clone();
    let link = pad["url"].as_str().unwrap().to_owned();
    until("the link on the profile", async || {
        let links = sandbox.candidate(NAME).await["links"].clone();
        (links == json!([link])).then_some(())
    })
    .await;
    link
}

/// The interview is held: join, write, run, leave, end.
async fn hold(sandbox: &Sandbox, pad: &Value) {
    for step in [
        json!({"do": "join", "pad": pad, "name": TYPED}),
        json!({"do": "write", "pad": pad, "name": TYPED, "text": CODE}),
        json!({"do": "run", "pad": pad, "name": TYPED}),
        json!({"do": "leave", "pad": pad, "name": TYPED}),
        json!({"do": "end", "pad": pad}),
    ] {
        sandbox.play("pads", &step).await;
    }
}

/// The note is looked over, added to, and sent.
async fn send_the_note(desk: &Desk, sandbox: &Sandbox, page: &Page) {
    page.says("Note text").await;
    page.says(TYPED).await;
    page.press("Show code").await;
    page.says(CODE.trim()).await;
    page.press("Copy file").await;
    clipboard::holds(desk, CODE).await;
    screen::picture_of_window(desk, &window::only(desk), "finished");
    page.type_into("Note text", "\nGood with printing.").await;
    assert_eq!(
        notes(sandbox, NAME).await.len(),
        0,
        "nothing before the yes"
    );
    page.press("Add to Lever").await;
    page.says("Added to Lever").await;
    screen::picture_of_window(desk, &window::only(desk), "finished-added");
}

async fn assert_note_tells_all(sandbox: &Sandbox, link: &str) {
    let notes = notes(sandbox, NAME).await;
    assert_eq!(notes.len(), 1, "{notes:?}");
    for part in [
        "CoderPad interview",
        &format!("{link}/playback"),
        TYPED,
        // Lever would notify the user named x.
        "print('m@ x 🙂')",
        "Good with printing.",
    ] {
        assert!(notes[0].contains(part), "{part} is not in {}", notes[0]);
    }
}

/// Another pad and interview. Returns the address of its playback.
async fn hold_another(
    sandbox: &Sandbox,
    menu: &Menu,
    notifications: &Notifications,
    link: &str,
) -> String {
    sandbox.move_to(OTHER, "Phone Screen").await;
    menu.click("Check now").await;
    notifications.titled(&format!("Pad ready: {OTHER}")).await;
    let pads = sandbox.pads().await;
    let pad = pads
        .iter()
        .find(|other| other["url"] != json!(link))
        .unwrap();
    for step in [
        json!({"do": "play", "pad": pad["id"], "name": OTHER}),
        json!({"do": "end", "pad": pad["id"]}),
    ] {
        sandbox.play("pads", &step).await;
    }
    format!("{}/playback", pad["url"].as_str().unwrap())
}

/// Waits until the browser was last asked for this address.
async fn opened_at_last(opened: &Path, address: &str) {
    until(&format!("in the browser: {address}"), async || {
        let all = std::fs::read_to_string(opened).ok()?;
        (all.lines().last()? == address).then_some(())
    })
    .await;
}

async fn notes(sandbox: &Sandbox, name: &str) -> Vec<String> {
    let notes = sandbox.candidate(name).await["notes"].clone();
    serde_json::from_value(notes).unwrap()
}
