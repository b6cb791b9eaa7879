//! Starting the steps of a creation, as far as gates and guards let them.
//!
//! Two computers may work on the same accounts. Nothing in the APIs lets one of them reserve a
//! candidate, so they watch each other's traces: whoever finds that somebody else's link was
//! first, gives way, and for a while makes nothing for candidates that the other has not come to.

use coderpad::Quota;

use super::{Change, Done, Keepsake, Owner, UnderWay};
use crate::announcement::News;
use crate::life::{Consent, Hold, Life};
use crate::making::{Services, linking, prepare};
use crate::row::Row;

/// Steps under way at once. Lever's pace is the limit, not these.
const AT_ONCE: usize = 4;
/// How long another program's last trace makes us wait, in ms.
const RIVAL_MS: i64 = 60_000;

impl Owner<'_> {
    pub(super) fn start_steps(&mut self) {
        let rows = match self.ledger.due(self.now_ms(), 64) {
            Ok(rows) => rows,
            Err(error) => return self.ledger_failed(&error),
        };
        for row in rows {
            if self.under_way.len() >= AT_ONCE {
                return;
            }
            self.start_step(row);
        }
    }

    fn start_step(&mut self, row: Row) {
        let Some(services) = self.services.clone() else {
            return;
        };
        if self.is_busy_with(&row) {
            return;
        }
        match &row.life {
            Life::Held {
                hold: Hold::Until { .. },
            } => self.hold_is_over(row),
            Life::Held {
                hold: Hold::NoLinkYet { since_ms },
            } => self.no_link_yet(row.clone(), *since_ms),
            Life::Eligible { consent } if self.may_prepare(&row, *consent) => {
                self.start_preparing(services, row);
            }
            Life::Created { .. }
                if self.lever_gate.lets_through(AT_ONCE) > self.under_way.len() =>
            {
                self.start_linking(services, row);
            }
            _ => {}
        }
    }

    /// One step at a time for each person: their candidacies share the links.
    fn is_busy_with(&self, row: &Row) -> bool {
        let contact = row.seen.contact.as_ref();
        self.under_way.contains_key(&row.opportunity)
            || self
                .under_way
                .values()
                .any(|step| contact.is_some() && step.row.seen.contact.as_ref() == contact)
    }

    fn may_prepare(&self, row: &Row, consent: Consent) -> bool {
        let room = self
            .lever_gate
            .lets_through(AT_ONCE)
            .min(self.coderpad_gate.lets_through(AT_ONCE));
        let adopts = matches!(consent, Consent::AdoptOnly(_));
        let may_make = !self.creation_off && self.has_quota() && !self.gives_way_to_rival(row);
        self.watched.is_some() && self.under_way.len() < room && (adopts || may_make)
    }

    fn has_quota(&self) -> bool {
        !self.quota.as_ref().is_some_and(Quota::is_used_up)
    }

    fn gives_way_to_rival(&self, row: &Row) -> bool {
        let seen_ms: Option<i64> = self.ledger.kept(Keepsake::Rival).unwrap_or_default();
        let is_there = seen_ms.is_some_and(|seen_ms| self.now_ms() < seen_ms + RIVAL_MS);
        is_there && !self.with_link.contains(&row.opportunity)
    }

    fn hold_is_over(&mut self, row: Row) {
        let now_ms = self.now_ms();
        let life = Life::Eligible {
            consent: Consent::Rules,
        };
        let row = row.becoming(life, "The hold time is over.", now_ms);
        let trigger = crate::ledger::Trigger::Making;
        self.write(vec![Change::Moved {
            row: Box::new(row),
            what: "Hold over",
            trigger,
        }]);
    }

    /// Watch mode: after the time that was set, a missing link is reported.
    fn no_link_yet(&mut self, row: Row, since_ms: i64) {
        let now_ms = self.now_ms();
        let patience = i64::from(self.settings.guards.missing_link_after_seconds) * 1000;
        if now_ms < since_ms.saturating_add(patience) {
            return;
        }
        let told = Change::Told(News::NoLink { who: row.who() });
        let row = row.becoming(
            Life::Held { hold: Hold::NoLink },
            "CoderPad’s integration put no link on the profile.",
            now_ms,
        );
        let trigger = crate::ledger::Trigger::Poll;
        self.write(vec![
            Change::Moved {
                row: Box::new(row),
                what: "No link appeared",
                trigger,
            },
            told,
        ]);
    }

    fn start_preparing(&mut self, services: Services, row: Row) {
        let (of_others, has_siblings) = match self.siblings(&row) {
            Ok(siblings) => siblings,
            Err(error) => return self.ledger_failed(&error),
        };
        let watched = self
            .watched
            .as_ref()
            .map(|watched| watched.stages.clone())
            .unwrap_or_default();
        let settings = self.settings.clone();
        let question = prepare::Question {
            row: row.clone(),
            fresh: self.readings.fresh(&row.opportunity, self.elapsed()),
            of_others,
            has_siblings,
            settings,
            watched,
        };
        let id = row.opportunity.clone();
        self.begin(row, async move {
            Done::Prepared(id, Box::new(prepare::prepare(&services, &question).await))
        });
    }

    fn start_linking(&mut self, services: Services, row: Row) {
        let (of_others, _) = match self.siblings(&row) {
            Ok(siblings) => siblings,
            Err(error) => return self.ledger_failed(&error),
        };
        let Some(pad) = row.life.pad().cloned() else {
            return;
        };
        let id = row.opportunity.clone();
        let in_hand = row.is_in_hand();
        let question = linking::Question {
            opportunity: id.clone(),
            pad,
            of_others,
            in_hand,
        };
        self.begin(row, async move {
            Done::Linked(id, linking::link(&services, &question).await)
        });
    }

    fn siblings(
        &self,
        row: &Row,
    ) -> Result<(Vec<coderpad::PadId>, bool), crate::ledger::LedgerError> {
        let Some(contact) = &row.seen.contact else {
            return Ok((Vec::new(), false));
        };
        let mut others = self.ledger.of_contact(contact)?;
        others.retain(|other| other.opportunity != row.opportunity);
        let mut pads = Vec::new();
        for other in &others {
            pads.extend(other.life.pad().map(|pad| pad.id.clone()));
            let extra = self.ledger.duplicates(&other.opportunity)?;
            pads.extend(extra.into_iter().map(|duplicate| duplicate.id));
        }
        Ok((pads, !others.is_empty()))
    }

    pub(super) fn begin(&mut self, row: Row, step: impl Future<Output = Done> + Send + 'static) {
        let id = row.opportunity.clone();
        let task = self.tasks.spawn(step).id();
        self.under_way.insert(id, UnderWay { row, task });
    }
}
