//! Which integration tests there are, and which of them need time or a desktop.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::project::Project;

/// The engine's tests that take minutes. What makes them long is also marked
/// `#[ignore]`.
const LONG: [&str; 9] = [
    "acknowledged",
    "crashes",
    "faults",
    "guards",
    "interviews",
    "jobs",
    "note_crashes",
    "sequences",
    "two_machines",
];

/// Options that name the tests of the crates which are over in seconds.
pub(crate) fn plain(project: &Project) -> Result<Vec<String>> {
    let mut names = of_the_crates(project)?;
    names.retain(|name| !LONG.contains(&name.as_str()));
    Ok(options(names))
}

/// Options that name the long tests.
pub(crate) fn long(project: &Project) -> Result<Vec<String>> {
    let mut names = of_the_crates(project)?;
    names.retain(|name| LONG.contains(&name.as_str()));
    ensure!(
        !names.is_empty(),
        "none of the long tests is there: {LONG:?}"
    );
    Ok(options(names))
}

/// Options that name the tests of the real program, which need a desktop.
pub(crate) fn desktop(project: &Project) -> Result<Vec<String>> {
    let desktop = names_in(&project.root().join("src-tauri/tests"))?;
    ensure!(!desktop.is_empty(), "there are no tests in src-tauri/tests");
    // Cargo picks tests by their names alone, whatever package they are in.
    let shared = &desktop & &of_the_crates(project)?;
    ensure!(
        shared.is_empty(),
        "tests with and without a desktop share a name: {shared:?}"
    );
    Ok(options(desktop))
}

fn options(names: impl IntoIterator<Item = String>) -> Vec<String> {
    names
        .into_iter()
        .flat_map(|name| ["--test".to_owned(), name])
        .collect()
}

fn of_the_crates(project: &Project) -> Result<BTreeSet<String>> {
    let crates = project.root().join("src-tauri/crates");
    let mut names = BTreeSet::new();
    for entry in
        fs::read_dir(&crates).with_context(|| format!("can't read {}", crates.display()))?
    {
        names.append(&mut names_in(&entry?.path().join("tests"))?);
    }
    Ok(names)
}

/// As Cargo finds them: each file, and each folder with a `main.rs`.
fn names_in(folder: &Path) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    if !folder.is_dir() {
        return Ok(names);
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_test =
            path.extension().is_some_and(|end| end == "rs") || path.join("main.rs").is_file();
        if let Some(name) = path.file_stem().filter(|_| is_test) {
            names.insert(name.to_string_lossy().into_owned());
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_of_the_crates_is_either_plain_or_long() {
        let project = Project::find().unwrap();
        let (plain, long) = (plain(&project).unwrap(), long(&project).unwrap());
        for name in of_the_crates(&project).unwrap() {
            assert_ne!(plain.contains(&name), long.contains(&name), "{name}");
        }
    }

    #[test]
    fn a_folder_is_a_test_only_if_it_has_a_main_file() {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(
            names_in(package).unwrap(),
            BTreeSet::from(["src".to_owned()])
        );
        let crates = package.parent().unwrap();
        assert_eq!(names_in(crates).unwrap(), BTreeSet::new());
    }
}
