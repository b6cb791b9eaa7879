//! What the rules make of what Lever says.

use super::state::{Watcher, fingerprint};
use crate::context::Context;
use crate::context::Signal;
use padwatch_domain::change::{Change, Trigger};

use coderpad::PadId;
use lever::{Opportunity, OpportunityId};

use padwatch_domain::activity::Activity;
use padwatch_domain::announcement::News;
use padwatch_domain::candidacy::{Candidacy, Seen};
use padwatch_domain::lifecycle::{Consent, Hold, Lifecycle};
use padwatch_domain::links::{ProfilePad, not_of_others, pads_on_profile};
use padwatch_domain::reach::{Horizon, Reach};
use padwatch_domain::reason::Reason;
use padwatch_domain::rules::{self, Action, Decision, Era, Surroundings};
use padwatch_domain::sighting::Sighting;
use padwatch_domain::transition::linking::another_pad;
use padwatch_domain::watcher::returns::{is_implausible, is_real_return};
use padwatch_ledger::LedgerError;

/// Newcomers within this time count together for the surge guard, in ms.
const SURGE_MS: i64 = 60_000;

/// Where opportunities come from.
pub(super) enum Source {
    /// A complete look with this reach, at those whom it shows in a watched stage with the tag.
    Look(Reach, Horizon),
    /// One that was read alone.
    Read,
}

/// One opportunity with what is known of it and what the rules say.
struct Weighed<'a> {
    opportunity: &'a Opportunity,
    row: Option<Candidacy>,
    sighting: Option<Sighting>,
    /// The pad links on its profile that are not its own and not known to be another's.
    pads: Vec<ProfilePad>,
    decision: Decision,
}

/// What the ledger knows of one.
struct Known<'a> {
    row: &'a Candidacy,
    /// Whether something changed in Lever since it was last there.
    is_real_return: bool,
}

impl Watcher {
    /// What the rules say about everyone who changed.
    pub(super) fn evaluate(
        &mut self,
        opportunities: &[Opportunity],
        trigger: Trigger,
        source: &Source,
        cx: &mut Context<'_>,
    ) -> Result<Vec<Change>, LedgerError> {
        let now_ms = cx.now_ms();
        let mut weighed = Vec::new();
        for opportunity in self.as_they_came(opportunities) {
            weighed.extend(self.weigh(opportunity, source, now_ms, cx)?);
        }
        let recent = cx
            .store
            .ledger
            .let_through(now_ms.saturating_sub(SURGE_MS), now_ms)?;
        let decisions = weighed.iter_mut().map(|one| &mut one.decision);
        rules::guard_against_surge(decisions, recent, &cx.policy.settings);
        let mut changes = Vec::new();
        for one in weighed {
            self.note_foreign(one.opportunity, one.row.as_ref(), &one.pads, cx);
            if let Some(row) = &one.row {
                let has_others = has_other(row, opportunities);
                changes.extend(self.other_pads(row, &one.pads, has_others, cx)?);
            }
            let sighted = self.sighted(&one, source, cx);
            changes.extend(self.apply(
                one.opportunity,
                one.row,
                one.decision,
                trigger,
                now_ms,
                cx,
            )?);
            changes.extend(sighted);
        }
        let told: Vec<Change> = news_of_holds(&changes).collect();
        changes.extend(told);
        Ok(changes)
    }

