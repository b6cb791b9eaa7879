//! What `cargo xtask test` checks, in this order: the quick things first.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::cross::System;
use crate::programs::{on_build_machine, run, run_within};
use crate::project::Project;
use crate::{
    bindings, cargo, cross, debian, foreign_clients, page, say, set_up, weight, workflows,
};

/// No run of tests may take longer where no one watches: a test that hangs should be named.
const LONGEST: Duration = Duration::from_secs(25 * 60);

/// For how long each seeded test draws runs, in seconds, where not all of them have to be there.
const SEEDED_SECONDS: &str = "10";

/// The tests that draw runs by a seed, and stop when that time is over.
const SEEDED: &str = "binary(faults) | binary(sequences) | binary(crashes) | binary(note_crashes) \
     | (binary(guards) & (test(absence_runs) | test(ledger_damage)))";

/// How much is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// What most changes can break, in minutes: as many seeded runs as fit into a few seconds, with
    /// other seeds each time, and each view of the page in one width.
    Quick,
    /// Everything, as CI does.
    All,
}

/// When a step runs without being named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Included {
    Always,
    /// With everything else, as in CI.
    WithAll,
    /// Never: it has to be named.
    WhenNamed,
}

/// One step.
#[derive(Debug)]
pub(crate) struct Step {
    /// By which it is asked for.
    pub(crate) name: &'static str,
    /// What holds when it passes.
    pub(crate) checks: &'static str,
    pub(crate) included: Included,
    pub(crate) act: fn(&Project, Extent) -> Result<()>,
}

/// All steps.
pub(crate) const STEPS: &[Step] = &[
    Step {
        name: "setup",
        checks: "what the other steps need is installed",
        included: Included::Always,
        act: |project, _| set_up::everything(project),
    },
    Step {
        name: "lock",
        checks: "Cargo.lock is complete as it was committed",
        included: Included::Always,
        act: |project, _| lock(project),
    },
    Step {
        name: "fmt",
        checks: "Rust code is laid out by rustfmt",
        included: Included::Always,
        act: |project, _| fmt(project),
    },
    Step {
        name: "page",
        checks: "the page: types, lint, layout, unit tests, build, weight",
        included: Included::Always,
        act: |project, _| page(project),
    },
    Step {
        name: "build",
        checks: "all Rust code compiles, under clippy and without a warning",
        included: Included::Always,
        act: |project, _| build(project),
    },
    Step {
        name: "unit",
        checks: "unit, integration and documentation tests, without a desktop",
        included: Included::Always,
        act: |project, _| unit(project),
    },
    Step {
        name: "bindings",
        checks: "the page's types are those that Rust writes",
        included: Included::Always,
        act: |project, _| bindings::check(project),
    },
    Step {
        name: "systems",
        checks: "programs and tests for Windows and macOS under clippy, without a warning",
        included: Included::WithAll,
        act: |project, _| systems(project),
    },
    Step {
        name: "doc",
        checks: "the code's documentation without a warning",
        included: Included::WithAll,
        act: |project, _| doc(project),
    },
    Step {
        name: "workflows",
        checks: "what GitHub would run, by a linter",
        included: Included::WithAll,
        act: |project, _| workflows::lint(project),
    },
    Step {
        name: "foreign-clients",
        checks: "the public clients of both services read the sandbox",
        included: Included::WithAll,
        act: |project, _| foreign_clients::run(project),
    },
    Step {
        name: "long",
        checks: "every fault at every point, and a kill between any two",
        included: Included::Always,
        act: long,
    },
    Step {
        name: "browser",
        checks: "the page in a real browser",
        included: Included::Always,
        act: browser,
    },
    Step {
        name: "desktop",
        checks: "the real program on a real desktop",
        included: Included::WithAll,
        act: |project, _| desktop(project),
    },
    Step {
        name: "desktops",
        checks: "the main job on GNOME, KDE Plasma, and sway",
        included: Included::WhenNamed,
        act: |project, _| desktops(project),
    },
    Step {
        name: "wine",
        checks: "tests and the real program for Windows, run by Wine",
        included: Included::WithAll,
        act: |project, _| cross::wine::run(project),
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
    // The tests take longest, on one core.
    page::scripts(project, &["test", "lint", "check", "format:check", "build"])?;
    weight::check(project)
}

/// One build for everything: the checks of clippy happen while it compiles, and what is compiled is
/// what the tests run.
fn build(project: &Project) -> Result<()> {
    page::build_if_missing(project)?;
    run(cargo::checking(project, "build").arg("--all-targets"))
}

/// In one build, so that what runs while building is compiled once. What is for developers on Debian
/// alone is left out.
fn systems(project: &Project) -> Result<()> {
    page::build_if_missing(project)?;
    cross::provide(project)?;
    let mut clippy = cross::clippy(project, &System::ALL)?;
    clippy.args(["--profile", "ci", "--workspace", "--all-targets"]);
    for ours in ["desktop-session", "xtask"] {
        clippy.args(["--exclude", ours]);
    }
    clippy.args(["--", "-D", "warnings"]);
    run_within(LONGEST, &mut clippy)
}

fn doc(project: &Project) -> Result<()> {
    page::build_if_missing(project)?;
    let mut doc = cargo::checking(project, "doc");
    doc.args(["--no-deps", "--lib", "--bins", "--examples"]);
    run(doc.env("RUSTDOCFLAGS", "-D warnings"))
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
    tests.args(["--run-ignored", "only", "--filterset"]);
    tests.arg(match extent {
        Extent::Quick => SEEDED,
        Extent::All => "not binary(desktop)",
    });
    // Some sleep most of their time.
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    tests.args(["--test-threads", &(cores + 2).to_string()]);
    tests.env("PADWATCH_HEADLESS", project.built("ci/examples/headless"));
    if extent == Extent::Quick {
        say::line(format_args!(
            "Each seeded test draws runs for {SEEDED_SECONDS} s. All runs, and the other long tests: cargo \
             xtask test --all"
        ));
        tests.env("PADWATCH_SEEDED_SECONDS", SEEDED_SECONDS);
        // Their seeds and counts are told even where they pass.
        tests.args(["--success-output", "final"]);
    }
    run_within(LONGEST, &mut tests)
}

fn browser(project: &Project, extent: Extent) -> Result<()> {
    page::install(project)?;
    match extent {
        // Each view once, in the small window, light and dark.
        Extent::Quick => page::script(
            project,
            &["test:browser", "--", "tests/views.test.ts", "-t", "small"],
        ),
        Extent::All => page::script(project, &["test:browser"]),
    }
}

fn desktop(project: &Project) -> Result<()> {
    page::build_if_missing(project)?;
    // Other steps have what these two need.
    let ours = "binary(desktop) - test(/^(desktops|wine)::/)";
    run_within(LONGEST, &mut on_a_desktop(project, ours))
}

/// One at a time: each has a whole desktop drawn without a graphics card.
fn desktops(project: &Project) -> Result<()> {
    debian::provide(debian::TO_RUN_DESKTOPS)?;
    page::build_if_missing(project)?;
    let mut tests = on_a_desktop(project, "binary(desktop) & test(/^desktops::/)");
    run_within(LONGEST, tests.args(["--test-threads", "1"]))
}

/// These of the desktop tests, with the program that the other steps have built.
fn on_a_desktop(project: &Project, tests: &str) -> Command {
    let mut command = cargo::nextest(project);
    command.args(["--run-ignored", "all", "--filterset", tests]);
    command.env("PADWATCH_BIN", project.built("ci/padwatch"));
    command
}
