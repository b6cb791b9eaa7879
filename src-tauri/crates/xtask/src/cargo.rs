use std::env;
use std::process::Command;

use anyhow::Result;

use crate::project::Project;
use crate::{programs, say};

/// `cargo`, in the checkout.
pub(crate) fn cargo(project: &Project) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(project.root());
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(is_about_this_program) {
            command.env_remove(name);
        }
    }
    command
}

/// `cargo VERB` in the flavour of the checks.
pub(crate) fn checking(project: &Project, verb: &str) -> Command {
    let mut command = cargo(project);
    command.arg(verb);
    in_flavour(project, command, "--profile")
}

/// The tests, run as `.config/nextest.toml` says. They are those that `cargo test` builds.
pub(crate) fn nextest(project: &Project) -> Command {
    let mut command = cargo(project);
    command.args(["nextest", "run"]);
    // Its own `--profile` is one of the file's.
    in_flavour(project, command, "--cargo-profile")
}

/// Installs cargo-nextest where it is missing.
pub(crate) fn provide_nextest(project: &Project) -> Result<()> {
    let mut version = Command::new("cargo-nextest");
    if programs::answer(version.args(["nextest", "--version"]))?.is_some() {
        return Ok(());
    }
    say::line("The test runner cargo-nextest is missing. Building it takes some minutes, once.");
    programs::run(cargo(project).args(["install", "--locked", "cargo-nextest"]))
}

/// The one flavour in which the checks build everything, so that the large dependencies are
/// compiled once for checking and once for running. With other packages chosen, Cargo would choose
/// other features of what they share, and compile that again.
fn in_flavour(project: &Project, mut command: Command, profile: &str) -> Command {
    command.args(["--workspace", profile, "ci"]);
    if programs::on_build_machine() {
        command.arg("--locked");
    }
    // Not into the page's sources, where a plain `cargo test` must change nothing either.
    command.env("TS_RS_EXPORT_DIR", project.built("bindings"));
    command
}

/// What Cargo tells a program that it runs about that program's package. Some build scripts
/// (ring's) are built again when these change, and everything above them too.
fn is_about_this_program(variable: &str) -> bool {
    [
        "CARGO_PKG_",
        "CARGO_MANIFEST_",
        "CARGO_BIN_",
        "CARGO_CRATE_",
    ]
    .iter()
    .any(|start| variable.starts_with(start))
        || variable == "CARGO_PRIMARY_PACKAGE"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_sets_for_cargo_stays() {
        assert!(is_about_this_program("CARGO_PKG_NAME"));
        assert!(is_about_this_program("CARGO_MANIFEST_DIR"));
        for kept in [
            "CARGO_HOME",
            "CARGO_TARGET_DIR",
            "CARGO_BUILD_JOBS",
            "CARGO_PROFILE_DEV_DEBUG",
        ] {
            assert!(!is_about_this_program(kept), "{kept}");
        }
    }
}
