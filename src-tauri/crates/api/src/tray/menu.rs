//! The tray menu as a value: what it shows and what each row does. Pure, so that whole menus can
//! be compared.

use crate::catalogue::words;
use crate::dto::candidates::PadRow;
use crate::dto::problem::Problem;
use crate::dto::snapshot::{Condition, Progress, Snapshot};
use jiff::tz::TimeZone;
use lever::OpportunityId;
use serde::{Deserialize, Serialize};

use super::labels::{ago, ago_changes_in, label, part, until, wrapped};

/// How long a row says "Copied", in ms.
pub const COPIED_FOR_MS: i64 = 2_000;
/// The most pads in the menu; the window has the rest.
const MOST_PADS: usize = 8;
/// The most candidates who need a decision in the menu.
const MOST_NEEDS: usize = 4;

/// Everything that the menu depends on.
pub struct MenuInput<'a> {
    /// How things stand.
    pub snapshot: &'a Snapshot,
    /// What else a person should know.
    pub notices: &'a [Problem],
    /// The time, in ms since the epoch.
    pub now_ms: i64,
    /// Where the person is.
    pub zone: &'a TimeZone,
    /// Whose link was copied last, and when.
    pub copied: Option<&'a (OpportunityId, i64)>,
    /// Whether the sandbox runs.
    pub sandbox: bool,
}

/// The menu.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Menu {
    /// From the top.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Something to read.
    Words(String),
    /// Something to click.
    Item(String, Click),
    /// Rows behind a row.
    Submenu(String, Vec<Row>),
    /// A line.
    Line,
}

/// What a click on a row does. It is the row's id, so that a click needs no look-up and can never
/// mean another candidate than the row that was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Click {
    /// Copies the link that the row stands for.
    CopyLink {
        /// Whose.
        opportunity: OpportunityId,
        /// As it was shown.
        link: String,
    },
    /// Opens the playback of this candidate's interview.
    PlayBack(OpportunityId),
    /// Opens the window with this candidate selected.
    OpenCandidate(OpportunityId),
    /// Looks at Lever.
    CheckNow,
    /// Pauses for an hour.
    PauseHour,
    /// Pauses until tomorrow begins here.
    PauseUntilTomorrow,
    /// Pauses until the person resumes.
    PauseUntilResumed,
    /// Ends the pause.
    Resume,
    /// Opens the window.
    OpenWindow,
    /// Opens the demo's control page.
    OpenSandbox,
    /// Ends Padwatch.
    Quit,
}

impl Menu {
    /// The menu for what is the case now.
    #[must_use]
    pub fn of(input: &MenuInput<'_>) -> Self {
        let snapshot = input.snapshot;
        let mut rows: Vec<Row> = status_lines(input).into_iter().map(Row::Words).collect();
        section(&mut rows, needs_you(snapshot));
        section(&mut rows, pads(input));
        section(&mut rows, finished(snapshot));
        section(&mut rows, commands(input));
        rows.extend([Row::Line, Row::Item(words().tray_quit(), Click::Quit)]);
        Self { rows }
    }

    /// After how many ms the menu of the same snapshot will look different.
    #[must_use]
    pub fn changes_in(input: &MenuInput<'_>) -> Option<i64> {
        let copied = input
            .copied
            .map(|(_, at_ms)| at_ms + COPIED_FOR_MS - input.now_ms)
            .filter(|rest| *rest > 0);
        let checked = match input.snapshot.condition {
            Condition::Watching => input.snapshot.last_checked_ms,
            _ => None,
        };
        let age = checked.map(|at_ms| ago_changes_in(input.now_ms - at_ms));
        copied.into_iter().chain(age).min()
    }
}

/// What stays when only the words of a menu change.
#[derive(Debug, PartialEq, Eq)]
enum Shape<'a> {
    Words,
    Item(&'a Click),
    Submenu,
    EndOfSubmenu,
    Line,
}

impl Menu {
    /// Returns true if a menu differs from this one in its words alone, so that a native menu can be
    /// changed in place. Replacing one closes it under the person's hand.
    #[must_use]
    pub fn same_shape(&self, other: &Self) -> bool {
        let (mut own, mut others) = (Vec::new(), Vec::new());
        shape(&self.rows, &mut own);
        shape(&other.rows, &mut others);
        own == others
    }

    /// The words of all rows that have some, from the top, submenus after their own row.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        let mut texts = Vec::new();
        collect_texts(&self.rows, &mut texts);
        texts
    }
}

fn shape<'a>(rows: &'a [Row], into: &mut Vec<Shape<'a>>) {
    for row in rows {
        match row {
            Row::Words(_) => into.push(Shape::Words),
            Row::Item(_, click) => into.push(Shape::Item(click)),
            Row::Line => into.push(Shape::Line),
            Row::Submenu(_, rows) => {
                into.push(Shape::Submenu);
                shape(rows, into);
                into.push(Shape::EndOfSubmenu);
            }
        }
    }
}

