//! Handing out announcements, and telling each hindrance once.

use std::sync::Arc;

use super::{Change, Keepsake, Owner};
use crate::announcement::News;
use crate::problem::{Problem, ProblemCode};
use crate::waypoint::{Side, Waypoint};

impl Owner<'_> {
    /// Hands out what was not told yet. A receiver that is full gets the rest later.
    pub(super) fn hand_out(&mut self) {
        let untold = match self.ledger.untold(self.last_told) {
            Ok(untold) => untold,
            Err(error) => return self.ledger_failed(&error),
        };
        for announcement in untold {
            let number = announcement.id;
            self.wiring.waypoints.pass(Side::Before, Waypoint::Announce);
            if self.announcements.try_send(announcement).is_err() {
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

    /// Tells what hinders the work, unless it was the last thing told.
    pub(super) fn tell_hindrance(&mut self, problem: &Problem) {
        let told: Option<ProblemCode> = match self.ledger.kept(Keepsake::Hindrance) {
            Ok(told) => told,
            Err(error) => return self.ledger_failed(&error),
        };
        if told == Some(problem.code) {
            return;
        }
        let Ok(code) = serde_json::to_string(&problem.code) else {
            return;
        };
        let Problem {
            code: kind,
            message,
            hint,
        } = problem.clone();
        self.write(vec![
            Change::Kept(Keepsake::Hindrance, code),
            Change::Told(News::Hindered {
                code: kind,
                message,
                hint,
            }),
        ]);
    }

    /// What hindered is gone: told if the hindrance was.
    pub(super) fn tell_that_it_goes_on(&mut self) {
        match self.ledger.kept::<ProblemCode>(Keepsake::Hindrance) {
            Ok(None) => {}
            Ok(Some(_)) => {
                self.write(vec![
                    Change::Dropped(Keepsake::Hindrance),
                    Change::Told(News::GoesOn),
                ]);
            }
            Err(error) => self.ledger_failed(&error),
        }
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
                self.snapshot.send_replace(Arc::new(snapshot));
            }
            Err(error) => {
                self.published = now;
                self.ledger_failed(&error);
            }
        }
    }
}
