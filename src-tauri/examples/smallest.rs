//! Tauri's smallest program: a window with an empty page and nothing else. `cargo xtask bench`
//! weighs it beside Padwatch.

use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() -> tauri::Result<()> {
    let empty = tauri::Url::parse("about:blank")
        .map_err(|error| tauri::Error::AssetNotFound(error.to_string()))?;
    tauri::Builder::default()
        .setup(move |app| {
            WebviewWindowBuilder::new(app, "main", WebviewUrl::External(empty))
                .title("Smallest")
                .inner_size(440.0, 680.0)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
}
