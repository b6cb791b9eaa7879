//! Other programs in the tray of the same desktop, in the same run.

use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::bench::figures::Figure;
use crate::bench::no_window::Runs;
use crate::say;
use crate::session::desktop::Desktop;
use crate::session::padwatch::Padwatch;

const SETTLING: Duration = Duration::from_secs(20);

/// Start and memory of programs from Debian's packages, and of Tauri's smallest one, each several
/// times and in the same way as Padwatch.
pub(crate) fn measure(desktop: &Desktop, smallest: &Path, times: usize) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for (name, program) in [
        ("diodon_gtk", Path::new("/usr/bin/diodon")),
        ("copyq_qt", Path::new("/usr/bin/copyq")),
    ] {
        let start = || Padwatch::start_as(&mut desktop.command(program), desktop);
        match several(times, start) {
            Ok(runs) => figures.extend(told(name, "start_ms", runs)),
            // A comparison that can't be made is no reason to have no figures at all.
            Err(error) => say::line(format_args!("No figures of {name}: {error:#}")),
        }
    }
    let smallest = || windowed(desktop.command(smallest), "^Smallest$", desktop);
    let runs = several(times, smallest)?;
    figures.extend(told("tauri_smallest", "start_to_window_ms", runs));
    let page = || windowed(chromium(desktop), "^Empty page", desktop);
    let runs = several(times, page)?;
    figures.extend(told("chromium_page", "start_to_window_ms", runs));
    Ok(figures)
}

/// Starts a program so many times, each after the end of the one before.
fn several(times: usize, start: impl Fn() -> Result<Padwatch>) -> Result<Runs> {
    let mut runs = Runs::default();
    for _ in 0..times {
        runs.add(&start()?)?;
    }
    Ok(runs)
}

fn told(name: &str, start: &str, runs: Runs) -> [Figure; 3] {
    let [started, private, proportional] = runs.figures();
    [
        Figure::of_several(&format!("{name}_{start}"), started),
        Figure::of_several(&format!("{name}_private_bytes"), private),
        Figure::of_several(&format!("{name}_memory_bytes"), proportional),
    ]
}

/// An empty page in a Chromium of its own: what a program on Electron has at the least.
fn chromium(desktop: &Desktop) -> Command {
    let mut command = desktop.command("chromium");
    command.args([
        "--no-sandbox",
        "--no-first-run",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--app=data:text/html,<title>Empty page</title>",
    ]);
    command
}

/// Starts a program that has no icon in the tray, until its window is seen.
fn windowed(mut command: Command, title: &str, desktop: &Desktop) -> Result<Padwatch> {
    // That of the one before.
    while !desktop.windows(title)?.is_empty() {
        thread::sleep(Duration::from_millis(50));
    }
    let begun = Instant::now();
    let program = desktop.start_part(&mut command, "")?;
    let seen = when_seen(title, desktop)?.duration_since(begun);
    Ok(Padwatch::started(program, seen))
}

fn when_seen(title: &str, desktop: &Desktop) -> Result<Instant> {
    let begun = Instant::now();
    while desktop.windows(title)?.is_empty() {
        ensure!(begun.elapsed() < SETTLING, "no window {title} is seen");
        thread::sleep(Duration::from_millis(5));
    }
    Ok(Instant::now())
}
