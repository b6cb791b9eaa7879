//! Lever and CoderPad simulated on this computer: for trying Padwatch without accounts, and for
//! every test.
//!
//! A [`World`] holds both services, what was asked of them, and what goes wrong. It has no effects
//! of its own: [`World::answer`] takes a request and the time, and says what goes over the wire.
//! There are two ways to it:
//!
//! - [`InProcess`] is an [`transport::Transport`] without sockets. Waits go by the clock, so that
//!   two minutes cost nothing under a paused runtime.
//! - [`serve`] puts the same world behind real HTTP servers on loopback, with a control address:
//!   a page for people, and JSON for scripts (below it `api/candidates`, `api/pads`, `api/faults`,
//!   `api/webhooks`, `api/journal`; `GET` shows, `POST` takes one [`HiringCommand`],
//!   [`InterviewCommand`], [`TroubleCommand`] or [`WebhookCommand`], and the last forgets).
//!
//! ```
//! use sandbox::{Candidate, Effect, Matching, accounts};
//!
//! # fn main() -> Result<(), sandbox::NoSuchThing> {
//! let mut world = accounts(7);
//! let ada = world.add_candidate(Candidate {
//!     tags: vec!["coderpad".into()],
//!     stage: Some("Recruiter Call".into()),
//!     ..Candidate::default()
//! })?;
//! world.move_to_stage(&ada, "Phone Screen")?;
//! // The first pad is made, but its maker never hears of it.
//! world.faults.once(Matching::creating_a_pad(), Effect::DropAfter);
//! assert!(world.pads_naming(&ada).is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! What the contracts leave open is a field of [`Switches`]; what goes wrong with single requests
//! is a [`Rule`] in [`World::faults`]. Everything is asked through [`World::journal`],
//! [`World::pads`], [`World::links_of`] and their neighbours.

mod answer;
pub mod coderpad;
mod control;
mod deliverer;
mod demo;
mod escape;
pub mod faults;
mod form;
mod http;
mod ids;
mod in_process;
mod incoming;
mod journal;
pub mod lever;
pub mod sample;
mod serve;
mod shared;
mod switches;
mod times;
mod world;

pub use answer::{Answer, Wire};
pub use control::{
    HiringCommand, InterviewCommand, NewFile, OneOrMany, TroubleCommand, WebhookCommand,
};
pub use demo::{DemoStep, has_outage, set_scene};
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
pub use switches::{
    CoderPadSwitches, FileContents, LeverSwitches, ListOrder, ListSwitches, Switches,
};
pub use world::{Candidate, NoSuchThing, PadSeen, Sites, World};
