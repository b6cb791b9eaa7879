//! A rehearsal of the last weeks, from the settings of the real window.

use serde_json::json;

use crate::harness::office_with_keys;
use crate::harness::program::Program;
use crate::harness::screen::picture_of_part;

const NAME: &str = "Amara Nwosu";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_rehearsal_reads_and_says_who_came_or_why_it_cannot() {
    let (desk, tray, _notifications, _keyring, sandbox) = office_with_keys().await;
    // Before Padwatch starts: nobody creates a pad for her.
    sandbox.move_to(NAME, "Phone Screen").await;
    let before = sandbox.pads().await.len();
    let program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    menu.row("Watching").await;
    menu.click("Open Padwatch").await;
    let page = program.page(&desk).await;
    page.press_named("Settings").await;
    page.press("Watching").await;
    // The last thing that comes: until then, what is pressed may move away from the pointer.
    page.says("Are you Rosa Lindqvist?").await;

    // CoderPad doesn't answer.
    let pads = json!({"service": "coderpad", "method": "GET", "path": "/api/pads"});
    let down = json!({"kind": "status", "status": 503});
    let rule = json!({"name": "down", "match": pads, "effect": down});
    sandbox
        .play("faults", &json!({"do": "set", "rule": rule}))
        .await;
    page.press("Rehearsal").await;
    page.press("Rehearse").await;
    page.says("CoderPad is having problems.").await;
    sandbox.play("faults", &json!({"do": "clear"})).await;

    page.press("Rehearse").await;
    page.says("Padwatch would have created").await;
    page.says(NAME).await;
    page.says("Creates a pad").await;
    page.says("No link").await;
    page.run("document.querySelector('.summary').scrollIntoView()")
        .await;
    picture_of_part(&desk, "440x385+0+0", "guide-rehearsal");
    assert_eq!(sandbox.pads().await.len(), before, "nothing is written");
    page.leave().await;
    assert!(program.end().await.success());
}
