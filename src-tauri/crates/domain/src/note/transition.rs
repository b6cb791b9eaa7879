//! What sending and looking change about a note. Pure.

use std::time::Duration;

use transport::Rng;

use super::outcome::{Found, Sent};
use super::words::NoteWords;
use super::{Draft, Note, NoteMarker, Part, PartState, Stage, What, split};
use crate::problem::Problem;
use crate::search::{Looks, Verdict};

/// How often a part is sent before the person is asked: a service that denies what it did, or
/// fails for good, would be asked for ever.
const MOST_TRIES: u32 = 3;
/// No wait for a look is longer, in ms.
const LONGEST_WAIT_MS: i64 = 3_600_000 + 61_000;

/// What came of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// It continues without the user.
    OnItsWay,
    /// All of it is there now.
    Added,
    /// It doesn't continue without the person.
    Stopped(Problem),
}

/// The note once the person said yes to a prepared one. `None`: it is not prepared.
#[must_use]
pub fn begin(
    note: Note,
    (text, secret): (&str, bool),
    words: &dyn NoteWords,
    rng: &dyn Rng,
    now_ms: i64,
) -> Option<Note> {
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
            (_, 1) => format!("{}\n\n{}", text.trim_end(), words.part(1, of)),
            (_, number) => format!("{}\n\n{text}", words.part(number, of)),
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

/// After the clock was set by `leap_ms`: the search continues as if it had not been. The scans come
/// no closer together, and none waits for hours. `None`:
/// nothing is looked for.
pub fn shifted(mut note: Note, leap_ms: i64, now_ms: i64) -> Option<Note> {
    let looks = looks(&mut note)?;
    let latest_ms = now_ms.saturating_add(LONGEST_WAIT_MS);
    *looks = looks.shifted(leap_ms, latest_ms, now_ms);
    Some(note)
}

/// The note whose look comes after a wait, in ms.
#[must_use]
pub fn postponed(mut note: Note, wait_ms: i64, now_ms: i64) -> Note {
    if let Some(looks) = looks(&mut note) {
        *looks = looks.not_before(now_ms.saturating_add(wait_ms));
    }
    note
}

/// When the clock was set back, what is looked for would wait for hours. `None`: nothing to change.
pub fn healed(mut note: Note, now_ms: i64) -> Option<Note> {
    let looks = looks(&mut note)?;
    if !looks.is_ahead(now_ms.saturating_add(LONGEST_WAIT_MS), now_ms) {
        return None;
    }
    *looks = Looks::begin(now_ms);
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

/// What was not sent at all can be changed again; what is there in part can only continue.
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
                refused: Some(problem),
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
    let PartState::Uncertain { looks } = part.state else {
        return (note, News::OnItsWay);
    };
    let look = match found {
        Found::Looked(look) => look,
        Found::Never(problem) => return never(note, problem),
    };
    let pause = Duration::from_millis(u64::try_from(wait_ms).unwrap_or_default());
    let looks = looks.after(look.is_complete(), pause, now_ms);
    match looks.verdict(look, now_ms) {
        Verdict::Found(_) => {
            part.state = PartState::There;
            finish(note, now_ms)
        }
        Verdict::Absent => {
            part.state = PartState::Waiting;
            if part.tries >= MOST_TRIES {
                let problem = Problem::NoteNotConfirmed;
                return (stop(note, problem.clone()), News::Stopped(problem));
            }
            settle_doubt(note, true)
        }
        Verdict::Undecided | Verdict::Open => {
            part.state = PartState::Uncertain { looks };
            (note, News::OnItsWay)
        }
    }
}

/// Lever will not say whether a part is there.
fn never(note: Note, problem: Problem) -> (Note, News) {
    match note.stage {
        Stage::Added { .. } => settle_doubt(note, true),
        _ => (halt(note, problem.clone()), News::Stopped(problem)),
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
            looks: Looks::once_more(now_ms),
        },
        ..part
    }
}

fn halt(mut note: Note, problem: Problem) -> Note {
    if let Stage::Sending { halted, .. } = &mut note.stage {
        *halted = Some(problem);
    }
    note
}

fn uncertain(now_ms: i64) -> PartState {
    PartState::Uncertain {
        looks: Looks::begin(now_ms),
    }
}

/// The looks for the part whose turn it is, if it is looked for.
fn looks(note: &mut Note) -> Option<&mut Looks<i64>> {
    match &mut turn(note)?.state {
        PartState::Uncertain { looks } => Some(looks),
        _ => None,
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
#[path = "transition_tests.rs"]
mod tests;
