//! Reading the last weeks from both services, for a rehearsal. Nothing is written anywhere.

use std::sync::Arc;

use futures_util::StreamExt as _;
use lever::{Confidentiality, Listed, Opportunity, OpportunityQuery, StageId, Updated};
use tokio::sync::watch as latest;

use crate::context::services::Services;
use crate::mailbox::Answer;
use padwatch_domain::rehearsal::{CreatedPad, DAYS, Rehearsal, arrivals, replay};
use padwatch_domain::service_error::{of_coderpad, of_lever};
use padwatch_domain::settings::Settings;

const DAY_MS: i64 = 24 * 3_600_000;
/// How many days of changes are asked for at once.
const SLICE_DAYS: i64 = 3;

/// What to rehearse.
pub(crate) struct Plan {
    pub(crate) settings: Settings,
    /// The watched stages.
    pub(crate) watched: Vec<StageId>,
    /// The pads of a billing cycle, if known.
    pub(crate) pads_in_plan: Option<u32>,
    /// The time, in ms since the epoch.
    pub(crate) now_ms: i64,
}

/// How far a rehearsal is.
#[derive(Clone)]
pub(crate) enum Stage {
    /// So many days of Lever's changes are read.
    Reading(i64),
    Done(Arc<Rehearsal>),
}

/// Reads and replays, and tells how far it is. `None`: no one listens any more, so it was given up.
///
/// # Errors
/// Why one of the services could not be read.
pub(crate) async fn rehearse(
    services: &Services,
    plan: &Plan,
    stage: &latest::Sender<Stage>,
) -> Answer<Option<Arc<Rehearsal>>> {
    tokio::select! {
        rehearsed = read_and_replay(services, plan, stage) => rehearsed.map(Some),
        () = stage.closed() => Ok(None),
    }
}

async fn read_and_replay(
    services: &Services,
    plan: &Plan,
    stage: &latest::Sender<Stage>,
) -> Answer<Arc<Rehearsal>> {
    let since_ms = plan.now_ms.saturating_sub(DAYS * DAY_MS);
    let mut confidentiality = Confidentiality::All;
    let (mut came, mut unread) = (Vec::new(), 0);
    // The oldest changes first: what changes meanwhile moves to a slice that is still to come.
    for day in (0..DAYS).step_by(usize::try_from(SLICE_DAYS).unwrap_or(1)) {
        let from_ms = since_ms + day * DAY_MS;
        let is_last = day + SLICE_DAYS >= DAYS;
        let query = OpportunityQuery {
            updated: Some(Updated {
                from_ms,
                to_ms: (!is_last).then_some(from_ms + SLICE_DAYS * DAY_MS - 1),
            }),
            confidentiality,
            ..OpportunityQuery::default()
        };
        let (slice, seen) = changed(services, query).await?;
        confidentiality = seen;
        unread += slice.skipped.count();
        let slice = arrivals(
            &slice.rows,
            since_ms,
            &plan.settings,
            &plan.watched,
            &services.coderpad_root,
        );
        came.extend(slice);
        stage.send_replace(Stage::Reading(day + SLICE_DAYS));
    }
    let (pads, pads_unread) = pads_since(services, since_ms).await?;
    let unread = u32::try_from(unread + pads_unread).unwrap_or(u32::MAX);
    let rehearsal = Arc::new(Rehearsal {
        pads_in_plan: plan.pads_in_plan,
        unread,
        ..replay(came, &pads, &plan.settings)
    });
    stage.send_replace(Stage::Done(rehearsal.clone()));
    Ok(rehearsal)
}

/// One slice: confidential candidates too, unless Lever refuses those.
async fn changed(
    services: &Services,
    mut query: OpportunityQuery,
) -> Answer<(Listed<Opportunity>, Confidentiality)> {
    if query.confidentiality == Confidentiality::All {
        match services.lever.opportunities(&query).await {
            Err(error) if error.is_refusal() => {
                query.confidentiality = Confidentiality::NonConfidential;
            }
            Err(error) => return Err(of_lever(&error).problem),
            Ok(slice) => return Ok((slice, query.confidentiality)),
        }
    }
    let slice = services.lever.opportunities(&query).await;
    let slice = slice.map_err(|error| of_lever(&error).problem)?;
    Ok((slice, query.confidentiality))
}

/// The pads that were created since then, and how many could not be read.
async fn pads_since(services: &Services, since_ms: i64) -> Answer<(Vec<CreatedPad>, usize)> {
    let (mut found, mut unread) = (Vec::new(), 0);
    for mut pages in services.lists_of_pads() {
        while let Some(page) = pages.next().await {
            let page = page.map_err(|error| of_coderpad(&error).problem)?;
            unread += page.unread.len();
            let times = page.pads.iter().filter_map(|pad| pad.created_at_ms);
            let is_end = times.min().is_some_and(|oldest_ms| oldest_ms < since_ms);
            found.extend(page.pads.into_iter().filter_map(|pad| {
                let created_ms = pad.created_at_ms.filter(|at_ms| *at_ms >= since_ms)?;
                Some(CreatedPad {
                    id: pad.id,
                    created_ms,
                })
            }));
            if is_end {
                break;
            }
        }
    }
    Ok((found, unread))
}
