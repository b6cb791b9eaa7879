use std::fmt::Write as _;

use padwatch_engine::handle::{Answer, Handle};
use padwatch_engine::problem::Problem;
use padwatch_engine::settings::{Settings, WatchedStages};
use padwatch_engine::snapshot::{Condition, Snapshot};
use padwatch_engine::webhooks::status::{WebhookState, WebhookStatus};

use crate::connection::Connection;
use crate::desktop::{About, Desktop};

/// A report for somebody who helps. Counts, versions and codes: no names, addresses, keys or
/// links.
pub(crate) async fn diagnostics(engine: &Handle, desktop: &dyn Desktop) -> Answer<String> {
    let settings = engine.settings().await?;
    let snapshot = engine.snapshot();
    let connection = desktop.connection().chosen;
    let about = (&desktop.about(), &connection);
    let mut report = report(about, &snapshot, &settings, &desktop.notices());
    report.push_str(&webhooks(&engine.webhook_status().await?));
    Ok(report)
}

fn report(
    (about, connection): (&About, &Connection),
    snapshot: &Snapshot,
    settings: &Settings,
    notices: &[Problem],
) -> String {
    let counts = &snapshot.counts;
    let guards = &settings.guards;
    let stages = match &settings.watch.stages {
        WatchedStages::Name(_) => "by name".to_owned(),
        WatchedStages::Ids(ids) => format!("{} chosen", ids.len()),
    };
    let mut lines = vec![
        format!("Padwatch {} on {}", about.version, about.system),
        format!("Sandbox: {}", about.sandbox),
        connection.in_brief(),
        format!("Condition: {}", condition(&snapshot.condition)),
        format!(
            "Last complete check (ms since 1970): {:?}",
            snapshot.last_checked_ms
        ),
        format!(
            "To send {}, upcoming {}, finished {}, needs you {}, already there {}, waiting {}, set aside {}",
            counts.to_send,
            counts.upcoming,
            counts.finished,
            counts.needs_you,
            counts.already_there,
            counts.waiting,
            counts.set_aside
        ),
        format!(
            "Pads made by: {:?}; stages: {stages}; whose: {:?}; every {} s; acting user: {}",
            settings.who_makes,
            settings.watch.whose,
            settings.watch.every_seconds,
            settings.acting_user.is_some()
        ),
        format!(
            "Guards: surge {}, hold {} s, ask {}, make again {}, low quota {}",
            guards.surge_limit,
            guards.hold_seconds,
            guards.ask_each_time,
            guards.make_again_when_not_found,
            guards.low_quota
        ),
    ];
    if let Some(quota) = &snapshot.quota {
        lines.push(format!(
            "Pads left: {:?}, overages {}",
            quota.remaining, quota.overages
        ));
    }
    lines.extend(
        notices
            .iter()
            .map(|notice| format!("Notice: {:?}", notice.code)),
    );
    lines.iter().fold(String::new(), |mut text, line| {
        // Writing to a String can't fail.
        let _ = writeln!(text, "{line}");
        text
    })
}

/// Neither the tunnel's address nor the secret path.
fn webhooks(status: &WebhookStatus) -> String {
    let state = match &status.state {
        WebhookState::Off => "off".to_owned(),
        WebhookState::Waiting => "waiting".to_owned(),
        WebhookState::Arriving => "arriving".to_owned(),
        WebhookState::Troubled { problem } => format!("troubled ({:?})", problem.code),
    };
    let refused: Vec<_> = status
        .refused
        .iter()
        .map(|refused| format!("{} {}", refused.count, refused.reason))
        .collect();
    format!(
        "Webhooks: {state}; port {:?}; tokens {}; made {}; accepted {}; last event {:?}; \
         restarts {}; refused: {}\n",
        status.port,
        status.signing_tokens,
        status.made.len(),
        status.accepted,
        status.last_event_ms,
        status.restarts,
        refused.join(", ")
    )
}

/// The condition by its kind and code: the words of a problem may name a stage or a person.
fn condition(condition: &Condition) -> String {
    match condition {
        Condition::Stopped { problem } => format!("stopped ({:?})", problem.code),
        Condition::Paused { .. } => "paused".to_owned(),
        Condition::SetUp { problem } => format!("set-up ({:?})", problem.code),
        Condition::Starting => "starting".to_owned(),
        Condition::Offline { problem } => format!("offline ({:?})", problem.code),
        Condition::Hindered { problem } => format!("hindered ({:?})", problem.code),
        Condition::Watching => "watching".to_owned(),
    }
}
