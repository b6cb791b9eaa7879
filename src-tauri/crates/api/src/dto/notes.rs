//! The note about an interview.

use padwatch_domain::note;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::convert::{Convert, convert, mirror};
use super::problem::Problem;

mirror! { both
    /// What a note holds, as far as it can be chosen.
    #[serde(default)]
    #[derive(Copy, Default)]
    struct NoteChoice of note::NoteChoice {
        /// Where the code goes; `None`: into the note while it fits into one, and otherwise into a
        /// file, if it is known on whose behalf Padwatch writes.
        code: Option<CodeIn>,
        /// Include CoderPad's outline and highlights.
        summary: bool,
        /// Include what was said.
        transcript: bool,
        /// Include the reports of reviews.
        reports: bool,
    }
}

mirror! { both
    /// Where the code goes.
    #[derive(Copy)]
    enum CodeIn of note::CodeIn {
        /// Into the note; a long one is split into several.
        Note,
        /// Into a file that is attached.
        File,
        /// Nowhere.
        Nowhere,
    }
}

mirror! { out
    /// What CoderPad gives of an interview besides code and events.
    #[derive(Copy, Default)]
    struct Offers of note::Offers {
        /// An outline or highlights.
        summary: bool,
        /// What was said.
        transcript: bool,
        /// Reports of reviews.
        reports: bool,
    }
}

mirror! { out
    /// A note to be looked over before it is sent.
    struct PreparedNote of note::PreparedNote {
        /// The text; the person may change it. `@` in what others wrote is followed by a blank, since
        /// Lever notifies the user named after it.
        text: String,
        /// Whether only some people will see it.
        secret: bool,
        /// What was chosen; the code's place is filled in.
        choice: NoteChoice,
        /// What CoderPad offers besides.
        offers: Offers,
        /// How many notes this text makes: long ones are split.
        parts: u32,
        /// The file that will be attached, if the code goes there.
        file: Option<FileToAttach>,
        /// What has to be said about it, each in a sentence.
        notices: Vec<String>,
        /// How it stands.
        status: NoteStatus,
    }
}

mirror! { out
    /// A file to be attached.
    struct FileToAttach of note::FileToAttach {
        /// Its name.
        name: String,
        /// Its size in bytes.
        bytes: u32,
    }
}

mirror! { out
    /// How a note stands, for a row of the list.
    struct NoteStatus of note::NoteStatus {
        /// Where it stands.
        state: NoteState,
        /// Since when, in ms since the epoch.
        #[ts(type = "number")]
        since_ms: i64,
        /// How many of its parts are on the candidate.
        parts_there: u32,
        /// Of how many.
        parts: u32,
        /// Why it doesn't continue without the person.
        problem: Option<Problem>,
    }
}

mirror! { out
    /// Where a note stands.
    #[derive(Copy)]
    enum NoteState of note::NoteState {
        /// It waits to be sent by the person.
        Prepared,
        /// It is on its way.
        Sending,
        /// It may be there or not; Padwatch is looking.
        Uncertain,
        /// Some of its parts are there; sending it again sends the others.
        Halted,
        /// It is on the candidate.
        Added,
    }
}
