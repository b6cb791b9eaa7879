//! What is done with an open pad that is no longer needed: on the person's word, or by a setting.

use std::collections::HashMap;
use std::time::Duration;

use coderpad::PadId;
use lever::OpportunityId;
use padwatch_domain::activity::Activity;
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::follow_through::{self, Leftover, Unneeded};
use padwatch_domain::problem::Problem;
use padwatch_domain::reason::Reason;
use padwatch_domain::service_error::Service;
use padwatch_domain::tracking::Known;
use padwatch_domain::tracking::ending::Ended;
use padwatch_domain::tracking::own_end::ended;
use padwatch_ledger::LedgerError;

use super::actions::{Reply, too_late};
use super::{Change, Owner, Trigger};
use crate::context::done::{Asked, Done, EndedFor};
use crate::ledger_problem::ledger_problem;
use crate::mailbox::{Answer, answer};
use crate::provisioner::requests::ending::{self, Question, WhoLeft};

/// How often it is thought about which pads are ended by the setting.
const THINK_EVERY: Duration = Duration::from_secs(60);
/// A pad that could not be ended is tried again after so long.
const AGAIN_AFTER: Duration = Duration::from_secs(15 * 60);

/// The pads that are ended by the setting.
#[derive(Default)]
pub(super) struct Leftovers {
    next: Duration,
    /// When each was tried that is still open.
    tried: HashMap<OpportunityId, Duration>,
}

impl Owner<'_> {
    /// What is no longer needed of a candidacy.
    pub(super) fn leftover(&self, row: &Candidacy, known: &Known) -> Option<Leftover> {
        let earlier = self.watcher.earlier_stages();
        let is_earlier = row
            .seen
            .stage
            .as_ref()
            .is_some_and(|stage| earlier.contains(stage));
        follow_through::leftover(row, known, is_earlier, self.cx.now_ms())
    }

    pub(super) fn keep_pad(&mut self, row: &Candidacy) -> Answer<()> {
        let known = self.cx.store.ledger.interview(&row.opportunity);
        let known = known.map_err(|error| ledger_problem(&error))?;
        let (Some(leftover), Some(pad)) = (self.leftover(row, &known), row.life.pad()) else {
            return Err(too_late());
        };
        let followed = Change::Followed {
            opportunity: row.opportunity.clone(),
            pad: pad.id.clone(),
            known: Known {
                kept_ms: Some(leftover.since_ms),
                ..known
            },
        };
        let happened = Change::Happened {
            opportunity: row.opportunity.clone(),
            what: Activity::PadKept,
            why: Reason::UserKeptPad,
            trigger: Trigger::Person,
        };
        self.cx.commit(&[followed, happened])
    }

    pub(super) fn end_pad(&mut self, row: Candidacy, reply: Reply) {
        let Some(pad) = row.life.pad().map(|pad| pad.id.clone()) else {
            return answer(reply, Err(too_late()));
        };
        if self.cx.connection.services.is_none() {
            return answer(reply, Err(too_late()));
        }
        self.begin_ending(row, pad, None, EndedFor::Person(reply));
    }

    /// Under way like any other step: nothing else may touch the pad meanwhile.
    fn begin_ending(
        &mut self,
        row: Candidacy,
        pad: PadId,
        by_setting: Option<WhoLeft>,
        ended_for: EndedFor,
    ) {
        let Some(services) = self.cx.connection.services.clone() else {
            return;
        };
        // The setting has its own next try.
        let services = match by_setting {
            Some(_) => services.trying_once(),
            None => services,
        };
        let question = Question {
            opportunity: row.opportunity.clone(),
            pad,
            now_ms: self.cx.now_ms(),
            by_setting,
        };
        self.provisioner.begin(
            row,
            async move {
                let outcome = ending::end(&services, &question).await;
                let Question {
                    opportunity, pad, ..
                } = question;
                let ended = Asked::PadEnded(opportunity, pad, outcome, ended_for);
                Done::Asked(Box::new(ended))
            },
            &mut self.cx,
        );
    }

    pub(super) fn pad_ended(
        &mut self,
        id: &OpportunityId,
        pad: &PadId,
        outcome: Result<Option<Ended>, Problem>,
        ended_for: EndedFor,
    ) {
        let step = self.provisioner.finish(id);
        let (why, reply) = match ended_for {
            EndedFor::Person(reply) => ((Reason::UserEndedPad, Trigger::Person), Some(reply)),
            EndedFor::Setting(why) => ((Reason::EndedBySetting { why }, Trigger::Poll), None),
        };
        let outcome = outcome.map(|end| {
            // CoderPad has ended it, whatever the ledger is able to do just now.
            let row = self.cx.row(id).ok().or(step.map(|step| step.row));
            let (Some(end), Some(row)) = (end, row) else {
                return;
            };
            let changes = ended(row, pad, end, why, self.cx.now_ms());
            self.cx.write(changes);
        });
        match reply {
            Some(reply) => answer(reply, outcome),
            None => self.cx.is_dirty = true,
        }
    }

    /// Ends the next pad of someone who left, if the person wants that, one at a time.
    pub(super) fn end_unneeded(&mut self) {
        let now = self.cx.elapsed();
        if self.leftovers.next > now || !self.ends_unneeded() {
            return;
        }
        self.leftovers.next = now + THINK_EVERY;
        match self.next_unneeded(now) {
            Ok(Some((row, pad, why))) => {
                self.leftovers.tried.insert(row.opportunity.clone(), now);
                let who_left = WhoLeft {
                    settings: self.cx.policy.settings.clone(),
                    watched: self.watcher.watched_stages(),
                    earlier: self.watcher.earlier_stages(),
                };
                self.begin_ending(row, pad, Some(who_left), EndedFor::Setting(why));
            }
            Ok(None) => {}
            Err(error) => self.cx.ledger_failed(&error),
        }
    }

    pub(super) fn next_unneeded_wake(&self) -> Option<Duration> {
        self.ends_unneeded().then_some(self.leftovers.next)
    }

    fn ends_unneeded(&self) -> bool {
        self.cx.policy.settings.guards.end_unneeded_pads && self.cx.is_bound()
    }

    fn next_unneeded(
        &mut self,
        now: Duration,
    ) -> Result<Option<(Candidacy, PadId, Unneeded)>, LedgerError> {
        let open = self.cx.store.ledger.open_pads()?;
        let is_open = |id: &OpportunityId| open.iter().any(|pad| pad.opportunity == *id);
        self.leftovers.tried.retain(|id, _| is_open(id));
        if !self.cx.is_open(Service::Lever) || !self.cx.coderpad_answers() {
            return Ok(None);
        }
        for pad in &open {
            let id = &pad.opportunity;
            let tried = self.leftovers.tried.get(id);
            let rests = tried.is_some_and(|tried| now < *tried + AGAIN_AFTER);
            if rests || self.cx.is_step_in_flight(id) {
                continue;
            }
            let Some(row) = self.cx.store.ledger.row(id)? else {
                continue;
            };
            let Some(leftover) = self.leftover(&row, &pad.known) else {
                continue;
            };
            if follow_through::ends_by_setting(leftover, &pad.known, self.cx.now_ms()) {
                return Ok(Some((row, pad.pad.clone(), leftover.why)));
            }
        }
        Ok(None)
    }
}
