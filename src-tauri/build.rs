//! Prepares what Tauri needs at compile time.

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let page = Path::new("ui/dist");
    // Checks and tests don't need the page; without the folder Tauri would not compile at all.
    std::fs::create_dir_all(page)?;
    // The page is compiled into the program: a new page needs a new program.
    println!("cargo:rerun-if-changed={}", page.display());
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*.json")
        .app_manifest(tauri_build::AppManifest::new().commands(&["ask"]));
    tauri_build::try_build(attributes).map_err(Into::into)
}
