//! What the parts of Padwatch share: the engine, the desktop, and what one lets another know.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use lever::OpportunityId;
use padwatch_api::{Locale, Wanted};
use padwatch_domain::problem::Problem;
use padwatch_engine::Handle;
use tokio::sync::{Mutex, Notify, mpsc, watch};
use transport::Clock;

use crate::account_lock::AccountLock;
use crate::autostart::Autostart;
use crate::clipboard::Clipboard;
use crate::connection::Connections;
use crate::forgotten::Forgotten;
use crate::keyring::Keyring;
use crate::notices::Notices;
use crate::sandbox::ControlPage;
use crate::this_program::Program;
use crate::tray::{Identity, MainThread};
use crate::updates;
use crate::window::Window;
use padwatch_domain::release::Version;
use sandbox::SharedWorld;

/// Whose link was copied last, and when in ms since the epoch.
pub(crate) type Copied = Option<(OpportunityId, i64)>;

/// Everything that the parts of the shell share.
pub(crate) struct Shell {
    pub(crate) main_thread: MainThread,
    /// By which people tell this Padwatch from another.
    pub(crate) identity: Identity,
    pub(crate) window: Window,
    pub(crate) engine: Handle,
    pub(crate) clock: Arc<dyn Clock>,
    /// How dates are written here.
    pub(crate) locale: Locale,
    pub(crate) secrets: Secrets,
    pub(crate) clipboard: Clipboard,
    pub(crate) autostart: Autostart,
    pub(crate) services: Services,
    pub(crate) start: StartedAs,
    pub(crate) notices: Notices,
    pub(crate) signals: Signals,
    /// Padwatch is ending: what stops now is meant to.
    pub(crate) is_ending: AtomicBool,
}

/// The keyring, and what limits the use of what is in it.
pub(crate) struct Secrets {
    pub(crate) keyring: Keyring,
    /// Keys that no one may use again.
    pub(crate) forgotten: Forgotten,
    /// Keeps other profiles from working with the same Lever key.
    pub(crate) account: AccountLock,
    /// Something in the keyring changed.
    pub(crate) changed: Notify,
}

/// Where Lever and CoderPad are.
pub(crate) struct Services {
    /// The sandbox's page for people, if the sandbox runs.
    pub(crate) control_page: Option<ControlPage>,
    /// The sandbox itself, if it runs.
    pub(crate) demo: Option<SharedWorld>,
    pub(crate) connections: Connections,
}

/// How this program was started.
pub(crate) struct StartedAs {
    /// This program, as it was at the start.
    pub(crate) program: Program,
    /// The profile folder that was asked for.
    pub(crate) profile: Option<PathBuf>,
    /// The folder with the logs.
    pub(crate) logs: PathBuf,
    /// The file in which the window remembers its size.
    pub(crate) window_state: PathBuf,
}

/// What a click could not do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) problem: Problem,
    /// The clicked candidate, if any.
    pub(crate) about: Option<OpportunityId>,
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self {
            problem,
            about: None,
        }
    }
}

/// What one part of the shell lets another know.
pub(crate) struct Signals {
    pub(crate) copied: watch::Sender<Copied>,
    /// What to show, until the window shows it.
    pub(crate) wanted: watch::Sender<Option<Wanted>>,
    /// On its way to a notification.
    pub(crate) failures: mpsc::Sender<Failure>,
    /// Held while announcements are shown and noted as shown: an end in between would show them again
    /// at the next start.
    pub(crate) telling: Mutex<()>,
    /// The newer version that was found; `None`: there is no address to ask.
    pub(crate) newer: Option<watch::Sender<Option<Version>>>,
    /// The person asks for another look at everything, the keyring included.
    pub(crate) look_again: Notify,
}

impl Signals {
    /// Where `failures` go is for the caller to say.
    pub(crate) fn new(failures: mpsc::Sender<Failure>) -> Self {
        Self {
            copied: watch::Sender::new(None),
            wanted: watch::Sender::new(None),
            failures,
            telling: Mutex::new(()),
            newer: updates::address().map(|_| watch::Sender::new(None)),
            look_again: Notify::new(),
        }
    }
}

impl Shell {
    /// Whether Lever and CoderPad are the sandbox's.
    pub(crate) fn is_sandbox(&self) -> bool {
        self.services.control_page.is_some()
    }

    /// Padwatch is ending.
    pub(crate) fn is_ending(&self) -> bool {
        self.is_ending.load(Ordering::Relaxed)
    }
}
