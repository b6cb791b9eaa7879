//! What the states are made of.

use coderpad::PadId;
use lever::OpportunityId;
use padwatch_domain::announcement::{Announcement, News, Who};
use padwatch_domain::listing::Counts;
use padwatch_domain::problem::Problem;
use padwatch_domain::reason::Reason;
use padwatch_domain::record::PadLinks;
use padwatch_domain::section::Section;
use padwatch_domain::service_error::Service;
use padwatch_domain::settings::{NotificationSettings, WhoMakes};
use padwatch_engine::snapshot::webhooks::WebhookState;
use padwatch_engine::snapshot::{ActionKind, Condition, PadRow, RowState, RowTimes};

use super::*;

const MINUTE: i64 = 60_000;

pub(super) fn facts(condition: Condition) -> Snapshot {
    Snapshot {
        revision: 1,
        condition,
        last_checked_ms: Some(NOW - 12_000),
        current_until_ms: Some(NOW + 48_000),
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

pub(super) fn aged(facts: Snapshot, age_ms: i64) -> Snapshot {
    Snapshot {
        last_checked_ms: Some(NOW - age_ms),
        current_until_ms: Some(NOW - age_ms + MINUTE),
        ..facts
    }
}

pub(super) fn waiting(service: Service, problem: Problem) -> Snapshot {
    let mut facts = facts(Condition::Waiting { service, problem });
    facts.counts.waiting = 2;
    facts
}

pub(super) fn unreachable(service: Service) -> Problem {
    Problem::Unreachable { service }
}

pub(super) fn row(state: RowState, reason: Reason, actions: &[ActionKind]) -> PadRow {
    PadRow {
        opportunity: OpportunityId::new("ada"),
        name: "Ada Almeida".to_owned(),
        posting: "Backend Engineer".to_owned(),
        section: Section::NeedsYou,
        state,
        reason,
        held_up: None,
        times: RowTimes::default(),
        pad: None,
        profile_url: None,
        on_profile: false,
        note: None,
        duplicates: Vec::new(),
        actions: actions.to_vec(),
        remark: None,
    }
}

pub(super) fn with_pad(row: PadRow) -> PadRow {
    let link = "https://app.coderpad.io/PADAAAA1".to_owned();
    let pad = PadLinks {
        id: pad_id("PADAAAA1"),
        playback: format!("{link}/playback"),
        link,
    };
    PadRow {
        pad: Some(pad),
        ..row
    }
}

pub(super) fn pad_id(id: &str) -> PadId {
    PadId::parse(id).unwrap()
}

pub(super) fn who() -> Who {
    Who {
        opportunity: OpportunityId::new("ada"),
        name: "Ada Almeida".to_owned(),
        posting: "Backend Engineer".to_owned(),
        profile_url: None,
    }
}

pub(super) fn notice(news: News) -> Notice {
    let announcement = Announcement {
        id: 1,
        at_ms: NOW,
        news,
    };
    Notice::of(&announcement, &NotificationSettings::default(), NOW).unwrap()
}
