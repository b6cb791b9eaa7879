use anyhow::{Context, Result, ensure};

use crate::session::{Session, until};

impl Session {
    /// The windows that can be seen, by the X server's numbers for them. The title is a regular
    /// expression.
    ///
    /// # Errors
    /// When `xdotool` can't be started.
    pub fn windows(&self, title: &str) -> Result<Vec<String>> {
        let mut search = self.command("xdotool");
        search.args(["search", "--onlyvisible", "--name", title]);
        let found = search.output().context("xdotool is installed")?;
        let found = String::from_utf8_lossy(&found.stdout).into_owned();
        Ok(found.lines().map(str::to_owned).collect())
    }

    /// Closes windows, as the button in their corner does, and waits until they are gone. Not by a
    /// key: one that comes just when a window is activated is lost now and then.
    ///
    /// # Errors
    /// When they can't be asked to close, or don't.
    pub fn close_windows(&self, title: &str) -> Result<()> {
        for window in self.windows(title)? {
            let number: u64 = window.parse()?;
            let mut ask = self.command("wmctrl");
            ask.args(["-i", "-c", &format!("{number:#x}")]);
            ensure!(ask.status()?.success(), "a window can't be asked to close");
        }
        until("all windows closed", || Ok(self.windows(title)?.is_empty()))
    }

    /// Starts a program that manages windows, and waits until it does: before that, no window can
    /// be activated and no button closes one.
    ///
    /// # Errors
    /// When it doesn't start.
    pub fn start_manager(&mut self) -> Result<()> {
        let mut manager = self.command("openbox");
        self.keep(&mut manager)?;
        until("a window manager", || {
            let mut root = self.command("xprop");
            root.args(["-root", "_NET_SUPPORTING_WM_CHECK"]);
            let said = root.output().context("xprop is installed")?.stdout;
            Ok(String::from_utf8_lossy(&said).contains("window id"))
        })
    }
}
