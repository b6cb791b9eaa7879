//! Interviews that ended: their record and their code.

use padwatch_domain::record::code;
use padwatch_domain::{lifecycle, record};
use serde::Serialize;
use ts_rs::TS;

use super::convert::{Convert, convert, mirror};
use super::notes::{NoteStatus, Offers};
use super::pads::PadLinks;

mirror! { out
    /// A finished interview, for the window. All names are as strangers typed them: escape before
    /// showing.
    struct FinishedView of record::FinishedView {
        /// The candidate's name in Lever; may be empty.
        name: String,
        /// The job; may be empty.
        posting: String,
        /// The candidate's page in Lever.
        profile_url: Option<String>,
        /// Where pad and recording are found.
        pad: PadLinks,
        /// How it ended.
        ending: Ending,
        /// When it ended, in ms since the epoch.
        #[ts(type = "number")]
        ended_ms: i64,
        /// When people came together in it, in ms since the epoch; `None`: no one came.
        #[ts(type = "number | null")]
        began_ms: Option<i64>,
        /// How long people were together in it, in ms; alone, if no one else came.
        #[ts(type = "number | null")]
        lasted_ms: Option<i64>,
        /// Who took part, in the order in which they came, 100 at the most.
        people: Vec<Participant>,
        /// The languages run, the most often run first.
        runs: Vec<LanguageRuns>,
        /// Whether these are all events; with very many, the oldest are left out.
        complete: bool,
        /// What CoderPad offers that a note can include.
        offers: Offers,
        /// Whether something was drawn.
        drawing: bool,
        /// The note, if there is one.
        note: Option<NoteStatus>,
    }
}

mirror! { out
    /// How the interview in a pad ended (contracts/coderpad.md, 2.8).
    #[derive(Copy, Default)]
    enum Ending of lifecycle::Ending {
        /// A participant or the recruiter ended it after people had joined.
        #[default]
        Held,
        /// People had joined and no one ended it: CoderPad did, about seven days later.
        ByItself,
        /// No one was ever there.
        NeverOpened,
        /// It ended long before the planned interview, by mistake or automatically: there may be none
        /// in it.
        BeforeInterview,
    }
}

mirror! { out
    /// A person who was in a pad.
    struct Participant of record::Participant {
        /// The name as it was typed, at most 100 characters, in one line.
        name: String,
        /// True for a person with a CoderPad account.
        has_account: bool,
        /// Whether they watched without being seen.
        unseen: bool,
    }
}

mirror! { out
    /// How often a language was run.
    struct LanguageRuns of record::LanguageRuns {
        /// The language, by CoderPad's name for it; empty where it didn't say.
        language: String,
        /// How often.
        runs: u32,
    }
}

mirror! { out
    /// The code of an interview. Paths and texts are strangers': escape before showing.
    #[derive(Default)]
    struct InterviewCode of code::InterviewCode {
        /// One for each question or language that was opened.
        environments: Vec<CodeEnvironment>,
        /// What could not be read, each in a sentence.
        notices: Vec<String>,
    }
}

mirror! { out
    /// One question or language that was opened.
    struct CodeEnvironment of code::CodeEnvironment {
        /// The language, by CoderPad's name for it; empty where it didn't say. Any text may come.
        language: String,
        /// Whether it was on screen at the end.
        on_screen: bool,
        /// Its files.
        files: Vec<CodeFile>,
    }
}

mirror! { out
    /// A file of the code.
    struct CodeFile of code::CodeFile {
        /// The path within the project, in one line; a name to show, not a place to write to.
        path: String,
        /// The text at the end; `None`: it can't be shown.
        text: Option<String>,
        /// Whether it isn't text.
        binary: bool,
        /// What has to be said about it, in a sentence or two.
        remark: Option<String>,
    }
}
