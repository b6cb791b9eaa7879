//! Windows on the screen, as the X server knows them.

use super::desk::Desk;

const TITLE: &str = "^Padwatch$";

/// How many windows of Padwatch can be seen.
pub(crate) fn count(desk: &Desk) -> usize {
    desk.windows(TITLE).unwrap().len()
}

/// Closes the windows of Padwatch.
pub(crate) fn close(desk: &Desk) {
    desk.close_windows(TITLE).unwrap();
}

/// The only window of Padwatch, by the X server's number for it.
pub(crate) fn only(desk: &Desk) -> String {
    let mut windows = desk.windows(TITLE).unwrap();
    assert_eq!(windows.len(), 1, "windows of Padwatch");
    windows.remove(0)
}

/// Gives the only window of Padwatch a size in px, as a drag at its corner does.
pub(crate) fn resize(desk: &Desk, (width, height): (u32, u32)) {
    let (width, height) = (width.to_string(), height.to_string());
    let resized = desk
        .command("xdotool")
        .args(["windowsize", &only(desk), &width, &height])
        .status();
    assert!(resized.unwrap().success());
}

/// The size of the only window of Padwatch in px, if there is one.
pub(crate) fn size(desk: &Desk) -> Option<(u32, u32)> {
    let window = desk.windows(TITLE).ok()?.into_iter().next()?;
    let shown = desk
        .command("xdotool")
        .args(["getwindowgeometry", "--shell", &window])
        .output()
        .ok()?;
    let shown = String::from_utf8(shown.stdout).ok()?;
    let number = |name: &str| {
        shown
            .lines()
            .find_map(|it| it.strip_prefix(name)?.parse().ok())
    };
    Some((number("WIDTH=")?, number("HEIGHT=")?))
}
