//! What `cargo xtask test` checks, in this order: the quick things first.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::programs::{on_build_machine, run, run_within};
use crate::project::Project;
use crate::{bindings, cargo, foreign_clients, page, say, set_up};

/// No run of tests may take longer where no one watches: a test that hangs should be named.
const LONGEST: Duration = Duration::from_secs(25 * 60);

/// For how long each seeded test draws runs, in seconds, where not all of them have to be there.
const SEEDED_SECONDS: &str = "20";

/// How much of the seeded tests is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// As many runs as fit into a few seconds, with other seeds each time.
    Quick,
    /// Every run.
    All,
}

/// One step.
#[derive(Debug)]
pub(crate) struct Step {
    /// By which it is asked for.
    pub(crate) name: &'static str,
    /// What holds when it passes.
    pub(crate) checks: &'static str,
    pub(crate) act: fn(&Project, Extent) -> Result<()>,
}

/// All steps.
pub(crate) const STEPS: &[Step] = &[
    Step {
        name: "setup",
        checks: "what the other steps need is installed",
        act: |project, _| set_up::everything(project),
    },
    Step {
        name: "lock",
        checks: "Cargo.lock is complete as it was committed",
        act: |project, _| lock(project),
    },
    Step {
        name: "fmt",
        checks: "Rust code is laid out by rustfmt",
        act: |project, _| fmt(project),
    },
    Step {
        name: "page",
        checks: "the page: types, lint, layout, unit tests, build",
        act: |project, _| page(project),
    },
    Step {
        name: "clippy",
        checks: "Rust code without a warning",
        act: |project, _| clippy(project),
    },
    Step {
        name: "doc",
        checks: "its documentation without a warning",
        act: |project, _| doc(project),
    },
    Step {
        name: "build",
        checks: "program, examples and tests compile",
        act: |project, _| build(project),
    },
    Step {
        name: "unit",
        checks: "unit, integration and documentation tests, without a desktop",
        act: |project, _| unit(project),
    },
    Step {
        name: "bindings",
        checks: "the page's types are those that Rust writes",
        act: |project, _| bindings::check(project),
    },
    Step {
        name: "foreign-clients",
        checks: "the public clients of both services read the sandbox",
        act: |project, _| foreign_clients::run(project),
    },
    Step {
        name: "long",
        checks: "every fault at every point, and a kill between any two",
        act: long,
    },
    Step {
        name: "browser",
        checks: "the page in a real browser",
        act: |project, _| browser(project),
    },
    Step {
        name: "desktop",
        checks: "the real program on a real desktop",
        act: |project, _| desktop(project),
    },
];

/// Cargo completes the lock file when it builds this very program, so only a build machine, where
/// no one has edited it, can tell.
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
    run_within(LONGEST, &mut cargo::nextest(project))?;
    run_within(LONGEST, cargo::checking(project, "test").arg("--doc"))
}

fn long(project: &Project, extent: Extent) -> Result<()> {
    page::build_if_missing(project)?;
    let mut tests = cargo::nextest(project);
    // They are marked as ignored, so that a plain `cargo test` is over in seconds.
    tests.args([
        "--run-ignored",
        "only",
        "--filterset",
        "not binary(desktop)",
    ]);
    // Some sleep most of their time.
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    tests.args(["--test-threads", &(cores + 2).to_string()]);
    tests.env("PADWATCH_HEADLESS", project.built("ci/examples/headless"));
    if extent == Extent::Quick {
        say::line(format_args!(
            "Each seeded test draws runs for {SEEDED_SECONDS} s; all of them: cargo xtask test --all"
        ));
        tests.env("PADWATCH_SEEDED_SECONDS", SEEDED_SECONDS);
        // Their seeds and counts are told even where they pass.
        tests.args(["--success-output", "final"]);
    }
    run_within(LONGEST, &mut tests)
}

fn browser(project: &Project) -> Result<()> {
    page::build_if_missing(project)?;
    page::script(project, "test:browser")
}

fn desktop(project: &Project) -> Result<()> {
    page::build_if_missing(project)?;
    let mut tests = cargo::nextest(project);
    tests.args(["--run-ignored", "all", "--filterset", "binary(desktop)"]);
    run_within(
        LONGEST,
        tests.env("PADWATCH_BIN", project.built("ci/padwatch")),
    )
}
