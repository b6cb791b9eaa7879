use std::env;
use std::io::{ErrorKind, IsTerminal, stdout};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

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

/// Runs programs that have nothing to do with each other, as many at a time as there are cores, in
/// their order. Each shows all of its output at its end, and with how long it took; all are run
/// before the first that failed is the answer.
pub(crate) fn run_side_by_side(commands: Vec<Command>) -> Result<()> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let waiting = Mutex::new(commands.into_iter());
    let outcomes = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().map(|mut waiting| waiting.next());
                    let Ok(Some(mut command)) = next else {
                        return;
                    };
                    let outcome = run_and_show(&mut command);
                    if let Ok(mut outcomes) = outcomes.lock() {
                        outcomes.push(outcome);
                    }
                }
            });
        }
    });
    let outcomes = outcomes
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    outcomes.into_iter().collect()
}

/// Like [`run`], but what it prints comes in one piece.
fn run_and_show(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    let begun = Instant::now();
    command.env("NO_COLOR", "1").env("TERM", "dumb");
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("could not start: {shown}"))?;
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text);
    let seconds = begun.elapsed().as_secs_f64();
    crate::say::line(format_args!("$ {shown}\n{}\n({seconds:.1} s)", text.trim()));
    if !output.status.success() {
        bail!("this failed ({}): {shown}", output.status);
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
    fn of_programs_side_by_side_all_are_run_although_one_fails() {
        let folder = tempfile::tempdir().unwrap();
        let [first, last] = ["first", "last"].map(|name| folder.path().join(name));
        let touch = |path: &std::path::Path| {
            let mut command = Command::new("touch");
            command.arg(path);
            command
        };
        let commands = vec![touch(&first), Command::new("false"), touch(&last)];
        let error = run_side_by_side(commands).unwrap_err();
        assert!(error.to_string().contains("false"), "{error}");
        assert!(first.exists() && last.exists());
        assert!(run_side_by_side(vec![Command::new("true")]).is_ok());
    }

    #[test]
    fn a_program_that_fails_is_an_error_that_names_it() {
        let error = run(&mut Command::new("false")).unwrap_err();
        assert!(error.to_string().contains("false"), "{error}");
    }
}
