//! Snapshots and rows for the tray's tests.

use lever::OpportunityId;
use padwatch_api::dto::candidates::{PadRow, RowTimes};
use padwatch_api::dto::lists::{Counts, Section};
use padwatch_api::dto::problem::{Problem, ProblemCode};
use padwatch_api::dto::settings::WhoMakes;
use padwatch_api::dto::snapshot::{Condition, Snapshot};
use padwatch_api::dto::webhooks::WebhookState;

/// A snapshot without anybody in it.
pub(crate) fn snapshot(condition: Condition) -> Snapshot {
    Snapshot {
        revision: 1,
        condition,
        last_checked_ms: None,
        counts: Counts::default(),
        newest: Vec::new(),
        needs_you: Vec::new(),
        finished: Vec::new(),
        quota: None,
        who_makes: WhoMakes::Padwatch,
        progress: None,
        webhooks: WebhookState::Off,
        degraded: Vec::new(),
        unreadable: None,
    }
}

/// A candidate whose pad is made and not yet copied.
pub(crate) fn row(id: &str, name: &str, posting: &str) -> PadRow {
    PadRow {
        opportunity: OpportunityId::new(id),
        name: name.to_owned(),
        posting: posting.to_owned(),
        section: Section::ToSend,
        state: "Pad ready".to_owned(),
        reason: String::new(),
        pad: None,
        profile_url: None,
        on_profile: true,
        note: None,
        trouble: None,
        duplicates: Vec::new(),
        actions: Vec::new(),
        times: RowTimes {
            since_ms: Some(0),
            ..RowTimes::default()
        },
    }
}

/// Something that is wrong.
pub(crate) fn problem() -> Problem {
    Problem {
        code: ProblemCode::LeverKeyWrong,
        message: "Lever does not know this key any more.".to_owned(),
        hint: "Make a new key in Lever and set it in Padwatch.".to_owned(),
    }
}
