//! Windows on the screen, as the X server knows them.

use super::desk::Desk;
use super::wait::until;

/// How many windows of Padwatch can be seen.
pub(crate) fn count(desk: &Desk) -> usize {
    found(desk).len()
}

/// Starts a program that manages windows, and waits until it does: before that, no window can be
/// activated and no key closes one.
pub(crate) async fn start_manager(desk: &mut Desk) {
    let mut manager = desk.command("openbox");
    desk.keep(&mut manager);
    until("a window manager", async || {
        let mut xprop = desk.command("xprop");
        let root = xprop.args(["-root", "_NET_SUPPORTING_WM_CHECK"]).output();
        let said = root.expect("xprop is installed").stdout;
        String::from_utf8_lossy(&said)
            .contains("window id")
            .then_some(())
    })
    .await;
}

/// Closes the windows of Padwatch, as the button in their corner does, and waits until they are
/// gone. Not by a key: one that comes just when a window is activated is lost now and then.
pub(crate) async fn close(desk: &Desk) {
    for window in found(desk) {
        let number: u64 = window.parse().unwrap();
        let close = ["-i", "-c", &format!("{number:#x}")];
        let asked = desk.command("wmctrl").args(close).status().unwrap();
        assert!(asked.success(), "the window can't be asked to close");
    }
    until("no window", async || found(desk).is_empty().then_some(())).await;
}

/// The only window of Padwatch, by the X server's number for it.
pub(crate) fn only(desk: &Desk) -> String {
    let mut windows = found(desk);
    assert_eq!(windows.len(), 1, "windows of Padwatch");
    windows.remove(0)
}

fn found(desk: &Desk) -> Vec<String> {
    let output = desk
        .command("xdotool")
        .args(["search", "--onlyvisible", "--name", "^Padwatch$"])
        .output()
        .expect("xdotool is installed");
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}
