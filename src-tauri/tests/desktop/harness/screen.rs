//! Pictures of the screen, for people to look at.

use std::path::PathBuf;

use super::desk::Desk;

/// Takes a picture of the whole screen.
pub(crate) fn picture(desk: &Desk, name: &str) {
    take(desk, name, "root", &[]);
}

/// Takes a picture of one window alone, without its frame.
pub(crate) fn picture_of_window(desk: &Desk, window: &str, name: &str) {
    take(desk, name, window, &[]);
}

/// Takes a picture of a part of the screen: `WIDTHxHEIGHT+X+Y` in pixels.
pub(crate) fn picture_of_part(desk: &Desk, part: &str, name: &str) {
    take(desk, name, "root", &["-crop", part, "+repage"]);
}

/// Gives the screen a background that icons and menus stand out from.
pub(crate) fn paint_background(desk: &Desk) {
    // It says that it failed even when it has painted; a black background fails no test.
    desk.command("display")
        .args([
            "-size",
            "1280x900",
            "-window",
            "root",
            "gradient:#7d9cc9-#3d5578",
        ])
        .status()
        .expect("imagemagick is installed");
}

fn take(desk: &Desk, name: &str, window: &str, change: &[&str]) {
    let taken = desk
        .command("import")
        .args(["-window", window])
        .args(change)
        .arg(folder().join(format!("{name}.png")))
        .status()
        .expect("imagemagick is installed");
    assert!(taken.success());
}

/// Where pictures are kept: `PADWATCH_PICTURES`, or `target/e2e`.
fn folder() -> PathBuf {
    let usual = || {
        // The program lies in the target folder, one level down.
        let program = PathBuf::from(super::program::binary());
        program.ancestors().nth(2).unwrap().join("e2e")
    };
    let folder = std::env::var_os("PADWATCH_PICTURES").map_or_else(usual, PathBuf::from);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
