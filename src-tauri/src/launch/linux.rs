//! Linux: the desktop's portal; where there is none, `xdg-open`; where that is missing too, `gio`.

use std::io;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::process::{Child, Command};
use tokio::time::timeout;
use url::Url;

use super::portal::{self, Refused};
use super::{NotOpened, Opened};

/// The programs that open an address, each with what comes before the address.
const XDG_OPEN: (&str, &[&str]) = ("xdg-open", &[]);
const GIO: (&str, &[&str]) = ("gio", &["open"]);
/// How long a click waits for the program that opens an address: what fails mostly fails at once.
const AT_ONCE: Duration = Duration::from_secs(2);
/// How long its end is watched. It may run as long as the browser that it has started.
const WATCHED: Duration = Duration::from_secs(30);

/// Opens an address. The portal gets it over the session's bus; the arguments of `xdg-open` can be
/// read by other users of this computer, so that comes second.
///
/// # Errors
/// When no program takes it.
pub(crate) async fn open(url: Url) -> Result<Opened, NotOpened> {
    match portal::open(&url).await {
        Ok(()) => return Ok(Opened::Taken),
        Err(Refused::NotThere(why)) => tracing::debug!(why, "the portal opens nothing"),
        Err(Refused::Failed) => tracing::info!("the portal could not open an address"),
    }
    match start(XDG_OPEN, &url) {
        Ok(started) => follow(started).await,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let started = start(GIO, &url).map_err(|error| NotOpened::new(&error))?;
            follow(started).await
        }
        Err(error) => Err(NotOpened::new(&error)),
    }
}

/// Opens an address in which nothing is private. `xdg-open` comes first: often its end shows that
/// the browser died, while the portal has done its part once a browser was started.
///
/// # Errors
/// When no program takes it.
pub(crate) async fn open_public(url: Url) -> Result<Opened, NotOpened> {
    match start(XDG_OPEN, &url) {
        Ok(started) => follow(started).await,
        Err(_) => open(url).await,
    }
}

fn start((program, options): (&str, &[&str]), url: &Url) -> io::Result<Child> {
    Command::new(program)
        .args(options)
        .arg(url.as_str())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // What it starts outlives Padwatch, and its signals.
        .process_group(0)
        .spawn()
}

async fn follow(mut started: Child) -> Result<Opened, NotOpened> {
    if let Ok(ended) = timeout(AT_ONCE, started.wait()).await {
        return judge(ended).map(|()| Opened::Taken);
    }
    Ok(Opened::Starting(tokio::spawn(async move {
        match timeout(WATCHED, started.wait()).await {
            Ok(ended) => judge(ended),
            Err(_) => Ok(()),
        }
    })))
}

fn judge(ended: io::Result<ExitStatus>) -> Result<(), NotOpened> {
    match ended {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(NotOpened::new(&format_args!(
            "the program for addresses ended with {status}"
        ))),
        Err(error) => Err(NotOpened::new(&error)),
    }
}
