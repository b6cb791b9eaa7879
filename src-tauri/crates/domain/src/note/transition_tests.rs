use coderpad::PadId;
use lever::OpportunityId;
use transport::SeededRng;

use super::*;
use crate::note::Offers;
use crate::note::words::Unworded;
use crate::note::{DraftFile, NoteChoice, NoteState};
use crate::search::Look;
use crate::service_error::Service;
use crate::service_error::{ServiceError, of_lever};

const NOW: i64 = 1_772_532_000_000;

fn prepared(file: bool) -> Note {
    let marker = NoteMarker::fresh(&SeededRng::new(9));
    let file = file.then(|| DraftFile {
        name: format!("interview-A-{}.txt", marker.random()),
        bytes: 3,
        marker,
    });
    let draft = Draft {
        text: "as composed".into(),
        secret: false,
        choice: NoteChoice::default(),
        offers: Offers::default(),
        file,
        notices: Vec::new(),
    };
    Note {
        opportunity: OpportunityId::new("o1"),
        pad: PadId::parse("K7QWM3ZD").unwrap(),
        stage: Stage::Prepared {
            draft,
            refused: None,
            since_ms: 1,
        },
    }
}

fn begun(text: &str, file: bool) -> Note {
    begin(
        prepared(file),
        (text, true),
        &Unworded,
        &SeededRng::new(1),
        NOW,
    )
    .unwrap()
}

fn parts(note: &Note) -> &[Part] {
    match &note.stage {
        Stage::Sending { parts, .. } => parts,
        other => panic!("{other:?}"),
    }
}

fn no() -> Problem {
    Problem::Declined {
        service: Service::Lever,
        said: "No.".to_owned(),
    }
}

/// A part sent, and what came of it.
fn sent_once(note: Note, outcome: Sent) -> (Note, News) {
    sent(in_flight(note), outcome, NOW)
}

#[test]
fn a_set_clock_changes_no_distance_between_looks() {
    let look = |note, now_ms| looked(note, Found::Looked(Look::Missing), 0, now_ms).0;
    for leap_ms in [3, -3, 500].map(|hours| hours * 3_600_000) {
        let (note, _) = sent_once(begun("x", false), Sent::Unclear);
        let first = look(note, NOW + 5_000);
        let at_ms = NOW + 5_000 + leap_ms;
        let shifted = shifted(first.clone(), leap_ms, at_ms).unwrap();
        assert_eq!(shifted.due_ms(), first.due_ms().map(|ms| ms + leap_ms));
        let second = look(shifted, at_ms + 1_000);
        let third = look(second, at_ms + 120_000 - 1);
        let state = third.turn().unwrap().1.state;
        assert!(matches!(state, PartState::Uncertain { looks } if looks.complete() == 3));
        let fourth = look(third, at_ms + 120_000);
        assert_eq!(fourth.turn().unwrap().1.state, PartState::Waiting);
    }
    assert_eq!(shifted(begun("x", false), 1, NOW), None);
}

#[test]
fn nothing_waits_for_hours_whatever_the_clock_did() {
    let (note, _) = sent_once(begun("x", false), Sent::Unclear);
    // Written by the new clock before it was noticed that it was set.
    let shifted = shifted(note, 3_600_000, NOW).unwrap();
    assert!(shifted.due_ms().unwrap() <= NOW + LONGEST_WAIT_MS);
}

#[test]
fn a_look_that_a_set_clock_puts_too_far_ahead_begins_again() {
    let (note, _) = sent_once(begun("x", false), Sent::Unclear);
    let due_ms = note.due_ms().unwrap();
    let latest = due_ms - LONGEST_WAIT_MS;
    assert_eq!(
        healed(note.clone(), latest),
        None,
        "the longest wait there is"
    );
    let again = healed(note.clone(), latest - 1).unwrap();
    assert!(again.due_ms().unwrap() < due_ms);
    let at_ms = NOW + 5_000;
    let looked = looked(note, Found::Looked(Look::Missing), 0, at_ms).0;
    assert_eq!(healed(looked.clone(), at_ms), None);
    assert!(
        healed(looked, at_ms - 1).is_some(),
        "its first look is ahead"
    );
    assert_eq!(healed(begun("x", false), 0), None, "nothing is looked for");
}

