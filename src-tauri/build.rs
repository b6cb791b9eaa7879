//! Prepares what Tauri needs at compile time.

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let page = Path::new("ui/dist");
    // Checks and tests don't need the page; without the folder Tauri would not compile at all.
    std::fs::create_dir_all(page)?;
    // The page is compiled into the program: a new page needs a new program.
    for watched in ["ui/dist", "src-tauri/capabilities", "src-tauri/permissions"] {
        println!("cargo:rerun-if-changed={watched}");
    }
    let commands =
        tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/permissions/*.toml");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/*.json")
        .app_manifest(commands);
    tauri_build::try_build(attributes).map_err(Into::into)
}
