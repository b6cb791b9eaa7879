//! Around an interview: the check before it, and who is late. A sandbox and a program whose time runs faster.

use serde_json::{Value, json};

use crate::harness::clipboard;
use crate::harness::fast_office;
use crate::harness::menu::Menu;
use crate::harness::notifications::Notifications;
use crate::harness::program::Program;
use crate::harness::sandbox::Sandbox;
use crate::harness::screen;
use crate::harness::wait::{until, until_ok};

/// Tagged, and one stage before the watched one.
const NAME: &str = "Amara Nwosu";

/// A pad is created for the candidate. Returns it as the sandbox shows it.
async fn create_a_pad(sandbox: &Sandbox, menu: &Menu, notifications: &Notifications) -> Value {
    sandbox.move_to(NAME, "Phone Screen").await;
    menu.click("Check now").await;
    let shown = notifications.titled(&format!("Pad ready: {NAME}, ")).await;
    notifications.press(&shown, "Copy link").await;
    sandbox.pads().await[0].clone()
}

/// An interview in so many minutes. Returns what to name it by.
async fn schedule(sandbox: &Sandbox, in_minutes: i64) -> Value {
    let opportunity = sandbox.candidate(NAME).await["opportunity"].clone();
    let scheduled = json!({"do": "scheduleInterview", "opportunity": opportunity,
        "inMinutes": in_minutes, "minutes": 45});
    let made = sandbox.play("candidates", &scheduled).await;
    json!({"opportunity": opportunity, "interview": made["interview"]})
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn an_interview_that_is_ready_has_a_mark_and_no_notification() {
    let (desk, tray, notifications, _keyring, sandbox) = fast_office().await;
    let program = Program::start_fast(&desk, &sandbox);
    let menu = tray.menu().await;
    menu.row("Watching").await;
    let pad = create_a_pad(&sandbox, &menu, &notifications).await;
    schedule(&sandbox, 18).await;
    menu.row("✓ Ready").await;
    // A click copies the link, as before.
    clipboard::replace(&desk, "something else");
    menu.click("✓ Ready").await;
    clipboard::holds(&desk, pad["url"].as_str().unwrap()).await;
    let titles = notifications.all().into_iter().map(|shown| shown.title);
    let off: Vec<String> = titles.filter(|title| title.contains("not ready")).collect();
    assert_eq!(off, Vec::<String>::new());
    // The window says it as well.
    menu.click("Open Padwatch").await;
    let page = program.page(&desk).await;
    page.says("✓ Ready").await;
    screen::picture(&desk, "interview-ready");
    page.leave().await;
    assert!(program.end().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn what_is_off_before_an_interview_is_told_with_the_button_that_fixes_it() {
    let (desk, tray, notifications, _keyring, sandbox) = fast_office().await;
    let opened = desk.note_opened_links();
    let program = Program::start_fast(&desk, &sandbox);
    let menu = tray.menu().await;
    menu.row("Watching").await;
    create_a_pad(&sandbox, &menu, &notifications).await;
    let mut decline = schedule(&sandbox, 18).await;
    decline["do"] = json!("declineInterview");
    sandbox.play("candidates", &decline).await;
    let title = format!("Interview not ready: {NAME}");
    let shown = notifications.titled(&title).await;
    assert!(
        shown.body.ends_with("An interviewer declined in Lever."),
        "{shown:?}"
    );
    notifications.press(&shown, "Open in Lever").await;
    until("the profile in the browser", async || {
        std::fs::read_to_string(&opened)
            .ok()
            .filter(|links| links.contains("/candidates/"))
    })
    .await;
    // The row of the menu leads to what is off.
    menu.click("Not ready").await;
    let page = program.page(&desk).await;
    page.says("An interviewer declined in Lever.").await;
    // The first button is what puts it right.
    std::fs::remove_file(&opened).unwrap();
    page.press("Open in Lever").await;
    until("the profile in the browser", async || {
        std::fs::read(&opened).ok()
    })
    .await;
    screen::picture_of_part(&desk, "440x200+0+0", "guide-not-ready");
    page.leave().await;
    assert!(program.end().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_check_that_gets_no_answer_says_so_and_is_done_later() {
    let (desk, tray, notifications, _keyring, sandbox) = fast_office().await;
    let program = Program::start_fast(&desk, &sandbox);
    let menu = tray.menu().await;
    menu.row("Watching").await;
    let pad = create_a_pad(&sandbox, &menu, &notifications).await;
    // The list answers, and the pad alone doesn't.
    let path = format!("/api/pads/{}", pad["id"].as_str().unwrap());
    let silent = sandbox::Matching::of(sandbox::Service::CoderPad, "GET", &path);
    let status = sandbox::Effect::Status(sandbox::OtherStatus::page(503));
    let fault = sandbox.with(|world| world.faults.always(silent, status));
    schedule(&sandbox, 18).await;
    menu.row("Interview at").await;
    menu.click("Open Padwatch").await;
    let page = program.page(&desk).await;
    page.says("Not checked yet").await;
    screen::picture(&desk, "interview-not-checked");
    sandbox.with(|world| world.faults.remove(fault));
    menu.click("Check now").await;
    until_ok("a mark", async || {
        let rows = menu.rows().await;
        let found = rows.iter().any(|row| row.label.contains("✓ Ready"));
        if found { Ok(()) } else { Err(rows) }
    })
    .await;
    page.leave().await;
    assert!(program.end().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn who_is_late_is_told_with_a_message_to_copy_until_both_are_there() {
    let (desk, tray, notifications, _keyring, sandbox) = fast_office().await;
    let program = Program::start_fast(&desk, &sandbox);
    let menu = tray.menu().await;
    menu.row("Watching").await;
    let pad = create_a_pad(&sandbox, &menu, &notifications).await;
    let id = pad["id"].clone();
    schedule(&sandbox, 1).await;
    sandbox
        .play("pads", &json!({"do": "join", "pad": id, "name": NAME}))
        .await;
    let title = format!("The interviewer isn’t in the pad yet: {NAME}");
    let shown = notifications.titled(&title).await;
    notifications.press(&shown, "Copy a message").await;
    let link = pad["url"].as_str().unwrap();
    let message = format!("Amara is in the pad for the interview. You can join here: {link}");
    clipboard::holds(&desk, &message).await;
    menu.click("Late").await;
    let page = program.page(&desk).await;
    page.says("The interviewer isn’t in the pad yet").await;
    screen::picture_of_part(&desk, "440x122+0+94", "guide-late");
    clipboard::replace(&desk, "something else");
    page.press("Copy a message").await;
    clipboard::holds(&desk, &message).await;
    // Someone else without an account: by now there are two.
    sandbox
        .play("pads", &json!({"do": "join", "pad": id, "name": "Sam"}))
        .await;
    page.says("Both are in the pad").await;
    let after = page.text().await;
    assert!(!after.contains("Copy a message"), "{after}");
    page.leave().await;
    assert!(program.end().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn nobody_is_called_late_before_coderpad_says_who_is_there() {
    let (desk, tray, notifications, _keyring, sandbox) = fast_office().await;
    let opened = desk.note_opened_links();
    let program = Program::start_fast(&desk, &sandbox);
    let menu = tray.menu().await;
    menu.row("Watching").await;
    let pad = create_a_pad(&sandbox, &menu, &notifications).await;
    let silent = sandbox::Matching::of(sandbox::Service::CoderPad, "GET", "/api/pads/*/events");
    let status = sandbox::Effect::Status(sandbox::OtherStatus::page(503));
    let fault = sandbox.with(|world| world.faults.always(silent, status));
    schedule(&sandbox, 1).await;
    until("CoderPad was asked who is there", async || {
        let asked = sandbox.with(|world| world.journal.count("GET /api/pads/:id/events"));
        (asked > 0).then_some(())
    })
    .await;
    menu.row("Interview now").await;
    let told = notifications.all();
    assert!(
        told.iter()
            .all(|shown| !shown.title.contains("isn’t in the pad")),
        "{told:?}"
    );
    sandbox.with(|world| world.faults.remove(fault));
    menu.click("Check now").await;
    let shown = notifications
        .titled(&format!("No one is in the pad yet: {NAME}"))
        .await;
    notifications.press(&shown, "Open pad").await;
    until("the pad in the browser", async || {
        let links = std::fs::read_to_string(&opened).ok()?;
        links.contains(pad["url"].as_str()?).then_some(())
    })
    .await;
    assert!(program.end().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn an_interview_that_both_came_to_tells_nothing() {
    let (desk, tray, notifications, _keyring, sandbox) = fast_office().await;
    let program = Program::start_fast(&desk, &sandbox);
    let menu = tray.menu().await;
    menu.row("Watching").await;
    let pad = create_a_pad(&sandbox, &menu, &notifications).await;
    schedule(&sandbox, 1).await;
    for name in [NAME, "Sam"] {
        let join = json!({"do": "join", "pad": pad["id"], "name": name});
        sandbox.play("pads", &join).await;
    }
    until("CoderPad was asked who is there", async || {
        let asked = sandbox.with(|world| world.journal.count("GET /api/pads/:id/events"));
        (asked > 0).then_some(())
    })
    .await;
    menu.row("Interview now").await;
    let told = notifications.all();
    assert!(
        told.iter().all(|shown| !shown.title.contains("in the pad")),
        "{told:?}"
    );
    assert!(program.end().await.success());
}
