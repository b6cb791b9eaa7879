use std::env;
use std::io::{ErrorKind, IsTerminal, stdout};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// Runs a program, its output going where ours goes, and fails if it does.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    crate::say::line(format_args!("$ {shown}"));
    if !stdout().is_terminal() {
        // Some tools colour what they print even into a file, on build machines above all.
        command.env("NO_COLOR", "1").env("TERM", "dumb");
    }
    let status = command
        .status()
        .with_context(|| format!("could not start: {shown}"))?;
    if !status.success() {
        bail!("this failed ({status}): {shown}");
    }
    Ok(())
}

/// Like [`run`], but on a build machine ended when it takes longer than that, with all that it
/// started. A person can see for themselves, and needs Ctrl-C to reach the program.
pub(crate) fn run_within(longest: Duration, command: &mut Command) -> Result<()> {
    if !on_build_machine() {
        return run(command);
    }
    run(&mut limited(longest, command))
}

/// The same command under `timeout`, which ends whole groups of processes and answers 124.
fn limited(longest: Duration, command: &Command) -> Command {
    let mut limited = Command::new("timeout");
    limited
        .args(["--kill-after", "30", &longest.as_secs().to_string()])
        .arg(command.get_program())
        .args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        limited.current_dir(folder);
    }
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => limited.env(name, value),
            None => limited.env_remove(name),
        };
    }
    limited
}

/// Returns true if this is a run that no one watches (`CI=true`).
pub(crate) fn on_build_machine() -> bool {
    env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"))
}

/// What a program prints, or `None` where there is no such program or it fails.
pub(crate) fn answer(command: &mut Command) -> Result<Option<String>> {
    let output = match command.stdin(Stdio::null()).output() {
        Ok(output) => output,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            return Err(error).with_context(|| format!("could not start: {}", shown(command)));
        }
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(output.status.success().then_some(text))
}

/// The command as one would type it.
pub(crate) fn shown(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| quoted(&word.to_string_lossy()))
        .collect::<Vec<_>>()
        .join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=./:,@+%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_so_that_a_shell_would_take_it() {
        let mut command = Command::new("grep");
        command.args(["-e", "it's here", "", "src/main.rs"]);
        assert_eq!(shown(&command), r"grep -e 'it'\''s here' '' src/main.rs");
    }

    #[test]
    fn a_program_that_is_not_there_has_no_answer() {
        let answer = answer(&mut Command::new("no-such-program-anywhere")).unwrap();
        assert_eq!(answer, None);
    }

    #[test]
    fn a_program_that_hangs_is_ended_and_keeps_its_surroundings_until_then() {
        let mut command = Command::new("sh");
        command
            .args(["-c", "pwd; echo $MOOD"])
            .current_dir("/")
            .env("MOOD", "calm");
        let answer = answer(&mut limited(Duration::from_secs(60), &command)).unwrap();
        assert_eq!(answer.as_deref(), Some("/\ncalm\n"));

        let mut hanging = Command::new("sleep");
        let ended = limited(Duration::from_secs(1), hanging.arg("600"))
            .status()
            .unwrap();
        assert_eq!(ended.code(), Some(124));
    }

    #[test]
    fn a_program_that_fails_is_an_error_that_names_it() {
        let error = run(&mut Command::new("false")).unwrap_err();
        assert!(error.to_string().contains("false"), "{error}");
    }
}
