//! What Lever and CoderPad say of one candidate's interview now, beside what the ledger knows.

use lever::OpportunityId;
use padwatch_engine::{Answer, Handle};
use serde::Serialize;
use ts_rs::TS;

use crate::desktop::Desktop;
use crate::dto::convert::convert;
use crate::dto::problem::Problem;

/// An interview as Lever and CoderPad show it now. Texts are as people typed them: escape before
/// showing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct InterviewNow {
    /// When it is, with its time zone; `None`: Lever has none planned.
    pub time: Option<String>,
    /// The names of those who ask the questions.
    pub interviewers: Vec<String>,
    /// The pad's title; `None`: not known.
    pub pad_title: Option<String>,
    /// The pad's language, by CoderPad's name for it; `None`: it doesn't say.
    pub pad_language: Option<String>,
    /// Why not all of it could be read.
    pub unread: Option<Problem>,
}

pub(crate) async fn interview_now(
    engine: &Handle,
    desktop: &dyn Desktop,
    opportunity: OpportunityId,
) -> Answer<InterviewNow> {
    let facts = engine.invitation(opportunity.clone()).await?;
    let (pad, pad_unread) = match engine.pad(opportunity).await {
        Ok(pad) => (pad, None),
        Err(problem) => (None, Some(problem)),
    };
    let (pad_title, pad_language) = match pad {
        Some(pad) => (Some(pad.title), pad.language),
        None => (None, None),
    };
    Ok(InterviewNow {
        time: facts.meeting.as_ref().and_then(|meeting| {
            let zone = meeting.zone.as_deref();
            desktop.times().meeting(meeting.starts_ms, zone)
        }),
        interviewers: facts
            .meeting
            .map(|meeting| meeting.interviewers)
            .unwrap_or_default(),
        pad_title,
        pad_language,
        unread: convert(facts.unread.or(pad_unread)),
    })
}
