//! What the owner knows, by component. What has to be reset together lives together.

use std::collections::HashMap;
use std::time::Duration;

use coderpad::Quota;
use lever::OpportunityId;
use tokio::sync::watch as latest;

use super::{StepInFlight, inviting, serving, titles};
use crate::webhooks::{Kept, Reception};
use padwatch_domain::change::StateKey;
use padwatch_domain::pad_search::PadSearch;
use padwatch_domain::rival::Rival;
use padwatch_domain::transition::rebuild::Reading;
use padwatch_domain::transition::scan::SearchSchedule;
use padwatch_ledger::{Ledger, LedgerError, Stored};

/// The provisioner: pads that are being created and linked.
pub(super) struct Provisioning {
    /// The steps in flight, each as long as its task.
    pub(super) under_way: HashMap<OpportunityId, StepInFlight>,
    /// Until when several pads may be created at once: one went well.
    pub(super) ramp_up_until: Duration,
    pub(super) titles: titles::Titles,
    pub(super) quota: Option<Quota>,
    pub(super) next_quota: Duration,
    /// Another program that creates pads for the same candidates.
    pub(super) rival: Option<Rival>,
    /// When a link that was there was last adopted.
    pub(super) adopted: Option<Duration>,
    /// Those who were chosen together, with what each waited for before.
    pub(super) serving: serving::Serving,
    /// What was read for the last invitation, and when.
    pub(super) invitation: Option<inviting::Read>,
    /// Nothing new is begun.
    pub(super) is_closing: bool,
}

/// What was announced and shown.
pub(super) struct Outbox {
    /// The number of the last announcement handed out.
    pub(super) last_dispatched: i64,
    pub(super) revision: u64,
    /// When the snapshot was last published.
    pub(super) published: Duration,
}

impl Provisioning {
    pub(super) fn new(ledger: &Ledger, now: Duration) -> Result<Self, LedgerError> {
        Ok(Self {
            under_way: HashMap::new(),
            ramp_up_until: Duration::ZERO,
            titles: titles::Titles::default(),
            quota: None,
            next_quota: now,
            rival: ledger.load(StateKey::Rival)?,
            adopted: None,
            serving: serving::Serving::default(),
            invitation: None,
            is_closing: false,
        })
    }
}

impl Outbox {
    pub(super) fn new(revision: u64) -> Self {
        Self {
            last_dispatched: 0,
            revision,
            published: Duration::ZERO,
        }
    }
}
