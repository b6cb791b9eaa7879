//! The rows of candidates: who needs a decision, whose interview is next, whose links can be copied.

use super::labels::{label, part};
use super::row::{Click, MenuInput, Row, is_just_copied};
use crate::catalogue::words;
use crate::dto::candidates::{ActionKind, PadRow};
use crate::dto::lists::Section;
use crate::dto::snapshot::{Condition, Snapshot};

/// The most pads in the menu; the window has the rest.
const MOST_PADS: usize = 8;
/// The most candidates who need a decision in the menu.
const MOST_NEEDS: usize = 4;
/// How long after its start an interview is still the next one, in ms: people are late.
const STILL_NEXT_MS: i64 = 15 * 60_000;

/// The first candidate who needs a decision; deciding takes the window.
pub(super) fn decision(snapshot: &Snapshot) -> Option<Row> {
    snapshot.needs_you.first().map(decide)
}

/// Those who need a decision; `but_first`: except the first one.
pub(super) fn decisions(snapshot: &Snapshot, but_first: bool) -> Vec<Row> {
    let mut rows: Vec<Row> = snapshot
        .needs_you
        .iter()
        .take(MOST_NEEDS)
        .map(decide)
        .collect();
    let total = usize::try_from(snapshot.counts.needs_you).unwrap_or(usize::MAX);
    more(&mut rows, total, MOST_NEEDS);
    if but_first && !rows.is_empty() {
        rows.remove(0);
    }
    rows
}

/// The next interview, if it is today. A click copies its link.
pub(super) fn next_interview(input: &MenuInput<'_>) -> Option<Row> {
    let row = input.snapshot.next_interview.as_ref()?;
    let starts_ms = row.times.interview_ms?;
    let is_next =
        starts_ms > input.now_ms - STILL_NEXT_MS && input.times.is_today(starts_ms, input.now_ms);
    let said = match is_copied(input, row) {
        true => words().tray_copied(&person(row)),
        false if starts_ms <= input.now_ms => words().tray_interview_now(&person_and_posting(row)),
        false => words().tray_interview(
            &input.times.until(starts_ms, input.now_ms),
            &person_and_posting(row),
        ),
    };
    is_next.then(|| Row::Item(label(&said), copy_link(row)))
}

/// After how many ms the row of the next interview changes.
pub(super) fn interview_changes_in(input: &MenuInput<'_>) -> Option<i64> {
    let starts_ms = input.snapshot.next_interview.as_ref()?.times.interview_ms?;
    let times = [starts_ms, starts_ms + STILL_NEXT_MS];
    let rest = times.into_iter().map(|at_ms| at_ms - input.now_ms);
    rest.filter(|rest| *rest > 0).min()
}

/// The newest pads: a click copies. What else can be done with the newest one is behind a row.
pub(super) fn pads(input: &MenuInput<'_>) -> Vec<Row> {
    let snapshot = input.snapshot;
    let mut rows: Vec<Row> = snapshot
        .newest
        .iter()
        .take(MOST_PADS)
        .map(|row| Row::Item(pad_label(input, row), copy_link(row)))
        .collect();
    let counts = &snapshot.counts;
    let total =
        usize::try_from(counts.to_send.saturating_add(counts.upcoming)).unwrap_or(usize::MAX);
    more(&mut rows, total, MOST_PADS);
    rows.extend(snapshot.newest.first().and_then(more_of));
    if rows.is_empty() && matches!(snapshot.condition, Condition::Watching) {
        rows.push(Row::Words(words().tray_no_pads()));
    }
    if counts.waiting > 0 {
        rows.push(Row::Words(words().tray_waiting(counts.waiting)));
    }
    rows
}

pub(super) fn finished(snapshot: &Snapshot) -> Vec<Row> {
    let rows: Vec<Row> = snapshot
        .finished
        .iter()
        .map(|row| {
            Row::Item(
                label(&person_and_posting(row)),
                Click::PlayBack(row.opportunity.clone()),
            )
        })
        .collect();
    if rows.is_empty() {
        rows
    } else {
        vec![Row::Submenu(words().tray_ended(), rows)]
    }
}

/// What can be done with a pad beside copying its link.
fn more_of(row: &PadRow) -> Option<Row> {
    let mut rows = Vec::new();
    let mut add = |text: String, click: Click| rows.push(Row::Item(text, click));
    let opportunity = || row.opportunity.clone();
    if row.pad.is_some() {
        add(
            words().tray_copy_invitation(),
            Click::CopyInvitation(opportunity()),
        );
    }
    if row.profile_url.is_some() {
        add(
            words().button_open_in_lever(),
            Click::OpenInLever(opportunity()),
        );
    }
    if row.actions.contains(&ActionKind::MarkSent) {
        let sent = row.section == Section::ToSend;
        let said = match sent {
            true => words().tray_mark_sent(),
            false => words().tray_mark_not_sent(),
        };
        add(
            said,
            Click::MarkSent {
                opportunity: opportunity(),
                sent,
            },
        );
    }
    (!rows.is_empty()).then(|| Row::Submenu(label(&words().tray_more_of(&person(row))), rows))
}

fn decide(row: &PadRow) -> Row {
    Row::Item(
        label(&words().tray_decide(&person(row))),
        Click::OpenCandidate(row.opportunity.clone()),
    )
}

/// A row without a link, should there ever be one, leads to its candidate.
fn copy_link(row: &PadRow) -> Click {
    let opportunity = row.opportunity.clone();
    match &row.pad {
        Some(pad) => Click::CopyLink {
            opportunity,
            link: pad.link.clone(),
        },
        None => Click::OpenCandidate(opportunity),
    }
}

fn pad_label(input: &MenuInput<'_>, row: &PadRow) -> String {
    if is_copied(input, row) {
        label(&words().tray_copied(&person(row)))
    } else if row.times.copied_ms.is_none() {
        label(&words().tray_new(&person_and_posting(row)))
    } else {
        label(&person_and_posting(row))
    }
}

fn is_copied(input: &MenuInput<'_>, row: &PadRow) -> bool {
    is_just_copied(input).is_some_and(|opportunity| *opportunity == row.opportunity)
}

fn more(rows: &mut Vec<Row>, total: usize, most: usize) {
    if total > most && rows.len() == most {
        rows.push(Row::Item(
            words().tray_more(total - most),
            Click::OpenWindow,
        ));
    }
}

fn person(row: &PadRow) -> String {
    if row.name.trim().is_empty() {
        words().unnamed_candidate()
    } else {
        part(&row.name)
    }
}

fn person_and_posting(row: &PadRow) -> String {
    if row.posting.trim().is_empty() {
        person(row)
    } else {
        words().tray_candidate(&person(row), &part(&row.posting))
    }
}
