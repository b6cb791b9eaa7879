//! The pipeline (contracts/lever.md, 4.1).

use serde::Serialize;
use serde_json::{Value, json};

use super::Lever;
use super::call::{Call, Outcome};
use super::paging;
use crate::ids::StageId;

/// One stage.
#[derive(Debug, Clone, Serialize)]
pub struct Stage {
    /// A UUID, or a slug such as `applicant-new` for the built-in ones.
    pub id: StageId,
    /// What people call it.
    pub text: String,
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
