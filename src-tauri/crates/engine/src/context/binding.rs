//! Holding the keys in use against the accounts that the ledger is bound to.
//!
//! A key that is known costs no request. Of another one the account is read first: Lever's with
//! the first look, CoderPad's with two requests. Until then only that is asked; and with another
//! account nothing is created or concluded until the person decides.

use std::time::Duration;

use lever::StageId;

use super::Context;
use crate::config::EngineConfig;
use crate::context::done::Done;
use crate::jobs::JobId;
use crate::mailbox::{Answer, Keys};
use padwatch_domain::change::{Change, StateKey};
use padwatch_domain::identity::{
    Bindings, CoderpadBinding, CoderpadIdentity, Comparison, Fingerprint, LeverBinding, Salt,
};
use padwatch_domain::problem::Problem;
use padwatch_domain::service_error::{OutageKind, Service};

/// From a failure to read whose key it is to the next try, at first and at most.
const ASK_AGAIN: (Duration, Duration) = (Duration::from_secs(30), Duration::from_secs(3600));
/// After so many failures a key counts as one of which nothing is known.
const GIVEN_UP: u32 = 3;

/// Whose the keys in use are, held against the accounts that the ledger is bound to.
pub(crate) struct Binding {
    /// As the ledger has it.
    bound: Bindings,
    in_use: Option<InUse>,
    lever: Standing,
    coderpad: Standing,
    next: Duration,
    failures: u32,
}

/// The keys in use.
struct InUse {
    lever: Fingerprint,
    coderpad: Fingerprint,
}

/// What Lever showed of its account.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shown<'a> {
    /// All its stages.
    Stages(&'a [StageId]),
    /// The stages of the candidates that it listed.
    SomeStages(&'a [StageId]),
}

/// How the account of a key in use stands to the ledger's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// The account was not read yet.
    Pending,
    /// The ledger's, or at least not known to be another.
    Ours,
    /// Another one.
    Other,
}

impl From<Comparison> for Standing {
    fn from(compared: Comparison) -> Self {
        match compared {
            Comparison::Same => Self::Ours,
            Comparison::Other => Self::Other,
            Comparison::Unknown => Self::Pending,
        }
    }
}

impl Binding {
    /// What the ledger has; a fresh one for a ledger that is not bound yet.
    pub(crate) fn new(kept: Option<Bindings>, wiring: &EngineConfig) -> Self {
        let fresh = || Bindings::unbound(Salt::fresh(wiring.rng.as_ref()));
        Self {
            bound: kept.unwrap_or_else(fresh),
            in_use: None,
            lever: Standing::Pending,
            coderpad: Standing::Pending,
            next: Duration::ZERO,
            failures: 0,
        }
    }

    /// Returns true once it is known that both keys may be worked with.
    pub(crate) fn is_settled(&self) -> bool {
        self.lever == Standing::Ours && self.coderpad == Standing::Ours
    }

    /// Tells the Lever key in use from others; empty without one.
    pub(crate) fn lever_key(&self) -> String {
        let in_use = self.in_use.as_ref();
        in_use.map_or_else(String::new, |keys| keys.lever.to_string())
    }

    /// Why nothing is created or concluded: a key in use is of another account.
    pub(crate) fn problem(&self) -> Option<Problem> {
        if self.lever == Standing::Other {
            return Some(other_account(Service::Lever));
        }
        (self.coderpad == Standing::Other).then(|| other_account(Service::Coderpad))
    }

    /// Returns true if the Lever key in use is of another account.
    pub(crate) fn is_other_lever(&self) -> bool {
        self.lever == Standing::Other
    }

    /// The accounts that the ledger is bound to, without those that the keys in use are not of.
    fn without_others(&self) -> Bindings {
        let mut bound = self.bound.clone();
        if self.lever == Standing::Other {
            bound.lever = None;
        }
        if self.coderpad == Standing::Other {
            bound.coderpad = None;
        }
        bound
    }

    /// The accounts that the ledger is bound to.
    pub(crate) fn bound(&self) -> &Bindings {
        &self.bound
    }

    /// The CoderPad key in use.
    pub(crate) fn reader(&self) -> Option<Fingerprint> {
        self.in_use.as_ref().map(|in_use| in_use.coderpad)
    }

    /// Nothing came of asking whose the CoderPad key is.
    pub(crate) fn asked_in_vain(&mut self, now: Duration) {
        self.next = now;
    }

