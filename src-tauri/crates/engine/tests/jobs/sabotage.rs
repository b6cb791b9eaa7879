//! Jobs that are made to fail at their beginning.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::BoxFuture;
use padwatch_engine::failpoint::{Failpoint, Failpoints, JobKind, Side};
use transport::Clock;

/// How a job fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    Panic,
    Never,
}

/// Fails the first jobs of one kind, and remembers when they began.
pub(crate) struct Sabotage {
    kind: JobKind,
    how: How,
    clock: Arc<dyn Clock>,
    seen: Mutex<Seen>,
}

struct Seen {
    left: u32,
    failed: Vec<Duration>,
    worked: Vec<Duration>,
}

impl Sabotage {
    pub(crate) fn of(kind: JobKind, how: How, left: u32, clock: Arc<dyn Clock>) -> Self {
        let seen = Mutex::new(Seen {
            left,
            failed: Vec::new(),
            worked: Vec::new(),
        });
        Self {
            kind,
            how,
            clock,
            seen,
        }
    }

    /// How many were made to fail.
    pub(crate) fn happened(&self) -> usize {
        self.seen.lock().unwrap().failed.len()
    }

    /// From the first that failed to the first after it that didn't.
    pub(crate) fn pause(&self) -> Option<Duration> {
        let seen = self.seen.lock().unwrap();
        let failed = *seen.failed.first()?;
        let worked = seen.worked.iter().find(|at| **at >= failed)?;
        Some(*worked - failed)
    }
}

impl Failpoints for Sabotage {
    fn pass(&self, _: Side, _: Failpoint) {}

    fn begin(&self, kind: JobKind) -> BoxFuture<'static, ()> {
        if kind != self.kind {
            return Box::pin(std::future::ready(()));
        }
        let now = self.clock.elapsed();
        let mut seen = self.seen.lock().unwrap();
        if seen.left == 0 {
            seen.worked.push(now);
            return Box::pin(std::future::ready(()));
        }
        seen.left -= 1;
        seen.failed.push(now);
        match self.how {
            How::Panic => Box::pin(async { panic!("a test wants it") }),
            How::Never => Box::pin(std::future::pending()),
        }
    }
}
