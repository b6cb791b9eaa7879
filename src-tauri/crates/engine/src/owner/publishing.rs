//! Drawing the snapshot.

use std::sync::Arc;
use std::time::Duration;

use super::beside::Others;
use super::{BETWEEN_SNAPSHOTS, Owner};
use crate::circuit_breaker::CircuitBreaker;
use crate::hindrances;
use crate::restraints::unreadable_settings;
use crate::snapshot::{Condition, HeldUp, PadRow, Snapshot};
use crate::view;
use crate::waiting::{self, Turn};
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::creation_off::CreationOff;
use padwatch_domain::lifecycle::{Consent, Lifecycle};
use padwatch_domain::links::own_link_of_extra;
use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_domain::retention;
use padwatch_domain::section::Section;
use padwatch_domain::service_error::Service;
use padwatch_domain::set_up;
use padwatch_ledger::LedgerError;

/// How long after its start an interview is shown as the next one, in ms.
const NEXT_UNTIL_MS: i64 = 15 * 60 * 1000;

/// What was published last.
#[derive(Default)]
pub(super) struct Publisher {
    pub(super) revision: u64,
    /// When.
    pub(super) published: Duration,
}

impl Owner<'_> {
    /// Publishes the snapshot, if something changed and the last one is old enough.
    pub(super) fn publish(&mut self) {
        let now = self.cx.elapsed();
        let is_first = self.publisher.published.is_zero();
        if !self.cx.is_dirty || (!is_first && now < self.publisher.published + BETWEEN_SNAPSHOTS) {
            return;
        }
        match self.picture() {
            Ok(snapshot) => {
                self.publisher.revision = snapshot.revision;
                self.publisher.published = now.max(std::time::Duration::from_nanos(1));
                self.cx.is_dirty = false;
                self.hosts.snapshot.send_replace(Arc::new(snapshot));
            }
            Err(error) => {
                self.publisher.published = now;
                self.cx.ledger_failed(&error);
                self.publish_what_is_wrong();
                self.cx.is_dirty = false;
            }
        }
    }

    /// The ledger can't be read: the last snapshot, with the reason.
    fn publish_what_is_wrong(&mut self) {
        let Some((problem, _)) = self.cx.store.problem.clone() else {
            return;
        };
        let condition = Condition::Stopped { problem };
        self.hosts.snapshot.send_if_modified(|snapshot| {
            if snapshot.condition == condition {
                return false;
            }
            self.publisher.revision += 1;
            *snapshot = Arc::new(Snapshot {
                revision: self.publisher.revision,
                condition,
                ..Snapshot::clone(snapshot)
            });
            true
        });
    }

    pub(super) fn picture(&self) -> Result<Snapshot, LedgerError> {
        let most = Snapshot::MOST_ROWS;
        let mut newest = self.cx.store.ledger.few(Section::ToSend, true, most)?;
        newest.extend(self.cx.store.ledger.few(Section::Upcoming, true, most)?);
        newest.sort_by_key(|row| std::cmp::Reverse(row.life.pad().map(|pad| pad.since_ms)));
        newest.truncate(most);
        Ok(Snapshot {
            revision: self.publisher.revision + 1,
            condition: self.condition(),
            last_checked_ms: self.watcher.last_checked_ms(),
            current_until_ms: self.current_until_ms(),
            counts: self.cx.store.ledger.counts(self.cx.today())?,
            newest: self.shown_rows(&newest)?,
            needs_you: self.shown_rows(&self.cx.store.ledger.few(
                Section::NeedsYou,
                false,
                most,
            )?)?,
            next_interview: self.next_interview()?,
            finished: self.shown_rows(&self.newest_finished(most)?)?,
            quota: self.provisioner.quota_left(&self.cx),
            who_makes: self.cx.policy.settings.who_makes,
            progress: self.progress()?,
            webhooks: self.webhooks.webhook_state(&self.cx),
            degraded: self.degraded(),
            unreadable: Some(self.cx.store.ledger.quarantined()?).filter(|count| *count > 0),
        })
    }

    /// People are late: an interview that began a short time ago is still the next one.
    fn next_interview(&self) -> Result<Option<PadRow>, LedgerError> {
        let after_ms = self.cx.now_ms().saturating_sub(NEXT_UNTIL_MS);
        let row = self.cx.store.ledger.next_interview(after_ms)?;
        row.map(|row| self.shown_row(&row)).transpose()
    }

    /// The newest finished interviews that are not too old for the tray.
    fn newest_finished(&self, most: usize) -> Result<Vec<Candidacy>, LedgerError> {
        let (days, now_ms) = (
            self.cx.policy.settings.keeping.days_in_tray,
            self.cx.now_ms(),
        );
        let mut rows = self.cx.store.ledger.few(Section::Finished, true, most)?;
        rows.retain(|row| match &row.life {
            Lifecycle::Finished { ended_ms, .. } => retention::is_in_tray(*ended_ms, days, now_ms),
            _ => false,
        });
        Ok(rows)
    }

    pub(super) fn shown_rows(&self, rows: &[Candidacy]) -> Result<Vec<PadRow>, LedgerError> {
        rows.iter().map(|row| self.shown_row(row)).collect()
    }

    pub(super) fn shown_row(&self, row: &Candidacy) -> Result<PadRow, LedgerError> {
        let duplicates = self
            .cx
            .store
            .ledger
            .duplicates(&row.opportunity)?
            .into_iter();
        let root = &self.cx.wiring.coderpad_root;
        let duplicates = duplicates.map(|extra| own_link_of_extra(extra, root));
        let mut shown = view::row(
            row,
            duplicates.collect(),
            &self.cx.policy.settings.watch.tag,
            &self.cx.wiring.coderpad_root,
        );
        match &row.life {
            Lifecycle::Eligible { consent } if !is_only_adopted(*consent) && !row.is_out() => {
                shown.held_up = waiting::why(self.turn_of(row)).map(HeldUp::Waiting);
            }
            Lifecycle::Created { .. } | Lifecycle::Linked { .. } => {
                let known = self.cx.store.ledger.interview(&row.opportunity)?;
                view::add_interview(&mut shown, &known, self.cx.now_ms());
                // While paused nothing is checked, and it is said once for all.
                if self.cx.policy.paused.is_none() {
                    let settings = &self.cx.policy.settings.reminders;
                    view::add_remark(&mut shown, &known, settings, self.cx.now_ms());
                }
                if let Some(leftover) = self.leftover(row, &known) {
                    view::add_leftover(&mut shown, leftover);
                }
            }
            Lifecycle::Finished { .. } => {
                if let Some(note) = self.cx.store.ledger.note(&row.opportunity)? {
                    view::add_note(&mut shown, note.status());
                }
            }
            _ => {}
        }
        if let Some(problem) = self.cx.connection.failing.quarantine_of(&row.opportunity) {
            shown.held_up = Some(HeldUp::Quarantined(problem.clone()));
        }
        Ok(shown)
    }

    fn turn_of(&self, row: &Candidacy) -> Turn {
        let gates = [
            (Service::Lever, &self.cx.connection.lever_breaker),
            (Service::Coderpad, &self.cx.connection.coderpad_breaker),
        ];
        let held_by = gates.into_iter().find(|(_, gate)| gate.permits(1) == 0);
        Turn {
            is_paused: self.cx.policy.paused.is_some(),
            is_off: self.cx.policy.creation_off.is_some(),
            is_set_up: self.cx.policy.set_up.lets_create(),
            held_by: held_by.map(|(service, _)| service),
            has_quota: self.provisioner.has_quota()
                && !is_over_quota(&self.cx.connection.coderpad_breaker),
            is_searched_for: self.reconciler.search_holds_back(row),
            is_left_to_rival: self.provisioner.is_left_to_rival(
                row,
                &Others {
                    watcher: &self.watcher,
                    reconciler: &self.reconciler,
                },
                &self.cx,
            ),
        }
    }

    fn condition(&self) -> Condition {
        let unreadable = self.cx.policy.settings_unreadable.then(unreadable_settings);
        let ledger_problem = self.cx.store.problem.as_ref().map(|(problem, _)| problem);
        if let Some(problem) = self
            .cx
            .store
            .displaced
            .as_ref()
            .or(ledger_problem)
            .or(unreadable.as_ref())
        {
            return Condition::Stopped {
                problem: problem.clone(),
            };
        }
        if let Some(pause) = self.cx.policy.paused {
            return Condition::Paused {
                until_ms: pause.until_ms,
            };
        }
        if let Some(condition) = self.set_up_unfinished() {
            return condition;
        }
        if let Some(problem) = self.cx.connection.binding.problem() {
            return Condition::Stopped { problem };
        }
        let stage_problem = self.watcher.stage_problem();
        if let Some(problem) = stage_problem.filter(|problem| problem.waits_for().is_none()) {
            return Condition::SetUp {
                problem: problem.clone(),
                step: None,
            };
        }
        let mut hindrances = self.hindrances();
        hindrances.extend(stage_problem.cloned());
        if let Some(condition) = hindrances::most_pressing(&hindrances) {
            return condition;
        }
        if !self.watcher.has_looked() {
            return Condition::Starting;
        }
        Condition::Watching
    }

    fn set_up_unfinished(&self) -> Option<Condition> {
        if let Some(step) = self.cx.policy.set_up.unfinished() {
            return Some(Condition::SetUp {
                problem: set_up::unfinished(),
                step: Some(step),
            });
        }
        let has_keys = self.cx.connection.services.is_some();
        (!has_keys).then_some(Condition::SetUp {
            problem: Problem::KeysMissing,
            step: None,
        })
    }

    /// What keeps pads from being created.
    fn hindrances(&self) -> Vec<Problem> {
        let connection = &self.cx.connection;
        let services = [&connection.lever_breaker, &connection.coderpad_breaker];
        let services = services.into_iter().filter_map(CircuitBreaker::outage);
        let creation_off = self.cx.policy.creation_off.map(CreationOff::problem);
        let stage_gone = self
            .watcher
            .watched()
            .and_then(|watched| watched.problem.clone());
        services
            .map(|service_error| service_error.problem.clone())
            .chain(creation_off)
            .chain(self.watcher.tag_gone(&self.cx))
            .chain(connection.outages.values().cloned())
            .chain(stage_gone)
            .collect()
    }

    /// Two polls after the last one that was complete.
    fn current_until_ms(&self) -> Option<i64> {
        let two_polls = self.cx.asks_every().saturating_mul(2).as_millis();
        let two_polls = i64::try_from(two_polls).unwrap_or(i64::MAX);
        let checked_ms = self.watcher.last_checked_ms()?;
        Some(checked_ms.saturating_add(two_polls))
    }

    /// What is not as it should be although pads are created.
    pub(super) fn degraded(&self) -> Vec<Problem> {
        if self.cx.connection.services.is_none() {
            return Vec::new();
        }
        let mut problems = self.watcher.degraded();
        problems.extend(self.cx.jobs.problem());
        problems.extend(self.webhooks.problem());
        problems
    }
}

fn is_over_quota(gate: &CircuitBreaker) -> bool {
    gate.service_error()
        .is_some_and(|service_error| service_error.problem.code() == ProblemCode::OverQuota)
}

/// Nothing is created for a candidate who is only looked at for a pad that is there.
fn is_only_adopted(consent: Consent) -> bool {
    matches!(consent, Consent::AdoptOnly(_))
}
