use std::fmt::{Display, Write as _};

use padwatch_domain::listing::Counts;
use padwatch_domain::problem::Problem;
use padwatch_domain::settings::{Settings, WatchedStages};
use padwatch_engine::snapshot::{Condition, Snapshot};
use padwatch_engine::{Answer, Handle};
use serde::Serialize;
use transport::ApiRoot;

use crate::connection::ConnectionState;
use crate::desktop::{About, Desktop};
use crate::dto::convert::convert;
use crate::dto::webhooks::{WebhookState, WebhookStatus};
use crate::links::Places;

/// A report for someone who helps. Counts, versions, codes and the services' hosts: no people's
/// names or addresses, no keys, no links.
pub(crate) async fn diagnostics(engine: &Handle, desktop: &dyn Desktop) -> Answer<String> {
    let settings = engine.settings().await?;
    let snapshot = engine.snapshot();
    let connection = connection(&desktop.places(), &desktop.connection());
    let about = desktop.about();
    let mut report = report(
        (&about, connection),
        &snapshot,
        &settings,
        &desktop.notices(),
    );
    report.push_str(&webhooks(&convert(engine.webhook_status().await?)));
    Ok(report)
}

fn report(
    (about, connection): (&About, String),
    snapshot: &Snapshot,
    settings: &Settings,
    notices: &[Problem],
) -> String {
    let mut lines = vec![
        format!("Padwatch {} on {}", about.version, about.system),
        format!("Demo: {}", about.sandbox),
        connection,
        format!("Condition: {}", condition(&snapshot.condition)),
        format!(
            "Last complete check (ms since 1970): {}",
            known(snapshot.last_checked_ms, "none yet")
        ),
        counts(&snapshot.counts),
    ];
    lines.extend(choices(settings));
    if let Some(quota) = &snapshot.quota {
        lines.push(format!(
            "Pads left: {}, overages {}",
            known(quota.remaining, "no limit known"),
            quota.overages
        ));
    }
    lines.extend(
        notices
            .iter()
            .map(|notice| format!("Notice: {}", code(notice.code()))),
    );
    lines.iter().fold(String::new(), |mut text, line| {
        // Writing to a String can't fail.
        let _ = writeln!(text, "{line}");
        text
    })
}

fn counts(counts: &Counts) -> String {
    format!(
        "To send {}, upcoming {}, finished {}, needs you {}, already there {}, waiting {}, set aside {}",
        counts.to_send,
        counts.upcoming,
        counts.finished,
        counts.needs_you,
        counts.already_there,
        counts.waiting,
        counts.set_aside
    )
}

fn choices(settings: &Settings) -> [String; 2] {
    let stages = match &settings.watch.stages {
        WatchedStages::Name(_) => "by name".to_owned(),
        WatchedStages::Ids(ids) => format!("{} chosen", ids.len()),
    };
    let guards = &settings.guards;
    [
        format!(
            "Pads made by: {}; stages: {stages}; whose: {}; every {} s; acting user: {}",
            code(settings.who_makes),
            code(settings.watch.whose),
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
    ]
}

/// The services' hosts that are in use, whatever was chosen since: their host, port and path alone,
/// so that nothing in the report is a link. A proxy's address is no one's business.
fn connection(places: &Places, state: &ConnectionState) -> String {
    let mut line = String::new();
    for (service, root) in ["Lever", "CoderPad"].into_iter().zip(&places.roots) {
        // Writing to a String can't fail.
        let _ = write!(line, "{service}: {}; ", place(root));
    }
    let _ = write!(line, "proxy: {}", state.chosen.proxy.in_brief());
    if state.overruled {
        line.push_str("; the command line says where");
    }
    if state.needs_restart {
        line.push_str("; another choice counts after a restart");
    }
    line
}

fn place(root: &ApiRoot) -> String {
    let url = root.as_url();
    let host = url.host_str().unwrap_or_default();
    let port = url.port().map(|port| format!(":{port}"));
    let here = if root.is_loopback() {
        " (this computer)"
    } else {
        ""
    };
    format!(
        "{host}{}{}{here}",
        port.unwrap_or_default(),
        url.path().trim_end_matches('/')
    )
}

/// A value that may be missing, in words.
fn known(value: Option<impl Display>, missing: &str) -> String {
    value.map_or_else(|| missing.to_owned(), |value| value.to_string())
}

/// A code as the page and the documents know it.
fn code(code: impl Serialize) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(code)) => code,
        // Only codes come here.
        _ => "unknown".to_owned(),
    }
}

/// Neither the tunnel's address nor the secret path.
fn webhooks(status: &WebhookStatus) -> String {
    let state = match &status.state {
        WebhookState::Off => "off".to_owned(),
        WebhookState::Waiting => "waiting".to_owned(),
        WebhookState::Arriving => "arriving".to_owned(),
        WebhookState::Troubled { problem } => format!("troubled ({})", code(problem.code)),
    };
    let refused: Vec<_> = status
        .refused
        .iter()
        .map(|refused| format!("{} {}", refused.count, refused.reason))
        .collect();
    format!(
        "Webhooks: {state}; port {}; tokens {}; made {}; accepted {}; last event {}; \
         restarts {}; refused: {}\n",
        known(status.place.port, "none"),
        status.signing_tokens,
        status.made.len(),
        status.accepted,
        known(status.last_event_ms, "none"),
        status.restarts,
        if refused.is_empty() {
            "none".to_owned()
        } else {
            refused.join(", ")
        }
    )
}

/// The condition by its kind and code: the words of a problem may name a stage or a person.
fn condition(condition: &Condition) -> String {
    match condition {
        Condition::Stopped { problem } => format!("stopped ({})", code(problem.code())),
        Condition::Paused { .. } => "paused".to_owned(),
        Condition::SetUp { problem, .. } => format!("set-up ({})", code(problem.code())),
        Condition::Starting => "starting".to_owned(),
        Condition::Waiting { service, problem } => {
            format!("waiting for {} ({})", service.name(), code(problem.code()))
        }
        Condition::Hindered { problem } => format!("hindered ({})", code(problem.code())),
        Condition::Watching => "watching".to_owned(),
    }
}
