//! The end: what is in flight is taken in, and nothing new is begun.

use std::time::Duration;

use super::Owner;
use super::Request;
use padwatch_domain::problem::Problem;

/// How long the end waits for answers, in real time: anyone who shuts a computer down doesn't wait
/// longer. What has no answer by then is found out at the next start.
const PATIENCE: Duration = Duration::from_secs(5);

impl Owner<'_> {
    /// Waits for the answers to what changes something at the services, and writes what they
    /// mean.
    pub(super) async fn drain(&mut self) {
        self.cx.is_closing = true;
        let patience = tokio::time::sleep(PATIENCE);
        tokio::pin!(patience);
        while self.provisioner.has_in_flight(&self.cx) {
            tokio::select! {
                biased;
                () = &mut patience => {
                    tracing::info!("ending without an answer to what is in flight");
                    break;
                }
                ended = self.cx.jobs.ended() => self.job_ended(ended),
                request = self.hosts.requests.recv(), if !self.hosts.requests.is_closed() => {
                    if let Some(request) = request {
                        self.turn_away(request);
                    }
                }
            }
        }
        self.cx.flush_pending_writes();
    }

    /// Before everything is forgotten: waits as at the end, and returns the candidates whose pads were
    /// being created. Nothing here will know of those pads.
    pub(super) async fn drain_to_forget(&mut self) -> Vec<String> {
        let names = self.provisioner.being_created();
        self.drain().await;
        names
    }

    fn turn_away(&mut self, request: Request) {
        if let Request::Shown(number) = request {
            return self.cx.shown(number);
        }
        request.refuse(&Problem::Draining);
    }
}
