//! Pictures of the screen, for people to look at.

use std::path::PathBuf;

use super::desk::Desk;

/// Takes a picture of the whole screen.
pub(crate) fn picture(desk: &Desk, name: &str) {
    let path = folder().join(format!("{name}.png"));
    let taken = desk
        .command("import")
        .args(["-window", "root"])
        .arg(&path)
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
