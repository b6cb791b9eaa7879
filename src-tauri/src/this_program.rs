//! This program as the system knows it: where it is, whether it runs, and starting it again.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use tokio::time::timeout;

use crate::display::AFTER_LOSS;

/// Set for a program that takes this one's place, and may be there before this one has ended.
const AGAIN: &str = "PADWATCH_AGAIN";

/// How long the program may take to say its version.
const VERSION_PATIENCE: Duration = Duration::from_secs(5);

/// Returns true if this program takes the place of one that is ending.
pub(crate) fn takes_a_place() -> bool {
    std::env::var_os(AGAIN).is_some()
}

/// Where this program is, as it was at the start: after an update the system only knows that its
/// file was deleted, while the new one lies in the same place.
#[derive(Debug, Clone)]
pub(crate) struct Program(PathBuf);

impl Program {
    /// Remembers where this program is.
    ///
    /// # Errors
    /// When the system doesn't know.
    pub(crate) fn remember() -> io::Result<Self> {
        Ok(Self(std::env::current_exe()?))
    }

    /// Its path.
    #[cfg(target_os = "linux")]
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Proves that the program in this place can be run, by running it.
    ///
    /// # Errors
    /// When it can't.
    pub(crate) async fn prove(&self) -> io::Result<()> {
        let mut version = tokio::process::Command::new(&self.0);
        version
            .arg("--version")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        let status = timeout(VERSION_PATIENCE, version.status()).await??;
        match status.success() {
            true => Ok(()),
            false => Err(io::Error::other(format!("it ended with {status}"))),
        }
    }

    /// Takes this program's place with a new one, started in the same way. Returns only if it can't.
    pub(crate) fn again(&self) -> io::Error {
        let error = replaced_by(Self::same(&self.0));
        if cfg!(target_os = "linux") {
            // What runs can be run again, even if its file was deleted: better the old one than none.
            return replaced_by(Self::same(Path::new("/proc/self/exe")));
        }
        error
    }

    /// The same after the display was lost: the new one waits for it, and shows nothing.
    pub(crate) fn again_after_display_loss(&self) -> io::Error {
        let mut command = Self::same(&self.0);
        command.env(AFTER_LOSS, "1");
        replaced_by(command)
    }

    /// What starts a program in the same way as this one.
    fn same(program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .args(std::env::args_os().skip(1))
            .env(AGAIN, "1")
            .env_remove(AFTER_LOSS);
        command
    }

    /// Starts a Padwatch with sample data. It has a folder and a tray icon of its own.
    ///
    /// # Errors
    /// When it can't be started.
    pub(crate) fn sample(&self, profile: Option<&Path>) -> io::Result<()> {
        let mut command = Command::new(&self.0);
        command.arg("--sandbox");
        for name in ["PADWATCH_HIDDEN", AGAIN, AFTER_LOSS] {
            command.env_remove(name);
        }
        if let Some(profile) = profile {
            command.arg("--profile").arg(profile);
        }
        let mut child = command.stdin(Stdio::null()).spawn()?;
        // Its end has to be noted, whenever that is.
        std::thread::Builder::new()
            .name("sample".to_owned())
            .spawn(move || child.wait())?;
        Ok(())
    }
}

#[cfg(unix)]
fn replaced_by(mut program: Command) -> io::Error {
    use std::os::unix::process::CommandExt as _;
    program.exec()
}

/// Windows has no way to take a program's place: the new one starts as this one ends.
#[cfg(not(unix))]
fn replaced_by(mut program: Command) -> io::Error {
    match program.spawn() {
        Ok(_) => std::process::exit(0),
        Err(error) => error,
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn install(path: &Path, of: &str) {
        let new = path.with_extension("new");
        fs::copy(of, &new).unwrap();
        fs::set_permissions(&new, fs::Permissions::from_mode(0o755)).unwrap();
        fs::rename(new, path).unwrap();
    }

    #[tokio::test]
    async fn only_a_program_that_runs_is_proved() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("padwatch");
        install(&path, "/bin/true");
        let program = Program(path.clone());
        program.prove().await.unwrap();
        // An update puts another file in its place.
        install(&path, "/bin/true");
        program.prove().await.unwrap();
        install(&path, "/bin/false");
        assert!(program.prove().await.is_err());
        fs::write(&path, "half of a program").unwrap();
        assert!(program.prove().await.is_err());
        fs::remove_file(&path).unwrap();
        assert!(program.prove().await.is_err());
    }
}
