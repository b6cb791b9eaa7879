//! Snapshots and rows for the tray's tests and for measuring its menu.

use std::sync::LazyLock;

use crate::dto::candidates::{PadRow, RowTimes};
use crate::dto::lists::{Counts, Section};
use crate::dto::problem::{Problem, ProblemCode, Remedy};
use crate::dto::settings::WhoMakes;
use crate::dto::snapshot::{Condition, Snapshot};
use crate::dto::webhooks::WebhookState;
use crate::locale::Times;
use crate::tray::menu::MenuInput;
use lever::OpportunityId;
use padwatch_domain::problem;
use padwatch_domain::service_error::Service;

static TIMES: LazyLock<Times> = LazyLock::new(Times::default);

/// What the tray shows of a snapshot, in the United States and in UTC, with nothing else to tell.
#[must_use]
pub fn input(snapshot: &Snapshot, now_ms: i64) -> MenuInput<'_> {
    MenuInput {
        snapshot,
        notices: &[],
        now_ms,
        times: &TIMES,
        copied: None,
        sandbox: false,
    }
}

/// A snapshot without anyone in it.
#[must_use]
pub fn snapshot(condition: Condition) -> Snapshot {
    Snapshot {
        revision: 1,
        condition,
        last_checked_ms: None,
        current_until_ms: None,
        counts: Counts::default(),
        newest: Vec::new(),
        needs_you: Vec::new(),
        next_interview: None,
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
#[must_use]
pub fn row(id: &str, name: &str, posting: &str) -> PadRow {
    PadRow {
        remark: None,
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

/// A service is down.
#[must_use]
pub fn waiting() -> Condition {
    let service = Service::Coderpad;
    Condition::Waiting {
        service: service.name().to_owned(),
        problem: problem::Problem::ServiceDown { service }.into(),
    }
}

/// Something that is wrong.
#[must_use]
pub fn problem() -> Problem {
    Problem {
        code: ProblemCode::LeverKeyWrong,
        message: "Lever does not know this key any more.".to_owned(),
        means: "No one is being watched.".to_owned(),
        hint: "Make a new key in Lever and set it in Padwatch.".to_owned(),
        remedy: Some(Remedy::Accounts),
    }
}
