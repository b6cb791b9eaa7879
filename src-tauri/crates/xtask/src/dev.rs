//! What `cargo tauri dev` and `npm run tauri dev` run (`runner` in tauri.conf.json): Tauri knows of
//! one program, and the window has one of its own.

use std::ffi::OsString;
use std::process::Command;

use anyhow::Result;

use crate::project::Project;
use crate::{cargo, display, programs};

/// Builds all of Padwatch's programs and becomes the first: `cargo run` with these words.
pub(crate) fn run(project: &Project, words: &[OsString]) -> Result<()> {
    display::check()?;
    let of_padwatch = |verb: &str| {
        let mut command = cargo::cargo(project);
        command.args([verb, "--package", "padwatch"]);
        command
    };
    programs::run(of_padwatch("build").arg("--bins").args(for_cargo(words)))?;
    become_it(of_padwatch("run").args(words))
}

/// What is Cargo's own, and not the program's.
fn for_cargo(words: &[OsString]) -> impl Iterator<Item = &OsString> {
    words.iter().take_while(|word| *word != "--")
}

/// Tauri ends the process that it has started, so the program has to be that very process.
#[cfg(unix)]
fn become_it(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;
    Err(command.exec().into())
}

#[cfg(not(unix))]
fn become_it(command: &mut Command) -> Result<()> {
    programs::run(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_of_padwatch_are_not_told_to_the_build() {
        let words = ["--no-default-features", "--", "--sandbox"].map(OsString::from);
        assert_eq!(
            for_cargo(&words).collect::<Vec<_>>(),
            ["--no-default-features"]
        );
    }
}
