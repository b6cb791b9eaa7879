//! The first rows of the menu: how things stand, in words. Each can be clicked, so that screen
//! readers say it, and leads to where something can be done about it.

use super::headline::stale;
use super::labels::{label, wrapped};
use super::row::{Click, MenuInput, Row};
use crate::catalogue::words;
use crate::dto::page::Page;
use crate::dto::problem::Problem;
use crate::dto::snapshot::{Condition, Progress, QuotaLeft, Snapshot};
use crate::dto::webhooks::WebhookState;
use crate::presenter::times::ago;

/// Returns true while no one has to do anything about how things stand.
pub(super) fn is_calm(condition: &Condition) -> bool {
    matches!(
        condition,
        Condition::Starting | Condition::Waiting { .. } | Condition::Watching
    )
}

/// How things stand, and what to do about it.
pub(super) fn standing(input: &MenuInput<'_>) -> Vec<Row> {
    match &input.snapshot.condition {
        Condition::Stopped { problem }
        | Condition::SetUp {
            problem,
            step: None,
        }
        | Condition::Hindered { problem } => in_words(problem),
        // What to do about it is a row of its own.
        Condition::SetUp {
            problem,
            step: Some(_),
        } => rows(&problem.message, 3, Page::SetUp),
        Condition::Paused { until_ms } => paused(*until_ms, input),
        Condition::Starting | Condition::Waiting { .. } | Condition::Watching => calm(input),
    }
}

/// Lesser things: what is not as it should be although pads are created, and what takes a while.
pub(super) fn asides(input: &MenuInput<'_>) -> Vec<Row> {
    let snapshot = input.snapshot;
    let mut said = if is_calm(&snapshot.condition) {
        imperfections(input)
    } else {
        Vec::new()
    };
    said.extend(snapshot.progress.as_ref().map(progress));
    said
}

fn calm(input: &MenuInput<'_>) -> Vec<Row> {
    let snapshot = input.snapshot;
    match (&snapshot.condition, stale(input)) {
        (Condition::Waiting { problem, .. }, age) => {
            let mut waiting = in_words(problem);
            waiting.extend(age.map(|when| item(words().tray_stale(&when), Page::List)));
            waiting
        }
        (_, Some(when)) => {
            let mut old = vec![item(words().tray_stale(&when), Page::List)];
            old.extend(rows(&words().stale_means(), 2, Page::List));
            old
        }
        (Condition::Starting, None) => vec![item(words().tray_starting(), Page::List)],
        (_, None) => notice_or(input, || watching(snapshot, input.now_ms)),
    }
}

fn watching(snapshot: &Snapshot, now_ms: i64) -> String {
    match snapshot.last_checked_ms {
        Some(at_ms) => words().tray_watching_checked(&ago(now_ms - at_ms)),
        None => words().tray_watching(),
    }
}

/// When all is well with watching, something smaller may still be wrong; then that comes first.
fn notice_or(input: &MenuInput<'_>, well: impl FnOnce() -> String) -> Vec<Row> {
    let mut rows = input.notices.first().map_or_else(Vec::new, in_words);
    rows.push(Row::Item(well(), Click::OpenWindow));
    rows
}

fn paused(until_ms: Option<i64>, input: &MenuInput<'_>) -> Vec<Row> {
    let paused = match until_ms {
        None => words().tray_paused(),
        Some(moment) => words().tray_paused_until(&input.times.until(moment, input.now_ms)),
    };
    let mut said = vec![item(paused, Page::List)];
    said.extend(rows(&words().paused_means(), 3, Page::List));
    said
}

/// A sentence each.
fn imperfections(input: &MenuInput<'_>) -> Vec<Row> {
    let snapshot = input.snapshot;
    let mut said: Vec<Row> = snapshot
        .degraded
        .iter()
        .flat_map(|problem| rows(&problem.message, 2, page(problem)))
        .collect();
    if let WebhookState::Troubled { problem } = &snapshot.webhooks {
        said.extend(rows(&problem.message, 2, Page::Webhooks));
    }
    let quota = snapshot.quota.as_ref();
    said.extend(quota.map_or_else(Vec::new, |quota| plan(quota, input)));
    said
}

/// What the plan's pads are enough for, while that is worth saying.
fn plan(quota: &QuotaLeft, input: &MenuInput<'_>) -> Vec<Row> {
    let said = match (quota.remaining, quota.short) {
        (Some(0), _) if quota.low => words().plan_no_pads_left(),
        (Some(left), Some(short)) => {
            let day = input.times.day(short.until_ms, input.now_ms);
            words().plan_short(short.needed, &day, left)
        }
        (Some(left), None) if quota.low => words().plan_pads_left(left),
        _ => return Vec::new(),
    };
    rows(&said, 2, Page::List)
}

fn in_words(problem: &Problem) -> Vec<Row> {
    let page = page(problem);
    let mut said = rows(&problem.message, 3, page);
    said.extend(rows(&problem.means, 2, page));
    said.extend(rows(&problem.hint, 2, page));
    said
}

/// Where something can be done about it.
fn page(problem: &Problem) -> Page {
    problem.remedy.map_or(Page::List, |remedy| remedy.page())
}

fn rows(sentence: &str, most: usize, page: Page) -> Vec<Row> {
    let rows = wrapped(sentence, most).into_iter();
    rows.map(|text| item(text, page)).collect()
}

fn item(text: String, page: Page) -> Row {
    Row::Item(text, Click::OpenPage(page))
}

fn progress(progress: &Progress) -> Row {
    let done = progress.done;
    let said = match progress.of {
        Some(of) => words().tray_progress_of(&progress.what, done, of),
        None => words().tray_progress(&progress.what, done),
    };
    item(label(&said), Page::List)
}
