//! Whether there is a display that a program of ours could show itself on.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

const NONE: &str = "\
there is no display, so Padwatch has nowhere to show its tray icon. Run this in a terminal of your \
desktop session (over ssh, one that forwards X11: ssh -X). On a computer without a display, use a \
virtual one: xvfb-run --auto-servernum dbus-run-session -- cargo xtask run";

/// Fails, with what to do, where there is no display.
pub(crate) fn check() -> Result<()> {
    // Windows and macOS always have one.
    if cfg!(target_os = "linux") && !is_there(|name| std::env::var_os(name), answers) {
        bail!(NONE);
    }
    Ok(())
}

/// Where a display is to be found.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    /// A socket in the file system.
    Socket(PathBuf),
    /// Another computer's, which is not asked from here.
    Elsewhere,
}

fn is_there(
    environment: impl Fn(&str) -> Option<OsString>,
    answers: impl Fn(&Path) -> bool,
) -> bool {
    let set = |name: &str| environment(name).filter(|value| !value.is_empty());
    let runtime = set("XDG_RUNTIME_DIR").map(PathBuf::from);
    let wayland = set("WAYLAND_DISPLAY").and_then(|name| wayland(&name, runtime));
    let x11 = set("DISPLAY").and_then(|name| x11(&name.to_string_lossy()));
    [wayland, x11]
        .into_iter()
        .flatten()
        .any(|place| match place {
            Place::Socket(path) => answers(&path),
            Place::Elsewhere => true,
        })
}

/// A socket by its path, or by its name in the runtime folder.
fn wayland(name: &OsString, runtime: Option<PathBuf>) -> Option<Place> {
    let name = Path::new(name);
    let path = match name.is_absolute() {
        true => name.to_owned(),
        false => runtime?.join(name),
    };
    Some(Place::Socket(path))
}

/// `HOST:NUMBER.SCREEN`; without a host, or with `unix`, a socket on this computer.
fn x11(name: &str) -> Option<Place> {
    let (host, number) = name.rsplit_once(':')?;
    let number: u32 = number.split('.').next()?.parse().ok()?;
    Some(match host {
        "" | "unix" => Place::Socket(format!("/tmp/.X11-unix/X{number}").into()),
        _ => Place::Elsewhere,
    })
}

/// Returns true if a server listens there. X servers listen on a name without a file too.
#[cfg(target_os = "linux")]
fn answers(path: &Path) -> bool {
    use std::os::linux::net::SocketAddrExt as _;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::net::{SocketAddr, UnixStream};
    let unnamed = || {
        let name = SocketAddr::from_abstract_name(path.as_os_str().as_bytes())?;
        UnixStream::connect_addr(&name)
    };
    UnixStream::connect(path).or_else(|_| unnamed()).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn answers(_: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(set: &[(&str, &str)], listening: &str) -> bool {
        let environment = |name: &str| {
            let pair = set.iter().find(|(key, _)| *key == name);
            pair.map(|(_, value)| OsString::from(value))
        };
        is_there(environment, |path| path == Path::new(listening))
    }

    #[test]
    fn no_display_is_no_display_whatever_is_left_in_the_environment() {
        for set in [
            &[][..],
            &[("DISPLAY", ""), ("WAYLAND_DISPLAY", "")],
            &[("DISPLAY", ":7")],
            &[("DISPLAY", "nonsense")],
            &[("WAYLAND_DISPLAY", "wayland-0")],
            &[
                ("WAYLAND_DISPLAY", "wayland-0"),
                ("XDG_RUNTIME_DIR", "/run/1"),
            ],
        ] {
            assert!(!seen(set, "/tmp/.X11-unix/X1"), "{set:?}");
        }
    }

    #[test]
    fn a_display_that_answers_is_enough() {
        assert!(seen(&[("DISPLAY", ":7.0")], "/tmp/.X11-unix/X7"));
        assert!(seen(&[("DISPLAY", "unix:7")], "/tmp/.X11-unix/X7"));
        assert!(seen(&[("DISPLAY", "localhost:10.0")], ""), "forwarded");
        assert!(seen(&[("WAYLAND_DISPLAY", "/run/w")], "/run/w"));
        let both = [("WAYLAND_DISPLAY", "w"), ("XDG_RUNTIME_DIR", "/run/1")];
        assert!(seen(&both, "/run/1/w"));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_socket_that_nobody_listens_on_any_longer_does_not_answer() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("socket");
        let listener = std::os::unix::net::UnixListener::bind(&path).unwrap();
        assert!(answers(&path));
        drop(listener);
        assert!(!answers(&path));
    }
}
