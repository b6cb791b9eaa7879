//! What came of the work that ran beside the engine, as data: each component takes in its own.

use coderpad::{CreateError, CreatedPad, Events, Pad, PadId, Quota};
use lever::{
    DeletedOpportunity, Interview, Listed, Opportunity, OpportunityId, Panel, Posting, PostingId,
};

use crate::listing::LinkCheck;
use crate::mailbox::{Answer, Reply};
use padwatch_domain::change::Trigger;
use padwatch_domain::follow_through::Unneeded;
use padwatch_domain::identity::CoderpadIdentity;
use padwatch_domain::interview::readiness::Findings;
use padwatch_domain::invitation::Facts;
use padwatch_domain::links::ProfilePad;
use padwatch_domain::note::outcome::{Found, Sent};
use padwatch_domain::note::{NoteChoice, PreparedNote};
use padwatch_domain::problem::Problem;
use padwatch_domain::record::Source;
use padwatch_domain::record::code::InterviewCode;
use padwatch_domain::service_error::ServiceError;
use padwatch_domain::tracking::ending::Ended;
use padwatch_domain::tracking::reading::Reading;
use padwatch_domain::transition::former::Former;
use padwatch_domain::transition::job::Title;
use padwatch_domain::transition::linking::LinkOutcome;
use padwatch_domain::transition::prepare::Prepared;
use padwatch_domain::transition::rebuild::Marked;
use padwatch_domain::transition::scan::ScanResult;
use padwatch_domain::watcher::look::{Look, NoLook, Tags};
use padwatch_ledger::StoredHint;

/// What came of a job, by the component that takes it in.
pub(crate) enum Done {
    Watched(Box<Watched>),
    Provisioned(Box<Provisioned>),
    Reconciled(Box<Reconciled>),
    Tracked(Box<Tracked>),
    Noted(Box<Noted>),
    Retained(Box<Retained>),
    /// Whose the CoderPad key is.
    Identified(Result<CoderpadIdentity, coderpad::Error>),
    /// Someone waits for the answer.
    Asked(Box<Asked>),
    /// Something that answered for itself, and found no such pad (404).
    PadMissing(OpportunityId, PadId),
    /// Something that answered for itself.
    Answered,
}

/// For the watcher.
pub(crate) enum Watched {
    Polled(Result<Look, NoLook>, Trigger),
    Hinted(OpportunityId, Result<Opportunity, lever::Error>, Trigger),
    LookedUp(StoredHint, Result<Opportunity, lever::Error>),
    MissedRead(OpportunityId, Result<Opportunity, lever::Error>),
    TagsRead(Result<Tags, lever::Error>),
}

/// For the provisioner.
pub(crate) enum Provisioned {
    Prepared(OpportunityId, Prepared, Option<Title>),
    FormerRead(OpportunityId, Former),
    Created(OpportunityId, Result<CreatedPad, CreateError>),
    Linked(OpportunityId, LinkOutcome),
    Quota(Result<Quota, coderpad::Error>),
    Titled(PostingId, Result<Posting, lever::Error>),
}

/// For the reconciler.
pub(crate) enum Reconciled {
    Looked(Vec<OpportunityId>, ScanResult),
    /// `None`: it was given up.
    Searched(Option<Result<Marked, ServiceError>>),
}

/// For retention.
pub(crate) enum Retained {
    /// One who left was read, to see whether they were anonymised.
    PersonRead(OpportunityId, Box<Result<Opportunity, lever::Error>>),
    /// With the time up to which it was asked, in ms since the epoch.
    DeletionsRead(Result<Listed<DeletedOpportunity>, lever::Error>, i64),
}

/// What a person asked for, with where the answer goes.
pub(crate) enum Asked {
    PadSeen(OpportunityId, Result<Box<Pad>, coderpad::Error>, Reply<()>),
    LinkFound(OpportunityId, Result<ProfilePad, Problem>, Reply<()>),
    TakenBack(OpportunityId, PadId, Result<(), Problem>, Reply<()>),
    /// `None`: it was left alone.
    PadEnded(
        OpportunityId,
        PadId,
        Result<Option<Ended>, Problem>,
        EndedFor,
    ),
    Tagged(
        OpportunityId,
        Tagging,
        Result<Opportunity, lever::Error>,
        Reply<()>,
    ),
    InvitationRead(OpportunityId, Facts, Reply<Facts>),
    /// A link that is to be copied was checked.
    LinkChecked(Checked),
}

/// For the tracker.
pub(crate) enum Tracked {
    Looked(PollResult),
    Pad(OpportunityId, PadId, Result<Reading, coderpad::Error>),
    Plan(OpportunityId, Result<Vec<Interview>, lever::Error>),
    Checked(Box<CheckedBefore>),
    /// Who came and went.
    Attended(OpportunityId, PadId, Result<Events, coderpad::Error>),
}

/// What a check before an interview brought.
pub(crate) struct CheckedBefore {
    pub(crate) id: OpportunityId,
    pub(crate) pad: PadId,
    /// What was read of the pad, and what is wrong with it.
    pub(crate) read: Result<(Reading, Findings), coderpad::Error>,
    /// Who holds the interview. `None`: Lever was not asked.
    pub(crate) panels: Option<Result<Vec<Panel>, lever::Error>>,
}

/// For notes.
pub(crate) enum Noted {
    Gathered(
        OpportunityId,
        Answer<Box<Gathered>>,
        NoteChoice,
        Reply<PreparedNote>,
    ),
    Sent(OpportunityId, Sent),
    Looked(OpportunityId, Found),
}

/// What a note is composed of.
pub(crate) struct Gathered {
    pub(crate) source: Source,
    pub(crate) pad: Pad,
    pub(crate) events: Events,
    pub(crate) code: InterviewCode,
}

/// What a check brought.
pub(crate) struct Checked {
    pub(crate) id: OpportunityId,
    pub(crate) pad: PadId,
    /// `None`: CoderPad didn't answer in time.
    pub(crate) read: Option<Result<(), coderpad::Error>>,
    pub(crate) reply: Reply<LinkCheck>,
}

/// On whose word a pad is ended.
pub(crate) enum EndedFor {
    Person(Reply<()>),
    /// That of a setting.
    Setting(Unneeded),
}

/// What is done with the tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tagging {
    /// Every spelling of it is taken off.
    Off,
    /// It is put on, and nothing else is moved.
    On,
}

/// What a look brought.
#[derive(Debug, Default)]
pub(crate) struct PollResult {
    /// What was seen, pad by pad. Pads that were not written to are not in it.
    pub(crate) readings: Vec<(OpportunityId, PadId, Reading)>,
    /// Those whose end could not be confirmed.
    pub(crate) again: Vec<OpportunityId>,
    /// Closed pads that the list shows as if they lived: to be read by their ids.
    pub(crate) alive: Vec<OpportunityId>,
    /// The server's time when the look began, in ms since the epoch; `None`: it was not complete.
    pub(crate) looked_ms: Option<i64>,
    /// Why it was not.
    pub(crate) service_error: Option<ServiceError>,
    /// Why single pads could not be read.
    pub(crate) failed: Vec<(OpportunityId, PadId, ServiceError)>,
}
