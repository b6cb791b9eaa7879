//! The steps that are under way, and what decides whether another may begin.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use crate::jobs::RunId;
use coderpad::Quota;
use lever::OpportunityId;

use super::title_reads::Titles;
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::change::StateKey;
use padwatch_domain::lifecycle::{Consent, Hold, Lifecycle};
use padwatch_domain::quota_forecast::QuotaForecast;
use padwatch_domain::rival::Rival;
use padwatch_ledger::{Ledger, LedgerError};

/// A step that is under way.
pub(crate) struct StepInFlight {
    /// The row when it began, in case the ledger can't be read when it ends.
    pub(crate) row: Candidacy,
    pub(super) run: RunId,
}

/// The provisioner: pads that are being created and linked.
pub(crate) struct Provisioner {
    /// The steps in flight, each as long as its job.
    pub(super) under_way: HashMap<OpportunityId, StepInFlight>,
    /// Until when several pads may be created at once: one went well.
    pub(super) ramp_up_until: Duration,
    pub(super) titles: Titles,
    pub(super) quota: Option<Quota>,
    /// What will be needed of it, if that can be foreseen.
    pub(super) forecast: Option<QuotaForecast>,
    pub(super) next_quota: Duration,
    /// Another program that creates pads for the same candidates.
    pub(super) rival: Option<Rival>,
    /// When a link that was there was last adopted.
    pub(super) adopted: Option<Duration>,
    /// Those who were chosen together, with what each waited for before. Not
    /// kept over a restart: who was chosen is served all the same, one by one.
    pub(super) serving: BTreeMap<OpportunityId, Hold>,
}

impl StepInFlight {
    pub(super) fn is_for_a_new_pad(&self) -> bool {
        match &self.row.life {
            Lifecycle::Eligible { consent } => !matches!(consent, Consent::AdoptOnly(_)),
            Lifecycle::Intent { .. } | Lifecycle::Created { .. } => true,
            _ => false,
        }
    }
}

impl Provisioner {
    pub(crate) fn new(ledger: &Ledger, now: Duration) -> Result<Self, LedgerError> {
        Ok(Self {
            under_way: HashMap::new(),
            ramp_up_until: Duration::ZERO,
            titles: Titles::default(),
            quota: None,
            forecast: None,
            next_quota: now,
            rival: ledger.load(StateKey::Rival)?,
            adopted: None,
            serving: BTreeMap::new(),
        })
    }

    /// With other keys everything about the services is asked again.
    pub(crate) fn keys_changed(&mut self, now: Duration) {
        self.next_quota = now;
        self.titles = Titles::default();
    }

    /// A step has come to its end.
    pub(crate) fn finish(&mut self, id: &OpportunityId) -> Option<StepInFlight> {
        self.under_way.remove(id)
    }

    /// A step is under way exactly as long as its job is.
    pub(crate) fn run_ended(&mut self, run: RunId) {
        self.under_way.retain(|_, step| step.run != run);
    }

    /// How many were chosen together.
    pub(crate) fn chosen(&self) -> usize {
        self.serving.len()
    }
}
