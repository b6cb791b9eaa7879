//! Handing out announcements, and telling each hindrance once.

use std::sync::Arc;

use super::{Change, Keepsake, Owner};
use crate::announcement::News;
use crate::problem::Problem;
use crate::restraints::unreadable_settings;
use crate::snapshot::{Condition, Snapshot};
use crate::trouble::Cause;
use crate::waypoint::{Side, Waypoint};

/// When the interview begins that the news reminds of, in ms since the epoch.
fn reminds_of(news: &News) -> Option<i64> {
    match news {
        News::Reminder { starts_ms, .. } | News::NotSentYet { starts_ms, .. } => Some(*starts_ms),
        _ => None,
    }
}

impl Owner<'_> {
    /// Hands out what was not told yet. A receiver that is full gets the rest later.
    pub(super) fn hand_out(&mut self) {
        let untold = match self.ledger.untold(self.last_told) {
            Ok(untold) => untold,
            Err(error) => return self.ledger_failed(&error),
        };
        for mut announcement in untold {
            let number = announcement.id;
            if !self.set_up.lets_create() && announcement.news.is_about_candidates() {
                return; // It keeps its place until set-up is finished.
            }
            if let Some(starts_ms) = reminds_of(&announcement.news) {
                if starts_ms <= self.now_ms() {
                    self.last_told = number;
                    self.shown(number);
                    continue;
                }
                // How soon it begins is counted from here.
                announcement.at_ms = self.now_ms();
            }
            self.wiring.waypoints.pass(Side::Before, Waypoint::Announce);
            if self.hosts.announcements.try_send(announcement).is_err() {
                return;
            }
            self.last_told = number;
            self.wiring.waypoints.pass(Side::After, Waypoint::Announce);
        }
    }

    pub(super) fn shown(&mut self, number: i64) {
        self.wiring
            .waypoints
            .pass(Side::Before, Waypoint::ShownWrite);
        if let Err(error) = self.ledger.shown(number) {
            self.ledger_failed(&error);
        }
        self.wiring
            .waypoints
            .pass(Side::After, Waypoint::ShownWrite);
    }

    /// Tells what hinders the work, unless it was told already: across hours and restarts.
    pub(super) fn tell_hindrance(&mut self, cause: Cause, problem: &Problem) {
        let is_told = self.told_hindrances.get(&cause) == Some(&problem.code);
        // Two codes of one cause that take turns are each told once.
        let is_new = self.told_codes.insert((cause, problem.code));
        if is_told || !is_new {
            return;
        }
        self.told_hindrances.insert(cause, problem.code);
        let Problem {
            code,
            message,
            hint,
        } = problem.clone();
        let mut changes = vec![Change::Told(News::Hindered {
            code,
            message,
            hint,
        })];
        changes.extend(self.keep_what_was_told());
        self.write(changes);
    }

    /// Tells that settings can't be read, or that they can again.
    pub(super) fn tell_of_settings(&mut self) {
        if self.settings_unreadable {
            self.tell_hindrance(Cause::Settings, &unreadable_settings());
        } else {
            self.is_over(Cause::Settings);
        }
    }

    /// What hindered is gone. Once nothing hinders any more, that is told if the hindrance was.
    pub(super) fn is_over(&mut self, cause: Cause) {
        self.is_dirty |= self.hindrances.remove(&cause).is_some();
        self.told_codes.retain(|(told, _)| *told != cause);
        if self.told_hindrances.remove(&cause).is_none() {
            return;
        }
        let mut changes: Vec<Change> = self.keep_what_was_told().into_iter().collect();
        if self.told_hindrances.is_empty() {
            changes.push(Change::Told(News::GoesOn));
        }
        self.write(changes);
    }

    fn keep_what_was_told(&self) -> Option<Change> {
        if self.told_hindrances.is_empty() {
            return Some(Change::Dropped(Keepsake::Hindrance));
        }
        let text = serde_json::to_string(&self.told_hindrances).ok()?;
        Some(Change::Kept(Keepsake::Hindrance, text))
    }

    /// Publishes the snapshot, if something changed and the last one is old enough.
    pub(super) fn publish(&mut self) {
        let now = self.elapsed();
        let is_first = self.published.is_zero();
        if !self.is_dirty || (!is_first && now < self.published + super::BETWEEN_SNAPSHOTS) {
            return;
        }
        match self.picture() {
            Ok(snapshot) => {
                self.revision = snapshot.revision;
                self.published = now.max(std::time::Duration::from_nanos(1));
                self.is_dirty = false;
                self.hosts.snapshot.send_replace(Arc::new(snapshot));
            }
            Err(error) => {
                self.published = now;
                self.ledger_failed(&error);
                self.publish_what_is_wrong();
                self.is_dirty = false;
            }
        }
    }

    /// The ledger can't be read: the last snapshot, with the reason.
    fn publish_what_is_wrong(&mut self) {
        let Some((problem, _)) = self.ledger_problem.clone() else {
            return;
        };
        let condition = Condition::Stopped { problem };
        self.hosts.snapshot.send_if_modified(|snapshot| {
            if snapshot.condition == condition {
                return false;
            }
            self.revision += 1;
            *snapshot = Arc::new(Snapshot {
                revision: self.revision,
                condition,
                ..Snapshot::clone(snapshot)
            });
            true
        });
    }
}
