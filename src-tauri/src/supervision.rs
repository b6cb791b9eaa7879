//! Everything has a supervisor: a part that ends by a panic is started again, one that fails again
//! and again or stays silent is named in tray and window.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use padwatch_engine::restarts::Restarts;
use tokio::spawn;
use tokio::time::timeout;

use crate::notices::{About, Part, part_failed};
use crate::shell::Shell;

/// So many failures in a row are told.
const TOLD_FROM: u32 = 3;
/// How often the engine is asked whether it is there.
const ENGINE_ASKED_EVERY: Duration = Duration::from_secs(60);
/// How long the engine may take to answer: clearing a large ledger takes a while.
const ENGINE_PATIENCE: Duration = Duration::from_secs(45);

/// Runs a part until it ends on its own, and starts it again whenever it panics.
pub(crate) fn keep_up<Running>(
    shell: &Arc<Shell>,
    part: Part,
    start: impl Fn() -> Running + Send + 'static,
) where
    Running: Future<Output = ()> + Send + 'static,
{
    let shell = shell.clone();
    spawn(async move {
        let mut restarts = Restarts::default();
        loop {
            // A task of its own: its panic is the answer here.
            let Err(ended) = spawn(start()).await else {
                return;
            };
            if ended.is_cancelled() {
                return;
            }
            let pause = restarts.failed(shell.clock.elapsed());
            tracing::error!(?part, in_a_row = restarts.in_a_row(), "a part panicked");
            if restarts.in_a_row() >= TOLD_FROM {
                shell
                    .notices
                    .set(About::Part(part), Some(part_failed(part)));
            }
            shell.clock.sleep(pause).await;
        }
    });
}

/// Asks the engine from time to time whether it is there, and says so when it isn't.
pub(crate) async fn mind_engine(shell: Arc<Shell>) {
    loop {
        let answered = timeout(ENGINE_PATIENCE, shell.engine.settings()).await;
        let silent = answered.is_err();
        if silent {
            tracing::error!("the engine does not answer");
        }
        let problem = silent.then(|| part_failed(Part::Engine));
        shell.notices.set(About::Part(Part::Engine), problem);
        shell.clock.sleep(ENGINE_ASKED_EVERY).await;
    }
}
