use std::path::Path;
use std::thread;
use std::time::Duration;

use anyhow::Result;

use crate::bench::figures::Figure;
use crate::say;
use crate::session::desktop::Desktop;
use crate::session::padwatch::Padwatch;
use crate::session::sandbox::Sandbox;
use desktop_session::Family;

/// After that much time the first reading of Lever is over and what it took is given back.
const SETTLING: Duration = Duration::from_secs(20);

/// Starts Padwatch in the tray some times, and leaves the last one running.
pub(crate) fn start(
    program: &Path,
    desktop: &Desktop,
    services: &Sandbox,
    starts: usize,
) -> Result<(Padwatch, Figure)> {
    let mut times = Vec::new();
    for _ in 1..starts {
        let ended = Padwatch::start(program, desktop, services)?;
        times.push(ended.start_ms);
    }
    let padwatch = Padwatch::start(program, desktop, services)?;
    times.push(padwatch.start_ms);
    Ok((padwatch, Figure::new("start_to_icon_ms", middle(times))))
}

/// Watches it do nothing for so long.
pub(crate) fn watch(
    padwatch: &Padwatch,
    services: &Sandbox,
    idling: Duration,
) -> Result<Vec<Figure>> {
    say::line(format_args!(
        "Watching Padwatch do nothing for {} s …",
        idling.as_secs()
    ));
    thread::sleep(SETTLING);
    let family = Family::of(padwatch.id())?;
    let requests = services.requests()?;
    let before = family.activity()?;
    thread::sleep(idling);
    let after = family.activity()?;
    // At the end: what the first reading took is given back within a minute.
    let memory = family.memory()?;
    let requests = services.requests()? - requests;
    let busy = Duration::from_nanos(after.busy_ns.saturating_sub(before.busy_ns));
    let wakeups = after.wakeups.saturating_sub(before.wakeups);
    let seconds = idling.as_secs_f64();
    Ok(vec![
        Figure::new("memory_no_window_bytes", memory as f64),
        Figure::new("idle_cpu_percent", busy.as_secs_f64() / seconds * 100.0),
        Figure::new("idle_wakeups_per_second", wakeups as f64 / seconds),
        Figure::new("idle_requests_per_minute", requests as f64 / seconds * 60.0),
    ])
}

/// One slow start doesn't move it.
pub(crate) fn middle(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slow_start_does_not_move_the_middle() {
        assert_eq!(middle(vec![90.0, 1_800.0, 92.0, 91.0, 95.0]), 92.0);
    }
}
