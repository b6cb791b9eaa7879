//! What happened to a candidacy: a line of its history, as a code.

use crate::codes::codes;

codes! {
    /// What happened to a candidacy.
    pub enum Activity {
        // The candidate.
        Noticed,
        CameBack,
        MovedOn,
        Listed,
        NeedsDecision,
        WaitsBySettings,
        DelayOver,
        NoLink,

        // What the user did.
        PadWanted,
        OtherPadWanted,
        SecondPadWanted,
        Skipped,
        OnHold,
        Chosen,
        Stopped,
        PadShown,
        LinkChosen,
        LinkCopied,
        MarkedSent,
        MarkedNotSent,
        TagAdded,
        TagRemoved,
        PadTakenBack,
        PadKept,
        PadEnded,

        // The pad.
        PadRequested,
        NotRequested,
        PadCreated,
        PadNotCreated,
        Declined,
        CoderpadNotAsked,
        CheckingPad,
        PadNotConfirmed,
        PadFound,
        /// That of an attempt that was given up.
        FirstPadFound,
        /// After the ledger was lost.
        PadFoundAgain,
        CreatingAgain,
        TryingAgain,
        ExistingPadUsed,
        PadBack,
        LinkAdded,
        LinkNotAdded,
        /// That of a pad that another one replaces.
        OldLinkNotRemoved,
        OtherPadUsed,
        SecondPad,
        SecondLink,
        PadMissing,
        PadDeleted,
        Reopened,

        // The interview and its note.
        InterviewPlanned,
        InterviewMoved,
        InterviewCanceled,
        ReadyForInterview,
        NotReadyForInterview,
        SomeoneMissing,
        EveryoneThere,
        InterviewLive,
        InterviewEnded,
        ClosedByCoderpad,
        NeverOpened,
        EndedBeforeInterview,
        NoteAdded,
        NoteNotAdded,

        /// What an earlier version wrote, as it was shown.
        Earlier { text: String },
    }
}

impl Activity {
    /// What the ledger holds. Whatever can't be read is shown as it is.
    #[must_use]
    pub fn read(stored: &str) -> Self {
        serde_json::from_str(stored).unwrap_or_else(|_| Self::from(stored.to_owned()))
    }
}

/// A line of an earlier version.
impl From<String> for Activity {
    fn from(text: String) -> Self {
        Self::Earlier { text }
    }
}
