use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::bench::background::Background;
use crate::bench::desktop::Desktop;
use crate::bench::figures::Figure;
use crate::bench::processes::Family;
use crate::project::Project;
use crate::say;

/// How often Padwatch is started, for the middle one of the times.
const STARTS: usize = 5;
/// After that much time the first reading of Lever is over and what it took is given back.
const SETTLING: Duration = Duration::from_secs(20);
/// How long Padwatch is watched doing nothing: several polls.
const IDLING: Duration = Duration::from_secs(120);

/// Starts Padwatch in the tray, against the sandbox as a program of its own, and watches it do
/// nothing.
pub(crate) fn measure(project: &Project) -> Result<Vec<Figure>> {
    let desktop = Desktop::start(&project.built("bench-home"))?;
    let mut sandbox = desktop.command(project.built("release/padwatch-sandbox"))?;
    let sandbox = Background::start(&mut sandbox, "")?;
    let services = Services::read(&sandbox.line_with("{")?)?;
    desktop.keep_key("lever-api-key", &services.lever_key)?;
    desktop.keep_key("coderpad-api-key", &services.coderpad_key)?;

    let mut starts = Vec::new();
    for _ in 1..STARTS {
        let (_ended, ms) = start(project, &desktop, &services)?;
        starts.push(ms);
    }
    let (padwatch, ms) = start(project, &desktop, &services)?;
    starts.push(ms);

    say::line("Watching Padwatch do nothing for two minutes …");
    thread::sleep(SETTLING);
    let family = Family::of(padwatch.id())?;
    let memory = family.memory()?;
    let before = family.activity()?;
    thread::sleep(IDLING);
    let after = family.activity()?;
    let busy = Duration::from_nanos(after.busy_ns.saturating_sub(before.busy_ns));
    let wakeups = after.wakeups.saturating_sub(before.wakeups);
    let seconds = IDLING.as_secs_f64();
    Ok(vec![
        Figure::new("start_to_icon_ms", middle(starts)),
        Figure::new("memory_no_window_bytes", memory as f64),
        Figure::new("idle_cpu_percent", busy.as_secs_f64() / seconds * 100.0),
        Figure::new("idle_wakeups_per_second", wakeups as f64 / seconds),
    ])
}

/// Where Lever and CoderPad are imitated, and the keys to them.
#[derive(Debug)]
struct Services {
    lever: String,
    coderpad: String,
    lever_key: String,
    coderpad_key: String,
}

impl Services {
    /// From the line that the sandbox prints when it is ready.
    fn read(line: &str) -> Result<Self> {
        let line = serde_json::from_str::<Value>(line).context("the sandbox prints no JSON")?;
        let text = |name: &str| {
            let text = line.get(name).and_then(Value::as_str);
            text.map(str::to_owned)
                .with_context(|| format!("the sandbox doesn't say its {name}"))
        };
        Ok(Self {
            lever: text("leverApi")?,
            coderpad: text("coderpadApi")?,
            lever_key: text("leverKey")?,
            coderpad_key: text("coderpadKey")?,
        })
    }
}

/// Starts Padwatch, and tells after how many ms its icon was on the bus.
fn start(project: &Project, desktop: &Desktop, services: &Services) -> Result<(Background, f64)> {
    let icons = desktop.icons()?;
    let mut padwatch = desktop.command(project.built("release/padwatch"))?;
    padwatch
        .args(["--hidden", "--lever-api", &services.lever])
        .args(["--coderpad-api", &services.coderpad]);
    let started = Instant::now();
    let padwatch = Background::start(&mut padwatch, "")?;
    icons.line_with("RegisterStatusNotifierItem")?;
    Ok((padwatch, started.elapsed().as_secs_f64() * 1000.0))
}

fn middle(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_the_sandbox_is_understood_whatever_else_it_says() {
        let line = r#"{"leverApi":"http://127.0.0.1:1/v1","coderpadApi":"http://127.0.0.1:2",
            "leverKey":"l","coderpadKey":"c","control":"http://127.0.0.1:3"}"#;
        let services = Services::read(line).unwrap();
        assert_eq!(services.lever, "http://127.0.0.1:1/v1");
        assert_eq!(services.coderpad_key, "c");
        let error = Services::read(r#"{"leverApi":"x"}"#).unwrap_err();
        assert!(error.to_string().contains("coderpadApi"), "{error}");
    }

    #[test]
    fn one_slow_start_does_not_move_the_middle() {
        assert_eq!(middle(vec![90.0, 1_800.0, 92.0, 91.0, 95.0]), 92.0);
    }
}
