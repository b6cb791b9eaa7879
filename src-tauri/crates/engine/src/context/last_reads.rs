//! What reading pads by their ids brought last.

use std::collections::HashMap;
use std::time::Duration;

use coderpad::PadId;

/// A pad that was read within this time is handed out as it is: long enough to copy the link and
/// then the invitation with one request, too short to delete the pad in between.
const FRESH: Duration = Duration::from_secs(5);

/// What reading pads by their ids brought last, in time that never jumps.
#[derive(Debug, Default)]
pub(crate) struct LastReads {
    /// When each was last there.
    read: HashMap<PadId, Duration>,
    /// When this program first heard, from the user who saw the pad before, that it isn't.
    missed: HashMap<PadId, Duration>,
}

impl LastReads {
    /// CoderPad showed the pad to someone who asked for it.
    pub(crate) fn read(&mut self, pad: &PadId, now: Duration) {
        self.shown(pad);
        self.read.retain(|_, at| now.saturating_sub(*at) < FRESH);
        self.read.insert(pad.clone(), now);
    }

    /// CoderPad showed the pad, if only in its list.
    pub(crate) fn shown(&mut self, pad: &PadId) {
        self.missed.remove(pad);
    }

    /// CoderPad doesn't find it for the user who saw it before.
    pub(crate) fn missed(&mut self, pad: &PadId, now: Duration) {
        self.missed.entry(pad.clone()).or_insert(now);
    }

    /// What was read before no longer counts.
    pub(crate) fn doubt(&mut self, pad: &PadId) {
        self.read.remove(pad);
    }

    /// How long ago this program first missed the pad, in ms. `None`: it is there for all it knows.
    pub(crate) fn missed_for_ms(&self, pad: &PadId, now: Duration) -> Option<i64> {
        let passed = now.saturating_sub(*self.missed.get(pad)?);
        Some(i64::try_from(passed.as_millis()).unwrap_or(i64::MAX))
    }

    /// Forgets which others were missed.
    pub(crate) fn keep_missed(&mut self, is_known: impl Fn(&PadId) -> bool) {
        self.missed.retain(|pad, _| is_known(pad));
    }

    pub(crate) fn is_fresh(&self, pad: &PadId, now: Duration) -> bool {
        let last = self.read.get(pad);
        last.is_some_and(|at| now.saturating_sub(*at) < FRESH)
    }
}
