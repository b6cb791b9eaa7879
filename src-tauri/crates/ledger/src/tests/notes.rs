//! Notes and announcements: what is due, what was left in the middle, what was shown.

use padwatch_domain::announcement::News;
use padwatch_domain::note::{
    Draft, Note, NoteChoice, NoteMarker, Offers, Part, PartState, Stage, What,
};
use transport::SeededRng;

use super::*;

fn id(text: &str) -> OpportunityId {
    OpportunityId::new(text)
}

fn draft() -> Draft {
    Draft {
        text: "text".to_owned(),
        secret: false,
        choice: NoteChoice::default(),
        offers: Offers::default(),
        file: None,
        notices: Vec::new(),
    }
}

fn note(who: &str, stage: Stage) -> Note {
    Note {
        opportunity: id(who),
        pad: PadId::parse("ADASPAD1").unwrap(),
        stage,
    }
}

fn prepared(who: &str) -> Note {
    let stage = Stage::Prepared {
        draft: draft(),
        refused: None,
        since_ms: 1,
    };
    note(who, stage)
}

fn sending(who: &str, state: PartState) -> Note {
    let part = Part {
        marker: NoteMarker::fresh(&SeededRng::new(2)),
        what: What::Text {
            text: "text".to_owned(),
        },
        state,
        tries: 1,
    };
    let stage = Stage::Sending {
        draft: draft(),
        parts: vec![part],
        halted: None,
        since_ms: 1,
    };
    note(who, stage)
}

/// One that is looked for again at this time.
fn uncertain(who: &str, next_ms: i64) -> Note {
    let state = serde_json::json!({
        "state": "uncertain", "looks": 0, "firstMs": null, "nextMs": next_ms,
    });
    sending(who, serde_json::from_value(state).unwrap())
}

fn added(who: &str) -> Note {
    let stage = Stage::Added {
        at_ms: 9,
        doubtful: Vec::new(),
    };
    note(who, stage)
}

fn ledger_of(notes: impl IntoIterator<Item = (Note, Option<&'static str>)>) -> Ledger {
    let mut ledger = Ledger::in_memory().unwrap();
    for (note, file) in notes {
        let who = noticed(row(note.opportunity.as_str(), "", eligible()));
        let note = Change::Noted(Box::new(note), file.map(str::to_owned));
        ledger.commit(&[who, note], NOW_MS).unwrap();
    }
    ledger
}

#[test]
fn notes_are_due_by_their_time_the_longest_due_first() {
    let ledger = ledger_of([
        (uncertain("later", 700), None),
        (uncertain("soon", 500), None),
        (sending("now", PartState::Waiting), None),
        (sending("on its way", PartState::InFlight), None),
        (prepared("prepared"), None),
        (added("added"), None),
    ]);
    let due = |now_ms| -> Vec<String> {
        let due = ledger.due_notes(now_ms).unwrap();
        due.iter()
            .map(|note| note.opportunity.to_string())
            .collect()
    };
    assert_eq!(due(499), ["now"]);
    assert_eq!(due(500), ["now", "soon"]);
    assert_eq!(due(700), ["now", "soon", "later"]);
    assert_eq!(ledger.next_note_ms().unwrap(), Some(0));
    let mut unsettled: Vec<String> = ledger
        .unsettled_notes()
        .unwrap()
        .iter()
        .map(|note| note.opportunity.to_string())
        .collect();
    unsettled.sort();
    assert_eq!(unsettled, ["later", "now", "on its way", "soon"]);
}

#[test]
fn the_next_note_is_the_one_that_comes_due_first() {
    let ledger = ledger_of([(uncertain("b", 700), None), (uncertain("a", 500), None)]);
    assert_eq!(ledger.next_note_ms().unwrap(), Some(500));
    assert_eq!(ledger_of([]).next_note_ms().unwrap(), None);
}

#[test]
fn a_notes_file_stays_until_the_note_is_on_the_candidate() {
    let mut ledger = ledger_of([(prepared("ada"), Some("the code")), (prepared("ben"), None)]);
    let file = |ledger: &Ledger, who: &str| ledger.note_file(&id(who)).unwrap();
    assert_eq!(file(&ledger, "ada").as_deref(), Some("the code"));
    assert_eq!(file(&ledger, "ben"), None);
    assert_eq!(file(&ledger, "nobody"), None);
    let noted = |note, file: Option<&str>| Change::Noted(Box::new(note), file.map(str::to_owned));
    let waits = sending("ada", PartState::Waiting);
    ledger.commit(&[noted(waits, None)], NOW_MS).unwrap();
    assert_eq!(file(&ledger, "ada").as_deref(), Some("the code"));
    let again = noted(prepared("ada"), Some("other code"));
    ledger.commit(&[again], NOW_MS).unwrap();
    assert_eq!(file(&ledger, "ada").as_deref(), Some("other code"));
    ledger.commit(&[noted(added("ada"), None)], NOW_MS).unwrap();
    assert_eq!(file(&ledger, "ada"), None);
    assert_eq!(ledger.note(&id("ada")).unwrap(), Some(added("ada")));
}

#[test]
fn at_most_sixteen_notes_are_handed_out_at_once() {
    let many = (0..17).map(|n| (uncertain(&format!("o{n}"), n), None));
    assert_eq!(ledger_of(many).due_notes(100).unwrap().len(), 16);
}

#[test]
fn what_was_shown_is_not_handed_out_again_and_the_rest_is_in_order() {
    let mut ledger = Ledger::in_memory().unwrap();
    let news = |count| Change::Announced(News::Surge { count });
    ledger.commit(&[news(1), news(2)], 10).unwrap();
    ledger.commit(&[news(3)], 20).unwrap();
    let told = |ledger: &Ledger, after| -> Vec<(i64, i64, News)> {
        let untold = ledger.untold(after).unwrap();
        untold
            .into_iter()
            .map(|one| (one.id, one.at_ms, one.news))
            .collect()
    };
    let entry = |id, at_ms, count| (id, at_ms, News::Surge { count });
    let all = [entry(1, 10, 1), entry(2, 10, 2), entry(3, 20, 3)];
    assert_eq!(told(&ledger, 0), all);
    assert_eq!(told(&ledger, 2), all[2..]);
    ledger.shown(2).unwrap();
    assert_eq!(told(&ledger, 0), [entry(1, 10, 1), entry(3, 20, 3)]);
}

#[test]
fn an_announcement_waits_for_thirty_days_and_no_longer() {
    const DAY_MS: i64 = 24 * 3_600_000;
    let mut ledger = Ledger::in_memory().unwrap();
    let goes_on = || [Change::Announced(News::Recovered { from: None })];
    ledger.commit(&goes_on(), NOW_MS).unwrap();
    ledger.commit(&goes_on(), NOW_MS + 30 * DAY_MS).unwrap();
    assert_eq!(ledger.untold(0).unwrap().len(), 2);
    ledger.commit(&goes_on(), NOW_MS + 30 * DAY_MS + 1).unwrap();
    assert_eq!(ledger.untold(0).unwrap().len(), 2, "the first is too old");
}
