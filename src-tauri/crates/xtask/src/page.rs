use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::{programs, say};

/// What the page's tools ask for: Vite 8 wants 20.19 or newer, and of 22 at least 22.12.
const NODE: &str =
    "Node 20.19, or 22.12 and newer, with npm (nodejs.org, or Debian 13's packages nodejs and npm)";

/// Installs the page's packages, if the lock file has changed since it was done last.
pub(crate) fn install(project: &Project) -> Result<()> {
    check_node()?;
    let lock = fs::read(project.page().join("package-lock.json"))
        .context("can't read ui/package-lock.json")?;
    let done = installed_lock(project);
    if fs::read(&done).is_ok_and(|before| before == lock) {
        say::line("The page's packages are installed.");
        return Ok(());
    }
    say::line("The page's packages are missing or have changed.");
    programs::run(npm(project).args(["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&done, lock).with_context(|| format!("can't write {}", done.display()))
}

/// Builds the page into `ui/dist`, from where it is put into the program.
pub(crate) fn build(project: &Project) -> Result<()> {
    install(project)?;
    script(project, &["build"])
}

/// Builds the page unless some build of it is there: for steps that only need it to exist.
pub(crate) fn build_if_missing(project: &Project) -> Result<()> {
    if project.page().join("dist/index.html").is_file() {
        return Ok(());
    }
    build(project)
}

/// Runs one of the page's own scripts (`ui/package.json`), with what is for the script behind `--`.
pub(crate) fn script(project: &Project, words: &[&str]) -> Result<()> {
    programs::run(npm(project).arg("run").args(words))
}

/// Runs several of them, as many at a time as there are cores. What each prints is shown when it
/// has ended.
pub(crate) fn scripts(project: &Project, names: &[&str]) -> Result<()> {
    let commands = names.iter().map(|name| {
        let mut script = npm(project);
        script.args(["run", name]);
        script
    });
    programs::run_side_by_side(commands.collect())
}

fn npm(project: &Project) -> Command {
    // On Windows npm is a script, which has to be named with its ending.
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(project.page());
    command
}

/// The lock file as it was when the packages were installed. It goes with them.
fn installed_lock(project: &Project) -> PathBuf {
    project
        .page()
        .join("node_modules/.installed-package-lock.json")
}

fn check_node() -> Result<()> {
    let Some(version) = programs::answer(Command::new("node").arg("--version"))? else {
        bail!("Node is missing. The page is built with {NODE}");
    };
    if !is_fit(&version) {
        bail!(
            "Node {} is too old. The page is built with {NODE}",
            version.trim()
        );
    }
    Ok(())
}

/// `v20.20.2`, as `node --version` prints it.
fn is_fit(version: &str) -> bool {
    let mut numbers = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .map(str::parse::<u32>);
    let (Some(Ok(major)), Some(Ok(minor))) = (numbers.next(), numbers.next()) else {
        return false;
    };
    match major {
        ..20 | 21 => false,
        20 => minor >= 19,
        22 => minor >= 12,
        23.. => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_is_fit_from_the_versions_on_that_the_tools_name() {
        for fit in ["v20.19.0\n", "v20.20.2", "v22.12.0", "v24.1.0"] {
            assert!(is_fit(fit), "{fit}");
        }
        for unfit in ["v18.20.4\n", "v20.18.9", "v21.7.0", "v22.11.0", "", "node"] {
            assert!(!is_fit(unfit), "{unfit}");
        }
    }
}
