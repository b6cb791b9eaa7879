//! Finding our pads again after a ledger was lost.

use super::{Done, Owner};
use crate::making::look::Now;
use crate::making::rebuild;
use crate::trouble::Trouble;

impl Owner<'_> {
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

    pub(super) fn rebuilt(&mut self, marked: Result<rebuild::Marked, Trouble>) {
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
