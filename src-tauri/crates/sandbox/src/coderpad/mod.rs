//! CoderPad's Interview API, simulated (contracts/coderpad.md, "What a faithful emulator must do").

mod access;
mod call;
mod refusal;
mod route;

mod create;
pub mod edits;
pub mod environments;
pub mod events;
pub mod history;
pub mod interview;
mod languages;
mod list;
mod new_pad;
mod organization;
pub mod pad_calls;
pub mod pad_event;
mod pad_page;
mod pad_view;
pub mod pads;
pub mod people;
pub mod questions;
pub mod quota;

use std::collections::BTreeMap;

use http::{StatusCode, header};
use transport::Reply;

pub(crate) use access::key_in;

use crate::answer::{APPLICATION_ERROR, html, set};
use crate::ids::{Ids, Moment, PadId};
use crate::incoming::Incoming;
use crate::switches::CoderPadSwitches;
use environments::Environment;
use pads::Pad;
use people::{Organization, Person};
use questions::Question;
use quota::Quota;

/// All of CoderPad that one organization sees.
#[derive(Debug, Default)]
pub struct CoderPad {
    /// Keys to the API, and the email address that each belongs to.
    pub keys: BTreeMap<String, Access>,
    /// Who has an account, by e-mail address.
    pub people: BTreeMap<String, Person>,
    /// What the people belong to, unless they belong to nothing.
    pub organization: Organization,
    /// The pads, deleted ones included.
    pub pads: BTreeMap<PadId, Pad>,
    /// Short links that lead to a pad for a while, by what stands behind the host.
    pub short_links: BTreeMap<String, PadId>,
    /// The environments of the pads.
    pub environments: BTreeMap<u64, Environment>,
    /// Questions to begin a pad with.
    pub questions: BTreeMap<u64, Question>,
    /// The month's allowance.
    pub quota: Quota,
    /// Where the pads lie: scheme, host and port, no slash at the end.
    pub site: String,
    /// Where the history of edits lies.
    pub history_site: String,
    pub(crate) switches: CoderPadSwitches,
    pub(crate) revision: u64,
}

/// What a key opens.
#[derive(Debug, Clone)]
pub struct Access {
    /// Whose key it is.
    pub email: String,
    /// It was replaced by another in the settings.
    pub revoked: bool,
}

impl Access {
    /// A key of this user.
    #[must_use]
    pub fn of(email: &str) -> Self {
        Self {
            email: email.to_owned(),
            revoked: false,
        }
    }
}

impl CoderPad {
    pub(crate) fn answer(&mut self, incoming: &Incoming, now: i64, ids: &mut Ids) -> Reply {
        if self.switches.maintenance {
            return html(StatusCode::SERVICE_UNAVAILABLE, APPLICATION_ERROR);
        }
        let mut moment = Moment { now, ids };
        let mut reply = route::answer(self, incoming, &mut moment);
        dress(&mut reply, moment.ids);
        reply
    }

    /// Something is different from now on.
    pub(crate) fn touched(&mut self) {
        self.revision += 1;
    }
}

/// The headers that a Rails application behind two proxies adds (contracts/coderpad.md, 1).
fn dress(reply: &mut Reply, ids: &mut Ids) {
    let sum = reply
        .body
        .iter()
        .fold(0_u32, |sum, byte| sum.rotate_left(5) ^ u32::from(*byte));
    set(
        reply,
        header::ETAG,
        &format!("W/\"{sum:08x}{:x}\"", reply.body.len()),
    );
    set(
        reply,
        header::CACHE_CONTROL,
        "max-age=0, private, must-revalidate",
    );
    set(reply, header::VIA, "1.1 vegur");
    set(
        reply,
        header::HeaderName::from_static("x-request-id"),
        &ids.uuid(),
    );
    set(
        reply,
        header::HeaderName::from_static("x-runtime"),
        "0.031337",
    );
    let cookie = format!(
        "_coderpad_rails_session_3={}; path=/; HttpOnly; SameSite=Lax",
        ids.hex(16)
    );
    set(reply, header::SET_COOKIE, &cookie);
}
