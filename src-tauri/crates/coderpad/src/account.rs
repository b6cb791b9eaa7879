use serde::Deserialize;

use crate::lenient;

/// The key's user, where the service tells (contracts/coderpad.md, 3).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Account {
    /// The name.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub name: Option<String>,
    /// Whether this user may make pads. `None` when it isn't said.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub allow_pad_creation: Option<bool>,
    /// The user's own id, the same for all of their keys. `None` when it isn't said.
    #[serde(default, deserialize_with = "lenient::text_of_id")]
    pub analytics_id: Option<String>,
}
