//! A message to someone who is late for an interview.

use lever::OpportunityId;
use padwatch_domain::problem::Problem;
use padwatch_engine::snapshot::{PadRow, Remark};
use padwatch_engine::{Answer, Handle};

use crate::catalogue::words;
use crate::desktop::Desktop;
use crate::presenter::remarks;

/// Copies it, for the person who is missing now. Nothing is sent.
pub(crate) async fn copy(
    engine: &Handle,
    desktop: &dyn Desktop,
    opportunity: OpportunityId,
) -> Answer<()> {
    let row = engine.detail(opportunity).await?.row;
    desktop
        .copy(written(&row).ok_or(Problem::StateChanged)?)
        .await
}

/// `None`: no one is late.
fn written(row: &PadRow) -> Option<String> {
    let Some(Remark::Late(missing)) = row.remark else {
        return None;
    };
    let words = words();
    let name = match row.name.split_whitespace().next() {
        Some(first) => first.to_owned(),
        None => words.unnamed_candidate_within(),
    };
    let link = &row.pad.as_ref()?.link;
    Some(words.message_late(remarks::name(missing), &name, link))
}
