//! Which file is the window's program.

#[cfg(target_os = "linux")]
use std::fs;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use tokio::process::Command;

#[cfg(windows)]
const FILE_SHARE_READ: u32 = 1;

/// The window's program as it was when Padwatch started. After an update another file is in its
/// place, and the two must understand each other.
pub(crate) struct Program {
    path: PathBuf,
    /// Kept open: what is open can be started, whatever became of its name.
    file: File,
}

impl Program {
    /// The one beside this program.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn beside_this() -> io::Result<Self> {
        Self::at(beside(&std::env::current_exe()?))
    }

    fn at(path: PathBuf) -> io::Result<Self> {
        let mut options = File::options();
        options.read(true);
        // Others may read it, which starting it does too; no one may replace, rename or delete it.
        #[cfg(windows)]
        std::os::windows::fs::OpenOptionsExt::share_mode(&mut options, FILE_SHARE_READ);
        let file = options.open(&path)?;
        Ok(Self { path, file })
    }

    /// What starts it.
    pub(crate) fn command(&self) -> Command {
        started_from(&self.file, &self.path)
    }
}

/// Returns true if this program was built in a checkout without the window's, as `cargo run` does.
pub(crate) fn is_missing_from_build() -> bool {
    std::env::current_exe().is_ok_and(|program| is_built_alone(&program))
}

/// Cargo's folders lie beside what it builds, and beside nothing that is installed.
fn is_built_alone(program: &Path) -> bool {
    program.with_file_name("deps").is_dir() && !beside(program).is_file()
}

fn beside(program: &Path) -> PathBuf {
    program.with_file_name(format!("padwatch-window{}", std::env::consts::EXE_SUFFIX))
}

#[cfg(target_os = "linux")]
fn started_from(file: &File, path: &Path) -> Command {
    use std::os::fd::AsRawFd as _;
    use std::os::unix::fs::MetadataExt as _;
    let place = |of: io::Result<fs::Metadata>| of.ok().map(|of| (of.dev(), of.ino()));
    if place(fs::metadata(path)) == place(file.metadata()) {
        return Command::new(path);
    }
    let mut command = Command::new(format!("/proc/self/fd/{}", file.as_raw_fd()));
    // Its name in lists of processes.
    command.arg0(path);
    command
}

/// On Windows no one can have replaced it, and on macOS an update replaces the whole bundle.
#[cfg(not(target_os = "linux"))]
fn started_from(_: &File, path: &Path) -> Command {
    Command::new(path)
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn only_a_build_that_lacks_the_windows_program_is_built_alone() {
        let folder = tempfile::tempdir().unwrap();
        let padwatch = folder.path().join("padwatch");
        assert!(!is_built_alone(&padwatch), "installed");
        fs::create_dir(folder.path().join("deps")).unwrap();
        assert!(is_built_alone(&padwatch));
        fs::write(folder.path().join("padwatch-window"), "").unwrap();
        assert!(!is_built_alone(&padwatch));
    }

    fn install(path: &Path, of: &str) {
        let new = path.with_extension("new");
        fs::copy(of, &new).unwrap();
        fs::set_permissions(&new, fs::Permissions::from_mode(0o755)).unwrap();
        fs::rename(new, path).unwrap();
    }

    #[tokio::test]
    async fn an_update_does_not_change_which_program_is_started() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("padwatch-window");
        install(&path, "/bin/true");
        let program = Program::at(path.clone()).unwrap();
        assert!(program.command().status().await.unwrap().success());
        install(&path, "/bin/false");
        assert!(program.command().status().await.unwrap().success());
        fs::remove_file(&path).unwrap();
        assert!(program.command().status().await.unwrap().success());
    }
}
