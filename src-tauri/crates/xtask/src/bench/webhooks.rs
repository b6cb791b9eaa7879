use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::bench::figures::{Figure, told_in};
use crate::project::Project;
use crate::{cargo, programs, say};

/// Events from whose middle one the time to a notification is taken.
const EVENTS: &str = "60";

/// How webhooks bear up under load, and how soon they lead to a notification.
pub(crate) fn measure(project: &Project) -> Result<Vec<Figure>> {
    let mut figures = under_load(project)?;
    figures.extend(to_the_notification(project)?);
    Ok(figures)
}

/// How soon the receiver acknowledges a webhook while 64 slow clients hang on it and 1,000 forged
/// requests a second come in, and what memory that takes: the receiver's own example tells.
fn under_load(project: &Project) -> Result<Vec<Figure>> {
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

/// From the event to the notification, less the two requests that no one can avoid: the engine's
/// own test measures it over real sockets.
fn to_the_notification(project: &Project) -> Result<Vec<Figure>> {
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
    let printed = printed.context("the time to a notification could not be measured")?;
    let figures: Vec<Figure> = told_in(&printed).collect();
    ensure!(!figures.is_empty(), "the test told no figure");
    Ok(figures)
}

fn read(line: &str) -> Option<Vec<Figure>> {
    let told = serde_json::from_str::<Value>(line).ok()?;
    // Without a single acknowledged event there is no p99, and it is `null`.
    let p99 = told.get("p99_ms")?.as_f64()?;
    let mut figures = vec![Figure::new("webhook_ack_p99_ms", p99)];
    // Only Linux tells the memory.
    if let Some(kb) = told.get("rss_grown_kb").and_then(Value::as_f64) {
        figures.push(Figure::new("webhook_load_memory_bytes", kb * 1024.0));
    }
    Some(figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slow_end_is_read_and_nothing_is_made_up_without_it() {
        let p99 = Figure::new("webhook_ack_p99_ms", 7.5);
        assert_eq!(
            read(r#"{"acknowledged":300,"p50_ms":1.2,"p99_ms":7.5,"rss_grown_kb":null}"#),
            Some(vec![p99.clone()])
        );
        let memory = Figure::new("webhook_load_memory_bytes", 2_048.0);
        assert_eq!(
            read(r#"{"p99_ms":7.5,"rss_grown_kb":2}"#),
            Some(vec![p99, memory])
        );
        assert_eq!(read(r#"{"acknowledged":0,"p99_ms":null}"#), None);
    }
}
