use serde::Deserialize;
use transport::Listed;
use url::Url;

use crate::{Pad, PadId, date, lenient};

/// The order of a list, as far as anybody needs one: newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PadSort {
    /// By when the pad was made.
    CreatedNewest,
    /// By when the pad was last written to.
    UpdatedNewest,
}

/// Whose pads a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Listing {
    /// Those of the key's own user.
    Own,
    /// Those of everybody in the organization.
    Organization,
}

/// Where one page of a list lies: the first of some order, or the next as the service named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRef {
    pub(crate) listing: Listing,
    pub(crate) place: Place,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    First(PadSort),
    Next(Url),
}

/// One page of a list: up to 50 pads (contracts/coderpad.md, 2.1).
///
/// Pads may be on two pages or on none when others are made while somebody pages. Values may
/// trail by about a minute; a read by id doesn't.
#[derive(Debug, Clone, PartialEq)]
pub struct PadPage {
    /// The pads, in the order of the list.
    pub pads: Vec<Pad>,
    /// Members of the list that could not be read. They are there all the same: nobody who is
    /// missing from `pads` is known to be missing from the list.
    pub unread: Vec<UnreadPad>,
    /// The next page. `None` on the last one.
    pub next: Option<PageRef>,
    /// The server's time at the answer, in ms since the epoch.
    pub server_date_ms: Option<i64>,
    /// How many pads the whole list has, by the service's count.
    pub total: Option<u64>,
}

/// A pad of a list that could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct UnreadPad {
    /// Its id, where at least that could be read.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub id: Option<PadId>,
    /// When it was made, in ms since the epoch, where that could be read.
    #[serde(rename = "created_at", default, deserialize_with = "date::optional_ms")]
    pub created_at_ms: Option<i64>,
}

/// A member of a list. What is no pad costs itself alone.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Member {
    Pad(Box<Pad>),
    Unread(UnreadPad),
}

/// A page as it comes.
#[derive(Debug, Deserialize)]
pub(crate) struct RawPage {
    pub(crate) pads: Listed<Member>,
    #[serde(default)]
    pub(crate) next_page: Option<String>,
    #[serde(default, deserialize_with = "crate::lenient::or_default")]
    pub(crate) total: Option<u64>,
}

impl RawPage {
    /// The pads, and those that could not be read.
    pub(crate) fn parted(pads: Listed<Member>) -> (Vec<Pad>, Vec<UnreadPad>) {
        let mut unread = vec![UnreadPad::default(); pads.skipped.count()];
        let mut read = Vec::with_capacity(pads.rows.len());
        for member in pads.rows {
            match member {
                Member::Pad(pad) => read.push(*pad),
                Member::Unread(pad) => unread.push(pad),
            }
        }
        (read, unread)
    }
}

impl PageRef {
    /// The first page of the own pads.
    #[must_use]
    pub fn first(sort: PadSort) -> Self {
        Self {
            listing: Listing::Own,
            place: Place::First(sort),
        }
    }

    /// The first page of everybody's pads.
    #[must_use]
    pub fn first_of_organization(sort: PadSort) -> Self {
        Self {
            listing: Listing::Organization,
            place: Place::First(sort),
        }
    }
}

impl PadSort {
    /// As the service wants it. `desc` is written out, though it is the default.
    pub(crate) fn as_query(self) -> &'static str {
        match self {
            Self::CreatedNewest => "created_at,desc",
            Self::UpdatedNewest => "updated_at,desc",
        }
    }
}

impl Listing {
    pub(crate) fn what(self) -> &'static str {
        match self {
            Self::Own => "the list of pads",
            Self::Organization => "the pads of the organization",
        }
    }
}
