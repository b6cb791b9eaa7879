//! The tray menu: what it shows and what each row does. Pure, so that whole menus can be compared.

use super::head;
use super::labels::{label, part};
use super::row::is_just_copied;
use crate::catalogue::words;
use crate::dto::candidates::{ActionKind, Fix, PadRow, Tone};
use crate::dto::lists::Section;
use crate::dto::snapshot::{Condition, Snapshot};
use crate::presenter::times::ago_changes_in;

pub use super::row::{COPIED_FOR_MS, Click, Menu, MenuInput, Row};

/// The most pads in the menu; the window has the rest.
const MOST_PADS: usize = 8;
/// The most candidates who need a decision in the menu.
const MOST_NEEDS: usize = 4;
/// How long after its start an interview is still the next one, in ms: people are late.
const STILL_NEXT_MS: i64 = 15 * 60_000;

impl Menu {
    /// The menu for what is the case now. While no one has to do anything about how things stand,
    /// the first candidate who needs a decision comes first.
    #[must_use]
    pub fn of(input: &MenuInput<'_>) -> Self {
        let snapshot = input.snapshot;
        let mut decisions = decisions(snapshot);
        let mut rows = Vec::new();
        if head::is_calm(&snapshot.condition) && !decisions.is_empty() {
            rows.push(decisions.remove(0));
            rows.extend(next_interview(input));
            rows.extend(decisions);
            let mut rest = head::standing(input);
            rest.extend(head::asides(input));
            section(&mut rows, rest);
        } else {
            rows.extend(head::standing(input));
            rows.extend(next_interview(input));
            rows.extend(head::asides(input));
            section(&mut rows, decisions);
        }
        section(&mut rows, pads(input));
        section(&mut rows, finished(snapshot));
        section(&mut rows, commands(input));
        rows.extend([Row::Line, Row::Item(words().tray_quit(), Click::Quit)]);
        Self { rows }
    }

    /// After how many ms the menu of the same snapshot will look different.
    #[must_use]
    pub fn changes_in(input: &MenuInput<'_>) -> Option<i64> {
        let snapshot = input.snapshot;
        let left = |at_ms: i64| Some(at_ms - input.now_ms).filter(|left| *left > 0);
        let copied = input
            .copied
            .and_then(|(_, at_ms)| left(at_ms + COPIED_FOR_MS));
        let shows_age = match snapshot.condition {
            Condition::Watching => true,
            Condition::Waiting { .. } | Condition::Starting => snapshot.is_stale(input.now_ms),
            _ => false,
        };
        let checked = snapshot.last_checked_ms.filter(|_| shows_age);
        let age = checked.map(|at_ms| ago_changes_in(input.now_ms - at_ms));
        let stale = snapshot.current_until_ms.and_then(left);
        let interview = interview_changes_in(input);
        let changes = [copied, age, stale, interview];
        changes.into_iter().flatten().min()
    }
}

fn section(rows: &mut Vec<Row>, section: Vec<Row>) {
    if !section.is_empty() {
        rows.push(Row::Line);
        rows.extend(section);
    }
}

/// Those who need a decision; deciding takes the window.
fn decisions(snapshot: &Snapshot) -> Vec<Row> {
    let mut rows: Vec<Row> = snapshot
        .needs_you
        .iter()
        .take(MOST_NEEDS)
        .map(decide)
        .collect();
    let total = usize::try_from(snapshot.counts.needs_you).unwrap_or(usize::MAX);
    more(&mut rows, total, MOST_NEEDS);
    rows
}

/// The next interview, if it is today. A click copies its link.
fn next_interview(input: &MenuInput<'_>) -> Option<Row> {
    let row = input.snapshot.next_interview.as_ref()?;
    let starts_ms = row.times.interview_ms?;
    let is_next =
        starts_ms > input.now_ms - STILL_NEXT_MS && input.times.is_today(starts_ms, input.now_ms);
    let said = match is_copied(input, row) {
        true => words().tray_copied(&person(row)),
        false if starts_ms <= input.now_ms => begun(row),
        false => coming(row, &input.times.until(starts_ms, input.now_ms)),
    };
    // What is off is named in the window.
    let click = match tone(row) {
        Some(Tone::Warn) => Click::OpenCandidate(row.opportunity.clone()),
        Some(Tone::Good) | None => copy_link(row),
    };
    is_next.then(|| Row::Item(label(&said), click))
}

