//! Windows on the screen, as the X server knows them.

use super::desk::Desk;

/// How many windows of Padwatch can be seen.
pub(crate) fn count(desk: &Desk) -> usize {
    found(desk).len()
}

/// Asks all windows of Padwatch to close, as their close button does.
pub(crate) fn close(desk: &Desk) {
    for window in found(desk) {
        desk.command("xdotool")
            .args(["windowquit", &window])
            .status()
            .unwrap();
    }
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
