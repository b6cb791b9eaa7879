use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::say;
use crate::steps::{Extent, Included, STEPS, Step};
use crate::table::Table;

/// The steps and what each checks.
pub(crate) fn list() -> Table {
    let mut table = Table::new(&["step", "checks"]);
    for step in STEPS {
        table.add(vec![step.name.into(), step.checks.into()]);
    }
    table
}

/// Runs the named steps, or all, and stops at the first that fails.
pub(crate) fn run(project: &Project, only: &[String], extent: Extent) -> Result<()> {
    let steps = chosen(only, extent)?;
    let started = Instant::now();
    let mut done = Vec::new();
    for &step in &steps {
        say::heading(format_args!("{}: {}", step.name, step.checks));
        let began = Instant::now();
        let outcome = (step.act)(project, extent);
        let took = began.elapsed();
        done.push(took);
        if let Err(error) = outcome {
            say::heading(format_args!("Stopped at {}", step.name));
            say::line(report(&steps, &done, End::Failed));
            return Err(error).with_context(|| {
                format!(
                    "{} failed; again by: cargo xtask test --only {0}",
                    step.name
                )
            });
        }
        say::line(format_args!("{} passed, {}", step.name, lasting(took)));
    }
    say::heading(format_args!(
        "All is well, after {}",
        lasting(started.elapsed())
    ));
    say::line(report(&steps, &done, End::Passed));
    if only.is_empty() && extent == Extent::Quick {
        say::line(left_out());
    }
    Ok(())
}

/// What a quick run does not check.
fn left_out() -> String {
    let left = STEPS
        .iter()
        .filter(|step| step.included == Included::WithAll);
    let names = left.map(|step| step.name).collect::<Vec<_>>().join(", ");
    format!(
        "Left to cargo xtask test --all, which CI runs: {names}, and the rest of long and browser"
    )
}

fn chosen(only: &[String], extent: Extent) -> Result<Vec<&'static Step>> {
    for name in only {
        if !STEPS.iter().any(|step| step.name == name) {
            bail!("there's no step \"{name}\"\n\n{}", list());
        }
    }
    let wanted = |step: &&Step| match only {
        [] => match step.included {
            Included::Always => true,
            Included::WithAll => extent == Extent::All,
            Included::WhenNamed => false,
        },
        _ => only.iter().any(|name| name == step.name),
    };
    Ok(STEPS.iter().filter(wanted).collect())
}

/// How the last of the steps that were begun ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Passed,
    Failed,
}

fn report(steps: &[&Step], done: &[Duration], end: End) -> Table {
    let mut table = Table::new(&["step", "result", "time"]);
    for (number, step) in steps.iter().enumerate() {
        let last = number + 1 == done.len();
        let (result, time) = match done.get(number) {
            None => ("not reached", String::new()),
            Some(&time) if last && end == End::Failed => ("FAILED", lasting(time)),
            Some(&time) => ("passed", lasting(time)),
        };
        table.add(vec![step.name.into(), result.into(), time]);
    }
    table
}

/// `3 min 12 s`, `12.3 s`.
fn lasting(time: Duration) -> String {
    match time.as_secs() {
        0..60 => format!("{:.1} s", time.as_secs_f64()),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_run_in_their_own_order_however_they_are_named() {
        let names = |only: &[&str]| {
            let only = only.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
            chosen(&only, Extent::All)
                .map(|steps| steps.iter().map(|step| step.name).collect::<Vec<_>>())
        };
        assert_eq!(names(&["build", "fmt"]).unwrap(), ["fmt", "build"]);
        let unnamed = STEPS
            .iter()
            .filter(|step| step.included != Included::WhenNamed);
        assert_eq!(names(&[]).unwrap().len(), unnamed.count());
        let unknown = names(&["fmt", "flying"]).unwrap_err().to_string();
        assert!(
            unknown.contains("flying") && unknown.contains("build"),
            "{unknown}"
        );
    }

    #[test]
    fn a_quick_run_names_what_it_leaves_out_and_a_whole_one_has_all() {
        let quick = chosen(&[], Extent::Quick).unwrap();
        let all = chosen(&[], Extent::All).unwrap();
        for step in &all {
            let is_left_out = !quick.iter().any(|one| one.name == step.name);
            assert_eq!(
                left_out().contains(&format!(" {},", step.name)),
                is_left_out
            );
        }
        let named = chosen(&["desktop".into()], Extent::Quick).unwrap();
        assert_eq!(named.len(), 1, "a step that is named is run");
    }

    #[test]
    fn no_two_steps_have_the_same_name() {
        let names = STEPS
            .iter()
            .map(|step| step.name)
            .collect::<std::collections::BTreeSet<_>>();
        assert_eq!(names.len(), STEPS.len());
    }

    #[test]
    fn the_report_tells_the_failed_step_from_those_before_and_after() {
        let named = ["fmt".into(), "build".into(), "unit".into()];
        let steps = chosen(&named, Extent::Quick).unwrap();
        let done = [Duration::from_millis(1_250), Duration::from_secs(192)];
        let expected = "\
step   result       time
-----  -----------  ----------
fmt    passed       1.2 s
build  FAILED       3 min 12 s
unit   not reached";
        assert_eq!(report(&steps, &done, End::Failed).to_string(), expected);
        assert!(
            !report(&steps, &done, End::Passed)
                .to_string()
                .contains("FAILED")
        );
    }
}
