//! Ending a pad that is no longer needed. Never while someone is in it.

use coderpad::{Error, Events, PadId};
use lever::{OpportunityId, StageId};
use padwatch_domain::follow_through;
use padwatch_domain::interview::attendance::is_anyone_there;
use padwatch_domain::problem::Problem;
use padwatch_domain::service_error::{of_coderpad, of_lever};
use padwatch_domain::settings::Settings;
use padwatch_domain::tracking::ending::{self, Ended};

use crate::context::services::Services;

/// Which pad, and what has to be so.
pub(crate) struct Question {
    pub(crate) opportunity: OpportunityId,
    pub(crate) pad: PadId,
    pub(crate) now_ms: i64,
    /// `None`: a person wants it ended.
    pub(crate) by_setting: Option<WhoLeft>,
}

/// What tells whether a candidate has still left.
pub(crate) struct WhoLeft {
    pub(crate) settings: Settings,
    pub(crate) watched: Vec<StageId>,
    /// The stages before those.
    pub(crate) earlier: Vec<StageId>,
}

/// Ends a pad. By a setting only if the candidate has still left, and CoderPad says that nobody is
/// there; `None`: it is left alone.
///
/// # Errors
/// What the services said, or that someone is in the pad.
pub(crate) async fn end(
    services: &Services,
    question: &Question,
) -> Result<Option<Ended>, Problem> {
    let by_setting = question.by_setting.as_ref();
    if let Some(left) = by_setting {
        let read = services.lever.opportunity(&question.opportunity).await;
        let opportunity = read.map_err(|error| of_lever(&error).problem)?;
        let who = (
            &left.settings,
            left.watched.as_slice(),
            left.earlier.as_slice(),
        );
        if !follow_through::has_still_left(&opportunity, who) {
            return Ok(None);
        }
    }
    let pad = services.coderpad.pad(&question.pad).await;
    let pad = pad.map_err(|error| of_coderpad(&error).problem)?;
    let events = match came_and_went(services, &question.pad).await? {
        Some(events) => events.events,
        None if by_setting.is_some() => return Ok(None),
        None => Vec::new(),
    };
    if is_anyone_there(&events, question.now_ms) {
        return Err(Problem::SomeoneInPad);
    }
    let ended = ending::read(&pad, &events, &services.coderpad_root);
    if !pad.is_finished() {
        let ending = services.coderpad.end_pad(&question.pad).await;
        ending.map_err(|error| of_coderpad(&error).problem)?;
    }
    Ok(Some(ended))
}

/// Returns an error if someone is in a pad that is to be deleted. What CoderPad doesn't say hinders
/// nobody who wants it deleted.
///
/// # Errors
/// What CoderPad said, or that someone is in the pad.
pub(crate) async fn check_nobody_is_there(
    services: &Services,
    pad: &PadId,
    now_ms: i64,
) -> Result<(), Problem> {
    let events = came_and_went(services, pad).await?;
    let is_in_use = events.is_some_and(|events| is_anyone_there(&events.events, now_ms));
    if is_in_use {
        Err(Problem::SomeoneInPad)
    } else {
        Ok(())
    }
}

/// Who came and went. `None`: CoderPad doesn't say it to this key.
async fn came_and_went(services: &Services, pad: &PadId) -> Result<Option<Events>, Problem> {
    match services.coderpad.events(pad).await {
        Ok(events) => Ok(Some(events)),
        Err(Error::Gone | Error::NotAllowed { .. }) => Ok(None),
        Err(error) => Err(of_coderpad(&error).problem),
    }
}
