//! The search for pads after a ledger was lost.

use serde::{Deserialize, Serialize};

/// Why pads are looked for that the ledger doesn't know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PadSearch {
    /// There was no ledger. It may have been lost: one look shows pads without a link.
    AtFirstStart,
    /// There was a damaged one. It may have been in use a moment ago: nothing is made before
    /// complete looks over two minutes have shown its last pads too.
    AfterDamage,
}
