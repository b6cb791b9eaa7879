//! The pages of the window.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The pages of the window that a click in the tray can lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Page {
    /// The list, with how things stand and what can be done about it.
    List,
    /// Set-up, where it stopped.
    SetUp,
    /// The keys.
    Accounts,
    /// Who is watched.
    Watching,
    /// How the services are reached.
    Connection,
    /// Webhooks.
    Webhooks,
}
