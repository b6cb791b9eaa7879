//! Windows on the screen, as the X server knows them.

use super::desk::Desk;

/// How many windows of Padwatch can be seen.
pub(crate) fn count(desk: &Desk) -> usize {
    found(desk).len()
}

/// Starts a program that manages windows: without one, no key closes them.
pub(crate) fn start_manager(desk: &mut Desk) {
    let mut manager = desk.command("openbox");
    desk.keep(&mut manager);
}

/// Closes all windows of Padwatch, as a person does by keyboard.
pub(crate) fn close(desk: &Desk) {
    for window in found(desk) {
        let keys = ["windowactivate", "--sync", &window, "key", "alt+F4"];
        desk.command("xdotool").args(keys).status().unwrap();
    }
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
