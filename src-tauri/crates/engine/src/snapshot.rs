//! The whole of what tray and window show at one moment, as one value.

use coderpad::PadId;
use lever::OpportunityId;
use padwatch_domain::delivery::QuotaLeft;
use padwatch_domain::links::DuplicatePad;
use padwatch_domain::listing::Counts;
use padwatch_domain::record::PadLinks;
use padwatch_domain::section::Section;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::webhooks::status::WebhookState;
use padwatch_domain::note::NoteStatus;
use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_domain::set_up::SetUpStep;
use padwatch_domain::settings::WhoMakes;

/// How things stand.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Snapshot {
    /// Grows with every change; the window asks its lists again when it moves.
    #[ts(type = "number")]
    pub revision: u64,
    /// What Padwatch is doing.
    pub condition: Condition,
    /// When Lever was last read completely, in ms since the epoch.
    #[ts(type = "number | null")]
    pub last_checked_ms: Option<i64>,
    /// How many candidates are in each part of the list.
    pub counts: Counts,
    /// The newest pads whose link can be copied, newest first, at most [`Snapshot::MOST_ROWS`].
    pub newest: Vec<PadRow>,
    /// Who needs a decision, oldest first, at most [`Snapshot::MOST_ROWS`].
    pub needs_you: Vec<PadRow>,
    /// The newest finished interviews, at most [`Snapshot::MOST_ROWS`].
    pub finished: Vec<PadRow>,
    /// The pads left, as last heard.
    pub quota: Option<QuotaLeft>,
    /// Who makes the pads.
    pub who_makes: WhoMakes,
    /// Work that takes longer than a moment.
    pub progress: Option<Progress>,
    /// How webhooks are doing.
    pub webhooks: WebhookState,
    /// What is not as it should be although pads are created.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<Problem>>")]
    pub degraded: Vec<Problem>,
    /// How many records on this computer can't be read; `None`: all can.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unreadable: Option<u32>,
}

/// What Padwatch is doing. The first one that fits, from the top.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    tag = "kind"
)]
#[ts(export)]
pub enum Condition {
    /// Something can't go on without the person, or without a service: the problem says what.
    Stopped {
        /// What it is and what to do.
        problem: Problem,
    },
    /// Paused by the person.
    Paused {
        /// Until when, in ms since the epoch; `None`: until resumed.
        #[ts(type = "number | null")]
        until_ms: Option<i64>,
    },
    /// Keys or stages are not chosen yet, or set-up is not finished.
    SetUp {
        /// What is missing.
        problem: Problem,
        /// The page at which set-up stopped; `None`: it was not begun.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        step: Option<SetUpStep>,
    },
    /// The keys are there and the first look at Lever is under way.
    Starting,
    /// No connection; work waits.
    Offline {
        /// What it is and what to do.
        problem: Problem,
    },
    /// Watching, but pads are not made: the problem says why, and what to do.
    Hindered {
        /// What it is and what to do.
        problem: Problem,
    },
    /// All is well.
    Watching,
}

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
    /// When what the state names happened, in ms since the epoch; `None`: not known.
    #[ts(type = "number | null")]
    pub since_ms: Option<i64>,
    /// The pad, if there is one.
    pub pad: Option<PadLinks>,
    /// The candidate's page in Lever.
    pub profile_url: Option<String>,
    /// When the link was last copied, in ms since the epoch.
    #[ts(type = "number | null")]
    pub copied_ms: Option<i64>,
    /// Whether the link is known to be on the Lever profile.
    pub on_profile: bool,
    /// When the interview is planned in Lever, in ms since the epoch, as far as known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub interview_ms: Option<i64>,
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
}

/// What a person can do with a candidate. The engine refuses what no longer applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    tag = "kind"
)]
#[ts(export)]
pub enum Action {
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
}

/// The kind of an [`Action`], to say which are possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum ActionKind {
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
}

/// Work that takes longer than a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Progress {
    /// What is being done, in words.
    pub what: String,
    /// How much is done.
    pub done: u32,
    /// Of how much; `None`: not known.
    pub of: Option<u32>,
    /// For how many people something was found so far; `None`: nobody is looked for.
    pub people: Option<u32>,
    /// Whether what is not done yet can be taken back.
    pub can_cancel: bool,
}

impl Snapshot {
    /// The most rows in each list of a snapshot; the window asks for the rest.
    pub const MOST_ROWS: usize = 10;
}

impl Action {
    /// Which kind of action this is.
    #[must_use]
    pub fn kind(&self) -> ActionKind {
        match self {
            Self::MarkCopied => ActionKind::MarkCopied,
            Self::MarkSent { .. } => ActionKind::MarkSent,
            Self::MakeNow => ActionKind::MakeNow,
            Self::Skip => ActionKind::Skip,
            Self::CheckAgain => ActionKind::CheckAgain,
            Self::SeePad { .. } => ActionKind::SeePad,
            Self::UseLink => ActionKind::UseLink,
            Self::MakeAnother => ActionKind::MakeAnother,
            Self::Undo => ActionKind::Undo,
            Self::DeleteDuplicate { .. } => ActionKind::DeleteDuplicate,
            Self::RemoveTag => ActionKind::RemoveTag,
            Self::AddTag => ActionKind::AddTag,
            Self::Hold => ActionKind::Hold,
        }
    }
}