    /// What is known of one that changed, and what the rules say about it.
    fn weigh<'o>(
        &self,
        opportunity: &'o Opportunity,
        source: &Source,
        now_ms: i64,
        cx: &Context<'_>,
    ) -> Result<Option<Weighed<'o>>, LedgerError> {
        if self.is_known_as_it_is(opportunity, source) {
            return Ok(None);
        }
        let row = cx.store.ledger.row(&opportunity.id)?;
        if self.is_not_believed(opportunity, row.as_ref(), cx) {
            return Ok(None);
        }
        let sighting = cx.store.ledger.sighting(&opportunity.id)?;
        let pads = self.foreign_pads(opportunity, row.as_ref(), cx)?;
        let known = row.as_ref().map(|row| Known {
            row,
            is_real_return: is_real_return(opportunity, row, sighting.as_ref()),
        });
        let era = self.era(opportunity, row.is_some(), source, cx);
        let decision = self.decide(opportunity, known, era, &pads, now_ms, cx);
        Ok(Some(Weighed {
            opportunity,
            row,
            sighting,
            pads,
            decision,
        }))
    }

    /// Returns true for one that looks as it did in the last look, which had the same reach.
    fn is_known_as_it_is(&self, opportunity: &Opportunity, source: &Source) -> bool {
        match source {
            Source::Look(reach, _) => {
                let same = Some(&fingerprint(opportunity));
                self.knowledge.last_reach.as_ref() == Some(reach)
                    && self.fingerprints.get(&opportunity.id) == same
            }
            Source::Read => false,
        }
    }

    fn is_not_believed(
        &self,
        opportunity: &Opportunity,
        row: Option<&Candidacy>,
        cx: &Context<'_>,
    ) -> bool {
        let tag = &cx.policy.settings.watch.tag;
        let is_odd = row.is_some_and(|row| is_implausible(opportunity, row, tag));
        is_odd && self.obstacle(opportunity, cx).is_some()
    }

    /// Why an opportunity gets no pad, if so.
    pub(crate) fn obstacle(&self, opportunity: &Opportunity, cx: &Context<'_>) -> Option<Reason> {
        rules::obstacle(opportunity, &cx.policy.settings, &self.watched_stages())
    }

    /// How one was seen now, if that is news.
    fn sighted(&self, one: &Weighed<'_>, source: &Source, cx: &Context<'_>) -> Option<Change> {
        let (opportunity, before) = (one.opportunity, one.sighting.as_ref());
        let now = match source {
            Source::Look(reach, _) => Sighting::of(opportunity, Some(reach.clone())),
            Source::Read => {
                let reach = self.knowledge.reach(opportunity.confidential);
                let read = Sighting::read(opportunity, before, reach);
                if self.obstacle(opportunity, cx).is_some() {
                    read.departed()
                } else {
                    read
                }
            }
        };
        let is_ours = one.row.is_some() || one.decision.action != Action::Ignore;
        (is_ours && before != Some(&now)).then(|| Change::Sighted(opportunity.id.clone(), now))
    }

    /// In the order in which they came to a watched stage: anyone who waited longest is first in line,
    /// also after an outage in which several came.
    fn as_they_came<'o>(&self, opportunities: &'o [Opportunity]) -> Vec<&'o Opportunity> {
        let watched = self.watched_stages();
        let mut in_order: Vec<&Opportunity> = opportunities.iter().collect();
        in_order.sort_by_key(|one| one.course.last_arrival_ms(&watched));
        in_order
    }

    fn decide(
        &self,
        opportunity: &Opportunity,
        known: Option<Known<'_>>,
        era: Era,
        pads: &[ProfilePad],
        now_ms: i64,
        cx: &Context<'_>,
    ) -> Decision {
        let watched = self
            .watched
            .as_ref()
            .map(|watched| watched.stages.as_slice());
        let stage = opportunity.stage.as_ref();
        let stage_name = stage.and_then(|stage| self.knowledge.account.stage_name(stage));
        let around = Surroundings {
            settings: &cx.policy.settings,
            watched: watched.unwrap_or_default(),
            stage_name,
            era,
            now_ms,
            pads,
            is_real_return: known.as_ref().is_some_and(|known| known.is_real_return),
        };
        rules::decide(opportunity, known.map(|known| known.row), &around)
    }

    /// Anyone who is seen for the first time because more can be seen now was there all along.
    fn era(
        &self,
        opportunity: &Opportunity,
        is_known: bool,
        source: &Source,
        cx: &Context<'_>,
    ) -> Era {
        if cx.policy.creation_off.is_some() {
            return Era::Rebuilt;
        }
        if cx.policy.set_up.lists_newcomers() {
            return Era::FirstStart;
        }
        let horizon = match source {
            Source::Look(_, horizon) => *horizon,
            Source::Read => self.knowledge.horizon_of_read(opportunity.confidential),
        };
        let was_there = !is_known && horizon.was_there(opportunity, &self.watched_stages());
        match &self.scope {
            Some(scope) if scope.covers(opportunity) && !was_there => Era::Ordinary,
            _ => Era::FirstStart,
        }
    }

    fn apply(
        &self,
        opportunity: &Opportunity,
        row: Option<Candidacy>,
        decision: Decision,
        trigger: Trigger,
        now_ms: i64,
        cx: &Context<'_>,
    ) -> Result<Option<Change>, LedgerError> {
        let mut seen = Seen::of(opportunity, row.as_ref().map(|row| &row.seen));
        if let Some(posting) = seen
            .posting
            .as_ref()
            .filter(|_| seen.posting_title.is_empty())
        {
            seen.posting_title = cx.store.ledger.posting_title(posting)?.unwrap_or_default();
        }
        let Some(mut row) = row else {
            let Action::Become(mut life) = decision.action else {
                return Ok(None);
            };
            let (id, mut reason) = (opportunity.id.clone(), decision.reason);
            if cx.store.ledger.was_removed(&id)? {
                life = Lifecycle::Held { hold: Hold::Ask };
                reason = Reason::HadPadBefore;
            }
            let row = Candidacy::noticed(id, seen, life, reason, now_ms);
            return Ok(Some(moved(row, Activity::Noticed, trigger)));
        };
        let changed = row.seen != seen;
        row.seen = seen;
        Ok(match decision.action {
            Action::Ignore | Action::Keep => changed.then(|| Change::Touched(Box::new(row))),
            Action::Leave => Some(left(row, decision.reason, trigger, now_ms)),
            Action::Return => {
                row.left_ms = None;
                row.reason = decision.reason;
                Some(moved(row, Activity::CameBack, trigger))
            }
            Action::Become(life) => {
                row.left_ms = None;
                let row = row.becoming(life, decision.reason, now_ms);
                Some(moved(row, Activity::Noticed, trigger))
            }
        })
    }

    pub(crate) fn leave(
        &self,
        id: &OpportunityId,
        reason: Reason,
        trigger: Trigger,
        cx: &Context<'_>,
    ) -> Result<Option<Change>, LedgerError> {
        let row = cx.store.ledger.row(id)?.filter(|row| row.left_ms.is_none());
        Ok(row.map(|row| left(row, reason, trigger, cx.now_ms())))
    }

    fn foreign_pads(
        &self,
        opportunity: &Opportunity,
        row: Option<&Candidacy>,
        cx: &Context<'_>,
    ) -> Result<Vec<ProfilePad>, LedgerError> {
        let pads = pads_on_profile(&opportunity.links, &cx.wiring.coderpad_root);
        let mut owners = std::collections::HashMap::new();
        for pad in &pads {
            if let Some(owner) = cx.store.ledger.owner_of(&pad.id)? {
                owners.insert(pad.id.clone(), owner);
            }
        }
        let mut foreign = not_of_others(pads, &opportunity.id, |pad| owners.get(pad).cloned());
        let ours = row.and_then(|row| row.life.pad());
        foreign.retain(|pad| ours.is_none_or(|ours| !ours.id.is_same(&pad.id)));
        Ok(foreign)
    }

    /// Pad links that came after ours are shown, and forgotten when they are gone again. Anyone who
    /// applied twice may show the pad of a candidacy that we don't know, or (`has_others`) that we
    /// see for the first time in this very look.
    fn other_pads(
        &self,
        row: &Candidacy,
        pads: &[ProfilePad],
        has_others: bool,
        cx: &Context<'_>,
    ) -> Result<Vec<Change>, LedgerError> {
        let (Lifecycle::Linked { pad } | Lifecycle::Finished { pad, .. }) = &row.life else {
            return Ok(Vec::new());
        };
        let known = cx.store.ledger.duplicates(&row.opportunity)?;
        let gone = known
            .iter()
            .filter(|known| !known.ours && pads.iter().all(|other| !other.id.is_same(&known.id)))
            .map(|known| Change::DuplicateGone(known.id.clone()));
        let mut changes: Vec<Change> = gone.collect();
        if has_others || cx.has_siblings(row)? {
            return Ok(changes);
        }
        let new = pads.iter().filter(|other| {
            let is_it = |id: &PadId| id.is_same(&other.id);
            // Where a short link leads is not known here: perhaps to ours.
            !other.id.is_short()
                && !pad.beside.iter().any(is_it)
                && !known.iter().any(|known| is_it(&known.id))
        });
        changes.extend(new.flat_map(|other| another_pad(row, &pad.id, other.clone(), false)));
        Ok(changes)
    }

    /// A link that comes to someone who waits for a pad is another program's doing.
    fn note_foreign(
        &mut self,
        opportunity: &Opportunity,
        row: Option<&Candidacy>,
        pads: &[ProfilePad],
        cx: &mut Context<'_>,
    ) {
        let waits = row.is_some_and(|row| {
            matches!(&row.life, Lifecycle::Eligible { consent } if !matches!(consent, Consent::AdoptOnly(_)))
        });
        if waits && !pads.is_empty() && self.with_link.insert(opportunity.id.clone()) {
            cx.signal(Signal::RivalSeen);
        }
    }
}

