//! The two services, and what of them can be out of order.

use serde::{Deserialize, Serialize};

/// One of the two services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Service {
    Lever,
    /// Its name is the same in every language.
    #[serde(rename = "CoderPad")]
    Coderpad,
}

/// What a hindrance is about. Of each there is one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OutageKind {
    /// Lever as a whole.
    Lever,
    /// CoderPad as a whole.
    Coderpad,
    /// Reading single candidates.
    Reading,
    /// Putting links on profiles.
    Linking,
    /// Whose the keys are.
    Account,
    /// The watched tag.
    Tag,
    /// Settings that can't be read.
    Settings,
}

impl Service {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Lever => "Lever",
            Self::Coderpad => "CoderPad",
        }
    }

    /// The outage that its failures are announced as.
    #[must_use]
    pub fn outage_kind(self) -> OutageKind {
        match self {
            Self::Lever => OutageKind::Lever,
            Self::Coderpad => OutageKind::Coderpad,
        }
    }
}
