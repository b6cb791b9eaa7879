//! The licenses of everything that is in the programs: most of them ask for their text wherever the
//! program goes.
//!
//! The texts lie beside the sources that Cargo and npm have fetched. Equal texts are there once.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::cross::System;
use crate::project::Project;
use crate::{cargo, programs, sbom};

/// Our own, in Debian's form of a `copyright` file; those of others follow.
const OURS: &str = "\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Padwatch

Files: *
Copyright: The Padwatch authors
License: MIT or Apache-2.0
 The text of the Apache License is in /usr/share/common-licenses/Apache-2.0; that of the MIT License
 follows.
 .
";

/// The same, in an installer.
const OURS_INSTALLED: &str = "\
Padwatch
Copyright: The Padwatch authors
License: MIT or Apache-2.0, at your option. The text of the MIT License:

";

/// What a package is called, by version and license, and where its sources lie.
#[derive(Debug)]
struct Package {
    name: String,
    license: String,
    folder: PathBuf,
}

/// The `copyright` file of the Debian and RPM packages.
pub(super) fn copyright(project: &Project) -> Result<String> {
    let mit = fs::read_to_string(project.root().join("LICENSE-MIT"))?;
    let others = of_others(project, None)?;
    Ok(format!("{OURS}{}{others}", indented(&mit)))
}

/// The licenses in the installer for a system.
pub(super) fn licenses(project: &Project, system: System) -> Result<String> {
    let mit = fs::read_to_string(project.root().join("LICENSE-MIT"))?;
    let others = of_others(project, Some(system.target()))?;
    // As Windows' own editor shows lines.
    Ok(format!("{OURS_INSTALLED}{mit}{others}").replace('\n', "\r\n"))
}

/// Those of others, each text once.
fn of_others(project: &Project, target: Option<&str>) -> Result<String> {
    let mut packages = crates(project, target)?;
    packages.extend(of_page(project)?);
    let mut by_text = BTreeMap::<String, BTreeSet<String>>::new();
    for package in &packages {
        let named = format!("{} ({})", package.name, package.license);
        let texts = texts(&package.folder, &package.license)?;
        // Their authors left it out; the license is a usual one, and its name is all that they say.
        let texts = match texts.is_empty() {
            true => vec!["The package names its license and brings no text of it.".to_owned()],
            false => texts,
        };
        for text in texts {
            by_text.entry(text).or_default().insert(named.clone());
        }
    }
    let each = by_text.into_iter().map(|(text, names)| {
        let names = names.into_iter().collect::<Vec<_>>().join("\n ");
        format!(
            "\nFiles: built into the programs\nComment:\n {names}\nLicense: as named above\n{}",
            indented(&text)
        )
    });
    Ok(each.collect())
}

/// The crates that end up in the program.
fn crates(project: &Project, target: Option<&str>) -> Result<Vec<Package>> {
    let built_in = sbom::packages(project, target)?;
    let mut metadata = cargo::cargo(project);
    metadata.args(["metadata", "--format-version", "1", "--locked"]);
    let metadata = programs::answer(&mut metadata)?.context("cargo metadata tells nothing")?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let all = metadata.get("packages").and_then(Value::as_array);
    let packages = all.into_iter().flatten().filter_map(|package| {
        let text = |name: &str| package.get(name).and_then(Value::as_str).map(str::to_owned);
        let (name, version) = (text("name")?, text("version")?);
        // Ours have no source.
        text("source")?;
        let key = (name.clone(), version.clone());
        built_in.contains_key(&key).then_some(())?;
        Some(Package {
            name: format!("{name} {version}"),
            license: text("license").unwrap_or_default(),
            folder: Path::new(&text("manifest_path")?).parent()?.to_owned(),
        })
    });
    let packages = packages.collect::<Vec<_>>();
    ensure!(!packages.is_empty(), "no crate was found");
    Ok(packages)
}

/// The packages whose code is in the page.
fn of_page(project: &Project) -> Result<Vec<Package>> {
    let modules = project.page().join("node_modules");
    // What the build puts into the page although it isn't asked for at run time.
    let mut names = vec!["svelte".to_owned(), "lucide".to_owned()];
    let ours: Value =
        serde_json::from_str(&fs::read_to_string(project.page().join("package.json"))?)?;
    let asked = ours.get("dependencies").and_then(Value::as_object);
    names.extend(asked.into_iter().flatten().map(|(name, _)| name.clone()));
    let read = |name: String| -> Result<Package> {
        let folder = modules.join(&name);
        let about = fs::read_to_string(folder.join("package.json"))
            .with_context(|| format!("{name} is not installed"))?;
        let about: Value = serde_json::from_str(&about)?;
        let text = |key: &str| about.get(key).and_then(Value::as_str).unwrap_or_default();
        Ok(Package {
            name: format!("{name} {}", text("version")),
            license: text("license").to_owned(),
            folder,
        })
    };
    names.into_iter().map(read).collect()
}

/// The texts of licenses and notices in a folder.
fn texts(folder: &Path, license: &str) -> Result<Vec<String>> {
    let mut texts = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_uppercase();
        let is_one = ["LICEN", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"]
            .iter()
            .any(|start| name.starts_with(start));
        if is_one && entry.file_type()?.is_file() {
            let text = fs::read(entry.path())?;
            let text = String::from_utf8_lossy(&text).replace('\r', "");
            texts.insert(name, text.trim().to_owned());
        }
    }
    // Most offer a choice of licenses; the shortest is the one that is taken.
    let is_choice = !license.contains(" AND ");
    let mit = texts
        .iter()
        .find(|(name, _)| is_choice && name.contains("MIT"));
    let chosen = mit.map(|(_, text)| vec![text.clone()]);
    Ok(chosen.unwrap_or_else(|| texts.into_values().collect()))
}

/// Each line after a blank, and a dot where a line is empty.
fn indented(text: &str) -> String {
    let lines = text.trim().lines().map(|line| match line.trim_end() {
        "" => " .\n".to_owned(),
        line => format!(" {line}\n"),
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn license_texts_are_found_by_their_usual_names_and_nothing_else_is() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("LICENSE", "Permission\r\n\r\nis granted"),
            ("NOTICE", "Thanks"),
            ("README.md", "License: MIT"),
        ] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        fs::create_dir(folder.path().join("licenses")).unwrap();
        let found = texts(folder.path(), "MIT").unwrap();
        assert_eq!(found, ["Permission\n\nis granted", "Thanks"]);
        fs::write(folder.path().join("LICENSE-APACHE"), "Long").unwrap();
        fs::write(folder.path().join("LICENSE-MIT"), "Short").unwrap();
        assert_eq!(
            texts(folder.path(), "MIT OR Apache-2.0").unwrap(),
            ["Short"]
        );
        let all = texts(folder.path(), "MIT AND Apache-2.0").unwrap();
        assert_eq!(all.len(), 4);
        assert_eq!(indented(&found[0]), " Permission\n .\n is granted\n");
    }
}
