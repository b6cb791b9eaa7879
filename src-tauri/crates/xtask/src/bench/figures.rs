use std::fs;
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::{cargo, programs, say};

/// One measured number.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figure {
    /// Ends with the unit.
    pub(crate) name: String,
    pub(crate) value: f64,
}

impl Figure {
    pub(crate) fn new(name: &str, value: f64) -> Self {
        Self {
            name: name.to_owned(),
            value,
        }
    }
}

/// What the packages measure of themselves. Each that has figures to tell has an example `figures`,
/// which prints lines like `figure start_to_icon_ms 97.5`; `PADWATCH_BIN` is the program's path.
pub(crate) fn of_the_examples(project: &Project, quick: bool) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for manifest in manifests_with_figures(project)? {
        let mut example = cargo::cargo(project);
        example
            .args(["run", "--quiet", "--release", "--example", "figures"])
            .arg("--manifest-path")
            .arg(manifest)
            .env("PADWATCH_BIN", project.built("release/padwatch"))
            .stderr(Stdio::inherit());
        if quick {
            example.args(["--", "--quick"]);
        }
        let shown = programs::shown(&example);
        say::line(format_args!("$ {shown}"));
        let printed =
            programs::answer(&mut example)?.with_context(|| format!("this failed: {shown}"))?;
        figures.extend(told_in(&printed));
    }
    Ok(figures)
}

fn manifests_with_figures(project: &Project) -> Result<Vec<PathBuf>> {
    let mut packages = vec![(project.root().to_owned(), project.root().join("src-tauri"))];
    for entry in fs::read_dir(project.root().join("src-tauri/crates"))? {
        let folder = entry?.path();
        packages.push((folder.clone(), folder));
    }
    packages.sort();
    Ok(packages
        .into_iter()
        .filter(|(_, sources)| sources.join("examples/figures/main.rs").is_file())
        .map(|(package, _)| package.join("Cargo.toml"))
        .collect())
}

/// The figures among whatever else was printed.
pub(crate) fn told_in(printed: &str) -> impl Iterator<Item = Figure> {
    printed.lines().filter_map(read)
}

fn read(line: &str) -> Option<Figure> {
    let (name, value) = line.strip_prefix("figure ")?.split_once(' ')?;
    let value = value.trim().parse::<f64>().ok()?;
    value.is_finite().then(|| Figure::new(name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_found_among_whatever_else_is_printed() {
        assert_eq!(
            read("figure start_to_icon_ms 97.5"),
            Some(Figure::new("start_to_icon_ms", 97.5))
        );
        for other in [
            "",
            "figure",
            "figure x",
            "figure x fast",
            "figure x NaN",
            "a figure x 1",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
