use serde::Deserialize;

use crate::{Pad, PadId, lenient};

/// The order of a list: always newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PadSort {
    /// By when the pad was made.
    CreatedNewest,
    /// By when the pad was last written to.
    UpdatedNewest,
}

/// One page of a list: up to 50 pads (contracts/coderpad.md, 2.1).
///
/// A pad may be on two pages or on none when others are created meanwhile. Values may trail by
/// about a minute; those of a read by id don't.
#[derive(Debug, Clone, PartialEq)]
pub struct PadPage {
    /// The pads, in the order of the list.
    pub pads: Vec<Pad>,
    /// Members of the list that could not be read. They are there all the same: what is missing
    /// from `pads` may not be missing from the list.
    pub unread: Vec<UnreadPad>,
    /// The server's time at the answer, in ms since the epoch.
    pub server_date_ms: Option<i64>,
    /// How many pads the whole list has, by the service's count.
    pub total: Option<u64>,
}

/// A pad of a list that could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct UnreadPad {
    /// `None` where not even that could be read.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub id: Option<PadId>,
    /// When it was created, in ms since the epoch, where that could be read.
    #[serde(
        rename = "created_at",
        default,
        deserialize_with = "lenient::optional_ms"
    )]
    pub created_at_ms: Option<i64>,
}
