//! Candidates: one, lists of them, and what can be done with one.

use coderpad::PadId;
use lever::{OpportunityId, PostingId};
use padwatch_engine::{listing, snapshot};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::convert::{Convert, convert, mirror};
use super::lists::{Section, TimelineEntry};
use super::notes::NoteStatus;
use super::pads::{DuplicatePad, PadLinks};
use super::problem::ProblemCode;
use super::settings::PadChoice;

/// One candidate in a list. All texts of candidates are as Lever has them: escape before showing.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PadRow {
    /// The candidacy.
    pub opportunity: OpportunityId,
    /// The person's name; may be empty.
    pub name: String,
    /// The job; may be empty.
    pub posting: String,
    /// Which part of the list it is in.
    pub section: Section,
    /// The state in words, such as "Pad ready".
    pub state: String,
    /// Why it is in that state, in words.
    pub reason: String,
    /// What the state says of the interview just now, if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub remark: Option<Remark>,
    /// The pad, if there is one.
    pub pad: Option<PadLinks>,
    /// The candidate's page in Lever.
    pub profile_url: Option<String>,
    /// Whether the link is known to be on the Lever profile.
    pub on_profile: bool,
    /// The note about the interview, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub note: Option<NoteStatus>,
    /// What keeps failing about this candidate alone, if anything does: the reason names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub trouble: Option<ProblemCode>,
    /// Other pads that turned up for the same candidacy.
    pub duplicates: Vec<DuplicatePad>,
    /// What the person can do now.
    pub actions: Vec<ActionKind>,
    /// When things happened.
    #[serde(flatten)]
    pub times: RowTimes,
}

/// What a row's state and reason say of the interview just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Remark {
    /// Whether it is well; `None`: not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub tone: Option<Tone>,
    /// What puts it right.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub fix: Option<Fix>,
}

/// What puts right what a remark says, by the name of its call or of its [`Action`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Fix {
    /// The link is copied.
    CopyLink,
    /// The invitation is copied.
    CopyInvitation,
    /// A message to someone who is late is copied.
    CopyMessage,
    /// The pad is opened in CoderPad.
    OpenPad,
    /// The candidate's page in Lever is opened.
    OpenProfile,
    /// A pad that is no longer needed is left as it is.
    KeepPad,
    /// It is ended.
    EndPad,
}

/// Whether something is as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Tone {
    /// It is.
    Good,
    /// Someone should look at it.
    Warn,
}

/// The times of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RowTimes {
    /// When what the state names happened, in ms since the epoch; `None`: not known.
    #[ts(type = "number | null")]
    pub since_ms: Option<i64>,
    /// When the link was last copied, in ms since the epoch.
    #[ts(type = "number | null")]
    pub copied_ms: Option<i64>,
    /// When the interview is planned in Lever, in ms since the epoch, as far as known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub interview_ms: Option<i64>,
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PadList {
    /// The rows asked for, newest first; of `Section::Upcoming` live interviews first, then the
    /// soonest, then those without a known time, then those whose interview was planned long ago.
    pub rows: Vec<PadRow>,
    /// How many fit the query in all; a search finds the newest 200.
    pub total: u32,
}

/// Everything the ledger knows of one candidate.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PadDetail {
    /// The row as in the lists.
    pub row: PadRow,
    /// The job, if there is one.
    pub posting: Option<PostingId>,
    /// What a pad for them would be made with by the settings as they are.
    pub pad_choice: PadChoice,
    /// The tags as last read.
    pub tags: Vec<String>,
    /// The stage's name as last read.
    pub stage: String,
    /// What happened, oldest first.
    pub timeline: Vec<TimelineEntry>,
}

mirror! { in
    /// What a person can do with a candidate. The engine refuses what no longer applies.
    #[serde(tag = "kind")]
    enum Action of snapshot::Action {
        /// The link was copied (the caller copies it).
        MarkCopied,
        /// Mark as sent, or as not sent.
        MarkSent {
            /// Which of the two.
            sent: bool,
        },
        /// Make the pad now, whatever guard it waits behind.
        MakeNow,
        /// No pad for this one.
        Skip,
        /// Look for the uncertain pad again.
        CheckAgain,
        /// The person sees the pad in CoderPad: this is its link.
        SeePad {
            /// The link as pasted.
            link: String,
        },
        /// Use the pad whose link is on the profile.
        UseLink,
        /// Make a new pad although the first one may exist.
        MakeAnother,
        /// End and delete the pad, and take its link off the profile.
        Undo,
        /// End and delete a pad too many.
        DeleteDuplicate {
            /// Which one.
            pad: PadId,
        },
        /// Take the tag off the candidate in Lever.
        RemoveTag,
        /// Put the tag on the candidate in Lever, and move nothing else.
        AddTag,
        /// Make no pad until the person says so.
        Hold,
        /// Leave a pad that is no longer needed as it is.
        KeepPad,
        /// End a pad that is no longer needed.
        EndPad,
    }
}

mirror! { out
    /// The kind of an [`Action`], to say which are possible.
    #[derive(Copy)]
    enum ActionKind of snapshot::ActionKind {
        /// [`Action::MarkCopied`].
        MarkCopied,
        /// [`Action::MarkSent`].
        MarkSent,
        /// [`Action::MakeNow`].
        MakeNow,
        /// [`Action::Skip`].
        Skip,
        /// [`Action::CheckAgain`].
        CheckAgain,
        /// [`Action::SeePad`].
        SeePad,
        /// [`Action::UseLink`].
        UseLink,
        /// [`Action::MakeAnother`].
        MakeAnother,
        /// [`Action::Undo`].
        Undo,
        /// [`Action::DeleteDuplicate`].
        DeleteDuplicate,
        /// [`Action::RemoveTag`].
        RemoveTag,
        /// [`Action::AddTag`].
        AddTag,
        /// [`Action::Hold`].
        Hold,
        /// [`Action::KeepPad`].
        KeepPad,
        /// [`Action::EndPad`].
        EndPad,
    }
}

mirror! { in
    /// The candidates to serve, of those that were held together.
    struct Chosen of listing::Chosen {
        /// The candidacies ticked.
        opportunities: Vec<OpportunityId>,
    }
}

mirror! { out
    /// Whether CoderPad showed the pad of a link that is to be copied.
    #[derive(Copy)]
    enum LinkCheck of listing::LinkCheck {
        /// A moment ago.
        Checked,
        /// CoderPad could not be asked, or doesn't show the pad to this key.
        NotChecked,
    }
}

impl Convert<listing::PadList> for PadList {
    fn convert(from: listing::PadList) -> Self {
        Self {
            rows: convert(from.rows),
            total: from.total,
        }
    }
}

impl Convert<listing::PadDetail> for PadDetail {
    fn convert(from: listing::PadDetail) -> Self {
        Self {
            row: convert(from.row),
            posting: from.posting,
            pad_choice: convert(from.pad_choice),
            tags: from.tags,
            stage: from.stage,
            timeline: convert(from.timeline),
        }
    }
}
