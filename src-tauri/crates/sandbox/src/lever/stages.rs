//! The pipeline (contracts/lever.md, 4.1).

use serde::Serialize;
use serde_json::{Value, json};
use transport::Reply;

use super::Lever;
use super::call::{Call, Outcome, one};
use super::paging;
use super::refusal::Refusal;
use crate::answer;
use crate::ids::StageId;

/// One stage.
#[derive(Debug, Clone, Serialize)]
pub struct Stage {
    /// A UUID, or a slug such as `applicant-new` for the built-in ones.
    pub id: StageId,
    /// What people call it.
    pub text: String,
    /// `lead`, `applicant`, `screen`, `onsite` or `offer`.
    pub pipeline: String,
    /// Its place: opportunities are listed by it.
    pub rank: u32,
}

impl Lever {
    /// A stage by its id.
    #[must_use]
    pub fn stage(&self, id: &StageId) -> Option<&Stage> {
        self.stages.iter().find(|stage| &stage.id == id)
    }

    /// The first stage of that name.
    #[must_use]
    pub fn stage_named(&self, text: &str) -> Option<StageId> {
        self.stages
            .iter()
            .find(|stage| stage.text == text)
            .map(|stage| stage.id.clone())
    }
}

fn shown(stage: &Stage) -> Value {
    json!({ "id": stage.id, "text": stage.text })
}

pub(super) fn list(call: &mut Call<'_, '_>, _: &[&str]) -> Outcome {
    let rows = call.lever.stages.iter().map(shown).collect();
    paging::by_place(rows, &call.incoming.query)
}

pub(super) fn show(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    let id = path.last().copied().unwrap_or_default();
    match call.lever.stage(&StageId::from(id)) {
        Some(stage) => Ok(one(&shown(stage))),
        None => Err(Refusal::NotFound("stages", id.to_owned())),
    }
}

pub(super) fn dispositions(call: &mut Call<'_, '_>, _: &[&str]) -> Outcome {
    let stages: Vec<Value> = call.lever.stages.iter().map(disposition).collect();
    Ok(reply(&stages, call.lever))
}

fn disposition(stage: &Stage) -> Value {
    json!({ "id": stage.id, "text": stage.text, "pipeline": stage.pipeline, "rank": stage.rank,
            "hasInterview": matches!(stage.pipeline.as_str(), "screen" | "onsite") })
}

fn reply(stages: &[Value], lever: &Lever) -> Reply {
    let reasons: Vec<Value> = lever
        .archive_reasons
        .iter()
        .map(|reason| json!(reason))
        .collect();
    let data = json!({ "data": { "stages": stages, "archiveReasons": reasons } });
    answer::json(http::StatusCode::OK, &data)
}
