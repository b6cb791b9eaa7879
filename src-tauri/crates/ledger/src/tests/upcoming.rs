use super::super::listing::{UpcomingPart, upcoming_parts};
use super::*;
use padwatch_domain::interview::Plan;
use padwatch_domain::listing::ListQuery;
use padwatch_domain::section::Section;
use padwatch_domain::tracking::{Known, Progress};

fn sent(name: &str, pad: &str, since_ms: i64) -> Change {
    let mut one = row(name, name, created(pad));
    one.copied_ms = Some(NOW_MS);
    one.since_ms = since_ms;
    noticed(one)
}

fn planned(name: &str, pad: &str, starts_ms: Option<i64>) -> Change {
    Change::Followed {
        opportunity: OpportunityId::new(name),
        pad: PadId::parse(pad).unwrap(),
        known: Known {
            plan: starts_ms.map(|starts_ms| Plan {
                starts_ms,
                ends_ms: starts_ms + 1,
            }),
            ..Known::default()
        },
    }
}

fn upcoming(ledger: &Ledger, search: &str, offset: u32, limit: u32) -> Vec<String> {
    let query = ListQuery {
        section: Some(Section::Upcoming),
        search: search.to_owned(),
        offset,
        limit,
    };
    let (rows, _) = ledger.list(&query, TODAY).unwrap();
    rows.into_iter().map(|row| row.seen.name).collect()
}

#[test]
fn upcoming_interviews_are_listed_by_time_then_those_without_one() {
    let mut ledger = Ledger::in_memory().unwrap();
    let changes = [
        sent("next week", "PADAAAA1", NOW_MS + 1),
        sent("no time, newer", "PADAAAA2", NOW_MS + 3),
        sent("tomorrow", "PADAAAA3", NOW_MS),
        sent("no time, older", "PADAAAA4", NOW_MS + 2),
        sent("today", "PADAAAA5", NOW_MS - 9),
        planned("next week", "PADAAAA1", Some(NOW_MS + 700)),
        planned("tomorrow", "PADAAAA3", Some(NOW_MS + 100)),
        planned("today", "PADAAAA5", Some(NOW_MS + 10)),
    ];
    ledger.commit(&changes, NOW_MS).unwrap();
    let all = [
        "today",
        "tomorrow",
        "next week",
        "no time, newer",
        "no time, older",
    ];
    assert_eq!(upcoming(&ledger, "", 0, 50), all);
    assert_eq!(upcoming(&ledger, "", 2, 2), all[2..4], "page by page");
    assert_eq!(upcoming(&ledger, "no time", 0, 50), all[3..]);
    assert_eq!(
        upcoming(&ledger, "Backend", 1, 2),
        all[1..3],
        "what is found too"
    );

    // Put off, called off, and another pad of which nothing is known yet.
    let changes = [
        planned("today", "PADAAAA5", Some(NOW_MS + 300)),
        planned("next week", "PADAAAA1", None),
        sent("tomorrow", "PADAAAA9", NOW_MS + 4),
    ];
    ledger.commit(&changes, NOW_MS).unwrap();
    let without = ["tomorrow", "no time, newer", "no time, older", "next week"];
    let all = upcoming(&ledger, "", 0, 50);
    assert_eq!(
        (all[0].as_str(), &all[1..]),
        ("today", &without.map(str::to_owned)[..])
    );
    ledger
        .commit(&[planned("tomorrow", "PADAAAA9", Some(NOW_MS))], NOW_MS)
        .unwrap();
    assert_eq!(upcoming(&ledger, "", 0, 1), ["tomorrow"]);
}

#[test]
fn the_next_interview_is_the_first_after_a_time_whether_sent_or_not() {
    let mut ledger = Ledger::in_memory().unwrap();
    let unsent = noticed(row("unsent", "unsent", created("PADAAAA3")));
    let changes = [
        sent("past", "PADAAAA1", NOW_MS),
        sent("later", "PADAAAA2", NOW_MS),
        unsent,
        sent("no time", "PADAAAA4", NOW_MS),
        planned("past", "PADAAAA1", Some(NOW_MS - 5)),
        planned("later", "PADAAAA2", Some(NOW_MS + 70)),
        planned("unsent", "PADAAAA3", Some(NOW_MS + 40)),
    ];
    ledger.commit(&changes, NOW_MS).unwrap();
    let next = |after_ms| {
        let row = ledger.next_interview(after_ms).unwrap();
        row.map(|row| row.seen.name)
    };
    assert_eq!(next(NOW_MS - 10).as_deref(), Some("past"));
    assert_eq!(next(NOW_MS).as_deref(), Some("unsent"));
    assert_eq!(next(NOW_MS + 40).as_deref(), Some("later"));
    assert_eq!(next(NOW_MS + 70), None);
}

