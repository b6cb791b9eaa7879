//! Lever and CoderPad, imitated on this computer: for trying Padwatch without accounts, and for
//! every test.

mod answer;
mod bucket;
pub mod coderpad;
mod control;
mod deliverer;
mod escape;
pub mod faults;
mod form;
mod http;
mod ids;
mod in_process;
mod incoming;
mod journal;
pub mod lever;
mod moment;
pub mod sample;
mod serve;
mod shared;
mod signature;
mod story;
mod switches;
mod world;

pub use answer::{Answer, Wire};
pub use control::{
    HiringCommand, InterviewCommand, NewFile, OneOrMany, TroubleCommand, WebhookCommand,
};
pub use faults::{Effect, Faults, Matching, OtherStatus, Page, Rule};
pub use ids::{
    ArchiveReasonId, ContactId, Ids, NoteId, OpportunityId, PadId, PostingId, StageId, UserId,
    WebhookId,
};
pub use in_process::{CODERPAD_ROOT, HISTORY_ROOT, InProcess, LEVER_ROOT};
pub use incoming::{Incoming, Query, Service};
pub use journal::{Entry, Journal};
pub use sample::{accounts, sample};
pub use serve::{Addresses, Options, Ports, Running, serve, serve_by};
pub use shared::SharedWorld;
pub use switches::{CoderPadSwitches, FileContents, LeverSwitches, ListOrder, Switches};
pub use world::{Candidate, NoSuchThing, PadSeen, Sites, World};
