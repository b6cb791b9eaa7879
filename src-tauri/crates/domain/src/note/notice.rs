//! What has to be said about the code of an interview, as codes with facts.

use coderpad::history::LeftOut;
use serde::{Deserialize, Serialize};

use crate::codes::codes;

codes! {
    /// What has to be said about the code of an interview.
    pub enum Notice {
        // Of all of it.
        NoCode,
        /// Of so many questions and languages, the first are shown.
        MoreParts { count: usize, shown: usize },
        PartUnread { part: String, trouble: PartTrouble },
        FilesUnread { count: usize },
        MoreFiles { more: usize, shown: usize },
        MoreText,
        /// The note can't hold it, and no one is known on whose behalf a file could be attached.
        TooLongForNotes,

        // Of a file.
        NotText,
        FileTooLarge,
        NoText,
        NoTextNorEdits { trouble: EditsTrouble },
        /// CoderPad's own text is shown, because the edits can't be used.
        OwnText { trouble: EditsTrouble },
        /// CoderPad's own text and the edits differ: the text after the last edit is shown.
        EditsDiffer,
        /// The text is shown without the edits that don't fit.
        EditsLeftOut { count: usize, first: usize },
        /// Edits don't fit, so CoderPad's own text is shown.
        EditsMisfit { count: usize, first: usize },

        /// What an earlier version wrote, as it was shown.
        Earlier { text: String },
    }
}

/// Why a question or language can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PartTrouble {
    NotGiven,
    Declined,
    OddAnswer,
    TooLarge,
}

/// Why recorded edits can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EditsTrouble {
    /// They lie in a place that is not known to be CoderPad's.
    OtherHost,
    Unreachable,
    NotGiven,
    TooLarge,
    Unreadable,
    DontFit,
}

impl Notice {
    pub(crate) fn left_out(edits: LeftOut) -> Self {
        let LeftOut { count, first } = edits;
        Self::EditsLeftOut { count, first }
    }

    pub(crate) fn misfit(edits: LeftOut) -> Self {
        let LeftOut { count, first } = edits;
        Self::EditsMisfit { count, first }
    }
}

/// A sentence of an earlier version.
impl From<String> for Notice {
    fn from(text: String) -> Self {
        Self::Earlier { text }
    }
}
