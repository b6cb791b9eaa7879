//! The one place that writes to the terminal.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool answers on the terminal"
)]

use std::fmt::Display;
use std::io::{BufRead, IsTerminal, Write, stdin, stdout};

/// One line, or a few.
pub(crate) fn line(text: impl Display) {
    println!("{text}");
}

/// The title of what comes next.
pub(crate) fn heading(text: impl Display) {
    println!("\n=== {text}");
}

/// What went wrong and why, the outermost first.
pub(crate) fn problem(error: &anyhow::Error) {
    // The title lines go to the other stream: keep the order in which a person reads both.
    let _ = stdout().flush();
    eprintln!("\nxtask: {error:#}");
}

/// Asks the person; an empty answer is a yes. Where no one sits, the answer is no.
pub(crate) fn agreed(question: &str) -> bool {
    if !stdin().is_terminal() {
        return false;
    }
    print!("{question} [Y/n] ");
    if stdout().flush().is_err() {
        return false;
    }
    let mut answer = String::new();
    match stdin().lock().read_line(&mut answer) {
        Ok(0) | Err(_) => false,
        Ok(_) => is_yes(&answer),
    }
}

fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_yes_or_the_plain_enter_key_agrees() {
        assert!(is_yes("\n") && is_yes("Y\n") && is_yes(" yes \n"));
        assert!(!is_yes("n\n") && !is_yes("yesterday\n") && !is_yes("wait\n"));
    }
}
