use anyhow::Result;

use crate::project::Project;
use crate::{cargo, programs};

/// Lets the headless host work for so long at 100 times the speed, with faults, and fails if
/// anything was forgotten, made twice or has grown. As released: memory is what counts.
pub(crate) fn run(project: &Project, minutes: Option<u64>, seed: Option<u64>) -> Result<()> {
    let engine = ["--release", "--package", "padwatch-engine", "--example"];
    let mut host = cargo::cargo(project);
    programs::run(host.arg("build").args(engine).arg("headless"))?;
    let mut soak = cargo::cargo(project);
    soak.arg("run").args(engine).args(["soak", "--"]);
    for (option, number) in [("--minutes", minutes), ("--seed", seed)] {
        if let Some(number) = number {
            soak.args([option, &number.to_string()]);
        }
    }
    programs::run(&mut soak)
}
