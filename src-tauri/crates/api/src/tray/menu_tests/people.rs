use super::*;

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
fn what_else_can_be_done_with_the_newest_is_behind_one_row() {
    let mut snapshot = with_pads();
    assert_eq!(menu(&snapshot).rows[4], more("a", "Ada Lovelace"));
    snapshot.newest[0].profile_url = Some("https://hire.lever.co/candidates/a".to_owned());
    snapshot.newest[0].actions = vec![ActionKind::MarkCopied, ActionKind::MarkSent];
    let ada = || OpportunityId::new("a");
    let sent = |sent| Click::MarkSent {
        opportunity: ada(),
        sent,
    };
    let expected = |last| {
        let rows = vec![
            item("Copy invitation", Click::CopyInvitation(ada())),
            item("Open in Lever", Click::OpenInLever(ada())),
            last,
        ];
        Row::Submenu("More for Ada Lovelace".to_owned(), rows)
    };
    let rows = menu(&snapshot).rows;
    assert_eq!(rows[4], expected(item("Mark as sent", sent(true))));
    snapshot.newest[0].section = Section::Upcoming;
    let rows = menu(&snapshot).rows;
    assert_eq!(rows[4], expected(item("Mark as not sent", sent(false))));
}

#[test]
fn the_first_decision_is_the_first_row_and_leads_to_its_candidate() {
    let mut snapshot = with_pads();
    snapshot.needs_you = vec![row("n", "", "Chef"), row("m", "Mia", "Chef")];
    snapshot.counts.needs_you = 2;
    let rows = menu(&snapshot).rows;
    assert_eq!(
        rows[..5],
        [
            decide("n", "Needs a decision: Unnamed candidate"),
            decide("m", "Needs a decision: Mia"),
            Row::Line,
            item("Watching · checked 15 sec ago", Click::OpenWindow),
            Row::Line,
        ]
    );
    assert_eq!(
        rows[5],
        item("New: Ada Lovelace – Backend Engineer", copy("a"))
    );
}

#[test]
fn more_decisions_than_fit_are_counted_also_behind_the_first_row() {
    let mut snapshot = with_pads();
    snapshot.needs_you = (0..6).map(|at| row(&at.to_string(), "Mia", "")).collect();
    snapshot.counts.needs_you = 6;
    let rows = menu(&snapshot).rows;
    let decisions = |rows: &[Row]| {
        let decides = |row: &&Row| matches!(row, Row::Item(_, Click::OpenCandidate(_)));
        rows.iter().filter(decides).count()
    };
    assert_eq!(decisions(&rows), 4);
    assert_eq!(rows[4], item("2 more…", Click::OpenWindow));
    // A problem comes first; then all of them follow.
    snapshot.condition = Condition::Hindered { problem: problem() };
    assert_eq!(decisions(&menu(&snapshot).rows), 4);
}

#[test]
fn todays_next_interview_is_the_second_row_and_copies_its_link() {
    const MINUTE: i64 = 60_000;
    let starting = |starts_ms| {
        let times = RowTimes {
            interview_ms: Some(starts_ms),
            ..RowTimes::default()
        };
        let mut snapshot = with_pads();
        snapshot.next_interview = Some(PadRow {
            times,
            ..row("i", "Ines", "Chef")
        });
        snapshot
    };
    for (starts_ms, expected) in [
        (NOW + 90 * MINUTE, Some("Interview at 5:30 PM: Ines – Chef")),
        (NOW - 14 * MINUTE, Some("Interview now: Ines – Chef")),
        (NOW - 15 * MINUTE, None),
        (NOW + 24 * 60 * MINUTE, None),
    ] {
        let snapshot = starting(starts_ms);
        let rows = menu(&snapshot).rows;
        match expected {
            Some(text) => assert_eq!(rows[1], item(text, copy("i"))),
            None => assert_eq!(rows[1], Row::Line, "{rows:?}"),
        }
    }
    // Also beside a decision; and the menu changes when it begins.
    let mut snapshot = starting(NOW + 5_000);
    assert_eq!(Menu::changes_in(&input(&snapshot)), Some(5_000));
    snapshot.needs_you = vec![row("m", "Mia", ""), row("n", "Noa", "")];
    snapshot.counts.needs_you = 2;
    let rows = menu(&snapshot).rows;
    assert_eq!(rows[0], decide("m", "Needs a decision: Mia"));
    assert_eq!(
        rows[1],
        item("Interview at 4:00 PM: Ines – Chef", copy("i"))
    );
    assert_eq!(rows[2], decide("n", "Needs a decision: Noa"));
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
