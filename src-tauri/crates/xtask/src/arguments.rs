use std::ffi::OsString;

use anyhow::{Result, anyhow, bail};
use lexopt::{Arg, Parser, ValueExt};

use crate::mutants::Sample;
use crate::steps::Extent;

/// What `cargo xtask` prints when it isn't told what to do.
pub(crate) const HELP: &str = "\
Usage: cargo xtask TASK

  run [--real] [-- OPTIONS]   Set up what's missing, build Padwatch, and start it. Starts the demo
                              if no keys are saved, unless you add --real or OPTIONS name a profile
                              or a service. OPTIONS are passed to Padwatch unchanged
  test [--all] [--only STEP]... [--list]
                              Run the checks that most changes need, or only the named steps. With
                              --all, as in CI, also the slow ones, and every run of seeded tests
  dev [OPTIONS]               What cargo tauri dev runs: cargo run with these OPTIONS, and the
                              window's program beside it
  setup                       Set up what's missing, and nothing else
  bindings                    Write the page's TypeScript types
  ipc                         Write docs/ipc.md: what the page can ask
  fuzz [--inputs N] [--seed N]
                              Send N random requests to the webhook receiver
  soak [--minutes N] [--seed N]
                              Run days of the engine's work in minutes, with faults, and check that
                              nothing is missed and nothing grows
  mutants [--most N] [--seed N]
                              Change domain and ledger in about N places, one at a time, and check
                              that a test fails for each [default: 200]
  bench [--quick]             Measure, and compare with the budgets
  package [--try | --windows] Build the Debian and RPM packages; with --try, install, upgrade, and
                              remove them. With --windows, build the installer for Windows instead
  audit                       Check licenses and known vulnerabilities of the dependencies (needs
                              the network), and list them all";

/// What there is to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task {
    Help,
    SetUp,
    Run(Wish),
    /// `cargo run` with these words, as Tauri puts them.
    Dev(Vec<OsString>),
    ListSteps,
    /// Every step, when none is named.
    Test {
        only: Vec<String>,
        extent: Extent,
    },
    Bindings,
    /// The document about the page's calls.
    Ipc,
    /// What isn't given, the fuzzer chooses.
    Fuzz(Vec<String>),
    /// What isn't given, the soak chooses.
    Soak(Vec<String>),
    Mutants(Sample),
    Bench {
        quick: bool,
    },
    Package(Packages),
    Audit,
}

/// Which packages are made, and what becomes of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packages {
    Linux,
    /// Installed, upgraded and removed too.
    LinuxTried,
    Windows,
}

/// How Padwatch is to be started.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Wish {
    /// Not the demo, even if there are no accounts yet: to enter them.
    pub(crate) real: bool,
    /// Handed to Padwatch as they are.
    pub(crate) options: Vec<OsString>,
}

/// Understands what follows `cargo xtask`, or says what it doesn't and where the help is.
pub(crate) fn parse(words: Parser) -> Result<Task> {
    read(words).map_err(|wrong| anyhow!("{wrong:#}. For all tasks, run cargo xtask --help."))
}

fn read(mut words: Parser) -> Result<Task> {
    let task = match words.next()? {
        None => return Ok(Task::Help),
        Some(Arg::Long("help") | Arg::Short('h')) => return Ok(Task::Help),
        Some(Arg::Value(word)) => word.string()?,
        Some(other) => return Err(other.unexpected().into()),
    };
    let rest = words.raw_args()?.collect::<Vec<_>>();
    // Behind two dashes, it is for the program that is started.
    let ours = rest.iter().take_while(|word| *word != "--");
    if ours
        .into_iter()
        .any(|word| word == "--help" || word == "-h")
    {
        return Ok(Task::Help);
    }
    let mut words = Parser::from_args(rest);
    match task.as_str() {
        "help" => Ok(Task::Help),
        "run" => run(words),
        "test" => test(words),
        "dev" => Ok(Task::Dev(words.raw_args()?.collect())),
        "setup" => alone(words, Task::SetUp),
        "bindings" => alone(words, Task::Bindings),
        "ipc" => alone(words, Task::Ipc),
        "fuzz" => Ok(Task::Fuzz(numbers(words, ["inputs", "seed"])?)),
        "soak" => Ok(Task::Soak(numbers(words, ["minutes", "seed"])?)),
        "mutants" => mutants(words),
        "bench" => Ok(Task::Bench {
            quick: switch(words, "quick")?,
        }),
        "package" => packages(words),
        "audit" => alone(words, Task::Audit),
        unknown => bail!("there's no task \"{unknown}\""),
    }
}

fn run(mut words: Parser) -> Result<Task> {
    let mut wish = Wish::default();
    loop {
        // Whatever follows `--` is Padwatch's, even if it looks like one of ours.
        if let Some(mut raw) = words.try_raw_args()
            && raw.peek().is_some_and(|word| word == "--")
        {
            raw.next();
            wish.options = raw.collect();
            return Ok(Task::Run(wish));
        }
        match words.next()? {
            None => return Ok(Task::Run(wish)),
            Some(Arg::Long("real")) => wish.real = true,
            Some(other) => return Err(other.unexpected().into()),
        }
    }
}

