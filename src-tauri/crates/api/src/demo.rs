//! What happens in the demo: what would otherwise be done in Lever, in CoderPad, or on the network.

use std::sync::Arc;
use std::time::Duration;

use padwatch_domain::section::Section;
use padwatch_engine::snapshot::{Action, Condition, PadRow, RowState, Snapshot};
use padwatch_engine::{Answer, Handle};
use tokio::time::sleep;

use crate::answer::check_now;
use crate::desktop::Desktop;
use crate::dto::demo::DemoStep;

/// How long a newcomer looks around before someone comes.
const LOOKS_AROUND: Duration = Duration::from_secs(4);

/// Plays the demo. Once everyone who is there has been seen, a question comes up, and a few seconds
/// later a new candidate. The one in an interview was sent the link before.
pub async fn follow_demo(engine: &Handle, desktop: &dyn Desktop) {
    let story = async {
        let mut changes = engine.changes();
        let watching = |snapshot: &Arc<Snapshot>| snapshot.condition == Condition::Watching;
        if changes.wait_for(watching).await.is_ok() {
            happen(engine, desktop, DemoStep::AskWhichJob).await;
            sleep(LOOKS_AROUND).await;
            happen(engine, desktop, DemoStep::MoveCandidate).await;
        }
    };
    let sending = async {
        let mut changes = engine.changes();
        while changes.changed().await.is_ok() {
            mark_as_sent(engine).await;
        }
    };
    tokio::join!(story, sending);
}

async fn happen(engine: &Handle, desktop: &dyn Desktop, step: DemoStep) {
    if let Err(problem) = demo(engine, desktop, Some(step)).await {
        tracing::info!(code = ?problem.code(), "the demo's story goes on without a step");
    }
}

async fn mark_as_sent(engine: &Handle) {
    let snapshot = engine.snapshot();
    let live =
        |row: &&PadRow| row.state == RowState::InterviewLive && row.section == Section::ToSend;
    for row in snapshot.newest.iter().filter(live) {
        let sent = Action::MarkSent { sent: true };
        if let Err(problem) = engine.act(row.opportunity.clone(), sent).await {
            tracing::info!(code = ?problem.code(), "the demo's link can't be marked as sent");
        }
    }
}

/// Lets it happen, and looks at once, as webhooks would let it. Whether there is an outage.
pub(crate) async fn demo(
    engine: &Handle,
    desktop: &dyn Desktop,
    step: Option<DemoStep>,
) -> Answer<bool> {
    let outage = desktop.demo(step).await?;
    if step.is_some() {
        check_now(engine);
    }
    Ok(outage)
}
