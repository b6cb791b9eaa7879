//! The Lever Data API (v1) and the events of Lever's webhooks.
//!
//! [`Client`] asks; every answer is a plain model or an [`Error`] whose variants differ in what
//! there is to do. Decoding is lenient, because Lever adds fields without notice and leaves others
//! out: unknown fields are ignored, a missing list is empty, and an oddly shaped field counts as
//! missing. A row without an id, or without what decides about it, is left out of its list and
//! counted ([`Listed`]): it costs nobody else, and nobody may take it for absent.
//!
//! ```text
//! Client ──► requests (plain data) ──► transport::Caller ──► Lever
//!    └────── answer (status, envelope) ◄── reply
//! webhook: bytes ──► parse ──► verify ──► Event (a hint, never a fact)
//! ```

#![cfg_attr(
    not(feature = "client"),
    allow(dead_code, reason = "what only the client reads")
)]

mod answer;
mod archive_reason;
#[cfg(feature = "client")]
mod client;
mod error;
mod file;
mod ids;
mod interview;
mod lenient;
mod note;
mod opportunity;
mod opportunity_query;
#[cfg(feature = "client")]
mod paging;
mod permission;
#[cfg(feature = "client")]
pub mod permissions;
mod posting;
mod requests;
mod stage;
mod subscription;
mod tag;
mod user;
pub mod webhook;

pub use archive_reason::{ArchiveReason, ReasonKind};
#[cfg(feature = "client")]
pub use client::Client;
pub use error::{Error, Oddity};
pub use file::{File, NewFile};
pub use ids::{
    ArchiveReasonId, BlankId, ContactId, InterviewId, NoteId, OpportunityId, PanelId, PostingId,
    StageId, UserId, WebhookId,
};
pub use interview::{Interview, Interviewer, Panel};
pub use note::{NewNote, Note};
pub use opportunity::{Archived, DeletedOpportunity, Opportunity, StageChange};
pub use opportunity_query::{Confidentiality, OpportunityQuery};
pub use permission::Permission;
pub use posting::{Posting, PostingQuery, PostingState};
pub use stage::{DispositionStage, Stage};
pub use subscription::{CreatedWebhook, NewWebhook, Webhook};
pub use tag::TagCount;
pub use transport::{Listed, Skipped};
pub use user::User;
