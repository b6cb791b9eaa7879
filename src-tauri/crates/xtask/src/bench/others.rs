//! Other programs in the tray of the same desktop, in the same run.

use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use anyhow::Result;

use crate::bench::figures::Figure;
use crate::say;
use crate::session::background::Background;
use crate::session::desktop::Desktop;
use crate::session::padwatch::Padwatch;
use crate::session::processes::Family;

const SETTLING: Duration = Duration::from_secs(20);

/// Memory and start of programs from Debian's packages, and of Tauri's smallest one.
pub(crate) fn measure(desktop: &Desktop, smallest: &Path) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for (name, program) in [
        ("diodon_gtk", Path::new("/usr/bin/diodon")),
        ("copyq_qt", Path::new("/usr/bin/copyq")),
    ] {
        let mut command = desktop.command(program)?;
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
    figures.push(memory(
        "tauri_smallest_memory_bytes",
        desktop.command(smallest)?,
    )?);
    figures.push(chromium(desktop)?);
    Ok(figures)
}

/// An empty page in a Chromium of its own: what a program on Electron has at the least.
fn chromium(desktop: &Desktop) -> Result<Figure> {
    let mut command: Command = desktop.command("chromium")?;
    command.args([
        "--no-sandbox",
        "--no-first-run",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--app=data:text/html,Padwatch",
    ]);
    memory("chromium_page_memory_bytes", command)
}

/// What a program and all that it starts take, once it has settled.
fn memory(name: &str, mut command: Command) -> Result<Figure> {
    let program = Background::start(&mut command, "")?;
    thread::sleep(SETTLING);
    let memory = Family::of(program.id())?.memory()?;
    Ok(Figure::new(name, memory as f64))
}
