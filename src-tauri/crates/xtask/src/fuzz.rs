use anyhow::Result;

use crate::project::Project;
use crate::{cargo, programs};

/// Throws made-up requests at the webhook receiver, in a release build: there are many.
pub(crate) fn run(project: &Project, inputs: Option<u64>, seed: Option<u64>) -> Result<()> {
    let mut fuzz = cargo::cargo(project);
    fuzz.args(["run", "--release", "--package", "padwatch-receiver"]);
    fuzz.args(["--example", "fuzz", "--"]);
    for (option, number) in [("--inputs", inputs), ("--seed", seed)] {
        if let Some(number) = number {
            fuzz.args([option, &number.to_string()]);
        }
    }
    programs::run(&mut fuzz)
}