fn collect_texts<'a>(rows: &'a [Row], into: &mut Vec<&'a str>) {
    for row in rows {
        match row {
            Row::Words(text) | Row::Item(text, _) => into.push(text),
            Row::Submenu(text, rows) => {
                into.push(text);
                collect_texts(rows, into);
            }
            Row::Line => {}
        }
    }
}

/// How things stand, in words: one row when all is well.
fn status_lines(input: &MenuInput<'_>) -> Vec<String> {
    let snapshot = input.snapshot;
    let mut rows = match &snapshot.condition {
        Condition::Watching => notice_or(input, || watching(snapshot, input.now_ms)),
        Condition::Starting => vec![words().tray_starting()],
        Condition::Paused { until_ms: None } => vec![words().tray_paused()],
        Condition::Paused {
            until_ms: Some(moment),
        } => {
            vec![words().tray_paused_until(&until(*moment, input.now_ms, input.zone))]
        }
        Condition::Stopped { problem }
        | Condition::SetUp {
            problem,
            step: None,
        }
        | Condition::Offline { problem }
        | Condition::Hindered { problem } => in_words(problem),
        // What to do about it is a row of its own.
        Condition::SetUp {
            problem,
            step: Some(_),
        } => wrapped(&problem.message, 3),
    };
    rows.extend(snapshot.progress.as_ref().map(progress));
    rows
}

fn watching(snapshot: &Snapshot, now_ms: i64) -> String {
    match snapshot.last_checked_ms {
        Some(at_ms) => words().tray_watching_checked(&ago(now_ms - at_ms)),
        None => words().tray_watching(),
    }
}

/// When all is well with watching, something smaller may still be wrong; then that comes first.
fn notice_or(input: &MenuInput<'_>, well: impl FnOnce() -> String) -> Vec<String> {
    match input.notices.first() {
        Some(notice) => in_words(notice).into_iter().chain([well()]).collect(),
        None => vec![well()],
    }
}

fn in_words(problem: &Problem) -> Vec<String> {
    let mut rows = wrapped(&problem.message, 3);
    rows.extend(wrapped(&problem.hint, 2));
    rows
}

fn progress(progress: &Progress) -> String {
    let done = progress.done.to_string();
    match progress.of {
        Some(of) => label(&words().tray_progress_of(&progress.what, &done, &of.to_string())),
        None => label(&words().tray_progress(&progress.what, &done)),
    }
}

/// Candidates who need a decision; deciding takes the window.
fn needs_you(snapshot: &Snapshot) -> Vec<Row> {
    let mut rows: Vec<Row> = snapshot
        .needs_you
        .iter()
        .take(MOST_NEEDS)
        .map(|row| {
            Row::Item(
                label(&words().tray_decide(&person(row))),
                Click::OpenCandidate(row.opportunity.clone()),
            )
        })
        .collect();
    let total = usize::try_from(snapshot.counts.needs_you).unwrap_or(usize::MAX);
    more(&mut rows, total, MOST_NEEDS);
    rows
}

/// The newest pads: a click copies.
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
    if rows.is_empty() && matches!(snapshot.condition, Condition::Watching) {
        rows.push(Row::Words(words().tray_no_pads()));
    }
    if counts.waiting > 0 {
        rows.push(Row::Words(words().tray_waiting(counts.waiting)));
    }
    rows
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
    let just_copied = input.copied.is_some_and(|(opportunity, at_ms)| {
        *opportunity == row.opportunity && input.now_ms - at_ms < COPIED_FOR_MS
    });
    if just_copied {
        label(&words().tray_copied(&person(row)))
    } else if row.times.copied_ms.is_none() {
        label(&words().tray_new(&person_and_posting(row)))
    } else {
        label(&person_and_posting(row))
    }
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

fn commands(input: &MenuInput<'_>) -> Vec<Row> {
    let item = |text: String, click| Row::Item(text, click);
    let words = words();
    let mut rows = Vec::new();
    match input.snapshot.condition {
        Condition::Paused { .. } => rows.push(item(words.tray_resume(), Click::Resume)),
        // The folder or the ledger can't be used: that is looked at again by itself.
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

fn section(rows: &mut Vec<Row>, section: Vec<Row>) {
    if !section.is_empty() {
        rows.push(Row::Line);
        rows.extend(section);
    }
}

fn more(rows: &mut Vec<Row>, total: usize, most: usize) {
    if total > most && rows.len() == most {
        rows.push(Row::Item(
            words().tray_more(&(total - most).to_string()),
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

#[cfg(test)]
#[path = "menu_tests.rs"]
mod tests;
