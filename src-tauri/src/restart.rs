//! Starting this program again, and starting it once more beside itself.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// The code that the application ends with when it is to be started again.
pub(crate) const CODE: u8 = 75;

/// Takes this program's place with a new one, started in the same way. Returns only if it can't.
#[cfg(unix)]
pub(crate) fn again() -> io::Error {
    use std::os::unix::process::CommandExt as _;
    match std::env::current_exe() {
        Ok(program) => Command::new(program)
            .args(std::env::args_os().skip(1))
            .exec(),
        Err(error) => error,
    }
}

/// Windows has no way to take a program's place: the new one starts as this one ends.
#[cfg(not(unix))]
pub(crate) fn again() -> io::Error {
    let started = std::env::current_exe().and_then(|program| {
        Command::new(program)
            .args(std::env::args_os().skip(1))
            .spawn()
    });
    match started {
        Ok(_) => std::process::exit(0),
        Err(error) => error,
    }
}

/// Starts a Padwatch with sample data. It has a folder and a tray icon of its own.
pub(crate) fn sample(profile: Option<&Path>) -> io::Result<()> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("--sandbox").env_remove("PADWATCH_HIDDEN");
    if let Some(profile) = profile {
        command.arg("--profile").arg(profile);
    }
    let mut child = command.stdin(Stdio::null()).spawn()?;
    // Somebody has to take note of its end, whenever that is.
    std::thread::Builder::new()
        .name("sample".to_owned())
        .spawn(move || child.wait())?;
    Ok(())
}
