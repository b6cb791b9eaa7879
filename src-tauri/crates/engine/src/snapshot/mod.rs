//! The whole of what tray and window show at one moment, as one value of codes and facts.

pub mod webhooks;

use coderpad::PadId;
use lever::OpportunityId;
use padwatch_domain::delivery::QuotaLeft;
use padwatch_domain::follow_through::Leftover;
use padwatch_domain::interview::attendance::Missing;
use padwatch_domain::interview::readiness::Readiness;
use padwatch_domain::links::DuplicatePad;
use padwatch_domain::listing::Counts;
use padwatch_domain::record::PadLinks;
use padwatch_domain::section::Section;
use padwatch_domain::service_error::Service;

use padwatch_domain::note::NoteStatus;
use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_domain::reason::Reason;
use padwatch_domain::set_up::SetUpStep;
use padwatch_domain::settings::WhoMakes;
use webhooks::WebhookState;

/// How things stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// Grows with every change; the window asks its lists again when it moves.
    pub revision: u64,
    /// What Padwatch is doing.
    pub condition: Condition,
    /// When Lever was last read completely, in ms since the epoch.
    pub last_checked_ms: Option<i64>,
    /// Until when that counts as current, in ms since the epoch: two polls later.
    pub current_until_ms: Option<i64>,
    /// How many candidates are in each part of the list.
    pub counts: Counts,
    /// The newest pads whose link can be copied, newest first, at most [`Self::MOST_ROWS`].
    pub newest: Vec<PadRow>,
    /// Who needs a decision, oldest first, at most [`Self::MOST_ROWS`].
    pub needs_you: Vec<PadRow>,
    /// Whose interview is next, as far as Lever knows when it is.
    pub next_interview: Option<PadRow>,
    /// The newest finished interviews, at most [`Self::MOST_ROWS`].
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
    pub degraded: Vec<Problem>,
    /// How many records on this computer can't be read; `None`: all can.
    pub unreadable: Option<u32>,
}

/// What Padwatch is doing. The first one that fits, from the top.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// Something can't continue without the person, or without a service: the problem says what.
    Stopped {
        /// What it is and what to do.
        problem: Problem,
    },
    /// Paused by the person.
    Paused {
        /// Until when, in ms since the epoch; `None`: until resumed.
        until_ms: Option<i64>,
    },
    /// Keys or stages are not chosen yet, or set-up is not finished.
    SetUp {
        /// What is missing.
        problem: Problem,
        /// The page at which set-up stopped; `None`: it was not begun.
        step: Option<SetUpStep>,
    },
    /// The keys are there and the first look at Lever is under way.
    Starting,
    /// A service is down, slow, over its limit, or out of reach. Work waits for it, and there is
    /// nothing for the person to do.
    Waiting {
        /// For which.
        service: Service,
        /// What it is, and what Padwatch does.
        problem: Problem,
    },
    /// Watching, but pads are not made until the person does something: the problem says what.
    Hindered {
        /// What it is and what to do.
        problem: Problem,
    },
    /// All is well.
    Watching,
}

/// One candidate in a list. All texts of candidates are as Lever has them: escape before showing.
#[derive(Debug, Clone, PartialEq)]
pub struct PadRow {
    /// The candidacy.
    pub opportunity: OpportunityId,
    /// The person's name; may be empty.
    pub name: String,
    /// The job; may be empty.
    pub posting: String,
    /// Which part of the list it is in.
    pub section: Section,
    /// The state.
    pub state: RowState,
    /// Why it is in that state, as the ledger recorded it.
    pub reason: Reason,
    /// What holds it up beyond what is recorded, if anything does.
    pub held_up: Option<HeldUp>,
    /// When things happened.
    pub times: RowTimes,
    /// The pad, if there is one.
    pub pad: Option<PadLinks>,
    /// The candidate's page in Lever.
    pub profile_url: Option<String>,
    /// Whether the link is known to be on the Lever profile.
    pub on_profile: bool,
    /// The note about the interview, if there is one.
    pub note: Option<NoteStatus>,
    /// Other pads that turned up for the same candidacy.
    pub duplicates: Vec<DuplicatePad>,
    /// What the person can do now.
    pub actions: Vec<ActionKind>,
    /// What there is to say about the interview just now, if anything.
    pub remark: Option<Remark>,
}

/// What there is to say about an interview or its pad just now, before what is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// How the check before it stands.
    Before(Readiness),
    /// It has begun, and someone isn't in the pad.
    Late(Missing),
    /// It was rescheduled after the candidate was invited.
    OldTime,
    /// Its pad is no longer needed.
    Unneeded(Leftover),
}

/// The times of a row, in ms since the epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RowTimes {
    /// When what the state names happened; `None`: not known.
    pub since_ms: Option<i64>,
    /// When the link was last copied.
    pub copied_ms: Option<i64>,
    /// When the interview is planned in Lever, as far as known.
    pub interview_ms: Option<i64>,
}

