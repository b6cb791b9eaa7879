//! Fifty states that a person can meet, through the real presenter: what tray and window say in
//! each, as a table (`--nocapture`), and that none leaves out what it means or what to do.

mod facts;
mod fifty;

use std::fmt::Write as _;

use padwatch_engine::Snapshot;

use crate::catalogue::words;
use crate::dto::candidates::ActionKind;
use crate::dto::convert::convert;
use crate::dto::problem::Problem;
use crate::dto::snapshot::{Condition, Seen};
use crate::dto::webhooks::WebhookState;
use crate::notifications::Notice;
use crate::tray::examples;
use crate::tray::headline::headline;
use crate::tray::icon::Icon;
use crate::tray::menu::{Click, Menu, MenuInput, Row};
use padwatch_domain::problem;

/// The time of the table, in ms since the epoch: 24 November 2025, 16:00 UTC.
const NOW: i64 = 1_764_000_000_000;

/// What a person reads: what happened, what it means, what to do.
struct Told {
    happened: String,
    means: String,
    todo: String,
}

/// What is to be done about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Asks {
    /// All is well.
    Nothing,
    /// Something is wrong and passes, or Padwatch looks after it: the sentence says so.
    Patience,
    /// The person does something outside of Padwatch, or reads on: the sentence says what.
    Elsewhere,
    /// The window, or a button, has the answer.
    Answer,
}

/// Where the window says it.
enum Place {
    /// Above the list.
    Standing,
    /// Among what is lesser: the desktop, webhooks, the plan.
    Aside(Told),
    /// At this candidate.
    Candidate,
    /// In a notification.
    Notification(Notice),
    /// In the window's own words, from the catalogue.
    Page(Told),
}

struct State {
    name: &'static str,
    facts: Snapshot,
    notices: Vec<problem::Problem>,
    demo: bool,
    icon: Icon,
    asks: Asks,
    place: Place,
}

