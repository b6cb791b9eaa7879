use std::process::Stdio;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::bench::figures::Figure;
use crate::project::Project;
use crate::{cargo, programs, say};

/// How soon the receiver acknowledges a webhook while 64 slow clients hang on it and 1,000 forged
/// requests a second come in: the receiver's own example tells.
pub(crate) fn measure(project: &Project) -> Result<Vec<Figure>> {
    let mut load = cargo::cargo(project);
    load.args([
        "run",
        "--quiet",
        "--release",
        "--package",
        "padwatch-receiver",
    ])
    .args(["--example", "load", "--", "--seconds", "15"])
    .stderr(Stdio::inherit());
    say::line(format_args!("$ {}", programs::shown(&load)));
    let line = programs::answer(&mut load)?.context("the receiver's load could not be measured")?;
    let p99 = read(&line).context("the receiver's load tells no p99")?;
    Ok(vec![Figure::new("webhook_ack_p99_ms", p99)])
}

fn read(line: &str) -> Option<f64> {
    let told = serde_json::from_str::<Value>(line).ok()?;
    // Without a single acknowledged event there is no p99, and it is `null`.
    told.get("p99_ms")?.as_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slow_end_is_read_and_nothing_is_made_up_without_it() {
        assert_eq!(
            read(r#"{"acknowledged":300,"p50_ms":1.2,"p99_ms":7.5}"#),
            Some(7.5)
        );
        assert_eq!(read(r#"{"acknowledged":0,"p99_ms":null}"#), None);
    }
}