#[test]
fn an_interview_that_was_to_be_long_ago_stands_below_those_to_come() {
    const HOUR: i64 = 3_600_000;
    let mut ledger = Ledger::in_memory().unwrap();
    let changes = [
        sent("last month", "PADAAAA1", NOW_MS),
        sent("no time", "PADAAAA2", NOW_MS + 1),
        sent("this morning", "PADAAAA3", NOW_MS + 2),
        sent("tomorrow", "PADAAAA4", NOW_MS + 3),
        sent("yesterday", "PADAAAA5", NOW_MS + 4),
        planned("last month", "PADAAAA1", Some(NOW_MS - 700 * HOUR)),
        planned("this morning", "PADAAAA3", Some(NOW_MS - 5 * HOUR)),
        planned("tomorrow", "PADAAAA4", Some(NOW_MS + 20 * HOUR)),
        planned("yesterday", "PADAAAA5", Some(NOW_MS - 25 * HOUR)),
    ];
    ledger.commit(&changes, NOW_MS).unwrap();
    let all = [
        "this morning",
        "tomorrow",
        "no time",
        "yesterday",
        "last month",
    ];
    // Who counts among the interviews stands first in the list.
    let counts = ledger.counts(TODAY).unwrap();
    assert_eq!(
        (counts.interviews, counts.today, counts.upcoming),
        (2, 1, 5)
    );
    let evening = Today {
        since_ms: NOW_MS - 4 * HOUR,
        ..TODAY
    };
    let counts = ledger.counts(evening).unwrap();
    assert_eq!((counts.interviews, counts.today), (1, 0));
    for search in ["", "Backend"] {
        assert_eq!(upcoming(&ledger, search, 0, 50), all, "{search:?}");
        for offset in 0..all.len() {
            let page = upcoming(&ledger, search, u32::try_from(offset).unwrap(), 2);
            let end = all.len().min(offset + 2);
            assert_eq!(page, all[offset..end], "{search:?} from {offset}");
        }
    }
}

#[test]
fn a_live_interview_stands_before_all_others_planned_or_not() {
    let mut ledger = Ledger::in_memory().unwrap();
    let live = |name: &str, pad: &str, starts_ms: Option<i64>| {
        let mut change = planned(name, pad, starts_ms);
        if let Change::Followed { known, .. } = &mut change {
            known.progress = Progress::UnderWay;
        }
        change
    };
    let changes = [
        sent("no time", "PADAAAA1", NOW_MS),
        sent("today", "PADAAAA2", NOW_MS + 1),
        sent("live", "PADAAAA3", NOW_MS + 2),
        sent("live and planned", "PADAAAA4", NOW_MS + 3),
        sent("of yesterday", "PADAAAA5", NOW_MS + 4),
        planned("today", "PADAAAA2", Some(NOW_MS + 1)),
        live("live", "PADAAAA3", None),
        live("live and planned", "PADAAAA4", Some(NOW_MS)),
        planned("of yesterday", "PADAAAA5", Some(TODAY.since_ms - 1)),
    ];
    ledger.commit(&changes, NOW_MS).unwrap();
    let all = [
        "live and planned",
        "live",
        "today",
        "no time",
        "of yesterday",
    ];
    let counts = ledger.counts(TODAY).unwrap();
    assert_eq!((counts.live, counts.today, counts.interviews), (2, 1, 3));
    for search in ["", "Backend"] {
        assert_eq!(upcoming(&ledger, search, 0, 50), all, "{search:?}");
        for offset in 0..all.len() {
            let page = upcoming(&ledger, search, u32::try_from(offset).unwrap(), 2);
            let end = all.len().min(offset + 2);
            assert_eq!(page, all[offset..end], "{search:?} from {offset}");
        }
    }

    // Everyone left the pad, and the other candidate got another pad.
    let other = sent("live and planned", "PADAAAA6", NOW_MS + 3);
    let changes = [planned("live", "PADAAAA3", None), other];
    ledger.commit(&changes, NOW_MS).unwrap();
    let counts = ledger.counts(TODAY).unwrap();
    assert_eq!((counts.live, counts.today, counts.interviews), (0, 1, 1));
}

#[test]
fn a_page_of_upcoming_ones_is_read_from_an_index_and_sorts_nothing() {
    let ledger = Ledger::in_memory().unwrap();
    for UpcomingPart { those, order } in upcoming_parts() {
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT * FROM opportunity \
             WHERE {those} ORDER BY {order} LIMIT ?2 OFFSET ?3"
        );
        let mut plan = ledger.connection.prepare(&sql).unwrap();
        let steps = plan.query_map([NOW_MS, 50, 0], |row| row.get::<_, String>(3));
        let steps: Vec<String> = steps.unwrap().map(Result::unwrap).collect();
        assert!(
            steps
                .iter()
                .any(|step| step.contains("opportunity_planned")),
            "{steps:?}"
        );
        assert!(
            !steps.iter().any(|step| step.contains("TEMP B-TREE")),
            "{steps:?}"
        );
    }
}
