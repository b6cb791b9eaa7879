//! Programs from the Python Package Index, in virtual environments below Cargo's target folder.
//!
//! The requirements pin everything with hashes, so that pip looks for nothing else.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::programs;

/// Makes the environment, unless exactly these requirements were installed there before, and gives
/// its Python. The files are installed one after the other.
pub(crate) fn environment(place: &Path, python: &str, requirements: &[PathBuf]) -> Result<PathBuf> {
    let mut wanted = String::new();
    for file in requirements {
        wanted.push_str(&fs::read_to_string(file)?);
    }
    let stamp = place.join("installed.txt");
    let installed = place.join("bin/python");
    let runs = programs::answer(Command::new(&installed).arg("--version"))?.is_some();
    if runs && fs::read_to_string(&stamp).is_ok_and(|text| text == wanted) {
        return Ok(installed);
    }
    let mut venv = Command::new(python);
    programs::run(venv.args(["-m", "venv", "--clear"]).arg(place))?;
    for file in requirements {
        programs::run(pip(&installed).arg(file))?;
    }
    fs::write(&stamp, wanted)?;
    Ok(installed)
}

/// `pip install --requirement`, as it is set up on this computer.
fn pip(python: &Path) -> Command {
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "install", "--quiet"]);
    pip.args(["--disable-pip-version-check", "--ignore-requires-python"]);
    pip.args(["--no-deps", "--require-hashes", "--no-build-isolation"]);
    pip.arg("--requirement");
    pip
}

/// How many packages these requirements name; `None` unless each has its hash, and no address.
#[cfg(test)]
pub(crate) fn pinned(requirements: &str) -> Option<usize> {
    let packages = requirements
        .lines()
        .filter(|line| line.contains("=="))
        .count();
    let hashes = requirements.matches("--hash=sha256:").count();
    (hashes >= packages && !requirements.contains("://")).then_some(packages)
}
