//! Looking at Lever: at the candidates every time, at the stages and the tags now and then.

use std::time::Duration;

use lever::{Confidentiality, Listed, Opportunity, OpportunityQuery, StageId};
use transport::{Clock, Failure, FailureKind};

use crate::context::services::Services;
use crate::jobs::failpoint::Failpoint;
use padwatch_domain::problem::Problem;
use padwatch_domain::service_error::of_lever;
use padwatch_domain::stages::{self, Resolved};
use padwatch_domain::watcher::absence::LookKind;
use padwatch_domain::watcher::confidential::Access;
use padwatch_domain::watcher::known_watch;
use padwatch_domain::watcher::look::{Look, NoLook, Plan, StagesRead, Tags};

/// How long a list may take without which the look continues.
const PATIENCE: Duration = Duration::from_secs(10);

/// Looks at everyone. One request, when the stages are known and one page holds all.
///
/// # Errors
/// [`NoLook`] tells why there is nothing.
pub(crate) async fn look(services: &Services, plan: Plan) -> Result<Look, NoLook> {
    let known = known_watch(&plan.settings, &plan.known_stages);
    let (stages, watched) = match known {
        Some(known) if plan.reads_stages => read_again(services, &plan, known).await?,
        Some(known) => (StagesRead::NotAsked, known),
        None => read_first(services, &plan).await?,
    };
    let asking = everybody(services, &plan, &watched.stages);
    let (listed, access, shows_confidential) =
        services
            .between(Failpoint::PollAsk, asking)
            .await
            .map_err(|error| NoLook::ServiceError(of_lever(&error)))?;
    Ok(Look {
        stages,
        watched,
        kind: plan.kind,
        access,
        shows_confidential,
        opportunities: listed.rows,
        skipped: listed.skipped,
    })
}

/// Every tag of the account.
///
/// # Errors
/// Any [`lever::Error`]; one that is too late is out of reach.
pub(crate) async fn tags(services: &Services) -> Result<Tags, lever::Error> {
    let reading = in_time(services.clock.as_ref(), services.lever.tags());
    let tags = reading.await?;
    Ok(Tags {
        are_all: tags.skipped.is_empty(),
        texts: tags.rows.into_iter().map(|tag| tag.text).collect(),
    })
}

/// Nothing is known to continue with: without the stages no one can be looked for.
async fn read_first(services: &Services, plan: &Plan) -> Result<(StagesRead, Resolved), NoLook> {
    let stages = services.lever.stages().await.map_err(|error| {
        let mut service_error = of_lever(&error);
        if is_about_the_list(&error) {
            service_error.problem = Problem::StagesUnreadable {
                because: Box::new(service_error.problem),
            };
        }
        NoLook::ServiceError(service_error)
    })?;
    match stages::resolve(&plan.settings.stages, &stages.rows) {
        Ok(watched) => Ok((StagesRead::Complete(stages.rows), watched)),
        Err(problem) => Err(NoLook::NothingToWatch(stages.rows, problem)),
    }
}

/// Reads the stages again; what is wrong with that list stops nothing.
async fn read_again(
    services: &Services,
    plan: &Plan,
    known: Resolved,
) -> Result<(StagesRead, Resolved), NoLook> {
    let reading = in_time(services.clock.as_ref(), services.lever.stages());
    let Listed {
        rows: stages,
        skipped,
    } = match reading.await {
        Ok(stages) => stages,
        Err(error) => return Ok((StagesRead::Failed(cant_read_stages(&error)), known)),
    };
    let is_certain = plan.is_stage_in_doubt && skipped.is_empty() && !stages.is_empty();
    match stages::resolve(&plan.settings.stages, &stages) {
        Ok(watched) => Ok((StagesRead::Complete(stages), watched)),
        Err(problem) if is_certain => Err(NoLook::NothingToWatch(stages, problem)),
        Err(_) => Ok((StagesRead::InDoubt(stages), known)),
    }
}

/// Asks with confidential candidates first. Refused those, it asks for the others alone.
async fn everybody(
    services: &Services,
    plan: &Plan,
    watched: &[StageId],
) -> Result<(Listed<Opportunity>, Access, bool), lever::Error> {
    let tags = match plan.kind {
        LookKind::Tagged => plan.spellings.clone(),
        LookKind::Sweep => Vec::new(),
    };
    let mut query = OpportunityQuery {
        archived: Some(false),
        tags,
        stages: watched.to_vec(),
        confidentiality: Confidentiality::All,
        ..OpportunityQuery::default()
    };
    let mut access = plan.access;
    if access.is_tried() {
        match services.lever.opportunities(&query).await {
            // Whatever no it is: if the plain list works, it is about confidential data.
            Err(error) if error.is_refusal() => access = access.after(false),
            outcome => return outcome.map(|found| (found, access.after(true), true)),
        }
    }
    query.confidentiality = Confidentiality::NonConfidential;
    let found = services.lever.opportunities(&query).await?;
    Ok((found, access, false))
}

async fn in_time<T>(
    clock: &dyn Clock,
    reading: impl Future<Output = Result<T, lever::Error>>,
) -> Result<T, lever::Error> {
    tokio::select! {
        read = reading => read,
        () = clock.sleep(PATIENCE) => Err(Failure::Unclear(FailureKind::TimedOut).into()),
    }
}

/// What is wrong is this list, not Lever or the key as a whole.
fn is_about_the_list(error: &lever::Error) -> bool {
    use lever::Error;
    matches!(
        error,
        Error::Down { .. } | Error::NotLever { .. } | Error::Gone { .. } | Error::Refused { .. }
    )
}

fn cant_read_stages(error: &lever::Error) -> Problem {
    Problem::StagesUnreadableNow {
        because: Box::new(of_lever(error).problem),
    }
}

/// Why the tag list can't be read, for a person.
pub(crate) fn cant_read_tags(error: &lever::Error) -> Problem {
    Problem::TagsUnreadable {
        because: Box::new(of_lever(error).problem),
    }
}
