//! The step `wine`: Windows programs and their tests, run by Wine on Debian.

mod clickable;
mod installer;
mod prefix;
mod test_programs;

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::project::Project;
use crate::{cargo, cross, debian, page, programs, say};

use prefix::Prefix;

/// The profile of the other steps, so that what runs while building is compiled once for all.
const PROFILE: &str = "ci";
/// How long the tests of the real program may take, with building them where no other step has.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// Builds programs and tests for Windows, runs the tests, then the main job of the real program
/// with clicks, and its installer.
pub(crate) fn run(project: &Project) -> Result<()> {
    debian::provide(debian::TO_PACK_WINDOWS)?;
    debian::provide(debian::TO_RUN_WINDOWS)?;
    page::build_if_missing(project)?;
    cross::provide(project)?;
    let prefix = Prefix::provide(project)?;
    let programs = test_programs::build(project)?;
    let for_tests = prefix.copied(project.built("systems/wine/tests"))?;
    test_programs::run(project, &for_tests, &programs)?;
    desktop(project, &prefix)
}

/// `cargo VERB` for Windows, as all of this step builds.
fn building(project: &Project, verb: &str) -> Result<Command> {
    let mut cargo = cross::for_windows(project, verb)?;
    cargo.args(["--profile", PROFILE]);
    // No seeded test runs here: what optimizing costs is more than it saves.
    cross::linked_by_lld(&mut cargo).env("CARGO_PROFILE_CI_OPT_LEVEL", "0");
    Ok(cargo)
}

/// The desktop tests whose program runs on Windows. The tests themselves run on Debian.
fn desktop(project: &Project, prefix: &Prefix) -> Result<()> {
    say::heading("wine: the real program, with clicks");
    let built = cross::built_for_windows(project, PROFILE);
    let clickable = clickable::make(project, &built)?;
    let installers = installer::make(project, &built)?;
    let mut tests = cargo::nextest(project);
    tests.args(["--run-ignored", "all", "--test-threads", "1"]);
    tests.args(["--filterset", "binary(desktop) & test(/^wine::/)"]);
    tests
        .env("PADWATCH_BIN", project.built("ci/padwatch"))
        .env("PADWATCH_WINDOWS_BIN", clickable)
        .env("PADWATCH_WINDOWS_INSTALLERS", installers)
        .env("PADWATCH_WINE", prefix.wine())
        .env("PADWATCH_WINE_PREFIX", prefix.folder());
    programs::run_within(LONGEST, &mut tests)
}
