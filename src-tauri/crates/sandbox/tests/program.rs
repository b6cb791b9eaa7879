//! The sandbox as a program of its own.
#![cfg(unix)]

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// Starts it. The child, and the line that it prints.
#[cfg(test)]
fn start(arguments: &[&str]) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_padwatch-sandbox"))
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    (child, line)
}

#[test]
fn it_prints_one_line_of_addresses_and_ends_cleanly_when_told_to() {
    let (mut child, line) = start(&["--seed", "5"]);
    let told: Value = serde_json::from_str(&line).unwrap();
    for name in ["leverApi", "coderpadApi", "control", "history"] {
        assert!(
            told[name]
                .as_str()
                .unwrap()
                .starts_with("http://127.0.0.1:"),
            "{name}"
        );
    }
    assert!(told["leverApi"].as_str().unwrap().ends_with("/v1"));
    for name in ["leverKey", "coderpadKey"] {
        assert!(told[name].as_str().unwrap().len() > 40, "{name}");
    }
    let id = child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .unwrap()
            .success()
    );
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_wrong_option_is_named() {
    let (child, line) = start(&["--levr-port", "1"]);
    let output = child.wait_with_output().unwrap();
    assert!(line.is_empty() && !output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("--levr-port") && said.contains("--help"),
        "{said}"
    );
}

#[test]
fn ports_can_be_chosen_and_a_taken_one_is_said() {
    let (mut child, line) = start(&[]);
    let told: Value = serde_json::from_str(&line).unwrap();
    let port = told["coderpadApi"]
        .as_str()
        .unwrap()
        .rsplit(':')
        .next()
        .unwrap()
        .to_owned();
    let (second, line) = start(&["--coderpad-port", &port]);
    let output = second.wait_with_output().unwrap();
    assert!(line.is_empty() && !output.status.success());
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .starts_with("The sandbox couldn't start:")
    );
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn help_is_printed_and_nothing_is_served() {
    let (child, first_line) = start(&["--help"]);
    assert!(
        first_line.starts_with("Simulates Lever and CoderPad"),
        "{first_line}"
    );
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
}
