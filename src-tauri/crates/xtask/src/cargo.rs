use std::env;
use std::ffi::OsStr;
use std::process::Command;

use anyhow::Result;

use crate::project::Project;
use crate::{programs, say};

/// `cargo`, in the checkout.
pub(crate) fn cargo(project: &Project) -> Command {
    in_checkout(project, "cargo")
}

/// Cargo, or a program that calls it, in the checkout.
pub(crate) fn in_checkout(project: &Project, program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
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
    let is_set = |name: &str| env::var_os(name).is_some();
    if let Some((name, value)) = linking(&env::var("PATH").unwrap_or_default())
        && !is_set("RUSTFLAGS")
        && !is_set(name)
    {
        command.env(name, value);
    }
    // What Cargo does for `cargo clippy`, but in a build: nothing is compiled for checking alone.
    command.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver");
    command.env(
        "CLIPPY_ARGS",
        "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__",
    );
    // Not into the page's sources, where a plain `cargo test` must change nothing either.
    command.env("TS_RS_EXPORT_DIR", project.built("bindings"));
    command
}

/// Cargo's variables by which the checks are linked with the fastest linker in these folders: with
/// the usual one, dozens of test programs take minutes.
fn linking(path: &str) -> Option<(&'static str, String)> {
    let variable = match env::consts::ARCH {
        "x86_64" => "CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS",
        "aarch64" => "CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUSTFLAGS",
        _ => return None,
    };
    let is_there = |program: &str| env::split_paths(path).any(|dir| dir.join(program).is_file());
    let linkers = [("mold", "mold"), ("ld.lld", "lld")];
    let (_, name) = linkers.into_iter().find(|(program, _)| is_there(program))?;
    Some((variable, format!("-C link-arg=-fuse-ld={name}")))
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
    fn the_fastest_linker_that_is_there_is_used() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().display().to_string();
        assert_eq!(linking(&path), None, "none but the usual one");
        let flags = || linking(&path).map(|(_, flags)| flags);
        for (program, flag) in [("ld.lld", "-fuse-ld=lld"), ("mold", "-fuse-ld=mold")] {
            std::fs::write(folder.path().join(program), "").unwrap();
            if let Some(flags) = flags() {
                assert!(flags.ends_with(flag), "{flags}");
            }
        }
    }

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
