//! Pads and their links.

use coderpad::PadId;
use padwatch_domain::{links, record};
use serde::Serialize;
use ts_rs::TS;

use super::convert::{Convert, convert, mirror};

mirror! { out
    /// Where a pad is found.
    struct PadLinks of record::PadLinks {
        /// Its id.
        id: PadId,
        /// The link for candidate and interviewer.
        link: String,
        /// The recording, once finished.
        playback: String,
    }
}

mirror! { out
    /// A pad too many.
    struct DuplicatePad of links::DuplicatePad {
        /// Its id.
        id: PadId,
        /// Its link.
        link: String,
        /// Whether it is ours, so that it can be ended and deleted.
        ours: bool,
    }
}
