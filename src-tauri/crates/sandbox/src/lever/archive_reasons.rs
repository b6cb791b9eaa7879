//! Why candidacies end (contracts/lever.md, 4.1).

use serde::Serialize;
use serde_json::json;

use super::Lever;
use super::call::{Call, Outcome};
use super::paging;
use crate::ids::ArchiveReasonId;

/// One reason.
#[derive(Debug, Clone, Serialize)]
pub struct ArchiveReason {
    /// A UUID.
    pub id: ArchiveReasonId,
    /// What people call it.
    pub text: String,
    /// `active` or `inactive`.
    pub status: String,
    /// Whether it means that the person was hired.
    #[serde(rename = "type", serialize_with = "as_type")]
    pub hired: bool,
}

fn as_type<S: serde::Serializer>(hired: &bool, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(if *hired { "hired" } else { "non-hired" })
}

impl Lever {
    /// A reason by its id.
    #[must_use]
    pub fn archive_reason(&self, id: &ArchiveReasonId) -> Option<&ArchiveReason> {
        self.archive_reasons.iter().find(|reason| &reason.id == id)
    }
}

pub(super) fn list(call: &mut Call<'_, '_>, _: &[&str]) -> Outcome {
    let wanted = call.incoming.query.get("type");
    let fits = |hired: bool| wanted.is_none_or(|wanted| (wanted == "hired") == hired);
    let reasons = call.lever.archive_reasons.iter();
    let rows = reasons
        .filter(|reason| fits(reason.hired))
        .map(|reason| json!(reason))
        .collect();
    paging::by_place(rows, &call.incoming.query)
}
