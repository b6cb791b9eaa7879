use crate::dto::candidates::RowTimes;
use crate::dto::lists::Counts;
use crate::dto::pads::PadLinks;
use crate::dto::snapshot::SetUpStep;
use lever::OpportunityId;

use super::*;
use crate::tray::examples::{self, problem, snapshot};

static UTC: TimeZone = TimeZone::UTC;
const NOW: i64 = 1_764_000_000_000;

fn menu(snapshot: &Snapshot) -> Menu {
    Menu::of(&input(snapshot))
}

fn input(snapshot: &Snapshot) -> MenuInput<'_> {
    MenuInput {
        snapshot,
        notices: &[],
        now_ms: NOW,
        zone: &UTC,
        copied: None,
        sandbox: false,
    }
}

fn words(text: &str) -> Row {
    Row::Words(text.to_owned())
}

fn item(text: &str, click: Click) -> Row {
    Row::Item(text.to_owned(), click)
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
            words("Watching · checked 15 sec ago"),
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
fn pads_come_newest_first_and_a_click_copies() {
    let menu = menu(&with_pads());
    assert_eq!(
        menu.rows[2],
        item("New: Ada Lovelace – Backend Engineer", copy("a"))
    );
    assert_eq!(menu.rows[3], item("Bo & Co", copy("b")));
}

#[test]
fn a_row_says_copied_for_two_seconds() {
    let snapshot = with_pads();
    let just_now = (OpportunityId::new("a"), NOW - 1_500);
    let input = MenuInput {
        copied: Some(&just_now),
        ..input(&snapshot)
    };
    assert_eq!(
        Menu::of(&input).rows[2],
        item("Link copied: Ada Lovelace", copy("a"))
    );
    assert_eq!(Menu::changes_in(&input), Some(500));
    let later = MenuInput {
        now_ms: NOW + 500,
        ..input
    };
    assert_eq!(
        Menu::of(&later).rows[2],
        item("New: Ada Lovelace – Backend Engineer", copy("a"))
    );
}

#[test]
fn candidates_who_need_a_decision_come_before_the_pads() {
    let mut snapshot = with_pads();
    snapshot.needs_you = vec![row("n", "", "Chef"), row("m", "Mia", "Chef")];
    snapshot.counts.needs_you = 2;
    let menu = menu(&snapshot);
    assert_eq!(
        menu.rows[2],
        item(
            "Needs a decision: Unnamed candidate",
            Click::OpenCandidate(OpportunityId::new("n"))
        )
    );
    assert_eq!(
        menu.rows[3],
        item(
            "Needs a decision: Mia",
            Click::OpenCandidate(OpportunityId::new("m"))
        )
    );
    assert_eq!(
        menu.rows[5],
        item("New: Ada Lovelace – Backend Engineer", copy("a"))
    );
}

#[test]
fn finished_interviews_are_behind_one_row_and_play_back() {
    let mut snapshot = with_pads();
    snapshot.finished = vec![row("f", "Fay", "Chef")];
    let rows = vec![item("Fay – Chef", Click::PlayBack(OpportunityId::new("f")))];
    assert!(
        menu(&snapshot)
            .rows
            .contains(&Row::Submenu("Recent interviews".to_owned(), rows))
    );
}

#[test]
fn more_pads_than_fit_are_counted_and_found_in_the_window() {
    let mut snapshot = snapshot(Condition::Watching);
    snapshot.newest = (0..10)
        .map(|at| row(&at.to_string(), "Name", "Job"))
        .collect();
    snapshot.counts.to_send = 25;
    let menu = menu(&snapshot);
    assert!(menu.rows.contains(&item("17 more…", Click::OpenWindow)));
    let copies = |row: &&Row| matches!(row, Row::Item(_, Click::CopyLink { .. }));
    assert_eq!(menu.rows.iter().filter(copies).count(), 8);
}

#[test]
fn half_done_set_up_leads_back_to_its_page() {
    let condition = Condition::SetUp {
        problem: problem(),
        step: Some(SetUpStep::Maker),
    };
    let rows = menu(&snapshot(condition)).rows;
    assert_eq!(rows[0], words("Lever does not know this key any more."));
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
        Condition::Offline { problem: problem() },
        Condition::Hindered { problem: problem() },
    ] {
        let menu = menu(&snapshot(condition));
        assert_eq!(
            menu.rows[0],
            words("Lever does not know this key any more.")
        );
        assert_eq!(
            menu.rows[1],
            words("Make a new key in Lever and set it in Padwatch.")
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
        words("Lever does not know this key any more.")
    );
    assert_eq!(menu.rows[2], words("Watching · checked 15 sec ago"));
}

#[test]
fn a_pause_says_its_end_and_offers_to_resume() {
    for (until_ms, expected) in [
        (None, "Paused"),
        (Some(NOW + 3_600_000), "Paused until 17:00"),
        (Some(NOW + 86_400_000), "Paused until tomorrow"),
    ] {
        let menu = menu(&snapshot(Condition::Paused { until_ms }));
        assert_eq!(menu.rows[0], words(expected));
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
    });
    assert_eq!(
        menu(&snapshot).rows[1],
        words("Reading candidates · 12 of 80")
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
    let menu = menu(&snapshot);
    for text in menu.texts() {
        assert!(
            text.chars().count() <= super::super::labels::LONGEST,
            "{text}"
        );
    }
}

#[test]
fn a_click_survives_being_an_id() {
    for click in [Click::Quit, copy("a\"b")] {
        let id = serde_json::to_string(&click).unwrap();
        assert_eq!(serde_json::from_str::<Click>(&id).unwrap(), click);
    }
}
