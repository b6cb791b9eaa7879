use async_trait::async_trait;

use crate::{Failure, Reply, Request};

/// Carries one request, once. Implementors never retry and never follow a redirect.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Sends the request and reads the whole reply.
    ///
    /// # Errors
    /// [`Failure::NotSent`] only when it is certain that the service received nothing.
    async fn carry(&self, request: Request) -> Result<Reply, Failure>;
}
