//! What the watcher knows of who is in Lever.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use lever::{Opportunity, OpportunityId};

use super::hint_queue::HintQueue;
use padwatch_domain::change::{StateKey, Trigger};
use padwatch_domain::problem::Problem;
use padwatch_domain::readings::Readings;
use padwatch_domain::scope::Scope;
use padwatch_domain::stages::Resolved;
use padwatch_domain::watcher::Knowledge;
use padwatch_ledger::{Ledger, LedgerError};

/// The watcher: who is in Lever.
pub(crate) struct Watcher {
    pub(crate) knowledge: Knowledge,
    pub(crate) watched: Option<Resolved>,
    pub(crate) stage_problem: Option<Problem>,
    pub(crate) next_poll: Duration,
    /// What the next poll is for.
    pub(crate) trigger: Trigger,
    /// When the poll under way began.
    pub(crate) began: Duration,
    /// The same in ms since the epoch.
    pub(crate) began_ms: i64,
    /// The newest hint that the poll under way will answer.
    pub(crate) backlog: i64,
    /// The poll under way was asked with other settings or another key.
    pub(crate) is_stale: bool,
    /// What each opportunity looked like in the last poll, to skip those that did not change.
    pub(crate) fingerprints: HashMap<OpportunityId, u64>,
    /// The fingerprints are of a whole poll.
    pub(crate) knows_who_was_there: bool,
    /// Waiting candidates whose profile showed a foreign pad link in the last poll.
    pub(crate) with_link: HashSet<OpportunityId>,
    /// Whom the last poll covered; `None` before the first.
    pub(crate) scope: Option<Scope>,
    pub(crate) last_checked_ms: Option<i64>,
    pub(crate) readings: Readings,
    pub(crate) hints: HintQueue,
}

impl Watcher {
    pub(crate) fn new(
        ledger: &Ledger,
        scope: Option<Scope>,
        now: Duration,
    ) -> Result<Self, LedgerError> {
        let account = ledger.load(StateKey::LeverAccount)?.unwrap_or_default();
        let reaches = ledger.load(StateKey::Reaches)?.unwrap_or_default();
        Ok(Self {
            knowledge: Knowledge::new(account, reaches, now),
            watched: None,
            stage_problem: None,
            next_poll: now,
            trigger: Trigger::Start,
            began: now,
            began_ms: 0,
            backlog: 0,
            is_stale: false,
            fingerprints: HashMap::new(),
            knows_who_was_there: false,
            with_link: HashSet::new(),
            scope,
            last_checked_ms: None,
            readings: Readings::default(),
            hints: HintQueue::new(now),
        })
    }

    /// Returns true if the last look at everybody showed this one.
    pub(crate) fn shows(&self, id: &OpportunityId) -> bool {
        self.fingerprints.contains_key(id)
    }

    /// Returns true once everybody was looked at.
    pub(crate) fn has_looked(&self) -> bool {
        self.last_checked_ms.is_some()
    }

    /// The profile of this one was read: what the list showed of it is old.
    pub(crate) fn profile_read(&mut self, id: &OpportunityId) {
        self.with_link.remove(id);
    }

    /// Returns true if the list showed a pad link of somebody else on this one's profile.
    pub(crate) fn shows_link(&self, id: &OpportunityId) -> bool {
        self.with_link.contains(id)
    }

    /// The opportunity, if it was read a short time ago.
    pub(crate) fn fresh(&self, id: &OpportunityId, now: Duration) -> Option<Opportunity> {
        self.readings.fresh(id, now)
    }
}
