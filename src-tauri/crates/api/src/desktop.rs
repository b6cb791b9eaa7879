use async_trait::async_trait;
use padwatch_domain::problem::Problem;
use serde::Serialize;
use transport::{ApiRoot, SecretString};
use ts_rs::TS;
use url::Url;

use crate::connection::{Connection, ConnectionState, LeverPlace};
use crate::dto::demo::DemoStep;
use crate::dto::page::Page;
use crate::keys::SecretName;
use crate::links::Places;
use crate::locale::Times;
use crate::updates::Updates;

/// What the answers need of the computer they run on.
#[async_trait]
pub trait Desktop: Send + Sync {
    /// Puts a secret into the keyring, in place of an older one, bound to the service's address that
    /// is in use: it was tested there, and is sent nowhere else.
    ///
    /// # Errors
    /// Why the keyring can't be used.
    async fn store(&self, name: SecretName, secret: SecretString) -> Result<(), Problem>;

    /// Makes sure that no other Padwatch on this computer works with this Lever key, for as long as
    /// this one does. `None`: it works with none.
    ///
    /// # Errors
    /// When another one does.
    async fn claim(&self, lever_key: Option<&SecretString>) -> Result<(), Problem>;

    /// Reads a secret from the keyring; `None`: there is none that may be sent to the services in
    /// use (see [`crate::Destinations`]).
    ///
    /// # Errors
    /// Why the keyring can't be used.
    async fn load(&self, name: SecretName) -> Result<Option<SecretString>, Problem>;

    /// When a secret was stored by Padwatch, in ms since the epoch; `None`: not known.
    ///
    /// # Errors
    /// Why the keyring can't be used.
    async fn stored_at(&self, name: SecretName) -> Result<Option<i64>, Problem>;

    /// Takes a secret out of the keyring. One that is not there is fine.
    ///
    /// # Errors
    /// Why the keyring can't be used.
    async fn delete(&self, name: SecretName) -> Result<(), Problem>;

    /// Deletes a secret now, or else before it is read the next time, whenever that is: no one may
    /// use it again.
    ///
    /// # Errors
    /// When it is still there for now, and why.
    async fn forget(&self, name: SecretName) -> Result<(), Problem>;

    /// Puts a text on the clipboard.
    ///
    /// # Errors
    /// When there is no clipboard.
    async fn copy(&self, text: String) -> Result<(), Problem>;

    /// Puts a text on the clipboard twice: as HTML for editors of rich text, and as it is.
    ///
    /// # Errors
    /// When there is no clipboard.
    async fn copy_rich(&self, html: String, plain: String) -> Result<(), Problem>;

    /// Opens a `mailto:` address in the person's mail program.
    ///
    /// # Errors
    /// When no program opens it.
    async fn write_mail(&self, mail: Url) -> Result<(), Problem>;

    /// Saves a text as a new file of about this name where the person finds it, and says where.
    /// An older file of that name stays.
    ///
    /// # Errors
    /// When it can't be written.
    async fn save(&self, name: &str, text: String) -> Result<String, Problem>;

    /// Opens an address in the browser. The caller has checked it.
    ///
    /// # Errors
    /// When no program opens it.
    async fn open(&self, url: Url) -> Result<(), Problem>;

    /// Starts another Padwatch with sample data, beside this one.
    ///
    /// # Errors
    /// When it can't be started.
    async fn try_sample(&self) -> Result<(), Problem>;

    /// Opens the folder with the logs.
    ///
    /// # Errors
    /// When no program opens it.
    async fn open_logs(&self) -> Result<(), Problem>;

    /// Makes something happen in the demo. Returns true if CoderPad is down there.
    ///
    /// # Errors
    /// When this is no demo, or nothing is left to do it with.
    async fn demo(&self, step: Option<DemoStep>) -> Result<bool, Problem>;

    /// Where the services are and how they are reached.
    fn connection(&self) -> ConnectionState;

    /// The roots of Lever's and CoderPad's API in use.
    fn roots(&self) -> (ApiRoot, ApiRoot);

    /// The place of Lever's other region and its root; `None`: the one in use has no other.
    fn other_lever(&self) -> Option<(LeverPlace, ApiRoot)>;

    /// Keeps where the services are and how they are reached. The services' places count at once,
    /// unless the command line says something else; a proxy from the next start on. The caller has
    /// checked it.
    ///
    /// # Errors
    /// When it can't be kept.
    async fn set_connection(&self, connection: Connection) -> Result<(), Problem>;

    /// Ends Padwatch and starts it again.
    ///
    /// # Errors
    /// When it can't be started again; it continues then.
    async fn restart(&self) -> Result<(), Problem>;

    /// Whether Padwatch starts at login.
    ///
    /// # Errors
    /// When the desktop can't tell.
    async fn autostart(&self) -> Result<bool, Problem>;

    /// Lets Padwatch start at login, or not.
    ///
    /// # Errors
    /// When the desktop can't be told.
    async fn set_autostart(&self, on: bool) -> Result<(), Problem>;

    /// Whether a program of this name is installed where programs are looked for.
    fn has_program(&self, name: &str) -> bool;

    /// A link of this candidate was copied just now: the tray says so for a moment.
    fn copied(&self, opportunity: &lever::OpportunityId);

    /// What the person asked to see outside of the window. Taken by asking: told once.
    fn wanted(&self) -> Option<Wanted>;

    /// Which addresses may be opened.
    fn places(&self) -> Places;

    /// Where the person is, and how dates are written there.
    fn times(&self) -> Times;

    /// Whether there is a newer version; `None`: there is no address to ask.
    fn updates(&self) -> Option<Updates>;

    /// Facts about the program for the diagnostics.
    fn about(&self) -> About;

    /// What besides the engine's own state a person should know, most important first.
    fn notices(&self) -> Vec<Problem>;
}

/// What the person asked to see, in the tray or in a notification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
#[ts(export)]
pub enum Wanted {
    /// A candidate.
    Candidate {
        /// Whom.
        opportunity: lever::OpportunityId,
        /// To add a note about the interview.
        note: bool,
    },
    /// A page of the window.
    Page {
        /// Which.
        page: Page,
    },
}

/// Facts about the program. None is about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Padwatch's version.
    pub version: &'static str,
    /// The operating system, and the desktop if it says its name.
    pub system: String,
    /// Whether this runs against the sandbox.
    pub sandbox: bool,
}
