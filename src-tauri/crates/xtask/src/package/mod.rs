//! `cargo xtask package`: the packages that people install, by Tauri's bundler.

mod manual;
mod metainfo;
mod notices;
mod trial;
pub(crate) mod windows;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use std::{env, fs};

use anyhow::{Context, Result};

use crate::project::Project;
use crate::{cargo, page, programs, say, sbom, set_up};

/// Under which the version before ours is packed, to try an upgrade.
const EARLIER: &str = "0.0.1";

/// Builds as for release, packs, and lists what is in the packages. Then, if wanted, tries them.
pub(crate) fn run(project: &Project, trying: bool) -> Result<()> {
    let begun = Instant::now();
    say::heading("Setting up");
    set_up::to_run(project)?;
    say::heading("Building as for release");
    page::build(project)?;
    let release = ["build", "--release", "--package"];
    programs::run(cargo::cargo(project).args(release).arg("padwatch"))?;
    say::heading("Packing");
    let packages = pack(project, None)?;
    sbom::write(project)?;
    for package in &packages {
        tell(package)?;
    }
    say::line(format_args!("Made in {} s", begun.elapsed().as_secs()));
    if trying {
        trial::run(project)?;
    }
    Ok(())
}

/// Packs the programs that are built, and says where the packages are. Another version changes what
/// the package calls itself.
pub(crate) fn pack(project: &Project, version: Option<&str>) -> Result<Vec<PathBuf>> {
    write_documents(project)?;
    let mut tauri = Command::new(project.page().join("node_modules/.bin/tauri"));
    tauri.current_dir(project.root()).args(["bundle", "--ci"]);
    match version {
        None => tauri.args(["--bundles", "deb,rpm"]),
        Some(version) => {
            let config = format!(r#"{{"version":"{version}"}}"#);
            tauri.args(["--bundles", "deb", "--config", &config])
        }
    };
    programs::run(&mut tauri)?;
    let version = version.unwrap_or(env!("CARGO_PKG_VERSION"));
    let mut packages = Vec::new();
    for kind in ["deb", "rpm"] {
        let folder = project.built("release/bundle").join(kind);
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str());
            let is_ours = path.extension().is_some_and(|end| end == kind)
                && name.is_some_and(|name| name.contains(version));
            if is_ours {
                packages.push(path);
            }
        }
    }
    Ok(packages)
}

/// Tells where a package is, and its size.
fn tell(package: &Path) -> Result<()> {
    let megabytes = fs::metadata(package)?.len() as f64 / 1e6;
    say::line(format_args!("{megabytes:.2} MB  {}", package.display()));
    Ok(())
}

/// What the packages have beside the programs and is not written by hand: tauri.conf.json names it.
fn write_documents(project: &Project) -> Result<()> {
    let folder = project.root().join("gen/package");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("copyright"), notices::copyright(project)?)?;
    let address = env::var(metainfo::ADDRESS).ok();
    let metainfo = metainfo::document(address.as_deref(), env!("CARGO_PKG_VERSION"))?;
    fs::write(folder.join("io.padwatch.Padwatch.metainfo.xml"), metainfo)?;
    let mut help = Command::new(project.built("release/padwatch"));
    let help = programs::answer(help.arg("--help"))?.context("the program shows no help")?;
    let manual = manual::page(&help, env!("CARGO_PKG_VERSION"));
    fs::write(folder.join("padwatch.1"), manual)?;
    fs::copy(
        project.root().join("CHANGELOG.md"),
        folder.join("changelog"),
    )?;
    for document in ["padwatch.1", "changelog"] {
        // Without name and time: equal texts make equal packages.
        let mut gzip = Command::new("gzip");
        programs::run(gzip.args(["-9nf", document]).current_dir(&folder))?;
    }
    Ok(())
}

/// The Debian package of a version.
fn debian(packages: &[PathBuf]) -> Result<&PathBuf> {
    packages
        .iter()
        .find(|path| path.extension().is_some_and(|end| end == "deb"))
        .context("no Debian package was made")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::Value;

    use super::*;

    fn root() -> &'static Path {
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../.."))
    }

    fn config() -> Value {
        let text = fs::read_to_string(root().join("tauri.conf.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    /// What a bundle for macOS is made of can be checked anywhere; making one takes a Mac.
    #[test]
    fn the_bundle_for_macos_lives_in_the_menu_bar() {
        let config = config();
        let macos = &config["bundle"]["macOS"];
        let plist = root().join(macos["infoPlist"].as_str().unwrap());
        let plist = fs::read_to_string(plist).unwrap();
        let (_, value) = plist.split_once("<key>LSUIElement</key>").unwrap();
        assert!(value.trim_start().starts_with("<true/>"));
        // Its login service is there since this version.
        assert_eq!(macos["minimumSystemVersion"], "13.0");
        // Without a sandbox of Apple's it needs none.
        assert!(macos.get("entitlements").is_none());
        assert_eq!(config["identifier"], "io.padwatch.Padwatch");
    }

    #[test]
    fn every_icon_that_the_packages_name_is_there_and_macos_has_the_largest() {
        let config = config();
        let icons = config["bundle"]["icon"].as_array().unwrap();
        for icon in icons {
            let icon = icon.as_str().unwrap();
            let bytes = fs::read(root().join(icon)).unwrap();
            if icon.ends_with(".icns") {
                assert_eq!(&bytes[..4], b"icns");
                // 1,024 by 1,024 pixels.
                assert!(bytes.windows(4).any(|kind| kind == b"ic10"), "{icon}");
            }
        }
    }
}
