//! Windows: one notification, shown by the system. It stays in the notification center, and a click
//! there counts as well as one on the screen: see [`super::toast_address`].

use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use padwatch_api::notifications::{Notice, Outcome};
use tokio::sync::oneshot;
use windows::Data::Xml::Dom::XmlDocument;
use windows::UI::Notifications::{ToastNotification, ToastNotificationManager};
use windows::core::HSTRING;

use super::toast_address::{SCHEME, ToastAddress};
use super::toast_text;
use crate::activation::ActivationToken;
use crate::profile::Profile;

/// By which Windows knows whose notifications these are.
const APPLICATION: &str = "io.padwatch.Padwatch";

/// The fingerprint of the profile that shows notifications here.
static PROFILE: OnceLock<String> = OnceLock::new();
/// Those whose click is still heard, by their tokens.
static SHOWN: Mutex<Vec<(String, oneshot::Sender<Outcome>)>> = Mutex::new(Vec::new());

/// The last one could not be shown.
static FAILED: AtomicBool = AtomicBool::new(false);

/// Why nothing can be shown.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotShown {
    #[error(transparent)]
    Refused(#[from] windows::core::Error),
    #[error("no random number could be had")]
    NoToken,
    #[error("the last one could not be shown")]
    Failing,
}

/// A notification that was shown.
pub(crate) struct Shown(oneshot::Receiver<Outcome>);

impl Shown {
    /// Returns true if bodies are read as markup, which Windows never does.
    ///
    /// # Errors
    /// Where the last one failed: only showing one tells whether it can be done again.
    #[expect(clippy::unused_async, reason = "the same shape as on Linux")]
    pub(crate) async fn reads_markup() -> Result<bool, NotShown> {
        match FAILED.load(Ordering::Relaxed) {
            true => Err(NotShown::Failing),
            false => Ok(false),
        }
    }

    /// Shows a notice.
    ///
    /// # Errors
    /// When Windows refuses.
    #[expect(clippy::unused_async, reason = "the same shape as on Linux")]
    pub(crate) async fn new(notice: &Notice, _markup: bool) -> Result<Self, NotShown> {
        let shown = show(notice);
        FAILED.store(shown.is_err(), Ordering::Relaxed);
        shown
    }

    /// Waits until the person clicks it. Windows doesn't say when it is gone for good.
    pub(crate) async fn outcome(&mut self) -> Outcome {
        (&mut self.0).await.unwrap_or(Outcome::Closed)
    }

    #[expect(clippy::unused_async, reason = "the same shape as on Linux")]
    pub(crate) async fn activation(&mut self) -> Option<ActivationToken> {
        None
    }

    /// It stays in the notification center. A click on it opens the window from now on.
    #[expect(clippy::unused_async, reason = "the same shape as on Linux")]
    pub(crate) async fn close(&self) {}
}

/// Hands a click to the notification that it was on. Returns false if there is none any longer.
pub(crate) fn click(address: &ToastAddress) -> bool {
    let mut shown = SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(place) = shown.iter().position(|(token, _)| *token == address.token) else {
        return false;
    };
    let (_, told) = shown.swap_remove(place);
    told.send(address.outcome).is_ok()
}

/// Makes Padwatch known as an application that shows notifications: without that, Windows shows none
/// of a program that no installer has put into the Start menu. Clicks on them start this program.
pub(crate) fn introduce(profile: &Profile) {
    PROFILE.get_or_init(|| profile.fingerprint());
    if let Err(error) = enter() {
        tracing::warn!(%error, "Windows was not told whose notifications these are");
    }
}

fn enter() -> std::io::Result<()> {
    let classes =
        |path: &str| windows_registry::CURRENT_USER.create(format!(r"Software\Classes\{path}"));
    let program = std::env::current_exe()?;
    let command = format!(r#""{}" --clicked "%1""#, program.display());
    let application = classes(&format!(r"AppUserModelId\{APPLICATION}"))?;
    application.set_string("DisplayName", "Padwatch")?;
    let scheme = classes(SCHEME)?;
    scheme.set_string("", "URL:Padwatch")?;
    scheme.set_string("URL Protocol", "")?;
    classes(&format!(r"{SCHEME}\shell\open\command"))?.set_string("", command)?;
    Ok(())
}

fn show(notice: &Notice) -> Result<Shown, NotShown> {
    let token = token()?;
    let address = |outcome| ToastAddress {
        profile: PROFILE.get().cloned().unwrap_or_default(),
        token: token.clone(),
        outcome,
    };
    let document = XmlDocument::new()?;
    document.LoadXml(&HSTRING::from(toast_text::of(notice, address)))?;
    let toast = ToastNotification::CreateToastNotification(&document)?;
    let application = HSTRING::from(APPLICATION);
    ToastNotificationManager::CreateToastNotifierWithId(&application)?.Show(&toast)?;
    let (told, outcome) = oneshot::channel();
    let mut shown = SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
    shown.retain(|(_, told)| !told.is_closed());
    shown.push((token, told));
    Ok(Shown(outcome))
}

fn token() -> Result<String, NotShown> {
    let mut bytes = [0; 16];
    let random = ring::rand::SystemRandom::new();
    ring::rand::SecureRandom::fill(&random, &mut bytes).map_err(|_| NotShown::NoToken)?;
    Ok(bytes.iter().fold(String::new(), |mut token, byte| {
        let _ = write!(token, "{byte:02x}");
        token
    }))
}
