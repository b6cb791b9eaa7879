//! Starting the steps of a creation, and taking in what came of them.
//!
//! Two computers may work on the same accounts. Nothing in the APIs lets one of them reserve a
//! candidate, so they watch each other's traces: whoever finds that somebody else's link was
//! first, gives way, and for a while makes nothing for candidates that the other has not come to.

use std::time::Duration;

use coderpad::Quota;
use lever::OpportunityId;

use super::{Change, Done, Keepsake, Owner, UnderWay};
use crate::announcement::News;
use crate::gate::Gate;
use crate::life::{Consent, Hold, Life};
use crate::making::look::{self, Looked, Now, Rhythm};
use crate::making::{Services, Settled, create, linking, prepare, rebuild};
use crate::row::Row;
use crate::trouble::{self, Service, Trouble, of_coderpad};
use crate::waypoint::{Side, Waypoint};

/// Steps under way at once. Lever's pace is the limit, not these.
const AT_ONCE: usize = 4;
/// How long another program's last trace makes us wait, in ms.
const RIVAL_MS: i64 = 60_000;
/// How often pads of superseded attempts are looked for, and for how long, in ms.
const LATE_EVERY: Duration = Duration::from_secs(600);
const LATE_FOR_MS: i64 = 24 * 60 * 60 * 1000;
/// How often the quota is read when all is well.
const QUOTA_EVERY: Duration = Duration::from_secs(3600);

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

    fn begin(&mut self, row: Row, step: impl Future<Output = Done> + Send + 'static) {
        let id = row.opportunity.clone();
        let task = self.tasks.spawn(step).id();
        self.under_way.insert(id, UnderWay { row, task });
    }

    pub(super) fn digest(&mut self, done: Done) {
        match done {
            Done::Polled(look, trigger) => self.polled(*look, trigger),
            Done::Hinted(id, read, trigger) => self.hint_read(&id, *read, trigger),
            Done::Prepared(id, prepared) => self.prepared(&id, *prepared),
            Done::Created(id, outcome) => {
                let root = self.wiring.coderpad_root.clone();
                let succeeded = outcome.is_ok();
                let settle = |row, now_ms| create::settle(row, *outcome, &root, now_ms);
                self.step_ended(&id, Waypoint::CreateWrite, settle);
                self.after_creation(&id, succeeded);
            }
            Done::Linked(id, outcome) => {
                let settle = |row, now_ms| linking::settle(row, outcome, now_ms);
                let fine = self.step_ended(&id, Waypoint::LinkWrite, settle);
                if fine && self.hindrance.take().is_some() {
                    self.tell_that_it_goes_on();
                }
            }
            Done::Looked(ids, looked) => self.looked(&ids, &looked),
            Done::Quota(quota) => self.quota_read(quota),
            Done::Rebuilt(marked) => self.rebuilt(marked),
            Done::PadSeen(id, pad, reply) => self.pad_seen(&id, *pad, reply),
            Done::TakenBack(id, pad, outcome, reply) => self.taken_back(&id, &pad, outcome, reply),
            Done::TagRemoved(id, read, reply) => self.tag_removed(&id, *read, reply),
            Done::Answered => {}
        }
    }

    /// The intent is on the disk before the request leaves; if it can't be written, nothing leaves.
    fn prepared(&mut self, id: &OpportunityId, prepared: prepare::Prepared) {
        let Some(step) = self.under_way.remove(id) else {
            return;
        };
        let now_ms = self.now_ms();
        let row = match self.ledger.row(id) {
            Ok(row) => row.unwrap_or(step.row),
            Err(error) => return self.ledger_failed(&error),
        };
        let has_left = row.left_ms.is_some();
        let settled = prepare::settle(row, prepared, self.wiring.chance.as_ref(), now_ms);
        self.with_link.remove(id);
        self.heed(&settled);
        if has_left && settled.changes.iter().any(is_intent) {
            return; // It left while it was read; the next look decides.
        }
        self.wiring
            .waypoints
            .pass(Side::Before, Waypoint::IntentWrite);
        let written = self.write_or_forget(&settled.changes);
        self.wiring
            .waypoints
            .pass(Side::After, Waypoint::IntentWrite);
        if written {
            self.ask_for_pad(settled);
        }
    }

    fn ask_for_pad(&mut self, settled: Settled) {
        let Some(services) = self.services.clone() else {
            return;
        };
        for change in settled.changes {
            let Change::Moved { row, .. } = change else {
                continue;
            };
            let Life::Intent { intent } = &row.life else {
                continue;
            };
            let choice = self.settings.pads.for_posting(row.seen.posting.as_ref());
            let pad = create::new_pad(&row, intent, choice);
            let (services, id) = (services.clone(), row.opportunity.clone());
            self.begin(*row, async move {
                Done::Created(id, Box::new(create::create(&services, &pad).await))
            });
        }
    }

    /// Takes in a step whose outcome must not get lost. Says whether it went without trouble.
    fn step_ended(
        &mut self,
        id: &OpportunityId,
        at: Waypoint,
        settle: impl FnOnce(Row, i64) -> Settled,
    ) -> bool {
        let Some(step) = self.under_way.remove(id) else {
            return false;
        };
        let row = match self.ledger.row(id) {
            Ok(row) => row.unwrap_or(step.row),
            Err(error) => {
                self.ledger_failed(&error);
                step.row
            }
        };
        let settled = settle(row, self.now_ms());
        self.heed(&settled);
        let fine = settled.trouble.is_none() && settled.hindrance.is_none();
        self.wiring.waypoints.pass(Side::Before, at);
        self.write(settled.changes);
        self.wiring.waypoints.pass(Side::After, at);
        fine
    }

    fn after_creation(&mut self, id: &OpportunityId, succeeded: bool) {
        let now = self.elapsed();
        let is_uncertain = matches!(self.ledger.row(id), Ok(Some(row)) if matches!(row.life, Life::Uncertain { .. }));
        if is_uncertain {
            self.rhythms.insert(id.clone(), Rhythm::begin(now));
        }
        if !succeeded {
            return;
        }
        if matches!(self.coderpad_gate, Gate::Trial { .. }) {
            self.coderpad_gate = Gate::Open;
            self.coderpad_is_back();
        }
        let Some(quota) = self.quota.as_mut() else {
            return;
        };
        quota.used = quota.used.saturating_add(1);
        quota.remaining = quota.remaining.map(|left| left.saturating_sub(1));
        let low = self.settings.guards.low_quota;
        if quota
            .left()
            .is_some_and(|left| left <= low.saturating_add(2))
        {
            self.next_quota = now;
        }
    }

    /// Closes gates and tells what hinders.
    pub(super) fn heed(&mut self, settled: &Settled) {
        let now = self.elapsed();
        if let Some(trouble) = &settled.trouble {
            if !trouble.passing {
                self.tell_hindrance(&trouble.problem);
            }
            self.close_gate(trouble.clone(), now);
        }
        if let Some(problem) = &settled.hindrance {
            self.tell_hindrance(problem);
            self.hindrance = Some(problem.clone());
        }
        self.is_dirty = true;
    }

    fn close_gate(&mut self, trouble: Trouble, now: Duration) {
        match trouble.service {
            Service::Lever => self.lever_gate = self.lever_gate.close(trouble, now),
            Service::Coderpad => self.coderpad_gate = self.coderpad_gate.close(trouble, now),
        }
    }

    /// One reading of the list for every pad that is due to be looked for.
    pub(super) fn look_if_due(&mut self) {
        let now = self.elapsed();
        if self.is_looking || self.coderpad_gate.lets_through(1) == 0 {
            return;
        }
        let due: Vec<OpportunityId> = self
            .rhythms
            .iter()
            .filter(|(_, rhythm)| rhythm.next <= now)
            .map(|(id, _)| id.clone())
            .collect();
        let late = now >= self.next_late_look;
        if due.is_empty() && !late {
            return;
        }
        if let Err(error) = self.start_look(due, late) {
            self.ledger_failed(&error);
        }
    }

    fn start_look(
        &mut self,
        due: Vec<OpportunityId>,
        late: bool,
    ) -> Result<(), crate::ledger::LedgerError> {
        let Some(services) = self.services.clone() else {
            return Ok(());
        };
        let mut wanted = Vec::new();
        for id in &due {
            match self.ledger.row(id)?.map(|row| row.life) {
                Some(Life::Uncertain { intent, .. }) => {
                    wanted.push((intent.marker, intent.written_ms));
                }
                _ => drop(self.rhythms.remove(id)),
            }
        }
        if late {
            self.next_late_look = self.elapsed() + LATE_EVERY;
            wanted.extend(
                self.ledger
                    .loose_markers(self.now_ms().saturating_sub(LATE_FOR_MS))?,
            );
        }
        let Some(since_ms) = wanted.iter().map(|(_, written_ms)| *written_ms).min() else {
            return Ok(());
        };
        let markers: Vec<_> = wanted.into_iter().map(|(marker, _)| marker).collect();
        self.is_looking = true;
        self.tasks.spawn(async move {
            Done::Looked(
                due,
                Box::new(look::look(&services, &markers, since_ms).await),
            )
        });
        Ok(())
    }

    fn looked(&mut self, ids: &[OpportunityId], looked: &Looked) {
        self.is_looking = false;
        let elapsed = self.elapsed();
        let root = self.wiring.coderpad_root.clone();
        let now = Now {
            ms: self.now_ms(),
            elapsed,
            root: &root,
        };
        for id in ids {
            let row = match self.ledger.row(id) {
                Ok(Some(row)) => row,
                Ok(None) => continue,
                Err(error) => return self.ledger_failed(&error),
            };
            let Some(rhythm) = self.rhythms.get(id).copied() else {
                continue;
            };
            let asks = matches!(&row.life, Life::Uncertain { search, .. } if search.asks);
            let rhythm = rhythm.after(looked.incomplete.is_none(), asks, elapsed);
            let make_again = self.settings.guards.make_again_when_not_found;
            let settled = look::settle(row, looked, rhythm, make_again, now);
            self.heed(&settled);
            self.wiring
                .waypoints
                .pass(Side::Before, Waypoint::LookWrite);
            self.write(settled.changes);
            self.wiring.waypoints.pass(Side::After, Waypoint::LookWrite);
            match self.ledger.row(id) {
                Ok(Some(row)) if matches!(row.life, Life::Uncertain { .. }) => {
                    self.rhythms.insert(id.clone(), rhythm);
                }
                _ => drop(self.rhythms.remove(id)),
            }
        }
        self.late_pads(looked, now);
    }

    /// Pads of attempts that were given up, and turned up after all.
    fn late_pads(&mut self, looked: &Looked, now: Now<'_>) {
        for (marker, pads) in &looked.found {
            let Ok(Some(row)) = self.ledger.row(&marker.opportunity) else {
                continue;
            };
            let Some(kept) = row.life.pad().cloned() else {
                continue;
            };
            let known = self.ledger.duplicates(&row.opportunity).unwrap_or_default();
            for extra in pads.iter().filter(|pad| pad.id != kept.id) {
                if known.iter().all(|duplicate| duplicate.id != extra.id) {
                    let mut changes = look::too_many(&row, &kept.id, extra, now);
                    changes.push(Change::MarkerSettled(marker.clone()));
                    self.write(changes);
                }
            }
        }
    }

    pub(super) fn ask_quota_if_due(&mut self) {
        let now = self.elapsed();
        let due = self.coderpad_gate.next_try().unwrap_or(self.next_quota);
        if self.is_asking_quota || due > now {
            return;
        }
        let Some(services) = self.services.clone() else {
            return;
        };
        self.is_asking_quota = true;
        self.next_quota = now + QUOTA_EVERY;
        self.tasks
            .spawn(async move { Done::Quota(services.coderpad.quota().await) });
    }

    fn quota_read(&mut self, quota: Result<Quota, coderpad::Error>) {
        self.is_asking_quota = false;
        self.is_dirty = true;
        let now = self.elapsed();
        let quota = match quota {
            Ok(quota) => quota,
            Err(error) => {
                let trouble = of_coderpad(&error);
                if !trouble.passing {
                    self.tell_hindrance(&trouble.problem);
                }
                self.coderpad_gate = self.coderpad_gate.tried_in_vain(trouble, now);
                return;
            }
        };
        let used_up = quota.is_used_up();
        self.tell_low_quota(&quota);
        self.quota = Some(quota);
        if used_up {
            let problem = trouble::over_quota();
            self.tell_hindrance(&problem);
            let trouble = Trouble {
                service: Service::Coderpad,
                problem,
                passing: false,
                wait: None,
            };
            self.coderpad_gate = self.coderpad_gate.tried_in_vain(trouble, now);
            return;
        }
        let was_shut = self.coderpad_gate.trouble().is_some();
        self.coderpad_gate = std::mem::take(&mut self.coderpad_gate).answered();
        if was_shut {
            self.coderpad_is_back();
        }
    }

    fn tell_low_quota(&mut self, quota: &Quota) {
        let Some(left) = quota.left() else { return };
        let told: bool = self
            .ledger
            .kept(Keepsake::QuotaTold)
            .unwrap_or_default()
            .unwrap_or_default();
        let low = left <= self.settings.guards.low_quota;
        if low && !told {
            let news = News::QuotaLow { remaining: left };
            self.write(vec![
                Change::Kept(Keepsake::QuotaTold, "true".to_owned()),
                Change::Told(news),
            ]);
        }
        if !low && told {
            self.write(vec![Change::Dropped(Keepsake::QuotaTold)]);
        }
    }

    /// Those who were refused because of the service go on, in their old order.
    pub(super) fn coderpad_is_back(&mut self) {
        self.again(|row| matches!(&row.life, Life::Refused { refusal, .. } if refusal.for_all));
        if self.coderpad_gate == Gate::Open
            && self.hindrance.is_none()
            && self.lever_gate == Gate::Open
        {
            self.tell_that_it_goes_on();
        }
    }

    /// Refused rows that fit go back to their place in the queue.
    pub(super) fn again(&mut self, fits: impl Fn(&Row) -> bool) {
        let rows = match self.ledger.in_state("refused") {
            Ok(rows) => rows,
            Err(error) => return self.ledger_failed(&error),
        };
        let now_ms = self.now_ms();
        let changes = rows
            .into_iter()
            .filter(|row| fits(row))
            .filter_map(|row| create::again(row, "The cause may be gone.", now_ms))
            .map(|row| Change::Moved {
                row: Box::new(row),
                what: "In line again",
                trigger: crate::ledger::Trigger::Making,
            })
            .collect();
        self.write(changes);
    }

    pub(super) fn rebuild_if_due(&mut self) {
        let due = self.creation_off && !self.rebuild_searched && self.last_checked_ms.is_some();
        if !due || self.is_rebuilding || self.coderpad_gate.lets_through(1) == 0 {
            return;
        }
        let Some(services) = self.services.clone() else {
            return;
        };
        self.is_rebuilding = true;
        self.is_dirty = true;
        self.tasks
            .spawn(async move { Done::Rebuilt(rebuild::marked_pads(&services).await) });
    }

    fn rebuilt(&mut self, marked: Result<rebuild::Marked, Trouble>) {
        self.is_rebuilding = false;
        self.is_dirty = true;
        let now = self.elapsed();
        let marked = match marked {
            Ok(marked) => marked,
            Err(trouble) => return self.close_gate(trouble, now),
        };
        self.rebuild_searched = true;
        let root = self.wiring.coderpad_root.clone();
        let now = Now {
            ms: self.now_ms(),
            elapsed: now,
            root: &root,
        };
        for (id, pads) in marked {
            match self.ledger.row(&id) {
                Ok(Some(row)) => self.write(rebuild::settle(row, &pads, now)),
                Ok(None) => {}
                Err(error) => return self.ledger_failed(&error),
            }
        }
    }
}

fn is_intent(change: &Change) -> bool {
    matches!(change, Change::Moved { row, .. } if matches!(row.life, Life::Intent { .. }))
}
