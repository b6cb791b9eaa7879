//! Clients of Lever's and CoderPad's APIs that others have written and published read the sandbox:
//! where our clients and our sandbox share a misreading, theirs stumble.
//!
//! What is installed is pinned with hashes, in a virtual environment below Cargo's target folder.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use desktop_session::Background;
use serde_json::Value;

use crate::project::Project;
use crate::{cargo, programs, python, say};

/// A script that takes longer waits for something.
const LONGEST: Duration = Duration::from_secs(300);

/// A client in one version.
#[derive(Debug)]
struct Client {
    /// The name of its requirements and of its environment.
    name: &'static str,
    script: &'static str,
    /// The newest minor version of Python 3 that it can be installed with.
    newest_python: Option<u32>,
}

const CLIENTS: [Client; 4] = [
    Client {
        name: "coderpad-py",
        script: "read_coderpad.py",
        newest_python: None,
    },
    // Signs in as a bearer, which later versions don't.
    Client {
        name: "coderpad-py-2026-03",
        script: "read_coderpad.py",
        newest_python: None,
    },
    Client {
        name: "tap-lever",
        script: "read_tap_lever.py",
        newest_python: None,
    },
    Client {
        name: "airbyte",
        script: "read_airbyte.py",
        newest_python: Some(11),
    },
];

/// Lets every client read a sandbox of its own. All of them are tried before it fails.
pub(crate) fn run(project: &Project) -> Result<()> {
    // A test of the program brings the program, in the flavour of the other steps' tests.
    let mut build = cargo::checking(project, "test");
    programs::run(build.args(["--no-run", "--test", "program"]))?;
    let mut failed = Vec::new();
    for client in &CLIENTS {
        let Some(python) = python(client)? else {
            say::line(format_args!(
                "Not run: {} can't be installed with the Python that is here.",
                client.name
            ));
            continue;
        };
        let python = install(project, client, python)?;
        if let Err(error) = read(project, client, &python) {
            say::line(format_args!("{error:#}"));
            failed.push(client.name);
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    bail!(
        "these clients can't read the sandbox: {}",
        failed.join(", ")
    )
}

/// The first Python that fits.
fn python(client: &Client) -> Result<Option<&'static str>> {
    for name in ["python3", "python3.11", "python3.10"] {
        let mut version = Command::new(name);
        let version = version.args(["-c", "import sys; print(sys.version_info.minor)"]);
        let minor = programs::answer(version)?.and_then(|text| text.trim().parse::<u32>().ok());
        if minor.is_some_and(|minor| client.newest_python.is_none_or(|newest| minor <= newest)) {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// The folder with scripts and requirements.
fn sources(project: &Project) -> PathBuf {
    project
        .root()
        .join("src-tauri/crates/sandbox/foreign-clients")
}

/// Installs the client, and gives the Python of its environment.
fn install(project: &Project, client: &Client, python: &str) -> Result<PathBuf> {
    let requirements = sources(project).join("requirements");
    python::environment(
        &project.built(&format!("foreign-clients/{}", client.name)),
        python,
        // First what builds the few that are published as sources alone, so that it is pinned too.
        &[
            requirements.join("build.txt"),
            requirements.join(format!("{}.txt", client.name)),
        ],
    )
}

/// Lets a client read a sandbox.
fn read(project: &Project, client: &Client, python: &Path) -> Result<()> {
    let mut sandbox = Command::new(project.built("ci/padwatch-sandbox"));
    let sandbox = Background::start(sandbox.arg("--no-rate-limit"), "")?;
    let told = serde_json::from_str::<Value>(&sandbox.line_with("{")?);
    let told = told.context("the sandbox prints no JSON")?;
    let mut script = Command::new(python);
    // Without `-B` it would leave its compiled modules among the sources.
    script.arg("-B").arg(client.script);
    script.current_dir(sources(project));
    // Whatever proxy there is, the sandbox is on this computer.
    script
        .env("NO_PROXY", "127.0.0.1")
        .env("no_proxy", "127.0.0.1");
    for (variable, field) in [
        ("LEVER_API", "leverApi"),
        ("LEVER_API_KEY", "leverKey"),
        ("CODERPAD_API", "coderpadApi"),
        ("CODERPAD_API_KEY", "coderpadKey"),
        ("SANDBOX_CONTROL", "control"),
    ] {
        let value = told.get(field).and_then(Value::as_str);
        script.env(
            variable,
            value.context("the sandbox says less than it did")?,
        );
    }
    programs::run_within(LONGEST, &mut script)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn every_client_is_pinned_with_hashes_and_no_address() {
        let project = Project::find().unwrap();
        for client in &CLIENTS {
            assert!(sources(&project).join(client.script).exists());
            let file = sources(&project).join(format!("requirements/{}.txt", client.name));
            let text = fs::read_to_string(file).unwrap();
            let packages = python::pinned(&text).expect(client.name);
            assert!(packages >= 5, "{}", client.name);
        }
    }
}