/// The state of a candidate, as one code: of their pad, and of the interview in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowState {
    /// Left the stage or lost the tag before a pad was created.
    MovedOn,
    /// A pad is going to be created.
    WaitingForPad,
    /// There at the first start.
    AlreadyThere,
    /// Found when the ledger was begun again.
    Rebuilt,
    /// Moved to the stage together with many others.
    Surge,
    /// The person is asked for each pad.
    Ask,
    /// It isn't known which of the candidate's jobs the pad is for.
    WhichJob,
    /// It isn't known whether a link on the profile is for this interview.
    WhosePad,
    /// It isn't known whether an earlier pad still exists.
    OldPad,
    /// On hold.
    OnHold,
    /// Another program is to add the link.
    WaitingForLink,
    /// Another program was to add the link, and did not.
    NoLink,
    /// The person wants no pad.
    NoPadWanted,
    /// The pad is being created.
    Creating,
    /// It isn't known whether the pad was created: the person is asked.
    Unclear,
    /// It isn't known whether the pad was created: it is being looked for.
    LookingForPad,
    /// CoderPad declined to create the pad.
    Declined {
        /// Who declined.
        by: Service,
    },
    /// The pad is ready, and its link could not be added to the profile.
    ReadyNotOnProfile,
    /// The pad is ready, and the link of the one that it replaces could not be taken off the profile.
    ReadyOldLinkStays,
    /// The pad is ready, and the tag was removed since.
    TagRemoved,
    /// The pad is ready.
    Ready,
    /// The candidate had a pad already.
    ExistingPad,
    /// The link was copied or sent.
    LinkCopied,
    /// The interview is live.
    InterviewLive,
    /// The interview was to be over by now, and no one opened the pad.
    NotOpened,
    /// The interview ended.
    Ended,
    /// The pad ended without anyone ending it.
    EndedByItself,
    /// The pad ended, and no one had opened it.
    EndedNeverOpened,
    /// The pad ended before the interview.
    EndedBeforeInterview,
    /// The note about the interview is in Lever.
    NoteAdded,
    /// The pad was deleted.
    PadDeleted,
    /// Its record on this computer can't be read.
    Unreadable,
}

/// What holds a candidate up, beyond what the ledger recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeldUp {
    /// Their turn hasn't come.
    Waiting(Waiting),
    /// Something about this candidate alone keeps failing.
    Quarantined(Problem),
}

/// What holds the creation of one pad back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// Creation is paused.
    Paused,
    /// Set-up is not finished.
    SetUp,
    /// The person has to say that creation may resume.
    CreationOff,
    /// A service doesn't answer, or refuses.
    For(Service),
    /// No pads are left in the CoderPad plan.
    PlanUsedUp,
    /// Existing pads are being looked for first.
    PadSearch,
    /// Another program creates pads for the same candidates, and is given a head start.
    OtherProgram,
}

/// What a person can do with a candidate. The engine refuses what no longer applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// The link was copied (the caller copies it).
    MarkCopied,
    /// An invitation was copied or put into a mail that names this start of the interview, in ms
    /// since the epoch. To a person it is one with [`Action::MarkCopied`].
    MarkInvited {
        /// Which.
        starts_ms: i64,
    },
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

/// The kind of an [`Action`], to say which are possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    /// [`Action::KeepPad`].
    KeepPad,
    /// [`Action::EndPad`].
    EndPad,
}

/// Work that takes longer than a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub what: LongWork,
    /// How much is done.
    pub done: u32,
    /// Of how much; `None`: not known.
    pub of: Option<u32>,
    /// For how many people something was found so far; `None`: no one is looked for.
    pub people: Option<u32>,
    /// Whether what is not done yet can be taken back.
    pub can_cancel: bool,
}

/// What takes longer than a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LongWork {
    /// Pads are created for those who were chosen together.
    CreatingPads,
    /// CoderPad's list is read for pads that Padwatch created.
    ReadingPads,
    /// CoderPad's list comes late: it is read again before anything is concluded from it.
    AwaitingList,
    /// The last weeks are read for a rehearsal: so many days of them.
    Rehearsing,
}

impl Snapshot {
    /// The most rows in each list of a snapshot; the window asks for the rest.
    pub const MOST_ROWS: usize = 10;
}

impl PadRow {
    /// What keeps failing about this candidate alone, if anything does.
    #[must_use]
    pub fn trouble(&self) -> Option<ProblemCode> {
        match &self.held_up {
            Some(HeldUp::Quarantined(problem)) => Some(problem.code()),
            Some(HeldUp::Waiting(_)) | None => None,
        }
    }
}

impl Action {
    /// Which kind of action this is.
    #[must_use]
    pub fn kind(&self) -> ActionKind {
        match self {
            Self::MarkCopied | Self::MarkInvited { .. } => ActionKind::MarkCopied,
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
            Self::KeepPad => ActionKind::KeepPad,
            Self::EndPad => ActionKind::EndPad,
        }
    }
}
