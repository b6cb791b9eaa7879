//! The clipboard, read as another program reads it.

use std::io::Write as _;
use std::process::Stdio;

use super::desk::Desk;
use super::wait::{until, until_equal};

/// Waits until the clipboard holds exactly this.
pub(crate) async fn holds(desk: &Desk, expected: &str) {
    until_equal("the clipboard", Some(expected.to_owned()), async || {
        read(desk, "UTF8_STRING")
    })
    .await;
}

/// The text on the clipboard now.
pub(crate) fn text(desk: &Desk) -> Option<String> {
    read(desk, "UTF8_STRING")
}

/// The text on the clipboard, once it starts like this.
pub(crate) async fn starting_with(desk: &Desk, start: &str) -> String {
    until("a text on the clipboard", async || {
        read(desk, "UTF8_STRING").filter(|text| text.starts_with(start))
    })
    .await
}

/// What the clipboard holds for editors of rich text, once it holds it.
pub(crate) async fn rich(desk: &Desk) -> String {
    until("rich text on the clipboard", async || {
        read(desk, "text/html")
    })
    .await
}

fn read(desk: &Desk, kind: &str) -> Option<String> {
    let output = desk
        .command("xclip")
        .args(["-selection", "clipboard", "-o", "-t", kind])
        .output()
        .expect("xclip is installed");
    output
        .status
        .success()
        .then(|| String::from_utf8(output.stdout).unwrap())
}

/// Puts something else on the clipboard.
pub(crate) fn replace(desk: &Desk, text: &str) {
    let mut owner = desk
        .command("xclip")
        .args(["-selection", "clipboard", "-i"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("xclip is installed");
    owner
        .stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    assert!(owner.wait().unwrap().success());
}

/// The text on Wayland's clipboard now, where programs without a window may read it.
pub(crate) fn wayland(desk: &Desk) -> Option<String> {
    let output = desk
        .command("wl-paste")
        .arg("--no-newline")
        .output()
        .expect("wl-clipboard is installed");
    output
        .status
        .success()
        .then(|| String::from_utf8(output.stdout).unwrap())
}

/// Puts something else on that clipboard.
pub(crate) fn replace_wayland(desk: &Desk, text: &str) {
    // What serves it stays, and must not hold our end of a pipe.
    let copied = desk.command("wl-copy").arg(text).status();
    assert!(copied.expect("wl-clipboard is installed").success());
}
