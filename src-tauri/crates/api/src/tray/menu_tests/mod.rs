mod people;

use crate::dto::candidates::{ActionKind, PadRow, RowTimes};
use crate::dto::lists::{Counts, Section};
use crate::dto::pads::PadLinks;
use crate::dto::snapshot::{Progress, QuotaLeft, SetUpStep, Snapshot};
use crate::dto::webhooks::WebhookState;
use jiff::tz::TimeZone;
use lever::OpportunityId;
use padwatch_domain::calendar::tomorrow_begins;

use super::super::labels::LONGEST;
use super::*;
use crate::dto::page::Page;
use crate::tray::examples::{self, problem, snapshot, waiting};

const NOW: i64 = 1_764_000_000_000;

fn menu(snapshot: &Snapshot) -> Menu {
    Menu::of(&input(snapshot))
}

fn input(snapshot: &Snapshot) -> MenuInput<'_> {
    examples::input(snapshot, NOW)
}

fn words(text: &str) -> Row {
    Row::Words(text.to_owned())
}

fn item(text: &str, click: Click) -> Row {
    Row::Item(text.to_owned(), click)
}

/// A row that leads to a page of the window.
fn at(page: Page, text: &str) -> Row {
    item(text, Click::OpenPage(page))
}

fn decide(id: &str, text: &str) -> Row {
    item(text, Click::OpenCandidate(OpportunityId::new(id)))
}

/// What can be done with a pad beside copying its link.
fn more(id: &str, who: &str) -> Row {
    let click = Click::CopyInvitation(OpportunityId::new(id));
    Row::Submenu(
        format!("More for {who}"),
        vec![item("Copy invitation", click)],
    )
}

fn pause() -> Row {
    Row::Submenu(
        "Pause".to_owned(),
        vec![
            item("For 1 hour", Click::PauseHour),
            item("Until tomorrow", Click::PauseUntilTomorrow),
            item("Until I resume", Click::PauseUntilResumed),
        ],
    )
}

fn copy(id: &str) -> Click {
    Click::CopyLink {
        opportunity: OpportunityId::new(id),
        link: link(id),
    }
}

fn link(id: &str) -> String {
    format!("https://app.coderpad.io/{id}")
}

/// A candidate whose pad is ready.
fn row(id: &str, name: &str, posting: &str) -> PadRow {
    PadRow {
        pad: Some(PadLinks {
            id: serde_json::from_value("K7QWM3ZD".into()).unwrap(),
            link: link(id),
            playback: format!("{}/playback", link(id)),
        }),
        ..examples::row(id, name, posting)
    }
}

fn with_pads() -> Snapshot {
    let copied = PadRow {
        times: RowTimes {
            copied_ms: Some(NOW - 60_000),
            ..RowTimes::default()
        },
        ..row("b", "Bo & Co", "")
    };
    Snapshot {
        last_checked_ms: Some(NOW - 17_000),
        newest: vec![row("a", "Ada Lovelace", "Backend Engineer"), copied],
        counts: Counts {
            to_send: 1,
            upcoming: 1,
            ..Counts::default()
        },
        ..snapshot(Condition::Watching)
    }
}

#[test]
fn a_quiet_day_is_a_short_menu() {
    let quiet = Snapshot {
        last_checked_ms: Some(NOW - 17_000),
        ..snapshot(Condition::Watching)
    };
    assert_eq!(
        menu(&quiet).rows,
        vec![
            item("Watching · checked 15 sec ago", Click::OpenWindow),
            Row::Line,
            words("No open pads"),
            Row::Line,
            item("Check now", Click::CheckNow),
            pause(),
            item("Open Padwatch", Click::OpenWindow),
            Row::Line,
            item("Quit", Click::Quit),
        ]
    );
}

#[test]
fn a_service_in_trouble_is_waited_for_and_asks_for_nothing() {
    let mut snapshot = Snapshot {
        last_checked_ms: Some(NOW - 17_000),
        current_until_ms: Some(NOW + 43_000),
        ..snapshot(waiting())
    };
    let rows = [
        at(Page::List, "CoderPad is having problems."),
        at(
            Page::List,
            "Candidates are noticed but wait for their pads.",
        ),
        at(Page::List, "Nothing for you to do: Padwatch keeps trying."),
    ];
    assert_eq!(menu(&snapshot).rows[..3], rows);
    assert_eq!(menu(&snapshot).rows[3], Row::Line);
    assert_eq!(Menu::changes_in(&input(&snapshot)), Some(43_000));
    snapshot.last_checked_ms = Some(NOW - 25 * 60_000);
    snapshot.current_until_ms = Some(NOW);
    let last = at(Page::List, "Last checked 25 min ago");
    assert_eq!(menu(&snapshot).rows[3], last);
}

#[test]
fn what_is_older_than_two_polls_is_not_called_watching() {
    let old = Snapshot {
        last_checked_ms: Some(NOW - 25 * 60_000),
        current_until_ms: Some(NOW - 1),
        ..snapshot(Condition::Watching)
    };
    let rows = menu(&old).rows;
    assert_eq!(rows[0], at(Page::List, "Last checked 25 min ago"));
    let texts: Vec<&str> = rows[1..3].iter().map(text).collect();
    assert_eq!(
        texts.join(" "),
        "Candidates who were moved since aren’t shown yet. Padwatch is checking again."
    );
    assert_eq!(Menu::changes_in(&input(&old)), Some(60_000));
}

