//! Reading candidacies, what happened to them, and the titles of their jobs.

use padwatch_domain::lifecycle::{Ending, Hold};
use padwatch_domain::listing::{ListQuery, TimelineEntry};
use padwatch_domain::section::Section;

use super::*;

fn id(text: &str) -> OpportunityId {
    OpportunityId::new(text)
}

fn ids(rows: &[Candidacy]) -> Vec<&str> {
    rows.iter().map(|row| row.opportunity.as_str()).collect()
}

fn held(hold: Hold) -> Lifecycle {
    Lifecycle::Held { hold }
}

fn ledger_of(rows: impl IntoIterator<Item = Candidacy>) -> Ledger {
    let mut ledger = Ledger::in_memory().unwrap();
    let changes: Vec<Change> = rows.into_iter().map(noticed).collect();
    ledger.commit(&changes, NOW_MS).unwrap();
    ledger
}

/// The same, noticed so many ms after the others.
fn later(mut row: Candidacy, by_ms: i64) -> Candidacy {
    row.queued_ms += by_ms;
    row.since_ms += by_ms;
    row
}

#[test]
fn the_applications_of_one_candidate_are_read_in_the_order_they_came() {
    let of_ada = |id, by_ms| {
        let mut row = later(row(id, "Ada", eligible()), by_ms);
        row.seen.contact = Some(ContactId::new("ada"));
        row
    };
    let ledger = ledger_of([
        of_ada("b", 2),
        row("other", "Ben", eligible()),
        of_ada("a", 1),
    ]);
    let of = |contact: &str| ledger.of_contact(&ContactId::new(contact)).unwrap();
    assert_eq!(ids(&of("ada")), ["a", "b"]);
    assert_eq!(ids(&of("contact-other")), ["other"]);
    assert_eq!(ids(&of("nobody")), [""; 0]);
}

#[test]
fn those_in_one_state_are_read_in_the_order_of_the_queue() {
    let ledger = ledger_of([
        later(row("b", "", held(Hold::Ask)), 2),
        row("eligible", "", eligible()),
        later(row("a", "", held(Hold::Surge)), 1),
    ]);
    assert_eq!(ids(&ledger.in_state("held").unwrap()), ["a", "b"]);
    assert_eq!(ids(&ledger.in_state("eligible").unwrap()), ["eligible"]);
    assert_eq!(ids(&ledger.in_state("finished").unwrap()), [""; 0]);
}

#[test]
fn only_those_who_are_still_open_and_did_not_leave_can_leave() {
    let mut left = row("left", "", eligible());
    left.left_ms = Some(NOW_MS);
    let finished = Lifecycle::Finished {
        pad: pad("ENDEDPAD"),
        ended_ms: NOW_MS,
        ending: Ending::Held,
    };
    let deleted = Lifecycle::Deleted {
        pad: pad("GONEPAD1"),
        asks: true,
    };
    let ledger = ledger_of([
        row("here", "", eligible()),
        left,
        row("finished", "", finished),
        row("deleted", "", deleted),
        row("skipped", "", Lifecycle::Skipped),
        row("ready", "", created("READYPAD")),
    ]);
    let mut present = ledger.present().unwrap();
    present.sort();
    assert_eq!(present, [id("here"), id("ready")]);
}

#[test]
fn the_next_time_something_is_due_lies_after_now() {
    let until = |id, until_ms| row(id, "", held(Hold::Until { until_ms }));
    let ledger = ledger_of([
        until("past", NOW_MS - 5),
        until("soon", NOW_MS + 70),
        until("later", NOW_MS + 90),
    ]);
    assert_eq!(ledger.next_due_ms(NOW_MS).unwrap(), Some(NOW_MS + 70));
    assert_eq!(ledger.next_due_ms(NOW_MS + 69).unwrap(), Some(NOW_MS + 70));
    assert_eq!(ledger.next_due_ms(NOW_MS + 70).unwrap(), Some(NOW_MS + 90));
    assert_eq!(ledger.next_due_ms(NOW_MS + 90).unwrap(), None);
}

#[test]
fn work_that_is_due_is_handed_out_in_small_numbers() {
    let ledger = ledger_of((0..5).map(|n| later(row(&format!("o{n}"), "", eligible()), n)));
    let due = ledger
        .due(super::super::Due::Making, NOW_MS + 9, 2)
        .unwrap();
    assert_eq!(ids(&due), ["o0", "o1"]);
}

#[test]
fn a_pad_leads_to_its_candidate_however_its_id_is_written() {
    let mut ledger = ledger_of([
        row("ada", "", created("ADASPAD1")),
        row("ben", "", created("BENSPAD1")),
    ]);
    let extra = Change::DuplicateFound {
        opportunity: id("ben"),
        pad: PadId::parse("EXTRAPAD").unwrap(),
        link: "https://app.coderpad.io/EXTRAPAD".to_owned(),
        ours: false,
    };
    ledger.commit(&[extra], NOW_MS).unwrap();
    let owner = |pad: &str| ledger.owner_of(&PadId::parse(pad).unwrap()).unwrap();
    assert_eq!(owner("ADASPAD1"), Some(id("ada")));
    assert_eq!(owner("benspad1"), Some(id("ben")));
    assert_eq!(owner("EXTRAPAD"), Some(id("ben")));
    assert_eq!(owner("extrapad"), Some(id("ben")));
    assert_eq!(owner("NOBODYS1"), None);
}

