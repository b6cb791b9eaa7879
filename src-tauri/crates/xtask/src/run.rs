use std::env;
use std::ffi::{OsStr, OsString};
use std::process::Command;

use anyhow::Result;

use crate::arguments::Wish;
use crate::project::Project;
use crate::{accounts, cargo, display, page, programs, say, set_up};

/// Options, and their twins in the environment, with which a person says what Padwatch is to work
/// on: the services, or a profile folder with an account of its own.
const CHOICES: [(&str, &str); 4] = [
    ("--sandbox", "PADWATCH_SANDBOX"),
    ("--profile", "PADWATCH_PROFILE"),
    ("--lever-api", "PADWATCH_LEVER_API"),
    ("--coderpad-api", "PADWATCH_CODERPAD_API"),
];

/// Sets up what is missing, builds page and program, and starts Padwatch.
pub(crate) fn run(project: &Project, wish: &Wish) -> Result<()> {
    // Before anything is installed or built: without a display none of it leads anywhere.
    display::check()?;
    let program = project.built("debug/padwatch");
    if !program.is_file() {
        say::line(FIRST_BUILD);
    }
    say::heading("Setting up");
    set_up::to_run(project)?;
    say::heading("Building");
    page::build(project)?;
    programs::run(cargo::cargo(project).args(["build", "--package", "padwatch"]))?;
    say::heading("Starting Padwatch");
    let mut padwatch = Command::new(program);
    padwatch.args(&wish.options);
    if starts_demo(wish, |name| env::var_os(name), accounts::any)? {
        say::line(DEMO);
        padwatch.arg("--sandbox");
    }
    programs::run(&mut padwatch)
}

const FIRST_BUILD: &str = "\
The first build compiles about 620 crates. With two processor cores it takes 4 minutes on an idle \
computer, and up to 15 minutes on a busy one. Later builds take seconds.";

const DEMO: &str = "\
The password store (keyring) has no accounts for Padwatch, so the demo starts: Lever and CoderPad \
imitated on this computer.
To enter your own keys: cargo xtask run --real";

/// Returns true if Padwatch is to start with the demo's data: no one said what it is to work on,
/// and there are no accounts. `has_accounts` is asked only when it matters.
fn starts_demo(
    wish: &Wish,
    environment: impl Fn(&str) -> Option<OsString>,
    has_accounts: impl FnOnce() -> Result<bool>,
) -> Result<bool> {
    Ok(!wish.real && !is_chosen(&wish.options, environment) && !has_accounts()?)
}

/// Returns true if the person said what Padwatch is to work on. Then nothing is added to it.
fn is_chosen(options: &[OsString], environment: impl Fn(&str) -> Option<OsString>) -> bool {
    CHOICES.iter().any(|(option, variable)| {
        options.iter().any(|word| names(word, option))
            || environment(variable).is_some_and(|value| !value.is_empty())
    })
}

/// `--profile` alone, or with its value behind an equals sign.
fn names(word: &OsStr, option: &str) -> bool {
    let word = word.to_string_lossy();
    word == option
        || word
            .strip_prefix(option)
            .is_some_and(|rest| rest.starts_with('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demo(real: bool, options: &[&str], variable: Option<&str>, accounts: bool) -> bool {
        let wish = Wish {
            real,
            options: options.iter().map(OsString::from).collect(),
        };
        let environment = |name: &str| (Some(name) == variable).then(|| OsString::from("set"));
        starts_demo(&wish, environment, || Ok(accounts)).unwrap()
    }

    #[test]
    fn nothing_said_and_no_accounts_starts_the_demo() {
        assert!(demo(false, &[], None, false));
        assert!(demo(false, &["--hidden"], None, false));
        assert!(!demo(false, &[], None, true));
        assert!(!demo(true, &[], None, false), "--real");
    }

    #[test]
    fn a_profile_or_a_service_that_is_named_never_starts_the_demo() {
        for options in [
            &["--profile", "DIR"][..],
            &["--hidden", "--profile=DIR"],
            &["--lever-api=http://127.0.0.1:1"],
            &["--coderpad-api", "http://127.0.0.1:1"],
            &["--sandbox"],
        ] {
            assert!(!demo(false, options, None, false), "{options:?}");
        }
        for (_, variable) in CHOICES {
            assert!(!demo(false, &[], Some(variable), false), "{variable}");
        }
    }

    #[test]
    fn the_readmes_command_for_real_accounts_never_starts_the_demo() {
        let readme = include_str!("../../../../README.md");
        let line = readme
            .lines()
            .find(|line| line.contains("real accounts"))
            .expect("README says how real accounts are used");
        let command = line
            .split('`')
            .find(|part| part.starts_with("cargo xtask run"))
            .expect("README names the command beside it");
        let words = command.split(' ').skip(2);
        let parsed = crate::arguments::parse(lexopt::Parser::from_args(words)).unwrap();
        let crate::arguments::Task::Run(wish) = parsed else {
            panic!("{command} does not run Padwatch");
        };
        assert!(!starts_demo(&wish, |_| None, || Ok(false)).unwrap());
    }
}
