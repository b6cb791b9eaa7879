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
) -> Result<(Padwatch, Vec<Figure>)> {
    let mut runs = Runs::default();
    for _ in 1..starts {
        runs.add(&Padwatch::start(program, desktop, services)?)?;
    }
    let padwatch = Padwatch::start(program, desktop, services)?;
    runs.add(&padwatch)?;
    let [start, private, proportional] = runs.figures();
    let figures = vec![
        Figure::of_several("start_to_icon_ms", start),
        Figure::of_several("memory_no_window_private_bytes", private),
        Figure::of_several("memory_no_window_bytes", proportional),
    ];
    Ok((padwatch, figures))
}

/// What several starts of one program told.
#[derive(Debug, Default)]
pub(crate) struct Runs {
    start_ms: Vec<f64>,
    private: Vec<f64>,
    proportional: Vec<f64>,
}

impl Runs {
    /// How soon its icon was there, and what memory it takes once it has settled.
    pub(crate) fn add(&mut self, program: &Padwatch) -> Result<()> {
        thread::sleep(SETTLING);
        let memory = Family::of(program.id())?.memory()?;
        self.start_ms.push(program.start_ms);
        self.private.push(memory.private as f64);
        self.proportional.push(memory.proportional as f64);
        Ok(())
    }

    /// Times in ms, private and proportional memory in bytes.
    pub(crate) fn figures(self) -> [Vec<f64>; 3] {
        [self.start_ms, self.private, self.proportional]
    }
}

/// Into how many parts the time is cut in which nothing happens.
const PARTS: u32 = 5;

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
    let family = Family::of(padwatch.id())?;
    let part = idling / PARTS;
    let (mut busy, mut wakeups, mut requests) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..PARTS {
        let asked = services.requests()?;
        let before = family.activity()?;
        thread::sleep(part);
        let after = family.activity()?;
        let seconds = part.as_secs_f64();
        let nanoseconds = after.busy_ns.saturating_sub(before.busy_ns);
        let woken = after.wakeups.saturating_sub(before.wakeups);
        busy.push(Duration::from_nanos(nanoseconds).as_secs_f64() / seconds * 100.0);
        wakeups.push(woken as f64 / seconds);
        requests.push((services.requests()? - asked) as f64 / seconds * 60.0);
    }
    Ok(vec![
        Figure::of_several("idle_cpu_percent", busy),
        Figure::of_several("idle_wakeups_per_second", wakeups),
        Figure::of_several("idle_requests_per_minute", requests),
    ])
}
