//! Looking at Lever, and what the rules make of what it says.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use lever::{Opportunity, OpportunityId};

use super::{Change, Done, Keepsake, Owner, Trigger};
use crate::announcement::News;
use crate::handle::{Hint, HintSource};
use crate::ledger::LedgerError;
use crate::life::{Consent, Hold, Life};
use crate::links::{ProfilePad, not_of_others, pads_on_profile};
use crate::row::{Row, Seen};
use crate::rules::{self, Action, Decision, Era, Surroundings};
use crate::trouble::of_lever;
use crate::watch::{self, Look, NoLook};
use crate::waypoint::{Side, Waypoint};

/// How often the account is read again: stages, spellings of the tag, confidential access.
const ACCOUNT_EVERY: Duration = Duration::from_secs(15 * 60);
/// Newcomers within this time count together for the surge guard, in ms.
const SURGE_MS: i64 = 60_000;
/// The settings can't ask for more than this.
const SHORTEST_INTERVAL: u32 = 10;

impl Owner<'_> {
    pub(super) fn poll_if_due(&mut self) {
        let now = self.elapsed();
        let due = self.lever_gate.next_try().unwrap_or(self.next_poll);
        if self.is_polling || due > now {
            return;
        }
        let Some(services) = self.services.clone() else {
            return;
        };
        let known = self.account.clone().filter(|_| self.next_account > now);
        let settings = self.settings.watch.clone();
        let trigger = std::mem::replace(&mut self.poll_trigger, Trigger::Poll);
        self.is_polling = true;
        self.poll_began = now;
        self.pile_at_poll = self.pile_to_answer();
        self.tasks.spawn(async move {
            let look = watch::look(&services, &settings, known).await;
            Done::Polled(Box::new(look), trigger)
        });
    }

    pub(super) fn hinted(&mut self, hint: Hint) {
        if !self.may_work() {
            return;
        }
        let trigger = match hint.from {
            HintSource::Person => Trigger::Person,
            HintSource::Wake => Trigger::Poll,
        };
        let known = self.watched.is_some() && self.lever_gate.lets_through(1) > 0;
        match (hint.opportunity, self.services.clone()) {
            (Some(id), Some(services)) if known => {
                self.tasks.spawn(async move {
                    let read = services.lever.opportunity(&id).await;
                    Done::Hinted(id, Box::new(read), trigger)
                });
            }
            _ => {
                self.next_poll = self.elapsed();
                self.poll_trigger = trigger;
                if hint.from == HintSource::Person {
                    self.next_account = self.elapsed();
                }
            }
        }
    }

    pub(super) fn polled(&mut self, look: Result<Look, NoLook>, trigger: Trigger) {
        self.is_polling = false;
        self.is_dirty = true;
        let now = self.elapsed();
        self.next_poll = now + self.with_jitter(self.asks_every());
        match look {
            Err(NoLook::Trouble(trouble)) => {
                if !trouble.passing {
                    self.tell_hindrance(&trouble.problem);
                }
                self.lever_gate = self.lever_gate.tried_in_vain(trouble, now);
            }
            Err(NoLook::NothingToWatch(account, problem)) => {
                self.lever_gate = crate::gate::Gate::Open;
                self.account = Some(account);
                self.next_account = now;
                self.stage_problem = Some(problem);
                self.watched = None;
            }
            Ok(look) => self.take_in(look, trigger),
        }
    }

    fn take_in(&mut self, look: Look, trigger: Trigger) {
        let now = self.elapsed();
        if self.lever_gate.trouble().is_some() {
            self.lever_gate = crate::gate::Gate::Open;
            if self.coderpad_gate.trouble().is_none() && self.hindrance.is_none() {
                self.tell_that_it_goes_on();
            }
        }
        if self.account.as_ref() != Some(&look.account) || self.next_account <= now {
            self.next_account = now + ACCOUNT_EVERY;
        }
        self.account = Some(look.account);
        self.stage_problem = None;
        self.watched = Some(look.watched);
        let is_first = !self.first_look_done;
        let mut found = look.opportunities;
        found.retain(|one| !self.readings.outdate(&one.id, self.poll_began));
        self.expect_events_of(&found);
        match self.weigh(&found, trigger, true) {
            Ok(mut changes) => {
                if is_first {
                    changes.push(Change::Kept(Keepsake::FirstLook, "true".to_owned()));
                }
                if self.pile_at_poll > 0 {
                    changes.push(Change::AllLookedUp(self.pile_at_poll));
                    // Should the list lag behind the events, the next look finds the rest.
                    self.next_poll = now + self.interval();
                }
                self.wiring
                    .waypoints
                    .pass(Side::Before, Waypoint::PollWrite);
                if self.write_or_forget(&changes) {
                    self.first_look_done = true;
                    self.last_checked_ms = Some(self.now_ms());
                    self.remember(&found);
                }
                self.wiring.waypoints.pass(Side::After, Waypoint::PollWrite);
            }
            Err(error) => self.ledger_failed(&error),
        }
    }

    pub(super) fn hint_read(
        &mut self,
        id: &OpportunityId,
        read: Result<Opportunity, lever::Error>,
        trigger: Trigger,
    ) {
        let changes = match read {
            Ok(opportunity) => self.weigh(std::slice::from_ref(&opportunity), trigger, false),
            Err(lever::Error::Gone { .. }) => self
                .leave(id, "No longer in Lever.", trigger)
                .map(|change| change.into_iter().collect()),
            Err(error) => {
                let now = self.elapsed();
                self.lever_gate = self.lever_gate.close(of_lever(&error), now);
                return;
            }
        };
        match changes {
            Ok(changes) => {
                self.write_or_forget(&changes);
            }
            Err(error) => self.ledger_failed(&error),
        }
    }

    /// What the rules say about everybody who changed. A whole look also tells who left.
    pub(super) fn weigh(
        &mut self,
        opportunities: &[Opportunity],
        trigger: Trigger,
        is_whole: bool,
    ) -> Result<Vec<Change>, LedgerError> {
        let now_ms = self.now_ms();
        let mut weighed = Vec::new();
        for opportunity in opportunities {
            if is_whole && self.fingerprints.get(&opportunity.id) == Some(&fingerprint(opportunity))
            {
                continue;
            }
            let row = self.ledger.row(&opportunity.id)?;
            let pads = self.foreign_pads(opportunity, row.as_ref())?;
            let decision = self.decide(opportunity, row.as_ref(), &pads, now_ms);
            weighed.push((opportunity, row, pads, decision));
        }
        let mut decisions: Vec<Decision> = weighed
            .iter()
            .map(|(_, _, _, decision)| decision.clone())
            .collect();
        let recent = self
            .ledger
            .let_through_since(now_ms.saturating_sub(SURGE_MS))?;
        rules::guard_against_surge(&mut decisions, recent, &self.settings);
        let mut changes = Vec::new();
        for ((opportunity, row, pads, _), decision) in weighed.into_iter().zip(decisions) {
            self.note_foreign(&opportunity.id, row.as_ref(), &pads);
            changes.extend(self.apply(opportunity, row, decision, trigger, now_ms)?);
        }
        changes.extend(surge_news(&changes));
        if is_whole {
            changes.extend(self.who_left(opportunities, trigger)?);
        }
        Ok(changes)
    }

    fn decide(
        &self,
        opportunity: &Opportunity,
        row: Option<&Row>,
        pads: &[ProfilePad],
        now_ms: i64,
    ) -> Decision {
        let watched = self
            .watched
            .as_ref()
            .map(|watched| watched.stages.as_slice());
        let around = Surroundings {
            settings: &self.settings,
            watched: watched.unwrap_or_default(),
            era: self.era(),
            now_ms,
            pads,
        };
        rules::decide(opportunity, row, &around)
    }

    fn era(&self) -> Era {
        if self.creation_off {
            return Era::Rebuilt;
        }
        if self.first_look_done {
            Era::Ordinary
        } else {
            Era::FirstStart
        }
    }

    fn apply(
        &self,
        opportunity: &Opportunity,
        row: Option<Row>,
        decision: Decision,
        trigger: Trigger,
        now_ms: i64,
    ) -> Result<Option<Change>, LedgerError> {
        let mut seen = Seen::of(opportunity, row.as_ref().map(|row| &row.seen));
        if let Some(posting) = seen
            .posting
            .as_ref()
            .filter(|_| seen.posting_title.is_empty())
        {
            seen.posting_title = self.ledger.posting_title(posting)?.unwrap_or_default();
        }
        let Some(mut row) = row else {
            let Action::Become(life) = decision.action else {
                return Ok(None);
            };
            let id = opportunity.id.clone();
            let row = Row::noticed(id, seen, life, decision.reason, now_ms);
            return Ok(Some(Change::Moved {
                row: Box::new(row),
                what: "Noticed",
                trigger,
            }));
        };
        let changed = row.seen != seen;
        row.seen = seen;
        Ok(match decision.action {
            Action::Ignore | Action::Keep => changed.then(|| Change::Touched(Box::new(row))),
            Action::Leave => Some(left(row, &decision.reason, trigger, now_ms)),
            Action::Return => {
                row.left_ms = None;
                row.reason = decision.reason;
                Some(Change::Moved {
                    row: Box::new(row),
                    what: "Came back",
                    trigger,
                })
            }
            Action::Become(life) => {
                row.left_ms = None;
                let row = row.becoming(life, decision.reason, now_ms);
                Some(Change::Moved {
                    row: Box::new(row),
                    what: "Noticed",
                    trigger,
                })
            }
        })
    }

    /// Those who were there and are not in a whole look.
    fn who_left(
        &self,
        opportunities: &[Opportunity],
        trigger: Trigger,
    ) -> Result<Vec<Change>, LedgerError> {
        let here: HashSet<&OpportunityId> = opportunities.iter().map(|one| &one.id).collect();
        let before: Vec<OpportunityId> = if self.fingerprints.is_empty() {
            self.ledger.present()?
        } else {
            self.fingerprints.keys().cloned().collect()
        };
        let mut changes = Vec::new();
        let is_newer = |id| self.readings.outdate(id, self.poll_began);
        for id in before
            .iter()
            .filter(|id| !here.contains(id) && !is_newer(id))
        {
            changes.extend(self.leave(id, "No longer tagged, or moved on in Lever.", trigger)?);
        }
        Ok(changes)
    }

    pub(super) fn leave(
        &self,
        id: &OpportunityId,
        reason: &str,
        trigger: Trigger,
    ) -> Result<Option<Change>, LedgerError> {
        let row = self.ledger.row(id)?.filter(|row| row.left_ms.is_none());
        Ok(row.map(|row| left(row, reason, trigger, self.now_ms())))
    }

    fn foreign_pads(
        &self,
        opportunity: &Opportunity,
        row: Option<&Row>,
    ) -> Result<Vec<ProfilePad>, LedgerError> {
        let pads = pads_on_profile(&opportunity.links, &self.wiring.coderpad_root);
        let mut owners = std::collections::HashMap::new();
        for pad in &pads {
            if let Some(owner) = self.ledger.owner_of(&pad.id)? {
                owners.insert(pad.id.clone(), owner);
            }
        }
        let mut foreign = not_of_others(pads, &opportunity.id, |pad| owners.get(pad).cloned());
        let ours = row.and_then(|row| row.life.pad()).map(|pad| pad.id.clone());
        foreign.retain(|pad| Some(&pad.id) != ours.as_ref());
        Ok(foreign)
    }

    /// Another program's progress: see [`super::steps`].
    fn note_foreign(&mut self, id: &OpportunityId, row: Option<&Row>, pads: &[ProfilePad]) {
        let waits = row.is_some_and(|row| {
            matches!(
                row.life,
                Life::Eligible {
                    consent: Consent::Rules | Consent::Person
                }
            )
        });
        if waits && !pads.is_empty() && self.with_link.insert(id.clone()) {
            let now_ms = self.now_ms();
            self.write(vec![Change::Kept(Keepsake::Rival, now_ms.to_string())]);
        }
    }

    fn remember(&mut self, opportunities: &[Opportunity]) {
        let before = std::mem::take(&mut self.fingerprints);
        let newer = self.readings.newer_than(self.poll_began);
        let newer = newer.filter(|one| before.contains_key(&one.id));
        self.fingerprints = opportunities
            .iter()
            .chain(newer)
            .map(|one| (one.id.clone(), fingerprint(one)))
            .collect();
    }

    /// What a look-up of one opportunity said, in place of what the last look at everybody did.
    pub(super) fn note_reading(&mut self, id: OpportunityId, found: Option<Opportunity>) {
        let is_here = matches!(self.ledger.row(&id), Ok(Some(row)) if row.left_ms.is_none());
        match found.as_ref().filter(|_| is_here) {
            Some(one) => self.fingerprints.insert(id.clone(), fingerprint(one)),
            None => self.fingerprints.remove(&id),
        };
        self.readings.keep(id, found, self.elapsed());
    }

    /// How often everybody is looked at.
    pub(super) fn asks_every(&self) -> Duration {
        if self.reception.arrivals.are_healthy(self.elapsed()) {
            return self.usual_interval().max(super::webhooks::WITH_EVENTS);
        }
        self.usual_interval()
    }

    fn usual_interval(&self) -> Duration {
        let seconds = self.settings.watch.every_seconds.max(SHORTEST_INTERVAL);
        Duration::from_secs(u64::from(seconds))
    }

    /// The time to the next look when no events help.
    pub(super) fn interval(&self) -> Duration {
        self.with_jitter(self.usual_interval())
    }

    /// A tenth either way, so that many computers don't ask in step.
    fn with_jitter(&self, interval: Duration) -> Duration {
        interval.mul_f64(0.9 + self.wiring.chance.unit() / 5.0)
    }
}

fn left(mut row: Row, reason: &str, trigger: Trigger, now_ms: i64) -> Change {
    row.left_ms = Some(now_ms);
    if row.life.pad().is_none() {
        reason.clone_into(&mut row.reason);
    }
    Change::Moved {
        row: Box::new(row),
        what: "Moved on",
        trigger,
    }
}

fn surge_news(changes: &[Change]) -> Option<Change> {
    let surged = changes.iter().filter(|change| {
        matches!(change, Change::Moved { row, .. } if row.life == Life::Held { hold: Hold::Surge })
    });
    let count = u32::try_from(surged.count()).unwrap_or(u32::MAX);
    (count > 0).then_some(Change::Told(News::Surge { count }))
}

/// What the rules and the list look at. Two that are alike need no second thought.
fn fingerprint(one: &Opportunity) -> u64 {
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
    )
        .hash(&mut hasher);
    hasher.finish()
}
