//! What runs beside the owner, and under which keys it was begun.

use tokio::task::{AbortHandle, JoinError, JoinSet};

use super::Done;

/// Grows when keys, accounts or all data change. What was begun before is not of use any longer:
/// see [`super::Owner::take_stale`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Epoch(u64);

/// The tasks that run beside the owner.
#[derive(Default)]
pub(super) struct Tasks {
    running: JoinSet<(Epoch, Done)>,
    epoch: Epoch,
}

impl Tasks {
    /// Begins something, in the present epoch.
    pub(super) fn spawn(
        &mut self,
        task: impl Future<Output = Done> + Send + 'static,
    ) -> AbortHandle {
        let epoch = self.epoch;
        self.running.spawn(async move { (epoch, task.await) })
    }

    /// Waits for the next one to end; never, if none is running.
    pub(super) async fn ended(&mut self) -> Result<(Epoch, Done), JoinError> {
        match self.running.join_next_with_id().await {
            Some(ended) => ended.map(|(_, finished)| finished),
            None => std::future::pending().await,
        }
    }

    /// Begins a new epoch. What is running goes on, and its results are stale.
    pub(super) fn renew(&mut self) {
        self.epoch.0 += 1;
    }

    /// Returns true if nothing is running.
    pub(super) fn is_empty(&self) -> bool {
        self.running.is_empty()
    }

    /// Returns true for what was begun in the present epoch.
    pub(super) fn is_current(&self, epoch: Epoch) -> bool {
        epoch == self.epoch
    }
}
