//! Which candidates to list, how many there are, and what happened to one.

use padwatch_domain::{listing, section};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::convert::{Convert, convert, mirror};

mirror! { both
    /// The parts of the list.
    #[derive(Copy)]
    enum Section of section::Section {
        /// A decision is needed.
        NeedsYou,
        /// Pad made, link not copied yet.
        ToSend,
        /// Waiting for their pad.
        Waiting,
        /// Link copied or sent, interview not finished.
        Upcoming,
        /// Interview finished.
        Finished,
        /// There at the first start, not served unless chosen.
        AlreadyThere,
        /// No pad wanted, no longer tagged, or deleted.
        SetAside,
    }
}

mirror! { in
    /// Which candidates to list.
    #[serde(default)]
    #[derive(Default)]
    struct ListQuery of listing::ListQuery {
        /// Only this part of the list; `None`: all parts.
        section: Option<Section>,
        /// Text that name, posting or link contain, accents, apostrophes and case aside. Empty: no search.
        search: String,
        /// How many to leave out at the start.
        offset: u32,
        /// How many at the most, 200 at the most.
        limit: u32,
    }
}

mirror! { out
    /// How many candidates are in each part of the list.
    #[derive(Copy, Default)]
    struct Counts of listing::Counts {
        /// Pad made, link not copied yet.
        to_send: u32,
        /// Link copied or sent, interview not finished.
        upcoming: u32,
        /// Of those, whose interview is live or planned: they stand first in that part of the list.
        interviews: u32,
        /// Of those, whose interview is live; planned or not, they stand before all others.
        live: u32,
        /// Of those, whose interview is planned for today: they stand next.
        today: u32,
        /// Interview finished.
        finished: u32,
        /// A decision is needed.
        needs_you: u32,
        /// There at the first start, not served unless chosen.
        already_there: u32,
        /// Waiting for their pad.
        waiting: u32,
        /// No pad wanted, or no longer tagged.
        set_aside: u32,
    }
}

mirror! { out
    /// One thing that happened.
    struct TimelineEntry of listing::TimelineEntry {
        /// When, in ms since the epoch.
        #[ts(type = "number")]
        at_ms: i64,
        /// What, in words.
        what: String,
        /// Why, in words.
        why: String,
        /// What set it off: a check of Lever, a webhook, the user.
        trigger: String,
    }
}
