//! The Lever Data API (v1) and the events of Lever's webhooks.
//!
//! [`Client`] asks; every answer is a plain model or an [`Error`] whose variants differ in what
//! there is to do. Decoding is lenient, because Lever adds fields without notice and leaves others
//! out: unknown fields are ignored, a missing list is empty, and an oddly shaped field counts as
//! missing. A row without an id, or without what decides about it, is left out of its list and
//! counted ([`Listed`]): it costs no other row, and nothing may take it for absent.
//!
//! ```text
//! client/<endpoint> ──► Call (plain data) ──► transport::Caller ──► Lever
//!        └────── answer (status, envelope) ◄── reply
//! webhook: bytes ──► parse ──► verify ──► Event (a hint, never a fact)
//! ```

mod account;
#[cfg(feature = "client")]
mod client;
mod error;
mod file;
mod ids;
mod interview;
mod lenient;
mod note;
mod opportunity;
mod permission;
mod posting;
pub mod webhook;

pub use account::{Stage, TagCount, User};
#[cfg(feature = "client")]
pub use client::{Client, DEFAULT_RATE, permissions};
pub use error::{Error, ProtocolViolation};
pub use file::{File, NewFile};
pub use ids::{
    BlankId, ContactId, InterviewId, NoteId, OpportunityId, PostingId, StageId, UserId, WebhookId,
};
pub use interview::{Interview, Interviewer, Invited, Panel, PanelInterview};
pub use note::{NewNote, Note};
pub use opportunity::{
    Archived, Confidentiality, Course, DeletedOpportunity, Opportunity, OpportunityQuery,
    StageChange, Updated,
};
pub use permission::Permission;
pub use posting::{Channel, Posting, PostingQuery, PostingState};
pub use transport::{Listed, Skipped};
pub use webhook::{CreatedWebhook, NewWebhook, Webhook};
