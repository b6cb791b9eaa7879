use jiff::Timestamp;
use padwatch_domain::problem::Problem;
use padwatch_domain::settings::{Settings, WatchedStages};
use padwatch_engine::snapshot::{Condition, Snapshot};
use padwatch_engine::{Answer, Handle};
use serde::Serialize;
use transport::ApiRoot;

use crate::catalogue::words;
use crate::connection::ConnectionState;
use crate::desktop::Desktop;
use crate::dto::convert::convert;
use crate::dto::webhooks::{WebhookState, WebhookStatus};
use crate::links::Places;

/// A report for someone who helps, in sentences. Counts, versions, codes and the services' hosts: no people's
/// names or addresses, no keys, no links.
pub(crate) async fn diagnostics(engine: &Handle, desktop: &dyn Desktop) -> Answer<String> {
    let settings = engine.settings().await?;
    let snapshot = engine.snapshot();
    let connection = connection(&desktop.places(), &desktop.connection());
    let about = desktop.about();
    let mut lines = vec![words().report_program(about.version, &about.system)];
    if about.sandbox {
        lines.push(words().report_demo());
    }
    lines.extend(connection);
    lines.extend(standing(&snapshot));
    lines.extend(choices(&settings));
    let notices = desktop.notices();
    lines.extend(
        notices
            .iter()
            .map(|notice| words().report_notice(&code(notice.code()))),
    );
    lines.extend(webhooks(&convert(engine.webhook_status().await?)));
    Ok(lines.join("\n") + "\n")
}

/// How things stand, and for how many candidates.
fn standing(snapshot: &Snapshot) -> Vec<String> {
    let (kind, problem) = condition(&snapshot.condition);
    let checked = snapshot
        .last_checked_ms
        .and_then(|at_ms| Timestamp::from_millisecond(at_ms).ok());
    let counts = &snapshot.counts;
    let left = snapshot.quota.as_ref().and_then(|quota| quota.remaining);
    vec![
        words().report_condition(kind, &problem),
        match checked {
            Some(at) => words().report_checked(&at.strftime("%Y-%m-%d %H:%M").to_string()),
            None => words().report_not_checked(),
        },
        words().report_with_pads(counts.to_send, counts.upcoming, counts.finished),
        words().report_without_pads(
            counts.needs_you,
            counts.already_there,
            counts.waiting,
            counts.set_aside,
        ),
        match left {
            Some(left) => words().report_pads_left(left),
            None => words().report_pads_unlimited(),
        },
    ]
}

fn choices(settings: &Settings) -> [String; 3] {
    let stages = match &settings.watch.stages {
        WatchedStages::Name(_) => 0,
        WatchedStages::Ids(ids) => ids.len(),
    };
    let guards = &settings.guards;
    [
        words().report_watching(
            &code(settings.watch.whose),
            stages,
            settings.watch.every_seconds,
        ),
        words().report_creator(&code(settings.who_makes)),
        words().report_guards(
            guards.hold_seconds,
            guards.surge_limit,
            &yes_or_no(guards.ask_each_time),
            &yes_or_no(guards.make_again_when_not_found),
            guards.low_quota,
            &yes_or_no(settings.acting_user.is_some()),
        ),
    ]
}

fn yes_or_no(is_so: bool) -> String {
    match is_so {
        true => words().report_yes(),
        false => words().report_no(),
    }
}

/// The services' hosts that are in use, whatever was chosen since: their host, port and path alone,
/// so that nothing in the report is a link. A proxy's address is no one's business.
fn connection(places: &Places, state: &ConnectionState) -> Vec<String> {
    let mut roots = places.roots.iter().map(place);
    let mut next = || roots.next().unwrap_or_default();
    let (lever, coderpad) = (next(), next());
    let proxy = state.chosen.proxy.in_brief();
    let mut lines = vec![words().report_connection(&lever, &coderpad, proxy)];
    if state.overruled {
        lines.push(words().report_overruled());
    }
    if state.needs_restart {
        lines.push(words().report_restart_needed());
    }
    lines
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

/// A code as the page and the documents know it.
fn code(code: impl Serialize) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(code)) => code,
        // Only codes come here.
        _ => "unknown".to_owned(),
    }
}

/// Neither the tunnel's address nor the secret path.
fn webhooks(status: &WebhookStatus) -> [String; 2] {
    let (state, problem) = match &status.state {
        WebhookState::Off => ("off", String::new()),
        WebhookState::Waiting => ("waiting", String::new()),
        WebhookState::Arriving => ("arriving", String::new()),
        WebhookState::Troubled { problem } => ("troubled", code(problem.code)),
    };
    let refused: u64 = status.refused.iter().map(|refused| refused.count).sum();
    [
        words().report_webhooks(state, &problem),
        words().report_webhook_facts(
            status.made.len(),
            status.signing_tokens,
            status.accepted,
            refused,
            status.restarts,
        ),
    ]
}

/// The condition by its kind and code: the words of a problem may name a stage or a person.
fn condition(condition: &Condition) -> (&'static str, String) {
    let of = |problem: &Problem| code(problem.code());
    match condition {
        Condition::Stopped { problem } => ("stopped", of(problem)),
        Condition::Paused { .. } => ("paused", String::new()),
        Condition::SetUp { problem, .. } => ("setUp", of(problem)),
        Condition::Starting => ("starting", String::new()),
        Condition::Waiting { problem, .. } => ("waiting", of(problem)),
        Condition::Hindered { problem } => ("hindered", of(problem)),
        Condition::Watching => ("watching", String::new()),
    }
}
