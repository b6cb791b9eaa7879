//! What sending and looking change about a note. Pure.

use transport::Rng;

use super::outcome::{Found, Sent};
use super::{Draft, Note, NoteMarker, Part, PartState, Refused, Stage, What, split};
use crate::problem::{Problem, ProblemCode};

/// From an unclear answer to the first look, between looks, and after one that failed, in ms.
const FIRST_LOOK_MS: i64 = 5_000;
const BETWEEN_LOOKS_MS: i64 = 61_000;
const AFTER_FAILURE_MS: i64 = 30_000;
/// How often a part is sent before the person is asked: a service that denies what it did, or
/// fails for good, would be asked for ever.
const MOST_TRIES: u32 = 3;
/// Complete looks that must find nothing before a part is sent again, and the time they span in
/// ms: as for a pad.
const ENOUGH_LOOKS: u32 = 3;
const SPAN_MS: i64 = 120_000;
/// No wait is longer, in ms.
const LONGEST_WAIT_MS: i64 = 3_600_000 + BETWEEN_LOOKS_MS;

/// What came of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// It continues without the user.
    OnItsWay,
    /// All of it is there now.
    Added,
    /// It doesn't go on without the person.
    Stopped(Problem),
}

/// The note once the person said yes to a prepared one. `None`: it is not prepared.
#[must_use]
pub fn begin(note: Note, text: &str, secret: bool, rng: &dyn Rng, now_ms: i64) -> Option<Note> {
    let Stage::Prepared { draft, .. } = note.stage else {
        return None;
    };
    let draft = Draft {
        text: text.to_owned(),
        secret,
        ..draft
    };
    let part = |marker, what| Part {
        marker,
        what,
        state: PartState::Waiting,
        tries: 0,
    };
    let mut parts = Vec::new();
    if let Some(file) = &draft.file {
        let name = file.name.clone();
        parts.push(part(file.marker.clone(), What::File { name }));
    }
    let texts = split(text);
    let of = texts.len();
    for (number, text) in (1..).zip(texts) {
        let text = match (of, number) {
            (1, _) => text,
            (_, 1) => format!("{}\n\nPart 1 of {of}", text.trim_end()),
            (_, number) => format!("Part {number} of {of}\n\n{text}"),
        };
        parts.push(part(NoteMarker::fresh(rng), What::Text { text }));
    }
    Some(Note {
        stage: Stage::Sending {
            draft,
            parts,
            halted: None,
            since_ms: now_ms,
        },
        ..note
    })
}

/// The note resumed by the user after it was halted: what was uncertain is sent
/// again. `None`: it is not halted.
#[must_use]
pub fn go_on(mut note: Note) -> Option<Note> {
    let Stage::Sending { parts, halted, .. } = &mut note.stage else {
        return None;
    };
    halted.take()?;
    for part in parts
        .iter_mut()
        .filter(|part| part.state != PartState::There)
    {
        part.state = PartState::Waiting;
    }
    Some(note)
}

/// The note with its part about to be sent.
#[must_use]
pub fn in_flight(mut note: Note) -> Note {
    if let Some(part) = turn(&mut note) {
        part.state = PartState::InFlight;
        part.tries += 1;
    }
    note
}

/// What was in flight when the program ended may be there. The scans start over.
#[must_use]
pub fn after_restart(mut note: Note, went_back: bool, now_ms: i64) -> Note {
    if let Some(part) = turn(&mut note)
        && (went_back
            || matches!(
                part.state,
                PartState::InFlight | PartState::Uncertain { .. }
            ))
    {
        part.state = uncertain(now_ms);
    }
    note
}

/// After the clock was set by `leap_ms`: what is looked for goes on as if it had not been. Neither
/// are the looks any nearer to each other than they were, nor does one wait for hours. `None`:
/// nothing is looked for.
pub fn shifted(mut note: Note, leap_ms: i64, now_ms: i64) -> Option<Note> {
    let part = turn(&mut note)?;
    let PartState::Uncertain {
        first_ms, next_ms, ..
    } = &mut part.state
    else {
        return None;
    };
    let latest_ms = now_ms.saturating_add(LONGEST_WAIT_MS);
    *next_ms = next_ms.saturating_add(leap_ms).min(latest_ms);
    *first_ms = first_ms.map(|first_ms| first_ms.saturating_add(leap_ms).min(now_ms));
    Some(note)
}

/// The note whose look comes after a wait, in ms.
#[must_use]
pub fn postponed(mut note: Note, wait_ms: i64, now_ms: i64) -> Note {
    if let Some(part) = turn(&mut note)
        && let PartState::Uncertain { next_ms, .. } = &mut part.state
    {
        *next_ms = (*next_ms).max(now_ms.saturating_add(wait_ms));
    }
    note
}

