//! Prepares what Tauri needs at compile time.

use std::path::Path;
use std::process::ExitCode;

/// The page, as `npm run build` leaves it.
const PAGE: &str = "ui/dist/index.html";

fn main() -> ExitCode {
    for watched in ["src-tauri/capabilities", "src-tauri/permissions"] {
        println!("cargo:rerun-if-changed={watched}");
    }
    let is_page_inside = !tauri_build::is_dev();
    if is_page_inside {
        // The page is compiled into the program: a new page needs a new program.
        println!("cargo:rerun-if-changed=ui/dist");
    }
    // Without it the window would open and say "asset not found".
    if is_page_inside && !Path::new(PAGE).is_file() {
        return stop(
            "the window's page is not built: run `cargo xtask run`, which builds everything, or \
             `npm ci && npm run build` in ui/ first",
        );
    }
    let commands =
        tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/permissions/*.toml");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/*.json")
        .app_manifest(commands);
    match tauri_build::try_build(attributes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => stop(&format!("{error:#}")),
    }
}

/// Cargo shows this sentence on its own, without a trace of this script.
fn stop(why: &str) -> ExitCode {
    println!("cargo::error={}", why.replace('\n', " "));
    ExitCode::FAILURE
}
