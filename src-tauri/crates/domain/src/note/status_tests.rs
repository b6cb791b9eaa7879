//! How a note stands, and what is to be done for it.

use super::*;

fn part(state: PartState) -> Part {
    Part {
        marker: serde_json::from_str("\"padwatch-note-0123456789abcdef0123456789abcdef\"").unwrap(),
        what: What::Text { text: "Hi".into() },
        state,
        tries: 1,
    }
}

fn draft(text: &str) -> Draft {
    Draft {
        text: text.to_owned(),
        secret: true,
        choice: NoteChoice::default(),
        offers: Offers::default(),
        file: None,
        notices: vec![Notice::FilesUnread { count: 1 }],
    }
}

fn note(stage: Stage) -> Note {
    Note {
        opportunity: OpportunityId::new("ada"),
        pad: PadId::parse("K7QWM3ZD").unwrap(),
        stage,
    }
}

fn sending(parts: &[PartState], is_halted: bool) -> Note {
    note(Stage::Sending {
        draft: draft("Hi"),
        parts: parts.iter().copied().map(part).collect(),
        halted: is_halted.then_some(Problem::NoteNotConfirmed),
        since_ms: 5,
    })
}

const LOOKED_FOR: PartState = PartState::Uncertain {
    looks: Looks {
        complete: 1,
        first: None,
        next: 70,
    },
};

#[test]
fn a_prepared_note_waits_for_the_user_with_what_was_refused() {
    let prepared = |refused| {
        note(Stage::Prepared {
            draft: draft("Hi"),
            refused,
            since_ms: 5,
        })
    };
    let NoteStatus {
        state,
        since_ms,
        parts_there,
        parts,
        problem,
    } = prepared(Some(Problem::NoteNotConfirmed)).status();
    assert_eq!(
        (state, since_ms, parts_there, parts),
        (NoteState::Prepared, 5, 0, 0)
    );
    assert_eq!(problem, Some(Problem::NoteNotConfirmed));
    assert_eq!(prepared(None).status().problem, None);
    assert_eq!(prepared(None).turn(), None);
    assert_eq!(prepared(None).due_ms(), None);
    assert_eq!(prepared(None).stage.name(), "prepared");
}

#[test]
fn a_note_that_is_sent_counts_its_parts_and_names_what_holds_it() {
    for (parts, is_halted, state) in [
        (
            &[PartState::There, PartState::InFlight][..],
            false,
            NoteState::Sending,
        ),
        (&[PartState::There, LOOKED_FOR], false, NoteState::Uncertain),
        (&[PartState::There, LOOKED_FOR], true, NoteState::Halted),
    ] {
        let note = sending(parts, is_halted);
        let status = note.status();
        assert_eq!((status.state, status.since_ms), (state, 5));
        assert_eq!((status.parts_there, status.parts), (1, 2));
        assert_eq!(status.problem.is_some(), is_halted);
        assert_eq!(note.stage.name(), "sending");
    }
}

#[test]
fn it_is_the_turn_of_the_first_part_that_is_not_there() {
    for (parts, is_halted, turn, due_ms) in [
        (
            &[PartState::There, PartState::Waiting, LOOKED_FOR][..],
            false,
            Some(1),
            Some(0),
        ),
        (&[LOOKED_FOR, PartState::Waiting], false, Some(0), Some(70)),
        (
            &[PartState::InFlight, PartState::Waiting],
            false,
            Some(0),
            None,
        ),
        (&[PartState::There], false, None, None),
        (&[PartState::Waiting], true, None, None),
    ] {
        let note = sending(parts, is_halted);
        assert_eq!(note.turn().map(|(place, _)| place), turn, "{parts:?}");
        assert_eq!(note.due_ms(), due_ms, "{parts:?}");
    }
}

#[test]
fn a_part_that_was_sent_twice_is_looked_for_after_the_note_was_added() {
    let added = |doubtful: Vec<Part>| note(Stage::Added { at_ms: 9, doubtful });
    let doubtful = added(vec![part(LOOKED_FOR)]);
    assert_eq!(doubtful.due_ms(), Some(70));
    let status = doubtful.status();
    assert_eq!(
        (status.state, status.since_ms, status.problem),
        (NoteState::Added, 9, None)
    );
    assert_eq!(added(Vec::new()).due_ms(), None);
    assert_eq!(doubtful.stage.name(), "added");
}

#[test]
fn the_user_looks_over_what_will_be_sent() {
    let status = sending(&[], false).status();
    let mut draft = draft("Hi");
    draft.file = Some(DraftFile {
        name: "code.txt".into(),
        bytes: 12,
        marker: part(LOOKED_FOR).marker,
    });
    let prepared = draft.prepared(status.clone());
    let file = FileToAttach {
        name: "code.txt".into(),
        bytes: 12,
    };
    assert_eq!(prepared.file, Some(file));
    assert_eq!(
        (prepared.text, prepared.secret, prepared.parts),
        ("Hi".into(), true, 1)
    );
    assert_eq!((prepared.notices, prepared.status), (draft.notices, status));
}
