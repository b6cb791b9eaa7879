use std::collections::BTreeMap;
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
    /// The least and the most, where `value` is the middle of several.
    pub(crate) spread: Option<(f64, f64)>,
}

impl Figure {
    pub(crate) fn new(name: &str, value: f64) -> Self {
        Self {
            name: name.to_owned(),
            value,
            spread: None,
        }
    }

    /// The middle of several measurements, which one odd one doesn't move, with their spread.
    pub(crate) fn of_several(name: &str, mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let middle = values.get(values.len() / 2).copied();
        let ends = values.first().copied().zip(values.last().copied());
        Self {
            spread: ends,
            ..Self::new(name, middle.unwrap_or(f64::NAN))
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

/// The figures among whatever else was printed. One that is told several times was measured so often.
pub(crate) fn told_in(printed: &str) -> Vec<Figure> {
    gathered(printed.lines().filter_map(read).collect())
}

/// Each figure once, in the order in which they came: the middle of its measurements.
pub(crate) fn gathered(measured: Vec<(String, f64)>) -> Vec<Figure> {
    let mut names = Vec::new();
    let mut values = BTreeMap::<String, Vec<f64>>::new();
    for (name, value) in measured {
        if !values.contains_key(&name) {
            names.push(name.clone());
        }
        values.entry(name).or_default().push(value);
    }
    let figures = names.into_iter().filter_map(|name| {
        let values = values.remove(&name)?;
        Some(match values[..] {
            [only] => Figure::new(&name, only),
            _ => Figure::of_several(&name, values),
        })
    });
    figures.collect()
}

fn read(line: &str) -> Option<(String, f64)> {
    let (name, value) = line.strip_prefix("figure ")?.split_once(' ')?;
    let value = value.trim().parse::<f64>().ok()?;
    value.is_finite().then(|| (name.to_owned(), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slow_run_does_not_move_the_middle_and_shows_in_the_spread() {
        let figure = Figure::of_several("start_ms", vec![90.0, 1_800.0, 92.0, 91.0, 95.0]);
        assert_eq!(figure.value, 92.0);
        assert_eq!(figure.spread, Some((90.0, 1_800.0)));
    }

    #[test]
    fn what_was_measured_several_times_is_one_figure_with_its_spread() {
        let printed = "figure a_ms 3\nfigure b_bytes 7\nnoise\nfigure a_ms 1\nfigure a_ms 2\n";
        assert_eq!(
            told_in(printed),
            [
                Figure::of_several("a_ms", vec![3.0, 1.0, 2.0]),
                Figure::new("b_bytes", 7.0)
            ]
        );
    }

    #[test]
    fn figures_are_found_among_whatever_else_is_printed() {
        assert_eq!(
            read("figure start_to_icon_ms 97.5"),
            Some(("start_to_icon_ms".to_owned(), 97.5))
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