#[test]
fn a_note_is_sent_part_by_part_with_a_marker_each_and_the_file_first() {
    let long = "x\n".repeat(15_000);
    let note = begun(&long, true);
    assert_eq!(parts(&note).len(), 3);
    assert!(matches!(&parts(&note)[0].what, What::File { .. }));
    let mut markers: Vec<String> = parts(&note).iter().map(|p| p.marker.to_string()).collect();
    markers.dedup();
    assert_eq!(markers.len(), 3);
    let (note, news) = sent_once(note, Sent::There);
    assert_eq!((news, note.turn().unwrap().0), (News::OnItsWay, 1));
    let (note, _) = sent_once(note, Sent::There);
    let (note, news) = sent_once(note, Sent::There);
    assert_eq!(news, News::Added);
    assert_eq!(
        note.due_ms(),
        None,
        "nothing was sent twice, nothing is in doubt"
    );
    assert_eq!(
        begin(note, ("", false), &Unworded, &SeededRng::new(1), NOW),
        None
    );
}

#[test]
fn a_refused_note_can_be_edited_and_a_partial_one_resumes() {
    let (note, news) = sent_once(begun("mine", false), Sent::NotThere(no()));
    assert_eq!(news, News::Stopped(no()));
    let Stage::Prepared { draft, refused, .. } = &note.stage else {
        panic!("{note:?}")
    };
    assert_eq!((draft.text.as_str(), draft.secret), ("mine", true));
    assert!(refused.is_some());

    let (half, _) = sent_once(begun("mine", true), Sent::There);
    let (half, _) = sent_once(half, Sent::NotThere(no()));
    assert_eq!(half.status().state, NoteState::Halted);
    assert_eq!((half.status().parts_there, half.status().parts), (1, 2));
    assert_eq!(half.due_ms(), None, "it waits for the person");
    let (note, news) = sent_once(go_on(half).unwrap(), Sent::There);
    assert_eq!((news, note.status().state), (News::Added, NoteState::Added));
}

#[test]
fn an_unclear_part_is_sent_again_after_three_scans_over_two_minutes() {
    let (mut note, news) = sent_once(begun("mine", false), Sent::Unclear);
    assert_eq!(news, News::OnItsWay);
    let mut looks = 0;
    while let Some(due_ms) = note.due_ms().filter(|due_ms| *due_ms > 0) {
        looks += 1;
        let before = matches!(note.turn().unwrap().1.state, PartState::Uncertain { .. });
        assert!(before && looks < 10);
        (note, _) = looked(note, Found::Looked(Look::Missing), 0, due_ms);
    }
    assert_eq!(looks, 3);
    let again = in_flight(note);
    assert_eq!(again.turn().unwrap().1.tries, 2);
    // The second try went well; the first one may still arrive, and is looked for.
    let (note, news) = sent(again, Sent::There, NOW);
    assert_eq!(news, News::Added);
    let last_look = note.due_ms().unwrap();
    let (note, _) = looked(note, Found::Looked(Look::Found(2)), 0, last_look);
    assert_eq!(note.due_ms(), None);
}

#[test]
fn what_a_look_finds_is_there() {
    let (note, _) = sent_once(begun("mine", false), Sent::Unclear);
    let (note, news) = looked(note, Found::Looked(Look::Found(1)), 0, NOW);
    assert_eq!((news, note.status().state), (News::Added, NoteState::Added));
    assert_eq!(note.due_ms(), None, "it was sent once");
}

fn service_error() -> ServiceError {
    of_lever(&lever::Error::Down { status: 500 })
}