fn test(mut words: Parser) -> Result<Task> {
    let mut only = Vec::new();
    let mut extent = Extent::Quick;
    while let Some(word) = words.next()? {
        match word {
            Arg::Long("all") => extent = Extent::All,
            Arg::Long("list") => return Ok(Task::ListSteps),
            Arg::Long("only") => only.push(words.value()?.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Task::Test { only, extent })
}

fn mutants(mut words: Parser) -> Result<Task> {
    let mut sample = Sample::default();
    while let Some(word) = words.next()? {
        match word {
            Arg::Long("most") => sample.most = Some(words.value()?.parse()?),
            Arg::Long("seed") => sample.seed = Some(words.value()?.parse()?),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Task::Mutants(sample))
}

fn packages(mut words: Parser) -> Result<Task> {
    let packages = match words.next()? {
        None => Packages::Linux,
        Some(Arg::Long("try")) => Packages::LinuxTried,
        Some(Arg::Long("windows")) => Packages::Windows,
        Some(other) => return Err(other.unexpected().into()),
    };
    alone(words, Task::Package(packages))
}

/// Options that are numbers, as the program that takes them wants them.
fn numbers(mut words: Parser, names: [&str; 2]) -> Result<Vec<String>> {
    let mut options = Vec::new();
    while let Some(word) = words.next()? {
        match word {
            Arg::Long(name) if names.contains(&name) => {
                options.push(format!("--{name}"));
                options.push(words.value()?.parse::<u64>()?.to_string());
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(options)
}

/// Returns true if the only option that there is was given.
fn switch(mut words: Parser, name: &str) -> Result<bool> {
    let mut given = false;
    while let Some(word) = words.next()? {
        match word {
            Arg::Long(option) if option == name => given = true,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(given)
}

fn alone(mut words: Parser, task: Task) -> Result<Task> {
    match words.next()? {
        None => Ok(task),
        Some(more) => Err(more.unexpected().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> Result<Task> {
        parse(Parser::from_args(words))
    }

    #[test]
    fn each_task_is_known_by_its_name() {
        assert_eq!(parsed(&[]).unwrap(), Task::Help);
        assert_eq!(parsed(&["setup"]).unwrap(), Task::SetUp);
        assert_eq!(
            parsed(&["run"]).unwrap(),
            Task::Run(Wish::default()),
            "without options"
        );
        assert_eq!(parsed(&["test", "--list"]).unwrap(), Task::ListSteps);
        assert_eq!(
            parsed(&["bench", "--quick"]).unwrap(),
            Task::Bench { quick: true }
        );
        for (words, packages) in [
            (&["package"][..], Packages::Linux),
            (&["package", "--try"], Packages::LinuxTried),
            (&["package", "--windows"], Packages::Windows),
        ] {
            assert_eq!(parsed(words).unwrap(), Task::Package(packages));
        }
        assert_eq!(
            parsed(&["fuzz", "--inputs", "500"]).unwrap(),
            Task::Fuzz(vec!["--inputs".into(), "500".into()])
        );
        assert_eq!(
            parsed(&["mutants", "--seed", "7"]).unwrap(),
            Task::Mutants(Sample {
                most: None,
                seed: Some(7)
            })
        );
    }

    #[test]
    fn what_follows_the_two_dashes_goes_to_padwatch_untouched() {
        let wish = Wish {
            real: true,
            options: vec!["--hidden".into(), "--real".into(), "--".into()],
        };
        assert_eq!(
            parsed(&["run", "--real", "--", "--hidden", "--real", "--"]).unwrap(),
            Task::Run(wish)
        );
    }

    #[test]
    fn dev_hands_on_what_tauri_tells_cargo() {
        let words = ["dev", "--no-default-features", "--", "--help"];
        let expected = words[1..].iter().map(OsString::from).collect();
        assert_eq!(parsed(&words).unwrap(), Task::Dev(expected));
    }

    #[test]
    fn several_steps_can_be_named() {
        let only = vec!["build".to_owned(), "page".to_owned()];
        assert_eq!(
            parsed(&["test", "--only", "build", "--only=page"]).unwrap(),
            Task::Test {
                only,
                extent: Extent::Quick
            }
        );
        let all = Task::Test {
            only: Vec::new(),
            extent: Extent::All,
        };
        assert_eq!(parsed(&["test", "--all"]).unwrap(), all);
    }

    /// The tasks that the help names.
    fn tasks() -> Vec<&'static str> {
        let lines = HELP.lines().filter_map(|line| line.strip_prefix("  "));
        let words = lines.filter_map(|line| line.split(' ').next());
        words.filter(|word| !word.is_empty()).collect()
    }

    #[test]
    fn every_task_shows_the_help_and_names_it_where_it_understands_nothing() {
        assert!(tasks().len() > 10, "{:?}", tasks());
        for task in tasks() {
            assert_eq!(parsed(&[task, "--help"]).unwrap(), Task::Help, "{task}");
            assert_eq!(parsed(&[task, "-h"]).unwrap(), Task::Help, "{task}");
            if task == "dev" {
                // Its options are Cargo's.
                continue;
            }
            let said = parsed(&[task, "--no-such-option"]).unwrap_err().to_string();
            assert!(
                said.contains("--no-such-option") && said.contains("cargo xtask --help"),
                "{said}"
            );
        }
        let said = parsed(&["fly"]).unwrap_err().to_string();
        assert!(said.contains("cargo xtask --help"), "{said}");
        let padwatch = Wish {
            real: false,
            options: vec!["--help".into()],
        };
        assert_eq!(
            parsed(&["run", "--", "--help"]).unwrap(),
            Task::Run(padwatch)
        );
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for words in [
            &["fly"][..],
            &["--fast"],
            &["run", "--hidden"],
            &["bench", "more"],
            &["fuzz", "--inputs", "many"],
            &["test", "--only"],
            &["package", "--try", "--windows"],
        ] {
            assert!(parsed(words).is_err(), "{words:?}");
        }
    }
}
