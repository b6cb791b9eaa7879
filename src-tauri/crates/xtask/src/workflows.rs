//! `.github`: what GitHub would run, read by a linter that knows its syntax and its traps.

use std::process::Command;

use anyhow::Result;

use crate::project::Project;
use crate::{programs, python};

/// Fails if a workflow can't be read, or does what a workflow shouldn't.
pub(crate) fn lint(project: &Project) -> Result<()> {
    let requirements = project.root().join(".github/linter.txt");
    let place = project.built("workflows");
    python::environment(&place, "python3", &[requirements])?;
    let mut linter = Command::new(place.join("bin/zizmor"));
    // Online checks depend on GitHub's current state, so the same workflows could fail tomorrow.
    linter.args(["--offline", "--no-progress", ".github"]);
    programs::run(linter.current_dir(project.root()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_linter_is_pinned_with_hashes_and_no_address() {
        let file = Project::find().unwrap().root().join(".github/linter.txt");
        let text = std::fs::read_to_string(file).unwrap();
        assert_eq!(python::pinned(&text), Some(1));
    }
}