/// When the clock was set back, what is looked for would wait for hours. `None`: nothing to change.
pub fn healed(mut note: Note, now_ms: i64) -> Option<Note> {
    let part = turn(&mut note)?;
    let PartState::Uncertain {
        first_ms, next_ms, ..
    } = &mut part.state
    else {
        return None;
    };
    let latest_ms = now_ms.saturating_add(LONGEST_WAIT_MS);
    let is_ahead = *next_ms > latest_ms || first_ms.is_some_and(|first_ms| first_ms > now_ms);
    if !is_ahead {
        return None;
    }
    part.state = uncertain(now_ms);
    Some(note)
}

/// Takes in what came of sending.
#[must_use]
pub fn sent(mut note: Note, sent: Sent, now_ms: i64) -> (Note, News) {
    let Some(part) = turn(&mut note) else {
        return (note, News::OnItsWay);
    };
    match sent {
        Sent::There => {
            part.state = PartState::There;
            finish(note, now_ms)
        }
        Sent::Unclear => {
            part.state = uncertain(now_ms);
            (note, News::OnItsWay)
        }
        Sent::NotThere(problem) => {
            part.state = PartState::Waiting;
            (stop(note, problem.clone()), News::Stopped(problem))
        }
    }
}

/// What was not sent at all can be changed again; what is there in part can only go on.
fn stop(note: Note, problem: Problem) -> Note {
    match note.stage {
        Stage::Sending {
            draft,
            parts,
            since_ms,
            ..
        } if parts.iter().all(|part| part.state == PartState::Waiting) => Note {
            stage: Stage::Prepared {
                draft,
                refused: Some(Refused::from(problem)),
                since_ms,
            },
            ..note
        },
        _ => halt(note, problem),
    }
}

/// Takes in what a look showed. `wait_ms`: the backoff of this note, when the look failed.
#[must_use]
pub fn looked(mut note: Note, found: Found, wait_ms: i64, now_ms: i64) -> (Note, News) {
    let Some(part) = turn(&mut note) else {
        return (note, News::OnItsWay);
    };
    let PartState::Uncertain {
        looks, first_ms, ..
    } = part.state
    else {
        return (note, News::OnItsWay);
    };
    match found {
        Found::Copies(0) => {
            let first = first_ms.unwrap_or(now_ms);
            let is_conclusive =
                looks + 1 >= ENOUGH_LOOKS && now_ms.saturating_sub(first) >= SPAN_MS;
            part.state = if is_conclusive {
                PartState::Waiting
            } else {
                PartState::Uncertain {
                    looks: looks + 1,
                    first_ms: Some(first),
                    next_ms: now_ms.saturating_add(BETWEEN_LOOKS_MS),
                }
            };
            if is_conclusive && part.tries >= MOST_TRIES {
                let problem = not_confirmed();
                return (stop(note, problem.clone()), News::Stopped(problem));
            }
            settle_doubt(note, is_conclusive)
        }
        Found::Copies(_) => {
            part.state = PartState::There;
            finish(note, now_ms)
        }
        Found::NotNow(_) => {
            part.state = PartState::Uncertain {
                looks,
                first_ms,
                next_ms: now_ms.saturating_add(wait_ms.max(AFTER_FAILURE_MS)),
            };
            (note, News::OnItsWay)
        }
        Found::Never(problem) => match note.stage {
            Stage::Added { .. } => settle_doubt(note, true),
            _ => (halt(note, problem.clone()), News::Stopped(problem)),
        },
    }
}

/// A part that was sent twice and of which one is there by now is only looked at, never sent.
fn settle_doubt(mut note: Note, is_over: bool) -> (Note, News) {
    if let Stage::Added { doubtful, .. } = &mut note.stage
        && is_over
        && !doubtful.is_empty()
    {
        doubtful.remove(0);
    }
    (note, News::OnItsWay)
}

fn finish(mut note: Note, now_ms: i64) -> (Note, News) {
    match &note.stage {
        Stage::Sending { parts, .. } => {
            if parts.iter().any(|part| part.state != PartState::There) {
                return (note, News::OnItsWay);
            }
            let doubtful = parts.iter().filter(|part| part.tries > 1).cloned();
            let doubtful = doubtful.map(|part| doubt(part, now_ms)).collect();
            note.stage = Stage::Added {
                at_ms: now_ms,
                doubtful,
            };
            (note, News::Added)
        }
        // Seen once more after the second try: what was there twice is deleted by now.
        Stage::Added { .. } => settle_doubt(note, true),
        Stage::Prepared { .. } => (note, News::OnItsWay),
    }
}

/// The first try of a part may arrive after the second: one last look, a minute later. The text
/// is no longer needed.
fn doubt(part: Part, now_ms: i64) -> Part {
    let what = match part.what {
        What::Text { .. } => What::Text {
            text: String::new(),
        },
        file @ What::File { .. } => file,
    };
    Part {
        what,
        state: PartState::Uncertain {
            looks: ENOUGH_LOOKS,
            first_ms: None,
            next_ms: now_ms.saturating_add(BETWEEN_LOOKS_MS),
        },
        ..part
    }
}

