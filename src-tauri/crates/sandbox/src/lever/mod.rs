//! Lever's Data API v1, simulated (contracts/lever.md, "What a faithful emulator must do").

mod access;
mod call;
mod refusal;
mod route;

pub mod contacts;
pub mod delivery;
pub mod files;
pub mod interview;
pub mod interviews;
pub mod notes;
pub mod opportunities;
mod opportunity_calls;
mod opportunity_changes;
mod opportunity_list;
mod opportunity_view;
mod paging;
pub mod postings;
mod profile_page;
pub mod stages;
pub mod users;
pub mod webhook;
pub mod webhooks;

use std::collections::BTreeMap;

use http::{StatusCode, header};
use transport::Reply;

pub use access::Key;
pub(crate) use access::key_in;

use crate::answer::{html, set};
use crate::ids::{ArchiveReasonId, ContactId, Ids, Moment, OpportunityId, PostingId, UserId};
use crate::incoming::Incoming;
use crate::switches::LeverSwitches;
use contacts::Contact;
use opportunities::{Deleted, Opportunity};
use postings::Posting;
use stages::Stage;
use users::User;
use webhooks::Webhooks;

/// One Lever account.
#[derive(Debug, Default)]
pub struct Lever {
    /// Keys to the API, by their text.
    pub keys: BTreeMap<String, Key>,
    /// The pipeline, in its order.
    pub stages: Vec<Stage>,
    /// Why candidacies end. The first reason is the one that is used.
    pub archive_reasons: Vec<ArchiveReasonId>,
    /// Who works with the account.
    pub users: BTreeMap<UserId, User>,
    /// The jobs.
    pub postings: BTreeMap<PostingId, Posting>,
    /// The people.
    pub contacts: BTreeMap<ContactId, Contact>,
    /// The candidacies.
    pub opportunities: BTreeMap<OpportunityId, Opportunity>,
    /// Candidacies that were deleted, in the order in which they were.
    pub deleted: Vec<Deleted>,
    /// Webhooks and what was sent through them.
    pub webhooks: Webhooks,
    /// Where the profile pages lie: a scheme and a host, no slash at the end.
    pub site: String,
    pub(crate) switches: LeverSwitches,
    pub(crate) revision: u64,
}

impl Lever {
    pub(crate) fn answer(&mut self, incoming: &Incoming, now: i64, ids: &mut Ids) -> Reply {
        let mut reply = if self.switches.maintenance {
            html(StatusCode::SERVICE_UNAVAILABLE, MAINTENANCE)
        } else {
            let mut moment = Moment { now, ids };
            route::answer(self, incoming, &mut moment).unwrap_or_else(|refusal| refusal.reply())
        };
        set(&mut reply, header::SERVER, "lever-data-api");
        reply
    }

    /// Something is different from now on.
    pub(crate) fn touched(&mut self) {
        self.revision += 1;
    }
}

const MAINTENANCE: &str = "<!doctype html><title>Maintenance</title><h1>We will be back soon</h1>";
