//! What every component works with: the ledger, the services, the clock, the registry of jobs, and
//! what the person decided. A component changes the world through this and nothing else.

mod binding;
mod breakers;
pub(crate) mod code;
mod deadlines;
pub(crate) mod done;
mod failures;
mod last_reads;
mod outages;
mod pace;
mod pads;
mod queue;
pub(crate) mod record;
pub(crate) mod services;
mod signal;
mod store;
#[cfg(test)]
pub(crate) mod workbench;

pub(crate) use binding::Shown;
pub(crate) use signal::Signal;
pub(crate) use store::Store;

use lever::OpportunityId;
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use crate::circuit_breaker::CircuitBreaker;
use crate::config::EngineConfig;
use crate::context::done::Done;
use crate::context::services::Services;
use crate::jobs::{JobId, Jobs};
use crate::outages::NotifiedOutages;
use crate::profile::Profile;
use crate::restraints::Policy;
use padwatch_domain::calendar::Today;
use padwatch_domain::change::StateKey;
use padwatch_domain::failing::Failing;
use padwatch_domain::problem::Problem;
use padwatch_domain::service_error::OutageKind;
use padwatch_ledger::{Ledger, LedgerError};

use binding::Binding;
use last_reads::LastReads;

/// What the components share.
pub(crate) struct Context<'a> {
    pub(crate) wiring: &'a EngineConfig,
    /// All that runs beside the engine.
    pub(crate) jobs: Jobs<Done>,
    pub(crate) store: Store<'a>,
    pub(crate) policy: Policy,
    pub(crate) connection: Connection,
    /// What was announced of what hinders, so that it is announced once: as the ledger has it.
    pub(crate) notified_outages: NotifiedOutages,
    /// Nothing new is begun.
    pub(crate) is_closing: bool,
    /// Webhooks tell of what happens in Lever: it may be asked less often.
    pub(crate) events_arrive: bool,
    /// When single things were last asked for: they are asked for one at a time, with pauses.
    pub(crate) last_probe: Duration,
    /// What one component has to tell the others.
    pub(crate) signals: VecDeque<Signal>,
    /// Something changed since the snapshot was last published.
    pub(crate) is_dirty: bool,
}

/// The services: with which keys they are asked, and what is wrong with them.
pub(crate) struct Connection {
    pub(crate) services: Option<Services>,
    pub(crate) binding: Binding,
    pub(crate) lever_breaker: CircuitBreaker,
    pub(crate) coderpad_breaker: CircuitBreaker,
    /// CoderPad has answered this key since the start: a pad that is asked for during maintenance
    /// would be uncertain.
    pub(crate) coderpad_has_answered: bool,
    /// What hinders one kind of step for everyone.
    pub(crate) outages: BTreeMap<OutageKind, Problem>,
    /// What keeps failing for a reason of its own.
    pub(crate) failing: Failing,
    pub(crate) last_reads: LastReads,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        wiring: &'a EngineConfig,
        profile: &'a Profile,
        ledger: Ledger,
        policy: Policy,
    ) -> Result<Self, LedgerError> {
        Ok(Self {
            wiring,
            jobs: Jobs::new(
                wiring.clock.clone(),
                wiring.failpoints.clone(),
                wiring.requests.clone(),
            ),
            policy,
            connection: Connection::new(&ledger, wiring)?,
            notified_outages: ledger.load(StateKey::Hindrance)?.unwrap_or_default(),
            is_closing: false,
            events_arrive: false,
            last_probe: wiring.clock.elapsed(),
            signals: VecDeque::new(),
            is_dirty: true,
            store: Store::new(ledger, profile),
        })
    }
}

impl Context<'_> {
    pub(crate) fn now_ms(&self) -> i64 {
        self.wiring.clock.now_ms()
    }

    /// By the calendar of the place where the person is.
    pub(crate) fn today(&self) -> Today {
        Today::at(self.now_ms(), &(self.wiring.zone)())
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.wiring.clock.elapsed()
    }

    pub(crate) fn may_work(&self) -> bool {
        self.connection.services.is_some()
            && self.policy.paused.is_none()
            && self.store.problem.is_none()
            && self.store.displaced.is_none()
            && !self.policy.settings_unreadable
            && self.store.is_recovered
            && self.connection.binding.problem().is_none()
    }

    pub(crate) fn is_bound(&self) -> bool {
        self.may_work() && self.connection.binding.is_settled()
    }

    /// What is due whatever the components do.
    pub(crate) fn on_tick(&mut self) {
        self.jobs.give_up_overdue();
        self.flush_pending_writes();
        self.quarantine();
        if self.may_work() {
            self.identify_if_due();
        }
    }

    /// When something of that is due.
    pub(crate) fn next_wake(&self) -> Option<Duration> {
        let write = self.store.problem.as_ref().map(|(_, again)| *again);
        let identify = self.next_identification().filter(|_| self.may_work());
        [self.jobs.next_wake(), write, identify]
            .into_iter()
            .flatten()
            .min()
    }

    /// Asks for a single thing, beside everything else.
    pub(crate) fn start_probe(
        &mut self,
        job: JobId,
        probe: impl Future<Output = Done> + Send + 'static,
    ) {
        self.last_probe = self.elapsed();
        self.jobs.start(job, probe);
    }

    /// Tells the other components something, once this one has done its work.
    pub(crate) fn signal(&mut self, signal: Signal) {
        self.signals.push_back(signal);
    }

    /// Returns true while a step about this candidacy is under way.
    pub(crate) fn is_step_in_flight(&self, id: &OpportunityId) -> bool {
        self.jobs.is_in_flight(&JobId::Step(id.clone()))
    }

    /// Returns true while a part of this note is being sent or looked for.
    pub(crate) fn is_note_in_flight(&self, id: &OpportunityId) -> bool {
        self.jobs.is_in_flight(&JobId::Note(id.clone()))
    }
}

impl Connection {
    /// With other keys, what is known of the services begins again, but for whose the ledger is and
    /// which pads were read.
    pub(crate) fn renew(&mut self, services: Option<Services>, now: Duration) {
        self.services = services;
        self.lever_breaker = CircuitBreaker::Open;
        // Whether these keys fare better, the next question to CoderPad shows.
        self.coderpad_breaker.retry_now(now);
        self.coderpad_has_answered = false;
        self.outages = BTreeMap::new();
        self.failing = Failing::default();
    }

    fn new(ledger: &Ledger, wiring: &EngineConfig) -> Result<Self, LedgerError> {
        Ok(Self {
            services: None,
            binding: Binding::new(ledger.load(StateKey::Accounts)?, wiring),
            lever_breaker: CircuitBreaker::Open,
            coderpad_breaker: CircuitBreaker::Open,
            coderpad_has_answered: false,
            outages: BTreeMap::new(),
            failing: Failing::default(),
            last_reads: LastReads::default(),
        })
    }
}