#[test]
fn lesser_things_are_named_below_and_lead_to_their_page() {
    let mut snapshot = with_pads();
    snapshot.webhooks = WebhookState::Troubled { problem: problem() };
    snapshot.quota = Some(QuotaLeft {
        remaining: Some(3),
        overages: false,
        low: true,
        short: None,
    });
    let rows = menu(&snapshot).rows;
    assert_eq!(
        rows[1..3],
        [
            at(Page::Webhooks, "Lever does not know this key any more."),
            at(Page::List, "3 pads left in your CoderPad plan."),
        ]
    );
}

fn text(row: &Row) -> &str {
    match row {
        Row::Words(text) | Row::Item(text, _) | Row::Submenu(text, _) => text,
        Row::Line => "",
    }
}

#[test]
fn half_done_set_up_leads_back_to_its_page() {
    let condition = Condition::SetUp {
        problem: problem(),
        step: Some(SetUpStep::Check),
    };
    let rows = menu(&snapshot(condition)).rows;
    assert_eq!(
        rows[0],
        at(Page::SetUp, "Lever does not know this key any more.")
    );
    let finish = item("Finish setting up Padwatch…", Click::OpenWindow);
    assert!(rows.contains(&finish), "{rows:?}");
    let opens = |row: &&Row| matches!(row, Row::Item(_, Click::OpenWindow));
    assert_eq!(rows.iter().filter(opens).count(), 1);
}

#[test]
fn what_is_wrong_comes_first_in_whole_sentences_with_what_to_do() {
    for condition in [
        Condition::Stopped { problem: problem() },
        Condition::SetUp {
            problem: problem(),
            step: None,
        },
        Condition::Hindered { problem: problem() },
    ] {
        let menu = menu(&snapshot(condition));
        assert_eq!(
            menu.rows[..3],
            [
                at(Page::Accounts, "Lever does not know this key any more."),
                at(Page::Accounts, "No one is being watched."),
                at(
                    Page::Accounts,
                    "Make a new key in Lever and set it in Padwatch."
                ),
            ]
        );
    }
}

#[test]
fn a_notice_comes_before_all_is_well() {
    let snapshot = with_pads();
    let notices = [problem()];
    let menu = Menu::of(&MenuInput {
        notices: &notices,
        ..input(&snapshot)
    });
    assert_eq!(
        menu.rows[0],
        at(Page::Accounts, "Lever does not know this key any more.")
    );
    assert_eq!(
        menu.rows[3],
        item("Watching · checked 15 sec ago", Click::OpenWindow)
    );
}

#[test]
fn a_pause_says_its_end_and_offers_to_resume() {
    for (until_ms, expected) in [
        (None, "Paused"),
        (Some(NOW + 3_600_000), "Paused until 5:00 PM"),
        (
            tomorrow_begins(NOW, &TimeZone::UTC),
            "Paused until tomorrow",
        ),
        (Some(NOW + 86_400_000), "Paused until tomorrow 4:00 PM"),
    ] {
        let menu = menu(&snapshot(Condition::Paused { until_ms }));
        assert_eq!(menu.rows[0], at(Page::List, expected));
        assert!(menu.rows.contains(&item("Resume", Click::Resume)));
        assert!(!menu.rows.contains(&pause()));
    }
}

#[test]
fn the_sandboxs_page_is_offered_in_the_sandbox_alone() {
    let snapshot = with_pads();
    let page = item("Demo controls…", Click::OpenSandbox);
    assert!(!menu(&snapshot).rows.contains(&page));
    assert!(
        Menu::of(&MenuInput {
            sandbox: true,
            ..input(&snapshot)
        })
        .rows
        .contains(&page)
    );
}

#[test]
fn long_work_shows_how_far_it_is() {
    let mut snapshot = snapshot(Condition::Starting);
    snapshot.progress = Some(Progress {
        what: "Reading candidates".to_owned(),
        done: 12,
        of: Some(80),
        people: None,
        can_cancel: false,
        rehearsal: false,
    });
    assert_eq!(
        menu(&snapshot).rows[1],
        at(Page::List, "Reading candidates · 12 of 80")
    );
}

#[test]
fn new_words_leave_the_shape_and_a_new_row_changes_it() {
    let before = with_pads();
    let mut after = with_pads();
    after.last_checked_ms = Some(NOW);
    assert!(menu(&before).same_shape(&menu(&after)));
    assert_ne!(menu(&before), menu(&after));
    after.newest.swap(0, 1);
    assert!(
        !menu(&before).same_shape(&menu(&after)),
        "a click must keep its candidate"
    );
}

#[test]
fn texts_are_listed_with_submenus_in_their_place() {
    let texts = menu(&snapshot(Condition::Watching));
    let texts = texts.texts();
    let pause = texts.iter().position(|text| *text == "Pause").unwrap();
    assert_eq!(texts[pause + 1], "For 1 hour");
    assert_eq!(texts.last(), Some(&"Quit"));
}

#[test]
fn the_menu_is_looked_at_again_only_when_its_words_would_change() {
    let snapshot = with_pads();
    assert_eq!(Menu::changes_in(&input(&snapshot)), Some(13_000));
    let paused = crate::tray::examples::snapshot(Condition::Paused { until_ms: None });
    assert_eq!(Menu::changes_in(&input(&paused)), None);
}

#[test]
fn no_label_is_longer_than_a_screen_bears() {
    let mut snapshot = with_pads();
    snapshot.newest = vec![row("a", &"Ada ".repeat(100), &"Engineer ".repeat(100))];
    snapshot.finished = snapshot.newest.clone();
    snapshot.needs_you = snapshot.newest.clone();
    for text in menu(&snapshot).texts() {
        assert!(text.chars().count() <= LONGEST, "{text}");
    }
}