fn not_confirmed() -> Problem {
    Problem::new(
        ProblemCode::ServiceDown,
        "Lever didn’t confirm the note, and doesn’t show it.",
        "Look at the candidate in Lever, then send the note again.",
    )
}

fn halt(mut note: Note, problem: Problem) -> Note {
    if let Stage::Sending { halted, .. } = &mut note.stage {
        *halted = Some(Refused::from(problem));
    }
    note
}

fn uncertain(now_ms: i64) -> PartState {
    PartState::Uncertain {
        looks: 0,
        first_ms: None,
        next_ms: now_ms.saturating_add(FIRST_LOOK_MS),
    }
}

fn turn(note: &mut Note) -> Option<&mut Part> {
    let place = note.turn()?.0;
    match &mut note.stage {
        Stage::Sending { parts, .. } => parts.get_mut(place),
        Stage::Added { doubtful, .. } => doubtful.get_mut(place),
        Stage::Prepared { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use coderpad::PadId;
    use lever::OpportunityId;
    use transport::SeededRng;

    use super::*;
    use crate::note::Offers;
    use crate::note::{DraftFile, NoteChoice, NoteState};
    use crate::problem::ProblemCode;
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
        begin(prepared(file), text, true, &SeededRng::new(1), NOW).unwrap()
    }

    fn parts(note: &Note) -> &[Part] {
        match &note.stage {
            Stage::Sending { parts, .. } => parts,
            other => panic!("{other:?}"),
        }
    }

    fn no() -> Problem {
        Problem::new(ProblemCode::Refused, "Lever said no.", "Ask somebody.")
    }

    /// A part sent, and what came of it.
    fn sent_once(note: Note, outcome: Sent) -> (Note, News) {
        sent(in_flight(note), outcome, NOW)
    }

    #[test]
    fn a_set_clock_changes_no_distance_between_looks() {
        let look = |note, now_ms| looked(note, Found::Copies(0), 0, now_ms).0;
        for leap_ms in [3, -3, 500].map(|hours| hours * 3_600_000) {
            let (note, _) = sent_once(begun("x", false), Sent::Unclear);
            let first = look(note, NOW + FIRST_LOOK_MS);
            let at_ms = NOW + FIRST_LOOK_MS + leap_ms;
            let shifted = shifted(first.clone(), leap_ms, at_ms).unwrap();
            assert_eq!(shifted.due_ms(), first.due_ms().map(|ms| ms + leap_ms));
            let second = look(shifted, at_ms + 1_000);
            let third = look(second, at_ms + SPAN_MS - 1);
            let state = third.turn().unwrap().1.state;
            assert!(matches!(state, PartState::Uncertain { looks: 3, .. }));
            let fourth = look(third, at_ms + SPAN_MS);
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
        assert_eq!(begin(note, "", false, &SeededRng::new(1), NOW), None);
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
            (note, _) = looked(note, Found::Copies(0), 0, due_ms);
        }
        assert_eq!(looks, 3);
        let again = in_flight(note);
        assert_eq!(again.turn().unwrap().1.tries, 2);
        // The second try went well; the first one may still arrive, and is looked for.
        let (note, news) = sent(again, Sent::There, NOW);
        assert_eq!(news, News::Added);
        let last_look = note.due_ms().unwrap();
        let (note, _) = looked(note, Found::Copies(2), 0, last_look);
        assert_eq!(note.due_ms(), None);
    }

    #[test]
    fn what_a_look_finds_is_there() {
        let (note, _) = sent_once(begun("mine", false), Sent::Unclear);
        let (note, news) = looked(note, Found::Copies(1), 0, NOW);
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
            (failing, _) = looked(failing, Found::NotNow(service_error()), 0, due_ms);
        }
        let (note, news) = looked(note, Found::Never(no()), 0, NOW);
        assert_eq!(news, News::Stopped(no()));
        assert_eq!(note.status().state, NoteState::Halted);
    }

    #[test]
    fn a_look_that_fails_waits_for_as_long_as_the_notes_backoff_says() {
        let (note, _) = sent_once(begun("mine", false), Sent::Unclear);
        let hour_ms = 3_600_000;
        let (note, _) = looked(note, Found::NotNow(service_error()), hour_ms, NOW);
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
                (note, news) = looked(note, Found::Copies(0), 0, due_ms);
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
        let (looked_at, _) = looked(note, Found::Copies(0), 0, NOW + 5_000);
        let again = after_restart(looked_at, false, NOW + 6_000);
        assert!(matches!(
            again.turn().unwrap().1.state,
            PartState::Uncertain {
                looks: 0,
                first_ms: None,
                ..
            }
        ));
    }

    #[test]
    fn a_note_survives_being_written_and_read() {
        let (note, _) = sent_once(begun("mine", true), Sent::Unclear);
        let text = serde_json::to_string(&note).unwrap();
        assert_eq!(serde_json::from_str::<Note>(&text).unwrap(), note);
    }
}
