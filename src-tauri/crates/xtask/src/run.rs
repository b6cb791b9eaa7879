use std::env;
use std::ffi::OsString;
use std::process::Command;

use anyhow::Result;

use crate::arguments::Wish;
use crate::project::Project;
use crate::{accounts, cargo, page, programs, say, set_up};

/// Options, and their twins in the environment, that say which services to talk to.
const SERVICES: [(&str, &str); 3] = [
    ("--sandbox", "PADWATCH_SANDBOX"),
    ("--lever-api", "PADWATCH_LEVER_API"),
    ("--coderpad-api", "PADWATCH_CODERPAD_API"),
];

/// Sets up what is missing, builds page and program, and starts Padwatch.
pub(crate) fn run(project: &Project, wish: &Wish) -> Result<()> {
    say::heading("Setting up");
    set_up::to_run(project)?;
    say::heading("Building");
    page::build(project)?;
    programs::run(cargo::cargo(project).arg("build"))?;
    say::heading("Starting Padwatch");
    programs::run(&mut padwatch(project, wish)?)
}

fn padwatch(project: &Project, wish: &Wish) -> Result<Command> {
    let mut command = Command::new(project.built("debug/padwatch"));
    command.args(&wish.options);
    if !wish.real && !names_services(&wish.options) && !accounts::any()? {
        say::line(
            "The keyring has no accounts for Padwatch, so it starts in the sandbox: Lever and \
             CoderPad imitated on this computer.\n\
             To enter your own keys: cargo xtask run --real",
        );
        command.arg("--sandbox");
    }
    Ok(command)
}

/// Whether the person has said which services to use. Then that is how it is.
fn names_services(options: &[OsString]) -> bool {
    let given = |option: &str| {
        options.iter().any(|word| {
            let name = word.to_string_lossy();
            name == option || name.starts_with(&format!("{option}="))
        })
    };
    SERVICES.iter().any(|(option, variable)| {
        given(option) || env::var_os(variable).is_some_and(|value| !value.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_names_a_service_gets_that_and_no_sandbox() {
        assert!(names_services(&["--hidden".into(), "--sandbox".into()]));
        assert!(names_services(&["--lever-api=http://127.0.0.1:1".into()]));
        assert!(!names_services(&[
            "--hidden".into(),
            "--profile".into(),
            "p".into()
        ]));
    }
}
