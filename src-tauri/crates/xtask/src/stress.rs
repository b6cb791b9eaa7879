//! What takes too long, or too many tries, for the checks. In release builds: there is much to do,
//! and memory is what counts.

use anyhow::Result;

use crate::project::Project;
use crate::{cargo, programs};

/// Throws made-up requests at the webhook receiver.
pub(crate) fn fuzz(project: &Project, options: &[String]) -> Result<()> {
    let example = ["--release", "--package", "padwatch-receiver", "--example"];
    let mut fuzz = cargo::cargo(project);
    fuzz.arg("run").args(example).args(["fuzz", "--"]);
    programs::run(fuzz.args(options))
}

/// Lets the headless host work at 100 times the speed, with faults, and fails if anything was
/// forgotten, made twice or has grown.
pub(crate) fn soak(project: &Project, options: &[String]) -> Result<()> {
    let example = ["--release", "--package", "padwatch-engine", "--example"];
    let mut host = cargo::cargo(project);
    programs::run(host.arg("build").args(example).arg("headless"))?;
    let mut soak = cargo::cargo(project);
    soak.arg("run").args(example).args(["soak", "--"]);
    programs::run(soak.args(options))
}
