//! Padwatch as its package installs it, for the person at one desk.

use std::fs;
use std::path::{Path, PathBuf};

use super::desk::Desk;
use super::program::{self, Program};
use super::sandbox::Sandbox;

/// Puts both programs where they can be started, and the entry by which desktops know them. A
/// desktop that starts later finds them there.
pub(crate) fn put(desk: &Desk) {
    let built = PathBuf::from(program::binary());
    for name in ["padwatch", "padwatch-window"] {
        fs::copy(built.with_file_name(name), installed(desk, name)).unwrap();
    }
    let sources = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (source, to) in [
        (
            "src-tauri/linux/io.padwatch.Padwatch.desktop",
            "applications/io.padwatch.Padwatch.desktop",
        ),
        (
            "icons/drawings/app.svg",
            "icons/hicolor/scalable/apps/padwatch.svg",
        ),
        ("icons/64x64.png", "icons/hicolor/64x64/apps/padwatch.png"),
    ] {
        let content = fs::read(sources.join(source)).unwrap();
        desk.put(Path::new(".local/share").join(to), content)
            .unwrap();
    }
}

/// Starts it.
pub(crate) fn start(desk: &Desk, sandbox: &Sandbox, options: &[&str]) -> Program {
    let addresses = sandbox.addresses();
    let services = [
        "--lever-api",
        &addresses.lever_api,
        "--coderpad-api",
        &addresses.coderpad_api,
    ];
    let options = services.into_iter().chain(options.iter().copied());
    Program::start_at(desk, installed(desk, "padwatch"), options)
}

fn installed(desk: &Desk, name: &str) -> PathBuf {
    desk.folder("bin").join(name)
}
