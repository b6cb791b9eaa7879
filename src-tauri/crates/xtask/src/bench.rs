//! `cargo xtask bench`: what Padwatch weighs and how long it takes, beside its budgets.
//!
//! Only what was measured in this run is shown.

mod background;
mod budgets;
mod desktop;
mod figures;
mod no_window;
mod processes;
mod sizes;
mod webhooks;

use anyhow::Result;

use crate::bench::figures::Figure;
use crate::project::Project;
use crate::table::Table;
use crate::{cargo, page, programs, say, set_up};

/// Builds as for release, measures, and prints one table.
pub(crate) fn run(project: &Project) -> Result<()> {
    say::heading("Setting up");
    set_up::everything(project)?;
    say::heading("Building as for release");
    page::build(project)?;
    let release = ["build", "--release", "--package"];
    programs::run(cargo::cargo(project).args(release).arg("padwatch"))?;
    programs::run(cargo::cargo(project).args(release).arg("padwatch-sandbox"))?;

    say::heading("Measuring");
    let mut figures = sizes::measure(project)?;
    figures.extend(no_window::measure(project)?);
    figures.extend(webhooks::measure(project)?);
    figures.extend(figures::of_the_examples(project)?);
    say::heading("Figures");
    say::line(table(&figures));
    Ok(())
}

fn table(figures: &[Figure]) -> Table {
    let mut table = Table::new(&["what", "figure", "budget", ""]);
    for figure in figures {
        table.add(match budgets::of(&figure.name) {
            None => vec![figure.name.clone(), figure.value.to_string()],
            Some(budget) => vec![
                budget.what.into(),
                budget.unit.show(figure.value),
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
        assert_eq!(
            lines[4].split_whitespace().collect::<Vec<_>>(),
            ["pads_per_second", "12.5"]
        );
    }
}
