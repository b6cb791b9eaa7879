//! Lists of candidates: which to show, how many there are, and what happened to one.

use crate::activity::Activity;
use crate::change::Trigger;
use crate::reason::Reason;
use crate::section::Section;

/// Which candidates to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// Only this part of the list; `None`: all parts.
    pub section: Option<Section>,
    /// Text that name, posting or link contain, accents, apostrophes and case aside. Empty: no search.
    pub search: String,
    /// How many to leave out at the start.
    pub offset: u32,
    /// How many at the most, 200 at the most.
    pub limit: u32,
}

/// How many candidates are in each part of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Pad made, link not copied yet.
    pub to_send: u32,
    /// Link copied or sent, interview not finished.
    pub upcoming: u32,
    /// Of those, whose interview is live or planned: they stand first in that part of the list.
    pub interviews: u32,
    /// Of those, whose interview is live; planned or not, they stand before all others.
    pub live: u32,
    /// Of those, whose interview is planned for today: they stand next.
    pub today: u32,
    /// Interview finished.
    pub finished: u32,
    /// A decision is needed.
    pub needs_you: u32,
    /// There at the first start, not served unless chosen.
    pub already_there: u32,
    /// Waiting for their pad.
    pub waiting: u32,
    /// No pad wanted, or no longer tagged.
    pub set_aside: u32,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEntry {
    /// When, in ms since the epoch.
    pub at_ms: i64,
    pub what: Activity,
    pub why: Reason,
    /// What set it off.
    pub trigger: Trigger,
}