    fn use_keys(&mut self, keys: &Keys, wiring: &EngineConfig, now: Duration) {
        let (lever, coderpad) = (keys.lever.as_ref(), keys.coderpad.as_ref());
        self.in_use = lever.zip(coderpad).map(|(lever, coderpad)| InUse {
            lever: self.bound.salt.fingerprint(lever),
            coderpad: self.bound.salt.fingerprint(coderpad),
        });
        (self.failures, self.next) = (0, now);
        let Some(in_use) = &self.in_use else {
            (self.lever, self.coderpad) = (Standing::Pending, Standing::Pending);
            return;
        };
        self.lever = match &self.bound.lever {
            Some(bound) => bound.compare_key(&wiring.lever_root, &in_use.lever).into(),
            None => Standing::Ours,
        };
        self.coderpad = match &self.bound.coderpad {
            Some(bound) => bound
                .compare_key(&wiring.coderpad_root, &in_use.coderpad)
                .into(),
            None => Standing::Ours,
        };
    }

    /// Lever showed its account. Returns true if the binding has to be written.
    fn lever_shown(&mut self, shown: Shown<'_>, wiring: &EngineConfig) -> bool {
        let Some(in_use) = &self.in_use else {
            return false;
        };
        let (root, key) = (&wiring.lever_root, &in_use.lever);
        let stages = match shown {
            Shown::Stages(stages) | Shown::SomeStages(stages) => stages,
        };
        let Some(bound) = self.bound.lever.as_mut() else {
            self.bound.lever = LeverBinding::to(root, key, stages);
            self.lever = Standing::Ours;
            return self.bound.lever.is_some();
        };
        match (bound.compare(root, key, stages), shown) {
            (Comparison::Other, Shown::Stages(_)) => {
                self.lever = Standing::Other;
                return false;
            }
            // Some stages can prove that it is the same account, and nothing else.
            (Comparison::Other | Comparison::Unknown, Shown::SomeStages(_)) => return false,
            (Comparison::Same, _) | (Comparison::Unknown, Shown::Stages(_)) => {}
        }
        self.lever = Standing::Ours;
        bound.learn(root, key, stages)
    }

    /// CoderPad told whose its key is, as far as it tells. `None`: only that the key is good.
    /// Returns true if the binding has to be written.
    fn coderpad_shown(
        &mut self,
        identity: Option<CoderpadIdentity>,
        wiring: &EngineConfig,
    ) -> bool {
        let Some(in_use) = &self.in_use else {
            return false;
        };
        let (root, key) = (&wiring.coderpad_root, &in_use.coderpad);
        let Some(bound) = self.bound.coderpad.as_mut() else {
            self.bound.coderpad = Some(CoderpadBinding::to(root, key, identity));
            return true;
        };
        let compared = match &identity {
            Some(identity) => bound.compare(root, key, identity),
            None => bound.compare_key(root, key),
        };
        match compared {
            Comparison::Other => {
                self.coderpad = Standing::Other;
                false
            }
            // That a key is good doesn't tell whose it is.
            Comparison::Unknown if identity.is_none() => false,
            Comparison::Same | Comparison::Unknown => {
                self.coderpad = Standing::Ours;
                bound.learn(root, key, identity)
            }
        }
    }

    /// Returns true while it is not known whose the CoderPad key is.
    fn asks(&self) -> bool {
        let knows = |in_use: &InUse| {
            let bound = self.bound.coderpad.as_ref();
            bound.is_some_and(|bound| bound.knows_whose(&in_use.coderpad))
        };
        self.coderpad != Standing::Other
            && self.in_use.as_ref().is_some_and(|in_use| !knows(in_use))
    }

    /// The account could not be read. After a few tries the key counts as one of which nothing is
    /// known: it may be used, and nothing is concluded from what it can't see.
    pub(crate) fn failed(&mut self, now: Duration) {
        self.failures += 1;
        let (first, longest) = ASK_AGAIN;
        let wait = first.saturating_mul(1 << self.failures.min(8));
        self.next = now + wait.min(longest);
        if self.failures >= GIVEN_UP && self.coderpad == Standing::Pending {
            self.coderpad = Standing::Ours;
        }
    }
}