#[test]
fn a_failed_scan_counts_for_nothing_and_a_forbidden_one_asks_the_user() {
    let (note, _) = sent_once(begun("mine", false), Sent::Unclear);
    let mut failing = note.clone();
    for _ in 0..20 {
        let due_ms = failing.due_ms().unwrap();
        assert!(due_ms > 0);
        (failing, _) = looked(
            failing,
            Found::Looked(Look::Incomplete(service_error())),
            0,
            due_ms,
        );
    }
    let (note, news) = looked(note, Found::Never(no()), 0, NOW);
    assert_eq!(news, News::Stopped(no()));
    assert_eq!(note.status().state, NoteState::Halted);
}

#[test]
fn a_look_that_fails_waits_for_as_long_as_the_notes_backoff_says() {
    let (note, _) = sent_once(begun("mine", false), Sent::Unclear);
    let hour_ms = 3_600_000;
    let (note, _) = looked(
        note,
        Found::Looked(Look::Incomplete(service_error())),
        hour_ms,
        NOW,
    );
    assert_eq!(note.due_ms(), Some(NOW + hour_ms));
    assert_eq!(
        healed(note.clone(), NOW),
        None,
        "it is no clock that was set back"
    );
    let later = postponed(note.clone(), 2 * hour_ms, NOW);
    assert_eq!(later.due_ms(), Some(NOW + 2 * hour_ms));
    assert_eq!(postponed(note.clone(), 0, NOW), note);
}

#[test]
fn after_three_tries_without_a_trace_the_person_is_asked() {
    let mut note = begun("mine", false);
    let mut tries = 0;
    let mut news = News::OnItsWay;
    while news == News::OnItsWay {
        tries += 1;
        assert!(tries < 10);
        (note, news) = sent_once(note, Sent::Unclear);
        while news == News::OnItsWay && note.due_ms().is_some_and(|due_ms| due_ms > 0) {
            let due_ms = note.due_ms().unwrap();
            (note, news) = looked(note, Found::Looked(Look::Missing), 0, due_ms);
        }
    }
    assert_eq!(tries, MOST_TRIES);
    assert_eq!(note.status().state, NoteState::Prepared);
    assert!(note.status().problem.is_some());
}

#[test]
fn a_restart_makes_parts_in_flight_unclear_and_restarts_scans() {
    let note = after_restart(in_flight(begun("mine", false)), false, NOW);
    assert_eq!(note.status().state, NoteState::Uncertain);
    let waiting = begun("mine", false);
    assert_eq!(after_restart(waiting.clone(), false, NOW), waiting);
    let (looked_at, _) = looked(note, Found::Looked(Look::Missing), 0, NOW + 5_000);
    let again = after_restart(looked_at, false, NOW + 6_000);
    let looks = Looks::begin(NOW + 6_000);
    let state = again.turn().unwrap().1.state;
    assert_eq!(state, PartState::Uncertain { looks });
}

#[test]
fn a_note_survives_being_written_and_read() {
    let (note, _) = sent_once(begun("mine", true), Sent::Unclear);
    let text = serde_json::to_string(&note).unwrap();
    assert_eq!(serde_json::from_str::<Note>(&text).unwrap(), note);
}

#[test]
fn a_doubt_about_an_added_note_ends_when_lever_will_not_say() {
    let (note, _) = sent_once(begun("x", false), Sent::Unclear);
    let Stage::Sending { mut parts, .. } = note.stage.clone() else {
        panic!("{note:?}")
    };
    let added = Note {
        stage: Stage::Added {
            at_ms: NOW,
            doubtful: vec![parts.remove(0)],
        },
        ..note
    };
    let (after, news) = looked(added, Found::Never(no()), 0, NOW);
    assert_eq!(news, News::OnItsWay);
    let Stage::Added { doubtful, .. } = after.stage else {
        panic!("it is added: {after:?}")
    };
    assert_eq!(doubtful, []);
}
