//! Looking for pads that may or may not exist, in CoderPad's list.

use std::time::Duration;

use lever::OpportunityId;

use super::{Change, Done, Owner};
use crate::ledger::LedgerError;
use crate::life::Life;
use crate::making::look::{self, Looked, Now};
use crate::waypoint::{Side, Waypoint};

/// How often pads of superseded attempts are looked for, and for how long, in ms.
const LATE_EVERY: Duration = Duration::from_secs(600);
const LATE_FOR_MS: i64 = 24 * 60 * 60 * 1000;

impl Owner<'_> {
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

    fn start_look(&mut self, due: Vec<OpportunityId>, late: bool) -> Result<(), LedgerError> {
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

    pub(super) fn looked(&mut self, ids: &[OpportunityId], looked: &Looked) {
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
}