#[test]
fn each_of_fifty_states_is_told_with_what_it_means_and_what_to_do() {
    let mut table = String::from(
        "| # | state | icon | tooltip, without the name | first row of the menu | what happened | what it means | what to do |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    let all = fifty::states();
    assert_eq!(all.len(), 50);
    for (at, state) in all.into_iter().enumerate() {
        let number = at + 1;
        let name = state.name;
        let asks = state.asks;
        let expected = state.icon;
        let seen = Seen::of(&state.facts, state.notices.clone(), state.demo);
        let input = MenuInput {
            notices: &seen.notices,
            sandbox: seen.sandbox,
            ..examples::input(&seen.snapshot, NOW)
        };
        let icon = Icon::of(&input);
        assert_eq!(icon, expected, "{number} {name}");
        let tooltip = headline("", &input);
        let tooltip = tooltip.trim_start_matches(": ");
        let menu = Menu::of(&input);
        let Some(Row::Item(first, click)) = menu.rows.first() else {
            panic!("{number} {name}: the first row can't be clicked: {menu:?}")
        };
        let told = told(state.place, &seen);
        let context = format!(
            "{number} {name}: {} | {} | {}",
            told.happened, told.means, told.todo
        );
        assert!(!told.happened.is_empty(), "{context}");
        if asks != Asks::Nothing {
            assert!(
                !told.means.is_empty(),
                "what it means is missing: {context}"
            );
            assert!(!told.todo.is_empty(), "what to do is missing: {context}");
        }
        if asks == Asks::Patience {
            assert!(
                told.todo.contains("Padwatch") || told.todo.contains("othing for you"),
                "{context}"
            );
            assert_ne!(icon, Icon::NeedsYou, "{context}");
        }
        check_click(click, &seen, &context);
        let _ = writeln!(
            table,
            "| {number} | {name} | {} | {tooltip} | {first} | {} | {} | {} |",
            icon.name(),
            told.happened,
            told.means,
            told.todo
        );
    }
    println!("{table}");
}

/// The first row leads to the remedy, the candidate, or the list.
fn check_click(click: &Click, seen: &Seen, context: &str) {
    let needs_you = seen.snapshot.needs_you.first();
    let is_watching = !matches!(
        seen.snapshot.condition,
        Condition::Stopped { .. }
            | Condition::SetUp { .. }
            | Condition::Hindered { .. }
            | Condition::Paused { .. }
    );
    match (needs_you, &seen.snapshot.condition) {
        (Some(row), _) if is_watching => {
            assert_eq!(
                *click,
                Click::OpenCandidate(row.opportunity.clone()),
                "{context}"
            );
        }
        (
            _,
            Condition::Stopped { problem }
            | Condition::SetUp { problem, .. }
            | Condition::Hindered { problem },
        ) => {
            let page = problem.remedy.map(|remedy| remedy.page());
            assert_eq!(
                *click,
                Click::OpenPage(page.unwrap_or(crate::Page::List)),
                "{context}"
            );
        }
        _ => assert!(
            matches!(click, Click::OpenWindow | Click::OpenPage(_)),
            "{context}"
        ),
    }
}

fn told(place: Place, seen: &Seen) -> Told {
    let snapshot = &seen.snapshot;
    match place {
        Place::Standing => standing(seen),
        Place::Aside(told) | Place::Page(told) => told,
        Place::Notification(notice) => {
            let todo = notice
                .buttons
                .iter()
                .map(|press| format!("[{}]", press.label()));
            Told {
                happened: notice.title,
                means: notice.body,
                todo: todo.collect::<Vec<_>>().join(" "),
            }
        }
        Place::Candidate => {
            let lists = [&snapshot.needs_you, &snapshot.newest, &snapshot.finished];
            let mut rows = lists.into_iter().flatten();
            let row = rows.next().expect("a candidate");
            let is_decision = !snapshot.needs_you.is_empty();
            let answers: Vec<String> = row
                .actions
                .iter()
                .filter_map(|kind| answer(*kind))
                .collect();
            assert!(
                !is_decision || !answers.is_empty(),
                "a decision without an answer: {row:?}"
            );
            let todo = match answers.as_slice() {
                [] => row.reason.clone(),
                some => some.join(" "),
            };
            Told {
                happened: row.state.clone(),
                means: row.reason.clone(),
                todo,
            }
        }
    }
}

/// The label of the button, as the page has it.
fn answer(kind: ActionKind) -> Option<String> {
    let key = match kind {
        ActionKind::MakeNow => "action-create",
        ActionKind::Skip => "action-skip",
        ActionKind::CheckAgain => "action-check-again",
        ActionKind::SeePad => "action-see-pad",
        ActionKind::MakeAnother => "action-create-another",
        ActionKind::UseLink => "action-use-link",
        ActionKind::DeleteDuplicate => "action-delete-pad",
        ActionKind::MarkCopied => "row-copy",
        ActionKind::KeepPad => "action-keep-pad",
        ActionKind::EndPad => "action-end-pad",
        ActionKind::MarkSent
        | ActionKind::Undo
        | ActionKind::RemoveTag
        | ActionKind::AddTag
        | ActionKind::Hold => return None,
    };
    let (kind, name) = key.split_once('-')?;
    Some(format!("[{}]", words().named(kind, name)))
}

/// The banner above the list.
fn standing(seen: &Seen) -> Told {
    let snapshot = &seen.snapshot;
    match &snapshot.condition {
        Condition::Stopped { problem }
        | Condition::SetUp { problem, .. }
        | Condition::Hindered { problem }
        | Condition::Waiting { problem, .. } => of(problem),
        Condition::Paused { .. } => Told {
            happened: words().tray_paused(),
            means: words().paused_means(),
            todo: format!("[{}]", words().tray_resume()),
        },
        Condition::Starting => Told {
            happened: words().tray_starting(),
            means: String::new(),
            todo: String::new(),
        },
        Condition::Watching if snapshot.is_stale(NOW) => Told {
            happened: headline("", &examples::input(snapshot, NOW))
                .trim_start_matches(": ")
                .to_owned(),
            means: words().stale_means(),
            todo: format!("Padwatch: [{}]", words().tray_check_now()),
        },
        Condition::Watching => Told {
            happened: words().tray_watching(),
            means: String::new(),
            todo: String::new(),
        },
    }
}

fn of(problem: &Problem) -> Told {
    Told {
        happened: problem.message.clone(),
        means: problem.means.clone(),
        todo: match problem.remedy {
            Some(remedy) => format!("{} [→ {:?}]", problem.hint, remedy.page()),
            None => problem.hint.clone(),
        },
    }
}

fn of_domain(problem: problem::Problem) -> Told {
    of(&convert(problem))
}

fn webhooks(facts: &Snapshot) -> Told {
    match convert(facts.webhooks.clone()) {
        WebhookState::Troubled { problem } => of(&problem),
        other => panic!("{other:?}"),
    }
}
