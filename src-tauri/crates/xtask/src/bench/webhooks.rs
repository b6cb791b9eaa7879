use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::bench::figures::{Figure, gathered, told_in};
use crate::project::Project;
use crate::{cargo, programs, say};

/// Events from whose middle one the time to a notification is taken.
const EVENTS: &str = "60";

/// How webhooks bear up under load, and how soon they lead to a notification: `runs` times each.
pub(crate) fn measure(project: &Project, runs: usize) -> Result<Vec<Figure>> {
    let mut loads = Vec::new();
    let mut printed = String::new();
    for _ in 0..runs {
        loads.extend(under_load(project)?);
        printed.push_str(&to_the_notification(project)?);
        printed.push('\n');
    }
    let mut figures = gathered(loads);
    let told = told_in(&printed);
    ensure!(!told.is_empty(), "the test told no figure");
    figures.extend(told);
    Ok(figures)
}

/// How soon the receiver acknowledges a webhook while 64 slow clients hang on it and 1,000 forged
/// requests a second come in, and what memory that takes: the receiver's own example tells.
fn under_load(project: &Project) -> Result<Vec<(String, f64)>> {
    let mut load = cargo::cargo(project);
    load.args([
        "run",
        "--quiet",
        "--release",
        "--package",
        "padwatch-receiver",
    ])
    .args(["--example", "load", "--", "--seconds", "30"])
    .stderr(Stdio::inherit());
    say::line(format_args!("$ {}", programs::shown(&load)));
    let line = programs::answer(&mut load)?.context("the receiver's load could not be measured")?;
    read(&line).context("the receiver's load tells no p99")
}

/// What the test prints of the time from the event to the notification, less the two requests that no one can avoid: the engine's
/// own test measures it over real sockets.
fn to_the_notification(project: &Project) -> Result<String> {
    let mut test = cargo::cargo(project);
    test.args([
        "test",
        "--quiet",
        "--release",
        "--package",
        "padwatch-engine",
    ])
    .args([
        "--test",
        "deliveries",
        "--",
        "--nocapture",
        "from_the_event",
    ])
    .env("PADWATCH_EVENTS", EVENTS)
    .stderr(Stdio::inherit());
    say::line(format_args!("$ {}", programs::shown(&test)));
    let printed = programs::answer(&mut test)?;
    printed.context("the time to a notification could not be measured")
}

fn read(line: &str) -> Option<Vec<(String, f64)>> {
    let told = serde_json::from_str::<Value>(line).ok()?;
    // Without a single acknowledged event there is no p99, and it is `null`.
    let p99 = told.get("p99_ms")?.as_f64()?;
    let mut figures = vec![("webhook_ack_p99_ms".to_owned(), p99)];
    // Only Linux tells the memory.
    if let Some(kb) = told.get("rss_grown_kb").and_then(Value::as_f64) {
        figures.push(("webhook_load_memory_bytes".to_owned(), kb * 1024.0));
    }
    Some(figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slow_end_is_read_and_nothing_is_made_up_without_it() {
        let p99 = ("webhook_ack_p99_ms".to_owned(), 7.5);
        assert_eq!(
            read(r#"{"acknowledged":300,"p50_ms":1.2,"p99_ms":7.5,"rss_grown_kb":null}"#),
            Some(vec![p99.clone()])
        );
        let memory = ("webhook_load_memory_bytes".to_owned(), 2_048.0);
        assert_eq!(
            read(r#"{"p99_ms":7.5,"rss_grown_kb":2}"#),
            Some(vec![p99, memory])
        );
        assert_eq!(read(r#"{"acknowledged":0,"p99_ms":null}"#), None);
    }
}
