use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::bench::figures::Figure;
use crate::programs;
use crate::session::desktop::Desktop;
use crate::session::padwatch::Padwatch;
use crate::session::tray;
use desktop_session::Family;

/// How long the screen is watched after a click.
const WATCHED: Duration = Duration::from_secs(4);
/// What is given back is given back by then.
const SETTLING: Duration = Duration::from_secs(10);
/// The status line counts seconds, so it never comes to rest: so many pixels of the window's top.
const STATUS_LINE: usize = 50;
const OPENINGS: usize = 5;
const TITLE: &str = "^Padwatch$";

/// Opens the window from the tray and closes it again, some times: how soon the list was painted,
/// and what memory it takes while it is open and afterwards.
pub(crate) fn measure(desktop: &Desktop, padwatch: &Padwatch) -> Result<Vec<Figure>> {
    let memory = || Family::of(padwatch.id()).and_then(|family| family.memory());
    let before = memory()?.proportional as f64;
    let (mut times, mut open, mut after) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..OPENINGS {
        times.push(painted_after(desktop)?);
        open.push(memory()?.proportional as f64);
        desktop.close_windows(TITLE)?;
        thread::sleep(SETTLING);
        after.push(memory()?.proportional as f64);
    }
    let first = times.first().copied().unwrap_or(f64::NAN);
    let left = after.iter().map(|after| after - before).collect();
    Ok(vec![
        Figure::new("window_first_to_list_ms", first),
        Figure::of_several("window_to_list_ms", times),
        Figure::of_several("memory_with_window_bytes", open),
        Figure::of_several("memory_after_window_bytes", after),
        Figure::of_several("memory_left_by_window_bytes", left),
    ])
}

/// From the click to the last change of the picture below the status line, in ms.
fn painted_after(desktop: &Desktop) -> Result<f64> {
    let mut last = desktop.screen()?;
    let clicked = tray::click(desktop, "Open Padwatch")?;
    let mut changes = Vec::new();
    while clicked.elapsed() < WATCHED {
        let now = desktop.screen()?;
        if let Some(row) = now.last_row_unlike(&last) {
            changes.push((clicked.elapsed(), row));
            last = now;
        }
        thread::sleep(Duration::from_millis(4));
    }
    let top = top_of_window(desktop)?;
    let painted = changes
        .iter()
        .rev()
        .find(|(_, row)| *row > top + STATUS_LINE)
        .with_context(|| format!("no window was painted below row {top}: {changes:?}"))?;
    Ok(painted.0.as_secs_f64() * 1e3)
}

fn top_of_window(desktop: &Desktop) -> Result<usize> {
    let mut place = desktop.command("xdotool");
    place.args(["search", "--onlyvisible", "--name", TITLE]);
    place.args(["getwindowgeometry", "--shell", "%1"]);
    let place = programs::answer(&mut place)?.context("no window can be seen")?;
    let y = place.lines().find_map(|line| line.strip_prefix("Y="));
    y.and_then(|y| y.parse().ok()).context("no place is told")
}
