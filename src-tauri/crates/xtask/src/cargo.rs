use std::env;
use std::process::Command;

use crate::programs;
use crate::project::Project;

/// The one flavour in which the checks build everything, so that the large dependencies are
/// compiled once for checking and once for running. With other packages chosen, Cargo would choose
/// other features of what they share, and compile that again.
const CHECKS: [&str; 3] = ["--workspace", "--profile", "ci"];

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
    command.arg(verb).args(CHECKS);
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