/// Whether another candidacy of the person is among these.
fn has_other(row: &Candidacy, opportunities: &[Opportunity]) -> bool {
    let contact = row.seen.contact.as_ref();
    contact.is_some()
        && opportunities
            .iter()
            .any(|one| one.contact.as_ref() == contact && one.id != row.opportunity)
}

fn moved(row: Candidacy, what: Activity, trigger: Trigger) -> Change {
    Change::Moved {
        row: Box::new(row),
        what,
        trigger,
    }
}

fn left(mut row: Candidacy, reason: Reason, trigger: Trigger, now_ms: i64) -> Change {
    row.left_ms = Some(now_ms);
    match (&row.life, reason) {
        // How it ended says more.
        (Lifecycle::Finished { .. } | Lifecycle::Deleted { .. }, _) => {}
        (Lifecycle::Created { .. } | Lifecycle::Linked { .. }, Reason::TagRemoved) => {
            row.reason = Reason::TagRemovedPadStays;
        }
        (_, reason) => row.reason = reason,
    }
    moved(row, Activity::MovedOn, trigger)
}

/// A surge is told as one; anyone who is to be asked about is told one by one.
fn news_of_holds(changes: &[Change]) -> impl Iterator<Item = Change> {
    let held = |wanted: Hold| {
        changes.iter().filter_map(move |change| match change {
            Change::Moved { row, .. } if row.life == (Lifecycle::Held { hold: wanted }) => {
                Some(row)
            }
            _ => None,
        })
    };
    let count = u32::try_from(held(Hold::Surge).count()).unwrap_or(u32::MAX);
    let surge = (count > 0).then_some(News::Surge { count });
    let asked = held(Hold::Ask).map(|row| News::Asks {
        who: row.who(),
        question: Reason::AskToCreate,
    });
    surge.into_iter().chain(asked).map(Change::Announced)
}
