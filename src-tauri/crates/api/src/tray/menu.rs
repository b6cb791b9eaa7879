//! The tray menu as a value: what it shows and what each row does. Pure, so that whole menus can
//! be compared.

use crate::catalogue::words;
use crate::dto::snapshot::Condition;

use super::{head, people};
use crate::presenter::times::ago_changes_in;

pub use super::row::{COPIED_FOR_MS, Click, MenuInput, Row};

/// The menu.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Menu {
    /// From the top.
    pub rows: Vec<Row>,
}

impl Menu {
    /// The menu for what is the case now.
    #[must_use]
    pub fn of(input: &MenuInput<'_>) -> Self {
        let snapshot = input.snapshot;
        let mut rows = head::first(input);
        let decides_first = matches!(rows.first(), Some(Row::Item(_, Click::OpenCandidate(_))));
        rows.extend(people::next_interview(input));
        let decisions = people::decisions(snapshot, decides_first);
        if decides_first {
            rows.extend(decisions);
            section(&mut rows, head::then(input));
        } else {
            rows.extend(head::then(input));
            section(&mut rows, decisions);
        }
        section(&mut rows, people::pads(input));
        section(&mut rows, people::finished(snapshot));
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
        let interview = people::interview_changes_in(input);
        let changes = [copied, age, stale, interview];
        changes.into_iter().flatten().min()
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

fn section(rows: &mut Vec<Row>, section: Vec<Row>) {
    if !section.is_empty() {
        rows.push(Row::Line);
        rows.extend(section);
    }
}

#[cfg(test)]
#[path = "menu_tests/mod.rs"]
mod tests;
