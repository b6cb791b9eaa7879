use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::session::desktop::Desktop;
use crate::session::sandbox::Sandbox;
use desktop_session::Background;

/// A running Padwatch with its icon in the tray. It is killed when this is dropped.
#[derive(Debug)]
pub(crate) struct Padwatch {
    program: Background,
    /// From the start to the icon on the bus, or to the window.
    pub(crate) start_ms: f64,
}

impl Padwatch {
    /// Starts it in the tray, as at login.
    pub(crate) fn start(program: &Path, desktop: &Desktop, services: &Sandbox) -> Result<Self> {
        let mut command = desktop.command(program);
        command
            .args(["--hidden", "--lever-api", &services.lever])
            .args(["--coderpad-api", &services.coderpad]);
        Self::start_as(&mut command, desktop)
    }

    /// Starts any program that puts an icon into the tray.
    pub(crate) fn start_as(command: &mut Command, desktop: &Desktop) -> Result<Self> {
        let icons = desktop.icons()?;
        let started = Instant::now();
        let program = desktop.start_part(command, "")?;
        icons.line_with("RegisterStatusNotifierItem")?;
        Ok(Self::started(program, started.elapsed()))
    }

    /// A program that showed itself after so long.
    pub(crate) fn started(program: Background, after: Duration) -> Self {
        Self {
            program,
            start_ms: after.as_secs_f64() * 1e3,
        }
    }

    /// The process's number.
    pub(crate) fn id(&self) -> u32 {
        self.program.id()
    }

    /// Asks it to end, as the system does at log-out, and waits until it has.
    pub(crate) fn end(self) -> Result<()> {
        let id = self.id().to_string();
        ensure!(
            Command::new("kill")
                .args(["-TERM", &id])
                .status()?
                .success(),
            "Padwatch can't be asked to end"
        );
        ensure!(self.program.wait()?.success(), "Padwatch didn't end well");
        Ok(())
    }
}
