use std::collections::BTreeMap;
use std::fs::{self, File};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::project::Project;
use crate::{cargo, programs, say};

/// Writes what the program and the page consist of, as CycloneDX, to `target/sbom/`.
///
/// Cargo and npm know it all: no further tool is needed. Of crates, those count that end up in the
/// program on the system that builds it. Of the page's packages, npm can't tell which do, so all that
/// build it are listed.
pub(crate) fn write(project: &Project) -> Result<()> {
    let folder = project.built("sbom");
    fs::create_dir_all(&folder)?;
    let program = folder.join("padwatch.cdx.json");
    let packages = packages(project, None)?;
    serde_json::to_writer_pretty(File::create(&program)?, &document(&packages))?;
    say::line(format_args!(
        "{} crates listed in {}",
        packages.len(),
        program.display()
    ));

    let page = folder.join("window.cdx.json");
    let mut npm = Command::new("npm");
    npm.args(["sbom", "--sbom-format", "cyclonedx"]);
    npm.current_dir(project.page());
    let listed = programs::answer(&mut npm)?.context("npm lists no packages")?;
    fs::write(&page, listed)?;
    say::line(format_args!(
        "The page’s packages are listed in {}",
        page.display()
    ));
    Ok(())
}

/// One crate that ends up in the program.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Package {
    version: String,
    licence: Option<String>,
    is_ours: bool,
}

/// By name and version, for a target or for this computer.
pub(crate) fn packages(
    project: &Project,
    target: Option<&str>,
) -> Result<BTreeMap<(String, String), Package>> {
    let mut tree = cargo::cargo(project);
    // Normal edges alone: neither build scripts' nor tests' crates are in the program.
    tree.args([
        "tree",
        "--package",
        "padwatch",
        "--edges",
        "normal,no-proc-macro",
    ])
    .args(["--prefix", "none", "--no-dedupe", "--format", "{p}|{l}"]);
    if let Some(target) = target {
        tree.args(["--target", target]);
    }
    let tree = programs::answer(&mut tree)?.context("cargo tree tells nothing")?;
    let packages = tree.lines().filter_map(read).collect::<BTreeMap<_, _>>();
    ensure!(!packages.is_empty(), "no crate was found");
    Ok(packages)
}

/// From `serde v1.0.2|MIT OR Apache-2.0` or `lever v0.1.0 (/path)|MIT`.
fn read(line: &str) -> Option<((String, String), Package)> {
    let (package, licence) = line.rsplit_once('|')?;
    let mut words = package.split_whitespace();
    let name = words.next()?.to_owned();
    let version = words.next()?.strip_prefix('v')?.to_owned();
    let is_ours = words.next().is_some_and(|place| place.starts_with("(/"));
    let licence = (!licence.is_empty()).then(|| licence.to_owned());
    let package = Package {
        version: version.clone(),
        licence,
        is_ours,
    };
    Some(((name, version), package))
}

fn document(packages: &BTreeMap<(String, String), Package>) -> Value {
    let components = packages.iter().map(|((name, _), package)| {
        let version = &package.version;
        let mut component = json!({
            "type": "library",
            "name": name,
            "version": version,
            "bom-ref": format!("pkg:cargo/{name}@{version}"),
        });
        if let Some(component) = component.as_object_mut() {
            if !package.is_ours {
                component.insert("purl".into(), json!(format!("pkg:cargo/{name}@{version}")));
            }
            if let Some(licence) = &package.licence {
                // Some crates still separate choices by a slash.
                let expression = licence.replace('/', " OR ");
                component.insert("licenses".into(), json!([{ "expression": expression }]));
            }
        }
        component
    });
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "padwatch",
                "version": env!("CARGO_PKG_VERSION"),
            },
        },
        "components": components.collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_are_read_as_cargo_lists_them() {
        let lines =
            "serde v1.0.2|MIT OR Apache-2.0\nlever v0.1.0 (/src/lever)|MIT\nr-efi v5.0.0|\n";
        let packages = lines.lines().filter_map(read).collect::<BTreeMap<_, _>>();
        let of = |name: &str, version: &str| &packages[&(name.to_owned(), version.to_owned())];
        assert!(!of("serde", "1.0.2").is_ours);
        assert!(of("lever", "0.1.0").is_ours);
        assert_eq!(of("r-efi", "5.0.0").licence, None);
        let document = document(&packages);
        assert_eq!(document["components"][2]["purl"], "pkg:cargo/serde@1.0.2");
        assert!(
            document["components"][0].get("purl").is_none(),
            "ours is nowhere to be had"
        );
    }
}
