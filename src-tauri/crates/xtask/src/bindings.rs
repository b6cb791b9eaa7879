//! The TypeScript types that the page is written against. Rust's types write them (ts-rs).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::project::Project;
use crate::{cargo, programs, say};

/// File names, and what is in them.
type Files = BTreeMap<String, String>;

/// Writes them into the page's sources. The folder holds nothing else.
pub(crate) fn renew(project: &Project) -> Result<()> {
    let mut tests = cargo::cargo(project);
    // All types that cross to the page are there.
    tests.args(["test", "--package", "padwatch-api"]);
    let fresh = written(project, &mut tests)?;
    let kept = project.bindings();
    if kept.exists() {
        fs::remove_dir_all(&kept).with_context(|| format!("can't empty {}", kept.display()))?;
    }
    for (name, text) in &fresh {
        write(&kept.join(name), text).with_context(|| format!("can't write {name}"))?;
    }
    say::line(format_args!(
        "{} files written to {}",
        fresh.len(),
        kept.display()
    ));
    Ok(())
}

/// Fails where the page's types are not what Rust would write now.
pub(crate) fn check(project: &Project) -> Result<()> {
    let fresh = written(project, &mut cargo::checking(project, "test"))?;
    let kept = read(&project.bindings())?;
    let drifted = differences(&fresh, &kept);
    if !drifted.is_empty() {
        bail!(
            "the page's types have drifted; write them anew with: cargo xtask bindings\n  {}",
            drifted.join("\n  ")
        );
    }
    say::line(format_args!(
        "All {} files are as Rust writes them.",
        fresh.len()
    ));
    Ok(())
}

/// Lets the types write themselves: ts-rs does that in tests of its own.
fn written(project: &Project, tests: &mut Command) -> Result<Files> {
    let folder = project.built("bindings-now");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    programs::run(
        tests
            .args(["--lib", "export_bindings"])
            .env("TS_RS_EXPORT_DIR", &folder),
    )?;
    let files = read(&folder)?;
    ensure!(
        !files.is_empty(),
        "no type wrote itself to {}",
        folder.display()
    );
    Ok(files)
}

fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, text)?)
}

fn read(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inner) = folders.pop() {
        let here = folder.join(&inner);
        for entry in
            fs::read_dir(&here).with_context(|| format!("can't read {}", here.display()))?
        {
            let entry = entry?;
            let path = inner.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else {
                let text = fs::read_to_string(entry.path())?;
                files.insert(path.to_string_lossy().into_owned(), text);
            }
        }
    }
    Ok(files)
}

fn differences(fresh: &Files, kept: &Files) -> Vec<String> {
    let changed = fresh
        .iter()
        .filter_map(|(name, text)| match kept.get(name) {
            None => Some(format!("{name} is missing")),
            Some(before) if before != text => Some(format!("{name} has changed")),
            Some(_) => None,
        });
    let left_over = kept
        .keys()
        .filter(|name| !fresh.contains_key(*name))
        .map(|name| format!("{name} is left over"));
    changed.chain(left_over).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(pairs: &[(&str, &str)]) -> Files {
        pairs
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect()
    }

    #[test]
    fn every_kind_of_drift_is_named_with_its_file() {
        let fresh = files(&[("Pad.ts", "new"), ("Same.ts", "x"), ("Stage.ts", "y")]);
        let kept = files(&[("Pad.ts", "old"), ("Same.ts", "x"), ("Tag.ts", "z")]);
        assert_eq!(
            differences(&fresh, &kept),
            [
                "Pad.ts has changed",
                "Stage.ts is missing",
                "Tag.ts is left over"
            ]
        );
        assert!(differences(&fresh, &fresh).is_empty());
    }
}
