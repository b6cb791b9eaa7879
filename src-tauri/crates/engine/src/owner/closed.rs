//! Pads that are over or were deleted, and live again.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use coderpad::PadId;
use lever::OpportunityId;

use super::{Change, Owner};
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::identity::Fingerprint;
use padwatch_domain::tracking::closed::{self, MOST, WATCHED_MS};
use padwatch_domain::tracking::reading::Reading;
use padwatch_domain::tracking::transition::Reader;
use padwatch_domain::tracking::{ClosedPad, Known};
use padwatch_ledger::LedgerError;

/// What is remembered of closed pads from one thought to the next.
#[derive(Debug, Default)]
pub(super) struct Closed {
    /// Those of which something says that they live, or that another key may see.
    hurried: HashSet<OpportunityId>,
    /// When each was read last.
    tried: HashMap<OpportunityId, Duration>,
    /// When Lever was asked last for each one's interview.
    planned: HashMap<OpportunityId, Duration>,
    /// Whether all deleted ones are to be read: another key may see them.
    recheck: bool,
}

impl Closed {
    /// The keys changed: what one of them called deleted, the other may see.
    pub(super) fn recheck(&mut self) {
        self.recheck = true;
        self.tried.clear();
    }

    /// Something says that they live.
    pub(super) fn hurry(&mut self, ids: Vec<OpportunityId>) {
        self.hurried.extend(ids);
    }

    /// The next one to read, if any is due.
    pub(super) fn due(
        &mut self,
        pads: &[ClosedPad],
        now_ms: i64,
        now: Duration,
    ) -> Option<(OpportunityId, PadId)> {
        if std::mem::take(&mut self.recheck) {
            let deleted = pads.iter().filter(|pad| pad.is_deleted);
            self.hurried
                .extend(deleted.map(|pad| pad.opportunity.clone()));
        }
        let (id, pad) = closed::due(pads, &self.hurried, &self.tried, now_ms, now)?;
        self.hurried.remove(&id);
        self.tried.insert(id.clone(), now);
        Some((id, pad))
    }

    /// The next one whose interview Lever is to be asked for, if any: of a pad that is over it
    /// decides whether there was an interview in it.
    pub(super) fn plan_due(
        &mut self,
        pads: &[ClosedPad],
        now_ms: i64,
        now: Duration,
    ) -> Option<OpportunityId> {
        let id = closed::plan_due(pads, &self.planned, now_ms, now)?;
        self.planned.insert(id.clone(), now);
        Some(id)
    }

    /// Forgets those that are closed no longer.
    pub(super) fn keep(&mut self, pads: &[ClosedPad]) {
        let there: HashSet<&OpportunityId> = pads.iter().map(|pad| &pad.opportunity).collect();
        self.hurried.retain(|id| there.contains(id));
        self.tried.retain(|id, _| there.contains(id));
        self.planned.retain(|id, _| there.contains(id));
    }
}

impl Owner<'_> {
    pub(super) fn closed_pads(&self) -> Result<Vec<ClosedPad>, LedgerError> {
        let since_ms = self.now_ms().saturating_sub(WATCHED_MS);
        self.store.ledger.closed_pads(since_ms, MOST)
    }

    /// The CoderPad key in use, as the ledger knows it.
    pub(super) fn reader(&self) -> Option<Fingerprint> {
        self.connection.binding.reader()
    }

    /// Returns true if the key in use is of the user who saw this pad before.
    pub(super) fn is_own(&self, known: &Known) -> bool {
        let reader = self.reader();
        reader.is_some_and(|reader| known.is_own(reader, self.connection.binding.bound()))
    }

    pub(super) fn reader_of(&self, known: &Known, pad: &PadId) -> Reader {
        Reader {
            key: self.reader(),
            is_own: self.is_own(known),
            missed_for_ms: self
                .connection
                .last_reads
                .missed_for_ms(pad, self.elapsed()),
        }
    }

    /// Something else than following asked for a pad, and CoderPad doesn't find it (404): that
    /// counts for the row at once, and the next read decides.
    pub(super) fn pad_not_found(&mut self, id: &OpportunityId, pad: &PadId) {
        self.connection.last_reads.doubt(pad);
        self.pad_read(id, pad, Reading::Missing);
        self.tracking.next = self.elapsed();
    }

    /// A pad that was created, found or taken over is there for the key that showed it.
    pub(super) fn pad_is_there(&mut self, id: &OpportunityId, key: Option<Fingerprint>) {
        let read = self.store.ledger.row(id).and_then(|row| {
            let known = self.store.ledger.interview(id)?;
            Ok(row.map(|row| (row, known)))
        });
        if let Ok(Some((row, _))) = &read
            && let Some(pad) = row.life.pad()
        {
            self.connection
                .last_reads
                .read(&pad.id, self.wiring.clock.elapsed());
        }
        match read {
            Ok(Some((row, known))) if known.seen_by != key || known.missing_ms.is_some() => {
                self.write(seen_by(&row, known, key));
            }
            Ok(Some(_)) => {}
            Ok(None) => {}
            Err(error) => self.ledger_failed(&error),
        }
    }
}

fn seen_by(row: &Candidacy, known: Known, key: Option<Fingerprint>) -> Vec<Change> {
    let Some(pad) = row.life.pad().filter(|_| key.is_some()) else {
        return Vec::new();
    };
    vec![Change::Followed {
        opportunity: row.opportunity.clone(),
        pad: pad.id.clone(),
        known: Known {
            seen_by: key,
            missing_ms: None,
            ..known
        },
    }]
}