fn begun(row: &PadRow) -> String {
    let who = person_and_posting(row);
    match row.remark.and_then(|remark| remark.fix) {
        Some(Fix::CopyMessage) => words().tray_interview_late(&who),
        _ => words().tray_interview_now(&who),
    }
}

fn tone(row: &PadRow) -> Option<Tone> {
    row.remark.and_then(|remark| remark.tone)
}

fn coming(row: &PadRow, when: &str) -> String {
    let who = person_and_posting(row);
    match tone(row) {
        Some(Tone::Good) => words().tray_interview_ready(when, &who),
        Some(Tone::Warn) => words().tray_interview_not_ready(when, &who),
        None => words().tray_interview(when, &who),
    }
}

/// After how many ms the row of the next interview changes.
fn interview_changes_in(input: &MenuInput<'_>) -> Option<i64> {
    let starts_ms = input.snapshot.next_interview.as_ref()?.times.interview_ms?;
    let times = [starts_ms, starts_ms + STILL_NEXT_MS];
    let rest = times.into_iter().map(|at_ms| at_ms - input.now_ms);
    rest.filter(|rest| *rest > 0).min()
}

/// The newest pads: a click copies. What else can be done with the newest one is behind a row.
fn pads(input: &MenuInput<'_>) -> Vec<Row> {
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
    let needed = snapshot.newest.iter().find(|row| !is_unneeded(row));
    rows.extend(needed.and_then(more_of));
    if rows.is_empty() && matches!(snapshot.condition, Condition::Watching) {
        rows.push(Row::Words(words().tray_no_pads()));
    }
    if counts.waiting > 0 {
        rows.push(Row::Words(words().tray_waiting(counts.waiting)));
    }
    rows
}

fn finished(snapshot: &Snapshot) -> Vec<Row> {
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
            words().button_copy_invitation(),
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

/// A row without a link, should there ever be one, leads to its candidate; so does one whose link is
/// for no one any longer.
fn copy_link(row: &PadRow) -> Click {
    let opportunity = row.opportunity.clone();
    match &row.pad {
        Some(pad) if !is_unneeded(row) => Click::CopyLink {
            opportunity,
            link: pad.link.clone(),
        },
        _ => Click::OpenCandidate(opportunity),
    }
}

/// Returns true if the candidate has left since, and the pad is still open.
fn is_unneeded(row: &PadRow) -> bool {
    let fix = row.remark.as_ref().and_then(|remark| remark.fix);
    matches!(fix, Some(Fix::KeepPad | Fix::EndPad))
}

fn pad_label(input: &MenuInput<'_>, row: &PadRow) -> String {
    if is_copied(input, row) {
        label(&words().tray_copied(&person(row)))
    } else if row.times.copied_ms.is_none() && !is_unneeded(row) {
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

fn commands(input: &MenuInput<'_>) -> Vec<Row> {
    let item = |text: String, click| Row::Item(text, click);
    let words = words();
    let mut rows = Vec::new();
    match input.snapshot.condition {
        Condition::Paused { .. } => rows.push(item(words.tray_resume(), Click::Resume)),
        // The folder or the ledger can't be used: that is looked at again on its own.
        Condition::Stopped { .. } => {}
        // A keyring that is there by now is found by looking.
        Condition::SetUp { .. } => rows.push(item(words.tray_check_now(), Click::CheckNow)),
        _ => {
            rows.push(item(words.tray_check_now(), Click::CheckNow));
            rows.push(Row::Submenu(words.tray_pause(), pauses()));
        }
    }
    // The window opens on the page at which setup stopped.
    let open = match input.snapshot.condition {
        Condition::SetUp { step: Some(_), .. } => words.tray_finish_set_up(),
        _ => words.tray_open(),
    };
    rows.push(item(open, Click::OpenWindow));
    if input.sandbox {
        rows.push(item(words.tray_demo(), Click::OpenSandbox));
    }
    rows
}

fn pauses() -> Vec<Row> {
    vec![
        Row::Item(words().tray_pause_hour(), Click::PauseHour),
        Row::Item(words().tray_pause_tomorrow(), Click::PauseUntilTomorrow),
        Row::Item(words().tray_pause_resumed(), Click::PauseUntilResumed),
    ]
}

#[cfg(test)]
#[path = "menu_tests/mod.rs"]
mod tests;