impl Context<'_> {
    /// Holds the keys that are used from now on against the ledger's accounts.
    pub(crate) fn bind(&mut self, keys: &Keys) {
        let now = self.elapsed();
        self.connection.binding.use_keys(keys, self.wiring, now);
        if self.connection.binding.in_use.is_some() {
            // The salt has to be there before the first fingerprint.
            self.write_binding();
        }
        self.tell_other_account();
    }

    /// The accounts of the keys in use are the right ones from now on, together with these changes.
    pub(crate) fn rebind(&mut self, mut changes: Vec<Change>) -> Answer<()> {
        let bound = self.connection.binding.without_others();
        changes.extend(kept(&bound));
        self.commit(&changes)?;
        self.connection.binding.bound = bound;
        Ok(())
    }

    /// Takes in what Lever showed of its account. Returns false if it is another one, or not known
    /// to be ours.
    pub(crate) fn is_our_lever(&mut self, shown: Shown<'_>) -> bool {
        if self.connection.binding.lever_shown(shown, self.wiring) {
            self.write_binding();
        }
        self.tell_other_account();
        self.connection.binding.lever == Standing::Ours
    }

    /// CoderPad answered the key in use.
    pub(crate) fn coderpad_knows_key(&mut self) {
        if self.connection.binding.coderpad_shown(None, self.wiring) {
            self.write_binding();
        }
    }

    pub(super) fn identify_if_due(&mut self) {
        let now = self.elapsed();
        if self.next_identification().is_none_or(|next| next > now) {
            return;
        }
        let Some(services) = self.connection.services.clone() else {
            return;
        };
        let asked = async move { Done::Identified(identity_of(&services.coderpad).await) };
        self.jobs.start(JobId::Identity, asked);
    }

    /// When to ask next whose the CoderPad key is. `None`: it is known, or can't be asked now.
    pub(super) fn next_identification(&self) -> Option<Duration> {
        let may_ask = self.connection.coderpad_has_answered
            && self.connection.coderpad_breaker.permits_reads()
            && self.jobs.may_start(&JobId::Identity);
        (may_ask && self.connection.binding.asks()).then_some(self.connection.binding.next)
    }

    pub(crate) fn identified(&mut self, identity: Result<CoderpadIdentity, coderpad::Error>) {
        self.is_dirty = true;
        let now = self.elapsed();
        match identity {
            Ok(identity) => {
                if self
                    .connection
                    .binding
                    .coderpad_shown(Some(identity), self.wiring)
                {
                    self.write_binding();
                }
                self.tell_other_account();
            }
            Err(error) => {
                tracing::debug!(%error, "whose the CoderPad key is can't be read");
                self.connection.binding.failed(now);
            }
        }
    }

    fn write_binding(&mut self) {
        let changes = kept(&self.connection.binding.bound).into_iter().collect();
        self.write(changes);
    }

    fn tell_other_account(&mut self) {
        match self.connection.binding.problem() {
            Some(problem) => self.notify_outage_once(OutageKind::Account, &problem),
            None if self.connection.binding.is_settled() => self.clear_outage(OutageKind::Account),
            None => {}
        }
        self.is_dirty = true;
    }
}

fn kept(bound: &Bindings) -> Option<Change> {
    let text = serde_json::to_string(bound).ok()?;
    Some(Change::Kept(StateKey::Accounts, text))
}

/// What CoderPad tells of the account behind the key. An endpoint that it doesn't have, doesn't let
/// this account see, or answers oddly tells nothing.
///
/// # Errors
/// What may pass, and a key that isn't accepted.
async fn identity_of(client: &coderpad::Client) -> Result<CoderpadIdentity, coderpad::Error> {
    let organization = told(client.organization().await)?;
    let account = told(client.account().await)?;
    let (organization_id, organization) = match organization {
        Some(organization) => (organization.id, Some(organization.name)),
        None => (None, None),
    };
    Ok(CoderpadIdentity {
        user: account.and_then(|account| account.analytics_id),
        organization_id,
        organization: organization.filter(|name| !name.trim().is_empty()),
    })
}

fn told<T>(read: Result<Option<T>, coderpad::Error>) -> Result<Option<T>, coderpad::Error> {
    use coderpad::Error;
    match read {
        Err(
            error @ (Error::WrongKey
            | Error::RateLimited { .. }
            | Error::Down { .. }
            | Error::Unreachable(_)),
        ) => Err(error),
        Err(_) => Ok(None),
        Ok(told) => Ok(told),
    }
}

fn other_account(service: Service) -> Problem {
    Problem::OtherAccount { service }
}
