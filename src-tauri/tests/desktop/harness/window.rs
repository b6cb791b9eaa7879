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
