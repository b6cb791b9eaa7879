//! Canaries: keys and a candidate that can't be mistaken for anything else, put through every path,
//! then looked for wherever they don't belong.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::harness::desk::{Desk, is_ledger};
use crate::harness::keyring::Keyring;
use crate::harness::office;
use crate::harness::page::Page;
use crate::harness::program::Program;
use crate::harness::sandbox::Sandbox;
use crate::harness::wait::until;

const NAME: &str = "Kanarika Vogelzang";
const CODE: &str = "canary_in_the_code = 5521";
const TOKEN: &str = "canary-signing-token-90125";
const WRONG_KEY: &str = "canary-wrong-key-48151623";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn no_key_leaves_the_keyring_and_no_candidate_leaves_the_ledger() {
    let (desk, tray, notifications, _keyring, sandbox) = office().await;
    let keys = [
        sandbox.addresses().lever_key.clone(),
        sandbox.addresses().coderpad_key.clone(),
    ];
    Keyring::store(&desk, "lever-api-key", &keys[0]);
    Keyring::store(&desk, "coderpad-api-key", &keys[1]);
    let tokens = format!("[\"{TOKEN}\"]");
    Keyring::store(&desk, "lever-signing-tokens", &tokens);
    let secrets = [&keys[0], &keys[1], TOKEN, WRONG_KEY];
    let program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    menu.row("Watching").await;

    // A pad, and its notification.
    let add = json!({"do": "add", "name": NAME, "tags": "coderpad", "stage": "Phone Screen"});
    sandbox.play("candidates", &add).await;
    menu.click("Check now").await;
    notifications.titled(&format!("Pad ready: {NAME}")).await;

    menu.click("Open Padwatch").await;
    let page = program.page(&desk).await;
    let sources = go_through_the_window(&page).await;
    assert_unheard_of("the page", &sources, &secrets);
    assert_processes_show_nothing(&program, &secrets);
    page.leave().await;

    hold_an_interview(&sandbox).await;
    menu.click("Check now").await;
    let told = notifications
        .titled(&format!("Interview ended: {NAME}"))
        .await;
    notifications.press(&told, "Add code to Lever…").await;
    let page = program.page(&desk).await;
    page.says("Note text").await;
    page.press("Show code").await;
    page.says(CODE).await;
    assert_unheard_of("the note", &page.source().await, &secrets);
    page.leave().await;

    echo_in_errors(&sandbox).await;
    menu.click("Check now").await;
    wait_for_errors(&sandbox).await;
    program.crash().await;
    assert_nothing_is_written(&desk, &secrets);
}

/// The window: the candidate, a wrong key, the diagnostics. Returns all that the page showed.
async fn go_through_the_window(page: &Page) -> String {
    page.says("Copy link").await;
    let mut sources = vec![page.source().await];
    assert!(sources[0].contains(NAME), "the window shows nobody");
    page.press_row(NAME).await;
    page.press("Copy invitation").await;
    page.says("Copied").await;
    sources.push(page.source().await);
    page.press_named("Back").await;
    page.press_named("Settings").await;
    page.press("Advanced and help").await;
    page.press("Download as CSV").await;
    page.press("Export CSV").await;
    page.says("Saved to Downloads").await;
    page.press_named("Back").await;
    page.press("Accounts").await;
    sources.push(page.source().await);
    page.press("Replace").await;
    page.type_into("API key", WRONG_KEY).await;
    page.press("Test and save").await;
    page.says("rejected the API key").await;
    page.press("Back").await;
    page.press("Advanced and help").await;
    page.press("A report without names").await;
    page.says("Padwatch ").await;
    let source = page.source().await;
    let report = source.split("<pre").nth(1).expect("a report to copy");
    let report = report.split("</pre>").next().unwrap();
    assert!(report.contains("Webhooks"), "{report}");
    assert!(!report.contains(NAME), "the diagnostics name somebody");
    sources.push(source);
    sources.concat()
}

/// Where everyone on the computer can look: arguments and surroundings, of the web view too.
fn assert_processes_show_nothing(program: &Program, secrets: &[&str]) {
    let family = program.family();
    assert!(family.len() > 1, "the web view's processes are missing");
    for process in &family {
        for file in ["cmdline", "environ"] {
            let text = fs::read(process.join(file)).unwrap_or_default();
            let text = String::from_utf8_lossy(&text).into_owned();
            assert_unheard_of(file, &text, secrets);
            assert_unheard_of(file, &text, &[NAME, CODE]);
        }
        assert_no_core_file(process);
    }
}

/// An interview with code in it, and its end.
async fn hold_an_interview(sandbox: &Sandbox) {
    let pad = sandbox.pads().await[0]["id"].clone();
    for command in [
        json!({"do": "write", "pad": pad, "name": NAME, "text": CODE}),
        json!({"do": "play", "pad": pad, "name": NAME}),
        json!({"do": "end", "pad": pad}),
    ] {
        sandbox.play("pads", &command).await;
    }
}

/// A service in trouble, with an answer that repeats what it was sent.
async fn echo_in_errors(sandbox: &Sandbox) {
    let rule = json!({"name": "echo", "match": {}, "times": 3,
        "effect": {"kind": "status", "status": 500, "message": NAME}});
    sandbox
        .play("faults", &json!({"do": "set", "rule": rule}))
        .await;
}

async fn wait_for_errors(sandbox: &Sandbox) {
    until("requests fail", async || {
        let journal = sandbox.look("journal").await;
        let failed = |request: &&Value| request["fault"] == "echo";
        (journal["requests"]
            .as_array()?
            .iter()
            .filter(failed)
            .count()
            >= 3)
            .then_some(())
    })
    .await;
}

/// Everything that was printed or written anywhere, the web view's storage among it.
fn assert_nothing_is_written(desk: &Desk, secrets: &[&str]) {
    let output = fs::read_to_string(Program::output(desk)).unwrap();
    assert_unheard_of("what was printed", &output, secrets);
    assert_unheard_of("what was printed", &output, &[NAME, CODE]);

    let home = desk.folder("");
    assert_eq!(Desk::files_with(&home, secrets), Vec::<PathBuf>::new());
    let with_names = Desk::files_with(&home, &[NAME, CODE]);
    let elsewhere: Vec<_> = with_names.iter().filter(|path| !is_ledger(path)).collect();
    let saved_by_hand = |path: &&PathBuf| path.extension().is_some_and(|end| end == "csv");
    assert!(
        elsewhere.len() == 1 && elsewhere.iter().all(saved_by_hand),
        "{with_names:?}"
    );
    assert!(
        with_names.iter().any(|path| is_ledger(path)),
        "the search finds nothing at all: {with_names:?}"
    );
}

/// What was in memory must not be written anywhere when a process breaks.
fn assert_no_core_file(process: &Path) {
    let limits = fs::read_to_string(process.join("limits")).unwrap();
    let core = limits
        .lines()
        .find(|line| line.starts_with("Max core file"));
    let words: Vec<&str> = core.unwrap().split_whitespace().collect();
    assert_eq!(words[4..6], ["0", "0"], "{words:?}");
}

fn assert_unheard_of(place: &str, text: &str, canaries: &[&str]) {
    for canary in canaries {
        // The canary itself is not printed: a failing test's output is kept.
        assert!(!text.contains(canary), "a canary is in {place}");
    }
}
