use std::io::Write;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use crate::background::Background;
use crate::session::Session;

/// The password of every session's keyring.
pub const PASSWORD: &str = "of the test alone";

impl Session {
    /// Starts a keyring and waits until it is on the bus: open, or locked with its password.
    ///
    /// # Errors
    /// When it doesn't start.
    pub fn start_keyring(&self, open: bool) -> Result<Background> {
        let mut daemon = self.command("gnome-keyring-daemon");
        daemon.args(["--foreground", "--components=secrets"]);
        let daemon = match open {
            true => self.start_part(daemon.arg("--unlock"), PASSWORD)?,
            false => self.start_part(&mut daemon, "")?,
        };
        self.wait_for_name("org.freedesktop.secrets")?;
        Ok(daemon)
    }

    /// Stores a key under these names and values, as any other program would.
    ///
    /// # Errors
    /// When the keyring doesn't take it.
    pub fn store_key(&self, attributes: &[&str], key: &str) -> Result<()> {
        let mut tool = self.command("secret-tool");
        tool.args(["store", "--label", "a key"]).args(attributes);
        let mut tool = tool.stdin(Stdio::piped()).spawn()?;
        let mut input = tool.stdin.take().context("secret-tool takes no input")?;
        input.write_all(key.as_bytes())?;
        drop(input);
        ensure!(tool.wait()?.success(), "the keyring didn't take the key");
        Ok(())
    }
}
