//! The two services, with the keys in use.

use std::sync::Arc;

use coderpad::{PadPage, PadSort};
use futures_util::stream::BoxStream;
use lever::UserId;
use transport::{ApiRoot, Clock};

use crate::failpoint::{Failpoint, Failpoints, Side};

/// What the steps work with.
#[derive(Clone)]
pub(crate) struct Services {
    /// Lever, with its key.
    pub lever: lever::Client,
    /// CoderPad, with its key.
    pub coderpad: coderpad::Client,
    /// Where pads live, to recognise their links.
    pub coderpad_root: ApiRoot,
    /// The Lever user on whose behalf we write.
    pub acting_user: Option<UserId>,
    /// Whether pads are made for other CoderPad users too.
    pub makes_for_others: bool,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Who wants to know how far we are.
    pub failpoints: Arc<dyn Failpoints>,
}

impl Services {
    /// The lists that a pad of ours can be in, page by page, the newest first.
    pub(crate) fn lists_of_pads(
        &self,
    ) -> Vec<BoxStream<'static, Result<PadPage, coderpad::Error>>> {
        let mut lists = vec![self.coderpad.pads(PadSort::CreatedNewest)];
        if self.makes_for_others {
            lists.push(self.coderpad.organization_pads(PadSort::CreatedNewest));
        }
        lists
    }

    /// The same, asking each time once: for what the engine itself tries again later.
    #[must_use]
    pub(crate) fn trying_once(mut self) -> Self {
        self.lever = self.lever.without_retries();
        self.coderpad = self.coderpad.without_retries();
        self
    }

    /// Runs a request between the two sides of its failpoint.
    pub(crate) async fn between<T>(&self, at: Failpoint, request: impl Future<Output = T>) -> T {
        self.failpoints.pass(Side::Before, at);
        let outcome = request.await;
        self.failpoints.pass(Side::After, at);
        outcome
    }
}
