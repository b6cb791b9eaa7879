//! Other programs in the tray of the same desktop, in the same run.

use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::bench::figures::Figure;
use crate::say;
use crate::session::desktop::Desktop;
use crate::session::padwatch::Padwatch;
use desktop_session::Family;

const SETTLING: Duration = Duration::from_secs(20);

/// Start and memory of programs from Debian's packages, and of Tauri's smallest one.
pub(crate) fn measure(desktop: &Desktop, smallest: &Path) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for (name, program) in [
        ("diodon_gtk", Path::new("/usr/bin/diodon")),
        ("copyq_qt", Path::new("/usr/bin/copyq")),
    ] {
        let mut command = desktop.command(program);
        match Padwatch::start_as(&mut command, desktop) {
            Ok(other) => {
                thread::sleep(SETTLING);
                let memory = Family::of(other.id())?.memory()?;
                figures.push(Figure::new(&format!("{name}_start_ms"), other.start_ms));
                figures.push(Figure::new(&format!("{name}_memory_bytes"), memory as f64));
            }
            // A comparison that can't be made is no reason to have no figures at all.
            Err(error) => say::line(format_args!("No figures of {name}: {error:#}")),
        }
    }
    figures.extend(windowed(
        "tauri_smallest",
        desktop.command(smallest),
        "^Smallest$",
        desktop,
    )?);
    figures.extend(windowed(
        "chromium_page",
        chromium(desktop),
        "^Empty page",
        desktop,
    )?);
    Ok(figures)
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

/// When the window of a program is seen that has no icon in the tray, and what it and all that it
/// starts take once it has settled.
fn windowed(
    name: &str,
    mut command: Command,
    title: &str,
    desktop: &Desktop,
) -> Result<Vec<Figure>> {
    let begun = Instant::now();
    let program = desktop.start_part(&mut command, "")?;
    let seen = when_seen(title, desktop)?.duration_since(begun);
    thread::sleep(SETTLING);
    let memory = Family::of(program.id())?.memory()?;
    Ok(vec![
        Figure::new(
            &format!("{name}_start_to_window_ms"),
            seen.as_secs_f64() * 1e3,
        ),
        Figure::new(&format!("{name}_memory_bytes"), memory as f64),
    ])
}

fn when_seen(title: &str, desktop: &Desktop) -> Result<Instant> {
    let begun = Instant::now();
    while desktop.windows(title)?.is_empty() {
        ensure!(begun.elapsed() < SETTLING, "no window {title} is seen");
        thread::sleep(Duration::from_millis(5));
    }
    Ok(Instant::now())
}
