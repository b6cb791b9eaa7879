//! The picture in a notification where the desktop has none of its own for Padwatch: a program that
//! isn't installed has no icon in any theme, and services show a broken picture for an unknown name.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use zbus::zvariant::{Structure, Value};

use crate::pixels::{Pixels, decode};

/// The icon's name in the themes that have it.
pub(super) const NAME: &str = "padwatch";
const PNG: &[u8] = include_bytes!("../../../icons/64x64.png");
/// Where the specification for base folders looks when nothing is set.
const USUAL_FOLDERS: &str = "/usr/local/share:/usr/share";

/// The picture for the hint `image-data`; `None` where the icon's name is enough.
pub(super) fn hint() -> Option<Value<'static>> {
    match data_folders().iter().any(|folder| has_icon(folder)) {
        true => None,
        false => data(),
    }
}

/// Where installed programs have their icons.
fn data_folders() -> Vec<PathBuf> {
    let shared = env::var("XDG_DATA_DIRS").unwrap_or_default();
    let shared = match shared.as_str() {
        "" => USUAL_FOLDERS,
        shared => shared,
    };
    dirs::data_dir()
        .into_iter()
        .chain(env::split_paths(shared))
        .collect()
}

/// Returns true if the theme that all others fall back on has the icon in any size.
fn has_icon(data: &Path) -> bool {
    let sizes = fs::read_dir(data.join("icons/hicolor"));
    sizes.into_iter().flatten().flatten().any(|size| {
        let apps = size.path().join("apps");
        ["png", "svg"]
            .iter()
            .any(|kind| apps.join(NAME).with_extension(kind).is_file())
    })
}

/// Width, height, bytes in a row, whether it has an alpha channel, bits in a sample, channels, and
/// the pixels.
fn data() -> Option<Value<'static>> {
    let Pixels {
        width,
        height,
        rgba,
    } = decode(PNG).ok()?;
    let (width, height) = (i32::try_from(width).ok()?, i32::try_from(height).ok()?);
    let described = Structure::from((width, height, 4 * width, true, 8, 4, rgba));
    Some(described.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_installed_icon_is_found_in_any_size() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!has_icon(folder.path()));
        for (size, file) in [("48x48", "padwatch.png"), ("scalable", "padwatch.svg")] {
            let data = folder.path().join(size);
            let apps = data.join("icons/hicolor").join(size).join("apps");
            fs::create_dir_all(&apps).unwrap();
            assert!(!has_icon(&data));
            fs::write(apps.join(file), "").unwrap();
            assert!(has_icon(&data), "{file}");
        }
    }

    #[test]
    fn the_picture_has_the_form_that_the_specification_asks_for() {
        let data = data().unwrap();
        assert_eq!(data.value_signature().to_string(), "(iiibiiay)");
        let (width, height, row, alpha, bits, channels, pixels) =
            <(i32, i32, i32, bool, i32, i32, Vec<u8>)>::try_from(data).unwrap();
        assert_eq!((width, height, bits), (64, 64, 8));
        assert_eq!((alpha, channels), (true, 4));
        assert_eq!(pixels.len(), usize::try_from(row * height).unwrap());
    }
}
