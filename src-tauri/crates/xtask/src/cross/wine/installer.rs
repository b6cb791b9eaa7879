//! The installer by NSIS, of two versions: the tests install the earlier one and update it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::programs;
use crate::project::Project;

/// Lower than any that there will be.
const EARLIER: &str = "0.0.1";

/// Makes both from the programs that were built, and gives their folder.
pub(super) fn make(project: &Project, built: &Path) -> Result<PathBuf> {
    let folder = project.built("systems/wine/installer");
    fs::create_dir_all(&folder)?;
    // A release has those of others too.
    fs::copy(
        project.root().join("LICENSE-MIT"),
        folder.join("licenses.txt"),
    )?;
    for name in ["padwatch.exe", "padwatch-window.exe", "WebView2Loader.dll"] {
        fs::copy(built.join(name), folder.join(name))?;
    }
    for (name, version) in [
        ("earlier.exe", EARLIER),
        ("setup.exe", env!("CARGO_PKG_VERSION")),
    ] {
        pack(project, &folder, &folder.join(name), version)?;
    }
    Ok(folder)
}

fn pack(project: &Project, programs: &Path, installer: &Path, version: &str) -> Result<()> {
    let mut makensis = Command::new("makensis");
    // Compressing would take longer than all that is tried.
    makensis.args(["-V2", "-XSetCompress off"]);
    for (name, value) in [
        ("VERSION", Path::new(version)),
        ("FROM", programs),
        ("ICON", &project.root().join("icons/icon.ico")),
        ("OUT", installer),
    ] {
        makensis.arg(format!("-D{name}={}", value.display()));
    }
    makensis.arg(project.root().join("src-tauri/windows/padwatch.nsi"));
    programs::run(&mut makensis).context("the installer can't be made")
}