#[test]
fn the_tray_gets_the_newest_or_the_oldest_of_a_section() {
    let asks = |n| later(row(&format!("o{n}"), "", held(Hold::Ask)), n);
    let mut all: Vec<Candidacy> = (0..4).map(asks).collect();
    all.push(row("other", "", eligible()));
    let ledger = ledger_of(all);
    let few = |newest, most| ledger.few(Section::NeedsYou, newest, most).unwrap();
    assert_eq!(ids(&few(true, 3)), ["o3", "o2", "o1"]);
    assert_eq!(ids(&few(false, 3)), ["o0", "o1", "o2"]);
    assert_eq!(few(true, 9).len(), 4);
    assert_eq!(few(true, 0).len(), 0);
}

#[test]
fn everyone_is_exported_newest_first() {
    let ledger = ledger_of([
        later(row("b", "", eligible()), 2),
        later(row("c", "", Lifecycle::Skipped), 3),
        later(row("a", "", eligible()), 1),
    ]);
    assert_eq!(ids(&ledger.everybody().unwrap()), ["c", "b", "a"]);
}

#[test]
fn an_answer_holds_at_most_two_hundred_rows() {
    let ledger = ledger_of((0..205).map(|n| later(row(&format!("o{n}"), "Ada", eligible()), n)));
    let list = |search: &str, section| {
        let query = ListQuery {
            section,
            search: search.to_owned(),
            offset: 0,
            limit: 1_000,
        };
        let (rows, total) = ledger.list(&query, TODAY).unwrap();
        (rows.len(), total)
    };
    assert_eq!(list("", None), (200, 205));
    assert_eq!(list("", Some(Section::Waiting)), (200, 205));
    assert_eq!(list("Ada", None), (200, 200));
}

#[test]
fn a_search_with_exactly_two_hundred_hits_is_complete_in_every_section() {
    let life = |n| match n < 7 {
        true => Lifecycle::Skipped,
        false => eligible(),
    };
    let people = (0..200).map(|n| later(row(&format!("o{n}"), "Ada", life(n)), n));
    let ledger = ledger_of(people);
    let total = |section| {
        let query = ListQuery {
            section,
            search: "Ada".to_owned(),
            limit: 9,
            ..ListQuery::default()
        };
        ledger.list(&query, TODAY).unwrap().1
    };
    assert_eq!(total(None), 200);
    assert_eq!(total(Some(Section::SetAside)), 7);
    assert_eq!(total(Some(Section::Waiting)), 193);
}

#[test]
fn each_move_is_a_line_of_history_and_a_touch_is_none() {
    let mut ledger = Ledger::in_memory().unwrap();
    let ada = row("ada", "Ada", eligible());
    let happened = Change::Happened {
        opportunity: id("ada"),
        what: Activity::CameBack,
        why: Reason::LeftStage,
        trigger: Trigger::Person,
    };
    ledger.commit(&[noticed(ada.clone())], NOW_MS).unwrap();
    ledger.commit(&[happened], NOW_MS + 5).unwrap();
    ledger
        .commit(&[Change::Touched(Box::new(ada))], NOW_MS + 9)
        .unwrap();
    let entry = |at_ms, what, why, trigger| TimelineEntry {
        at_ms,
        what,
        why,
        trigger,
    };
    let expected = [
        entry(
            NOW_MS,
            Activity::Noticed,
            Reason::UserCreated,
            Trigger::Poll,
        ),
        entry(
            NOW_MS + 5,
            Activity::CameBack,
            Reason::LeftStage,
            Trigger::Person,
        ),
    ];
    assert_eq!(ledger.timeline(&id("ada")).unwrap(), expected);
    assert_eq!(ledger.timeline(&id("ben")).unwrap(), []);
}

/// One whose job is known by its id alone.
fn untitled(id: &str, posting: &str, life: Lifecycle) -> Candidacy {
    let mut row = row(id, id, life);
    row.seen.posting = Some(PostingId::new(posting));
    row.seen.posting_title = String::new();
    row
}

#[test]
fn a_title_is_given_to_those_who_are_shown_without_one() {
    let mut ledger = ledger_of([
        untitled("ada", "qa", created("ADASPAD1")),
        untitled("ben", "ops", created("BENSPAD1")),
        row("cleo", "cleo", created("CLEOSPAD")),
    ]);
    let qa = PostingId::new("qa");
    assert_eq!(ledger.posting_title(&qa).unwrap(), None);
    ledger
        .commit(&[Change::Posting(qa.clone(), "Tester".to_owned())], NOW_MS)
        .unwrap();
    assert_eq!(
        ledger.posting_title(&qa).unwrap().as_deref(),
        Some("Tester")
    );
    let title = |who: &str| ledger.row(&id(who)).unwrap().unwrap().seen.posting_title;
    assert_eq!(title("ada"), "Tester");
    assert_eq!(title("ben"), "");
    assert_eq!(title("cleo"), "Backend Engineer");
    let found = |search: &str| {
        let query = ListQuery {
            search: search.to_owned(),
            limit: 9,
            ..ListQuery::default()
        };
        ledger.list(&query, TODAY).unwrap().0.len()
    };
    assert_eq!(found("tester"), 1, "it can be searched for");
    assert_eq!(found("adaspad1"), 1, "and the link still can");
}

#[test]
fn titles_are_read_for_those_who_wait_for_no_pad_the_newest_first() {
    let mut left = untitled("left", "left", created("LEFTPAD1"));
    left.left_ms = Some(NOW_MS);
    let ledger = ledger_of([
        untitled("old", "old", created("OLDPAD12")),
        untitled("waits", "waits", eligible()),
        left,
        row("titled", "", created("TITLEPAD")),
        untitled("new", "new", created("NEWPAD12")),
        untitled("old too", "old", held(Hold::Ask)),
    ]);
    let untitled = ledger.untitled_postings().unwrap();
    assert_eq!(untitled, ["old", "new"].map(PostingId::new));
}
