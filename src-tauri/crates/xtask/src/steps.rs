//! What `cargo xtask test` checks, in this order: the quick things first.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::programs::{on_build_machine, run, run_within};
use crate::project::Project;
use crate::{bindings, cargo, foreign_clients, page, say, set_up, test_targets};

/// No run of tests may take longer where nobody watches: a test that hangs should be named.
const LONGEST: Duration = Duration::from_secs(25 * 60);

/// One step.
#[derive(Debug)]
pub(crate) struct Step {
    /// By which it is asked for.
    pub(crate) name: &'static str,
    /// What holds when it passes.
    pub(crate) checks: &'static str,
    pub(crate) act: fn(&Project) -> Result<()>,
}

/// All steps.
pub(crate) const STEPS: &[Step] = &[
    Step {
        name: "setup",
        checks: "what the other steps need is installed",
        act: set_up::everything,
    },
    Step {
        name: "lock",
        checks: "Cargo.lock is complete as it was committed",
        act: lock,
    },
    Step {
        name: "fmt",
        checks: "Rust code is laid out by rustfmt",
        act: fmt,
    },
    Step {
        name: "page",
        checks: "the page: types, lint, layout, unit tests, build",
        act: page,
    },
    Step {
        name: "clippy",
        checks: "Rust code without a warning",
        act: clippy,
    },
    Step {
        name: "doc",
        checks: "its documentation without a warning",
        act: doc,
    },
    Step {
        name: "build",
        checks: "program, examples and tests compile",
        act: build,
    },
    Step {
        name: "unit",
        checks: "unit, integration and documentation tests, without a desktop",
        act: unit,
    },
    Step {
        name: "bindings",
        checks: "the page's types are those that Rust writes",
        act: bindings::check,
    },
    Step {
        name: "foreign-clients",
        checks: "the public clients of both services read the sandbox",
        act: foreign_clients::run,
    },
    Step {
        name: "long",
        checks: "every fault at every point, and a kill between any two",
        act: long,
    },
    Step {
        name: "browser",
        checks: "the page in a real browser",
        act: browser,
    },
    Step {
        name: "desktop",
        checks: "the real program on a real desktop",
        act: desktop,
    },
];

/// Cargo completes the lock file when it builds this very program, so only a build machine, where
/// nobody has edited it, can tell.
fn lock(project: &Project) -> Result<()> {
    if !on_build_machine() {
        say::line("Checked on build machines only (CI=true).");
        return Ok(());
    }
    let mut git = Command::new("git");
    git.args([
        "--no-pager",
        "diff",
        "--exit-code",
        "--stat",
        "HEAD",
        "--",
        "Cargo.lock",
    ]);
    run(git.current_dir(project.root()))
}

fn fmt(project: &Project) -> Result<()> {
    run(cargo::cargo(project).args(["fmt", "--all", "--check"]))
}

fn page(project: &Project) -> Result<()> {
    page::install(project)?;
    for script in ["check", "lint", "format:check", "test", "build"] {
        page::script(project, script)?;
    }
    Ok(())
}

fn clippy(project: &Project) -> Result<()> {
    page::build_if_missing(project)?;
    let mut clippy = cargo::checking(project, "clippy");
    run(clippy.args(["--all-targets", "--", "-D", "warnings"]))
}

fn doc(project: &Project) -> Result<()> {
    page::build_if_missing(project)?;
    let mut doc = cargo::checking(project, "doc");
    // With the examples, what tests need counts too: the libraries are then those that clippy has
    // checked already, and not built once more with fewer features.
    doc.args(["--no-deps", "--lib", "--bins", "--examples"]);
    run(doc.env("RUSTDOCFLAGS", "-D warnings"))
}

fn build(project: &Project) -> Result<()> {
    page::build_if_missing(project)?;
    run(cargo::checking(project, "test").arg("--no-run"))
}

fn unit(project: &Project) -> Result<()> {
    page::build_if_missing(project)?;
    let mut tests = cargo::checking(project, "test");
    tests.args(["--lib", "--bins"]);
    tests.args(test_targets::plain(project)?);
    run_within(LONGEST, &mut tests)?;
    run_within(LONGEST, cargo::checking(project, "test").arg("--doc"))
}

fn long(project: &Project) -> Result<()> {
    page::build_if_missing(project)?;
    let mut tests = cargo::checking(project, "test");
    tests.args(test_targets::long(project)?);
    // They are marked as ignored, so that a plain `cargo test` is over in seconds.
    run_within(LONGEST, tests.args(["--", "--include-ignored"]))
}

fn browser(project: &Project) -> Result<()> {
    page::build_if_missing(project)?;
    page::script(project, "test:browser")
}

fn desktop(project: &Project) -> Result<()> {
    page::build_if_missing(project)?;
    let mut tests = cargo::checking(project, "test");
    tests.args(test_targets::desktop(project)?);
    run_within(
        LONGEST,
        tests.env("PADWATCH_BIN", project.built("ci/padwatch")),
    )
}
