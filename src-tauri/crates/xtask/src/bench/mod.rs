//! `cargo xtask bench`: what Padwatch weighs and how long it takes, beside its budgets.
//!
//! Only what was measured in this run is shown.

mod budgets;
mod figures;
mod no_window;
mod others;
mod parts;
mod sizes;
mod webhooks;
mod window;

use std::time::Duration;

use anyhow::Result;

use crate::bench::budgets::Unit;
use crate::bench::figures::Figure;
use crate::project::Project;
use crate::session::desktop::Desktop;
use crate::session::sandbox::Sandbox;
use crate::table::Table;
use crate::{cargo, debian, page, programs, say, set_up};

/// How much time is spent on it.
#[derive(Debug, Clone, Copy)]
struct Effort {
    starts: usize,
    /// Of what isn't started.
    runs: usize,
    idling: Duration,
}

const FULL: Effort = Effort {
    starts: 7,
    runs: 5,
    idling: Duration::from_secs(600),
};
const QUICK: Effort = Effort {
    starts: 2,
    runs: 1,
    idling: Duration::from_secs(60),
};

/// Builds as for release, measures, and prints one table.
pub(crate) fn run(project: &Project, quick: bool) -> Result<()> {
    say::heading("Setting up");
    set_up::everything(project)?;
    debian::provide(&[debian::TO_MEASURE, debian::TO_COMPARE].concat())?;
    say::heading("Building as for release");
    build(project)?;

    say::heading("Measuring");
    let effort = if quick { QUICK } else { FULL };
    let mut figures = sizes::measure(project)?;
    say::line(table(&figures));
    let groups: [&dyn Fn() -> Result<Vec<Figure>>; 4] = [
        &|| on_a_desktop(project, effort),
        &|| webhooks::measure(project, effort.runs),
        &|| figures::of_the_examples(project, quick),
        &|| parts::measure(project),
    ];
    for measure in groups {
        let measured = measure()?;
        // Half an hour is long to wait for the first of them.
        say::line(table(&measured));
        figures.extend(measured);
    }
    say::heading("Figures");
    say::line(table(&figures));
    Ok(())
}

fn build(project: &Project) -> Result<()> {
    page::build(project)?;
    for what in [
        &["padwatch", "--bins", "--example", "smallest"][..],
        &["padwatch-sandbox"],
        &["padwatch-engine", "--example", "headless"],
    ] {
        let mut build = cargo::cargo(project);
        build.args(["build", "--release", "--package"]).args(what);
        programs::run(&mut build)?;
    }
    Ok(())
}

fn on_a_desktop(project: &Project, effort: Effort) -> Result<Vec<Figure>> {
    let desktop = Desktop::start(&project.built("bench-home"))?;
    let services = Sandbox::start(&project.built("release/padwatch-sandbox"), &desktop)?;
    let program = project.built("release/padwatch");
    let (padwatch, mut figures) = no_window::start(&program, &desktop, &services, effort.starts)?;
    figures.extend(no_window::watch(&padwatch, &services, effort.idling)?);
    figures.extend(window::measure(&desktop, &padwatch)?);
    drop(padwatch);
    figures.extend(others::measure(
        &desktop,
        &project.built("release/examples/smallest"),
        effort.starts,
    )?);
    Ok(figures)
}

fn table(figures: &[Figure]) -> Table {
    let mut table = Table::new(&["what", "figure", "budget", ""]);
    for figure in figures {
        let show = |unit: Option<Unit>| {
            let show = |value: f64| unit.map_or(value.to_string(), |unit| unit.show(value));
            match figure.spread {
                None => show(figure.value),
                Some((least, most)) => {
                    format!("{} ({} to {})", show(figure.value), show(least), show(most))
                }
            }
        };
        table.add(match budgets::of(&figure.name) {
            None => vec![figure.name.clone(), show(None)],
            Some(budget) => vec![
                budget.what.into(),
                show(Some(budget.unit)),
                format!("at most {}", budget.unit.show(budget.at_most)),
                verdict(figure.value, budget.at_most).into(),
            ],
        });
    }
    table
}

fn verdict(value: f64, at_most: f64) -> &'static str {
    if value <= at_most { "met" } else { "MISSED" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_stands_beside_its_budget_and_one_without_stands_alone() {
        let figures = [
            Figure::new("program_bytes", 7_800_000.0),
            Figure::new("page_gzip_bytes", 60_001.0),
            Figure::new("pads_per_second", 12.5),
        ];
        let shown = table(&figures).to_string();
        let lines = shown.lines().collect::<Vec<_>>();
        assert!(
            lines[2].contains("7.80 MB") && lines[2].ends_with("met"),
            "{shown}"
        );
        assert!(lines[3].ends_with("MISSED"), "{shown}");
        let several = [Figure::of_several(
            "start_to_icon_ms",
            vec![55.0, 51.0, 60.0],
        )];
        assert!(
            table(&several)
                .to_string()
                .contains("55.0 ms (51.0 ms to 60.0 ms)")
        );
        assert_eq!(
            lines[4].split_whitespace().collect::<Vec<_>>(),
            ["pads_per_second", "12.5"]
        );
    }
}
