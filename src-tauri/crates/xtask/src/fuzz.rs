use anyhow::Result;

use crate::project::Project;
use crate::{cargo, programs};

/// Throws made-up requests at the webhook receiver, in a release build: there are many.
pub(crate) fn run(project: &Project, inputs: Option<u64>) -> Result<()> {
    let mut fuzz = cargo::cargo(project);
    fuzz.args(["run", "--release"]);
    fuzz.args(["--package", "padwatch-receiver", "--example", "fuzz"]);
    if let Some(inputs) = inputs {
        fuzz.args(["--", "--inputs", &inputs.to_string()]);
    }
    programs::run(&mut fuzz)
}
