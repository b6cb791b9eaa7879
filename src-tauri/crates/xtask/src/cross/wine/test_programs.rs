//! The workspace's tests as Windows programs: which there are, which run, and why the others don't.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Result, bail, ensure};
use serde_json::Value;

use super::{PROFILE, Prefix, building};
use crate::project::Project;
use crate::{cross, programs, say};

/// A program of tests that takes longer waits for something.
const LONGEST: Duration = Duration::from_secs(180);

/// Packages for developers on Debian alone.
const OURS: [&str; 3] = ["desktop-session", "xtask", "padwatch-benches"];

/// Programs of tests that aren't run, and why.
const NOT_RUN: [(&str, &str); 14] = [
    ("desktop", ON_LINUX),
    ("acknowledged", BY_SIGNALS),
    ("crashes", BY_SIGNALS),
    ("note_crashes", BY_SIGNALS),
    ("program", BY_SIGNALS),
    ("faults", SEEDED),
    ("sequences", SEEDED),
    ("two_machines", SEEDED),
    ("fuzz", SEEDED),
    ("accounts", DAYS),
    ("guards", DAYS),
    ("interviews", DAYS),
    ("updates", DAYS),
    ("load", MEASURED),
];
const ON_LINUX: &str = "It's for a desktop of Linux; what follows here is its like for Windows";
const BY_SIGNALS: &str = "It ends programs by signals, which Windows doesn't have";
const SEEDED: &str = "It draws runs for minutes on Linux, and finds nothing else here";
const DAYS: &str = "It takes days that pass in seconds on Linux, and minutes here: each look at the \
     ledger asks Wine's server, which answers one question at a time";

/// Single tests that aren't run: of which program, and why.
const NOT_RUN_ALONE: [(&str, &str, &str); 3] = [
    (
        "deliveries",
        "an_event_is_stored_and_acknowledged_within_milliseconds",
        MEASURED,
    ),
    (
        "deliveries",
        "from_the_event_to_the_notification_takes_just_two_requests",
        MEASURED,
    ),
    (
        "services",
        "lever_access::the_bucket_holds_twenty_and_says_no_without_retry_after",
        MEASURED,
    ),
];
const MEASURED: &str = "It measures milliseconds, and here most of them are Wine's";

/// A program of tests.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TestProgram {
    /// By which Cargo knows it: the library's name, or that of the file below `tests`.
    name: String,
    /// Cargo runs tests in the folder of their package.
    folder: PathBuf,
    program: PathBuf,
}

/// Builds the programs and the tests of all packages at once, so that what they use is built once.
pub(super) fn build(project: &Project) -> Result<Vec<TestProgram>> {
    let mut cargo = building(project, "test")?;
    cargo.args(["--no-run", "--workspace", "--lib", "--bins", "--tests"]);
    for package in OURS {
        cargo.args(["--exclude", package]);
    }
    cargo.arg("--message-format=json-render-diagnostics");
    say::line(format_args!("$ {}", programs::shown(&cargo)));
    let output = cargo.stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "the tests for Windows don't build");
    let messages = String::from_utf8(output.stdout)?;
    let built = messages
        .lines()
        .filter_map(test_program)
        .collect::<Vec<_>>();
    ensure!(!built.is_empty(), "Cargo built no tests for Windows");
    Ok(built)
}

/// From one of Cargo's messages, if it is about a program of tests.
fn test_program(message: &str) -> Option<TestProgram> {
    let message: Value = serde_json::from_str(message).ok()?;
    if message.pointer("/profile/test")?.as_bool() != Some(true) {
        return None;
    }
    let manifest = Path::new(message.get("manifest_path")?.as_str()?);
    Some(TestProgram {
        name: message.pointer("/target/name")?.as_str()?.to_owned(),
        folder: manifest.parent()?.to_owned(),
        program: message.get("executable")?.as_str()?.into(),
    })
}

/// Runs them all, one after the other, and fails if one does.
pub(super) fn run(project: &Project, prefix: &Prefix, built: &[TestProgram]) -> Result<()> {
    for (name, why) in NOT_RUN {
        let is_there = built.iter().any(|program| program.name == name);
        ensure!(is_there, "there are no tests \"{name}\" to be left out");
        say::line(format_args!("Not run: {name}. {why}."));
    }
    for (name, test, why) in NOT_RUN_ALONE {
        say::line(format_args!("Not run: {test} in {name}. {why}."));
    }
    let mut failed = Vec::new();
    for program in built {
        if NOT_RUN.iter().any(|(name, _)| *name == program.name) {
            continue;
        }
        let outcome = programs::run_within(LONGEST, &mut command(project, prefix, program));
        if let Err(error) = outcome {
            say::line(format_args!("{error:#}"));
            failed.push(program.name.as_str());
        }
    }
    match failed[..] {
        [] => prefix.wait(),
        _ => bail!("these tests fail on Windows: {}", failed.join(", ")),
    }
}

fn command(project: &Project, prefix: &Prefix, program: &TestProgram) -> Command {
    let libraries = cross::built_for_windows(project, PROFILE);
    let mut tests = prefix.command();
    tests.arg(&program.program).arg("--quiet");
    for (name, test, _) in NOT_RUN_ALONE {
        if name == program.name {
            tests.args(["--skip", test]);
        }
    }
    tests
        .current_dir(&program.folder)
        // Where the library lies that tests of the window load.
        .env("WINEPATH", format!("Z:{}", libraries.display()))
        .env("TS_RS_EXPORT_DIR", project.built("bindings"));
    tests
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_of_tests_are_found_in_what_cargo_says() {
        let message = r#"{"reason":"compiler-artifact","manifest_path":"/w/lever/Cargo.toml",
            "target":{"kind":["lib"],"name":"lever"},"profile":{"test":true},
            "executable":"/t/lever.exe"}"#;
        let expected = TestProgram {
            name: "lever".into(),
            folder: "/w/lever".into(),
            program: "/t/lever.exe".into(),
        };
        assert_eq!(test_program(message), Some(expected));
        for other in [
            r#"{"reason":"build-finished","success":true}"#,
            r#"{"manifest_path":"/w/Cargo.toml","target":{"name":"lever"},
                "profile":{"test":false},"executable":null}"#,
            "no JSON",
        ] {
            assert_eq!(test_program(other), None, "{other}");
        }
    }
}
