//! What the watcher knows of who is in Lever.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use lever::{Opportunity, OpportunityId, Skipped, StageId};

use super::hint_queue::HintQueue;
use padwatch_domain::change::{StateKey, Trigger};
use padwatch_domain::problem::Problem;
use padwatch_domain::readings::Readings;
use padwatch_domain::scope::Scope;
use padwatch_domain::stages::Resolved;
use padwatch_domain::watcher::Knowledge;
use padwatch_ledger::{Ledger, LedgerError};

/// The poll that is under way, or was last.
pub(super) struct Round {
    /// When it began.
    pub(super) began: Duration,
    /// The same in ms since the epoch.
    pub(super) began_ms: i64,
    /// The newest hint that it will answer.
    pub(super) backlog: i64,
    /// It was asked with other settings or another key.
    pub(super) is_stale: bool,
}

/// The watcher: who is in Lever.
pub(crate) struct Watcher {
    pub(super) knowledge: Knowledge,
    pub(super) watched: Option<Resolved>,
    pub(super) stage_problem: Option<Problem>,
    pub(super) next_poll: Duration,
    /// What the next poll is for.
    pub(super) trigger: Trigger,
    pub(super) round: Round,
    /// What each opportunity looked like in the last poll, to skip those that did not change.
    pub(super) fingerprints: HashMap<OpportunityId, u64>,
    /// The fingerprints are of a whole poll.
    pub(super) knows_who_was_there: bool,
    /// Waiting candidates whose profile showed a foreign pad link in the last poll.
    pub(super) with_link: HashSet<OpportunityId>,
    /// Whom the last poll covered; `None` before the first.
    pub(super) scope: Option<Scope>,
    pub(super) last_checked_ms: Option<i64>,
    pub(super) readings: Readings,
    pub(super) hints: HintQueue,
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
            round: Round {
                began: now,
                began_ms: 0,
                backlog: 0,
                is_stale: false,
            },
            fingerprints: HashMap::new(),
            knows_who_was_there: false,
            with_link: HashSet::new(),
            scope,
            last_checked_ms: None,
            readings: Readings::default(),
            hints: HintQueue::new(now),
        })
    }

    /// Returns true if the last look at everyone showed this one.
    pub(crate) fn shows(&self, id: &OpportunityId) -> bool {
        self.fingerprints.contains_key(id)
    }

    /// Returns true once everyone was looked at.
    pub(crate) fn has_looked(&self) -> bool {
        self.last_checked_ms.is_some()
    }

    /// The profile of this one was read: what the list showed of it is old.
    pub(crate) fn profile_read(&mut self, id: &OpportunityId) {
        self.with_link.remove(id);
    }

    /// Returns true if the list showed a pad link of someone else on this one's profile.
    pub(crate) fn shows_link(&self, id: &OpportunityId) -> bool {
        self.with_link.contains(id)
    }

    /// The opportunity, if it was read a short time ago.
    pub(crate) fn fresh(&self, id: &OpportunityId, now: Duration) -> Option<Opportunity> {
        self.readings.fresh(id, now)
    }

    /// What the next look compares with. Those who were read alone since this one began look as they
    /// were read.
    pub(super) fn remember(&mut self, opportunities: &[Opportunity], skipped: &Skipped) {
        let before = std::mem::take(&mut self.fingerprints);
        let newer = self.readings.newer_than(self.round.began);
        let newer = newer.filter(|one| before.contains_key(&one.id));
        self.fingerprints = opportunities
            .iter()
            .chain(newer)
            .map(|one| (one.id.clone(), fingerprint(one)))
            .collect();
        // Anyone who could not be read is still there, as far as anyone knows.
        let unread = before.keys().filter(|id| skipped.may_be(id.as_str()));
        for id in self.knowledge.absences.ids().chain(unread) {
            let known = before.get(id).copied().unwrap_or_default();
            self.fingerprints.entry(id.clone()).or_insert(known);
        }
        let there = &self.fingerprints;
        self.with_link.retain(|id| there.contains_key(id));
        self.knows_who_was_there = true;
    }

    /// What the last poll showed is no longer known: everyone is thought about again.
    pub(crate) fn forget_looks(&mut self) {
        self.fingerprints.clear();
        self.knows_who_was_there = false;
    }

    /// The Lever account is another one.
    pub(crate) fn account_changed(&mut self) {
        self.scope = None;
        self.forget_looks();
    }

    /// Everyone is looked at by then at the latest.
    pub(crate) fn look_by(&mut self, at: Duration) {
        self.next_poll = self.next_poll.min(at);
    }

    /// There is something to look up.
    pub(crate) fn hinted_by_webhook(&mut self) {
        self.hints.may_have_hints = true;
    }

    /// When everyone was last looked at, in ms since the epoch.
    pub(crate) fn last_checked_ms(&self) -> Option<i64> {
        self.last_checked_ms
    }

    /// Returns true once a look has shown who was there.
    pub(crate) fn has_scope(&self) -> bool {
        self.scope.is_some()
    }

    /// The stages that are watched, and what is wrong with some of them.
    pub(crate) fn watched(&self) -> Option<&Resolved> {
        self.watched.as_ref()
    }

    /// Why nothing can be watched.
    pub(crate) fn stage_problem(&self) -> Option<&Problem> {
        self.stage_problem.as_ref()
    }

    /// The name of a stage, if it is known.
    pub(crate) fn stage_name(&self, stage: &StageId) -> Option<String> {
        self.knowledge.account.stage_name(stage).map(str::to_owned)
    }

    /// What is not as it should be although pads are created.
    pub(crate) fn degraded(&self) -> Vec<Problem> {
        self.knowledge.degraded()
    }

    /// Another Lever key is in use; it may see more, or less.
    pub(crate) fn use_key(&mut self, key: String, now: Duration) {
        self.knowledge.use_key(key, now);
    }

    /// The settings say that others are watched.
    pub(crate) fn watches_others(&mut self, is_other_tag: bool, now: Duration) {
        self.knowledge.watches_others(is_other_tag, now);
    }
}

/// What the rules and the list look at. Two that are alike need no second thought.
pub(super) fn fingerprint(one: &Opportunity) -> u64 {
    let mut hasher = DefaultHasher::new();
    (
        &one.name,
        &one.contact,
        &one.posting,
        &one.stage,
        &one.tags,
        &one.links,
    )
        .hash(&mut hasher);
    (
        &one.owner,
        one.archived.is_some(),
        one.is_anonymized,
        &one.profile_url,
        one.confidential,
        one.arrival_ms(),
    )
        .hash(&mut hasher);
    hasher.finish()
}
