//! How heavy the page's scripts are: what has to be read before the list is there, and all of it.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::project::Project;
use crate::{programs, say};

/// The most that the scripts may take before the list is painted, gzipped, in bytes.
pub(crate) const UNTIL_LIST: usize = 35_000;

/// The most that all scripts together may take, gzipped, in bytes.
pub(crate) const IN_ALL: usize = 72_600;

/// Node is there wherever the page is built, unlike gzip.
const GZIPPED: &str = "const { readFileSync } = require('node:fs');
const { gzipSync } = require('node:zlib');
console.log(gzipSync(readFileSync(process.argv[1]), { level: 9 }).length);";

/// The built page's scripts, gzipped, in bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Weight {
    /// What the document loads, and what that imports.
    pub(crate) until_list: usize,
    pub(crate) in_all: usize,
}

/// Weighs the page in `ui/dist`.
pub(crate) fn of_page(project: &Project) -> Result<Weight> {
    let dist = project.page().join("dist");
    let first = first_scripts(&dist)?;
    let mut weight = Weight {
        until_list: 0,
        in_all: 0,
    };
    for script in scripts(&dist)? {
        let bytes = gzipped(&script)?;
        weight.in_all += bytes;
        if first.contains(&script) {
            weight.until_list += bytes;
        }
    }
    ensure!(weight.until_list > 0, "the built page loads no script");
    Ok(weight)
}

/// Says both figures, and fails if one of them is over its budget.
pub(crate) fn check(project: &Project) -> Result<()> {
    let Weight { until_list, in_all } = of_page(project)?;
    let figures = format!(
        "The page's scripts, gzipped: {} until the list of at most {}, {} in all of at most {}.",
        kilobytes(until_list),
        kilobytes(UNTIL_LIST),
        kilobytes(in_all),
        kilobytes(IN_ALL)
    );
    ensure!(
        until_list <= UNTIL_LIST && in_all <= IN_ALL,
        "the page has become too heavy. {figures}"
    );
    say::line(figures);
    Ok(())
}

fn kilobytes(bytes: usize) -> String {
    format!("{:.1} kB", bytes as f64 / 1e3)
}

/// Every `.js` below the folder.
fn scripts(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("can't read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(scripts(&path)?);
        } else if path.extension() == Some(OsStr::new("js")) {
            found.push(path);
        }
    }
    Ok(found)
}

/// What the document names, and whatever of it is imported before anything runs.
fn first_scripts(dist: &Path) -> Result<BTreeSet<PathBuf>> {
    let document = dist.join("index.html");
    let mut found = BTreeSet::new();
    let mut to_read: Vec<PathBuf> = named(&read(&document)?, "src=\"./")
        .map(|name| dist.join(name))
        .collect();
    while let Some(script) = to_read.pop() {
        let source = read(&script)?;
        let folder = script.parent().unwrap_or(dist).to_owned();
        if found.insert(script) {
            to_read.extend(imported(&source).map(|name| folder.join(name)));
        }
    }
    Ok(found)
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("can't read {}", file.display()))
}

/// The scripts beside it that a script imports at once: `from"./x.js"` and `import"./x.js"`.
fn imported(source: &str) -> impl Iterator<Item = &str> {
    named(source, "from\"./").chain(named(source, "import\"./"))
}

fn named<'a>(text: &'a str, before: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(before)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|name| name.ends_with(".js"))
}

fn gzipped(file: &Path) -> Result<usize> {
    let answer = programs::answer(Command::new("node").args(["-e", GZIPPED]).arg(file))?;
    answer
        .and_then(|bytes| bytes.trim().parse().ok())
        .with_context(|| format!("{} could not be gzipped", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_count_and_what_is_fetched_later_does_not() {
        let source = r#"import{a as b}from"./shared-1.js";import"./side-2.js";x(()=>import("./later-3.js"));"#;
        let found: Vec<&str> = imported(source).collect();
        assert_eq!(found, ["shared-1.js", "side-2.js"]);
    }

    #[test]
    fn what_the_document_loads_is_named_in_it() {
        let document = r#"<script type="module" src="./assets/index-4.js"></script><link href="./assets/style.css">"#;
        let found: Vec<&str> = named(document, "src=\"./").collect();
        assert_eq!(found, ["assets/index-4.js"]);
    }
}
