//! Why a candidacy is in its state, or why something happened: a code with facts.

use coderpad::UnclearCause;
use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::findings::{Findings, Missing, Unneeded};
use crate::problem::Problem;

codes! {
    /// Why a candidacy is in its state, or why something happened to it. Some are questions: what
    /// is to be decided is the reason why it waits.
    pub enum Reason {
        // By the rules.
        Tagged { tag: String },
        /// The same where the stage's name is known.
        TaggedInStage { tag: String, stage: String },
        CameBack,
        LinkAppeared,
        BulkMove,
        HadPadBefore,
        TagRemoved,
        /// The same once there is a pad: nothing is taken back.
        TagRemovedPadStays,
        LeftStage,
        /// One of the two: the list that showed it holds only those with both.
        TagOrStageLeft,
        OtherOwner,
        Archived,
        Anonymized,
        ArchivedOrAnonymized,
        GoneFromLever,
        OtherAccount,
        IntegrationCreates,
        AskEachTime,
        /// The question that the user wants to be asked each time.
        AskToCreate,
        DelayOver,
        NoLink,

        // By the user.
        UserMarked,
        UserCopied,
        UserCreated,
        UserReplaced { link: String },
        UserCreatedSecond,
        UserSkipped,
        UserHeld,
        UserTagged,
        UserUntagged,
        UserChose,
        UserStopped,
        UserDeletedPad,
        UserKeptPad,
        UserEndedPad,
        /// By a setting of the user's.
        EndedBySetting { why: Unneeded },
        UserChoseLink,
        UserSentNote,

        // Of a pad and its creation.
        PadCreated,
        NotSaved,
        TryingAgain,
        /// CoderPad's answer was unclear, and no one has looked yet.
        PadUnclear { doubt: Doubt },
        /// It was looked for, and not found so far.
        CheckingPad { doubt: Doubt },
        PadNotFound { doubt: Doubt },
        PadListIncomplete { doubt: Doubt, problem: Problem },
        /// The question after enough searches.
        WasPadCreated,
        /// The question when this key can't search.
        CannotCheckPad { problem: Problem },
        CreatedAgain,
        FoundByMarker,
        FirstPadExists,
        FirstPadUnknown,
        ExistingLink,
        WhosePad { doubt: PadDoubt },
        LinkOfOtherJob,
        LinkUnclear,
        LinkOnProfile,
        LinkNotShown,
        /// It took the place of the link of the pad that this one replaces.
        LinkReplaced { link: String },
        /// Lever declines to remove the link of the pad that this one replaces.
        OldLinkStays { link: String, problem: Box<Problem> },
        OtherPadFirst,
        OwnMarker,
        OtherToolsPad,

        // Of an interview.
        LeverSays,
        /// The check before it found nothing wrong.
        Ready,
        /// The check before it found this.
        NotReady { findings: Findings },
        /// Who was not in the pad after the start.
        NotThere { missing: Missing },
        /// Both sides were in the pad.
        EveryoneThere,
        SomeoneInPad,
        InterviewEnded,
        ClosedByCoderpad,
        NeverOpened,
        EndedBeforeInterview { link: String },
        /// The question about that.
        AskAfterEarlyEnd,
        Reopened,
        PadShownAgain,
        PadMissing,
        PadDeleted,
        /// The question about that.
        AskAfterDeletion,

        /// Something can't be done.
        Problem { problem: Problem },
        /// What the ledger holds of the candidacy can't be read.
        Unreadable,
        /// What an earlier version wrote, as it was shown.
        Earlier { text: String },
    }
}

/// Why it can't be told whether a pad whose link is on the profile is for this candidacy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PadDoubt {
    /// CoderPad knows no such pad, or doesn't show it to us (404).
    NotFound,
    /// CoderPad doesn't let us read it (403).
    NotAllowed,
    /// CoderPad's answer about it can't be understood.
    Odd,
    /// CoderPad doesn't answer about it, although it answers otherwise.
    NoAnswer,
    /// It is owned by a user outside the organization, or by the candidate.
    Owner,
    /// It may be from before.
    Age,
    /// It may be for another of the person's jobs.
    WhichJob,
}

/// What came instead of a clear answer to the creation of a pad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Doubt {
    NoAnswer,
    ServiceTrouble,
    RateLimited,
    /// An answer that is neither a success nor a refusal.
    OddAnswer,
    /// Padwatch ended before the answer came.
    Closed,
    /// An earlier version noted it as a sentence.
    #[serde(other)]
    Unknown,
}

impl Reason {
    /// Returns true if the pad was ended on the user's word.
    #[must_use]
    pub fn is_own_end(&self) -> bool {
        matches!(self, Self::UserEndedPad | Self::EndedBySetting { .. })
    }

    /// What the ledger holds. Whatever can't be read is shown as it is.
    #[must_use]
    pub fn read(stored: &str) -> Self {
        serde_json::from_str(stored).unwrap_or_else(|_| Self::from(stored.to_owned()))
    }
}

/// A sentence of an earlier version.
impl From<String> for Reason {
    fn from(text: String) -> Self {
        Self::Earlier { text }
    }
}

impl From<Problem> for Reason {
    fn from(problem: Problem) -> Self {
        Self::Problem { problem }
    }
}

impl From<UnclearCause> for Doubt {
    fn from(cause: UnclearCause) -> Self {
        match cause {
            UnclearCause::NoAnswer(_) => Self::NoAnswer,
            UnclearCause::ServerError(_) => Self::ServiceTrouble,
            UnclearCause::RateLimited => Self::RateLimited,
            UnclearCause::Redirect(_)
            | UnclearCause::Unreadable(_)
            | UnclearCause::ErrorWithinSuccess
            | UnclearCause::NoId
            | UnclearCause::UnknownRefusal(_) => Self::OddAnswer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_read_as_it_is_written_and_prose_as_its_text() {
        let tag = "coderpad".to_owned();
        let stage = "Phone Screen".to_owned();
        for reason in [
            Reason::TaggedInStage { tag, stage },
            Reason::PadUnclear {
                doubt: Doubt::NoAnswer,
            },
            Reason::WhosePad {
                doubt: PadDoubt::Age,
            },
            Reason::UserSkipped,
        ] {
            let stored = serde_json::to_string(&reason).unwrap();
            assert_eq!(Reason::read(&stored), reason, "{stored}");
        }
        for odd in ["Tagged.", "", "{\"code\":\"fromTheFuture\"}", "7"] {
            let text = odd.to_owned();
            assert_eq!(Reason::read(odd), Reason::Earlier { text });
        }
    }

    #[test]
    fn a_doubt_that_was_a_sentence_is_unknown_by_now() {
        let read = |text: &str| serde_json::from_str::<Doubt>(text).unwrap();
        assert_eq!(read("\"no answer (it took too long)\""), Doubt::Unknown);
        assert_eq!(read("\"oddAnswer\""), Doubt::OddAnswer);
    }
}
