//! Who is in the pad once an interview has begun. Pure.
//!
//! Silent joins don't count. A person with a CoderPad account is an interviewer; one without, or one
//! with the candidate's name, is the candidate.

use std::collections::HashMap;

use coderpad::{Event, EventKind};
use serde::{Deserialize, Serialize};

use super::Plan;
pub use crate::findings::Missing;
use crate::folding::fold;

/// What was last seen of one start of an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attendance {
    /// For which start, in ms since the epoch.
    pub for_ms: i64,
    /// When it was seen, in ms since the epoch.
    pub at_ms: i64,
    /// `None`: both sides were there together, or CoderPad doesn't say. There is nothing more to see.
    pub missing: Option<Missing>,
}

/// Nobody stays in a pad for longer, in ms: who came before that left unnoticed.
const STAYS_MS: i64 = 12 * 60 * MINUTE_MS;
/// So long before the start people count as having come for it, in ms.
const EARLY_MS: i64 = 15 * MINUTE_MS;
/// How long until it is seen again who is there, in ms.
const AGAIN_MS: i64 = 2 * MINUTE_MS;
const MINUTE_MS: i64 = 60_000;

/// Who is missing by now. `None`: both sides were there together.
#[must_use]
pub fn missing(events: &[Event], candidate: &str, plan: Plan) -> Option<Missing> {
    let since_ms = plan.starts_ms.saturating_sub(EARLY_MS);
    let mut here = Here::of(candidate);
    for (at_ms, event) in in_order(events) {
        if at_ms > since_ms && here.missing().is_none() {
            return None;
        }
        here.take_in(event);
    }
    here.missing()
}

/// Returns true if someone is in the pad now, silent visitors too.
#[must_use]
pub fn is_anyone_there(events: &[Event], now_ms: i64) -> bool {
    let since_ms = now_ms.saturating_sub(STAYS_MS);
    let mut windows: HashMap<&str, u32> = HashMap::new();
    for (_, event) in in_order(events).filter(|(at_ms, _)| *at_ms > since_ms) {
        let own = windows.entry(who(event)).or_default();
        match event.kind {
            EventKind::Joined => *own += 1,
            EventKind::Left => *own = own.saturating_sub(1),
            EventKind::Ended | EventKind::AutoEnded => windows.clear(),
            _ => {}
        }
    }
    windows.values().any(|open| *open > 0)
}

/// Returns true if it is to be seen who is there, so many minutes after the start.
#[must_use]
pub fn is_due(plan: Plan, seen: Option<Attendance>, minutes: u32, now_ms: i64) -> bool {
    now_ms < plan.ends_ms && next_ms(plan, seen, minutes).is_some_and(|at_ms| at_ms <= now_ms)
}

/// When that is due next, in ms since the epoch. `None`: no longer for this start.
#[must_use]
pub fn next_ms(plan: Plan, seen: Option<Attendance>, minutes: u32) -> Option<i64> {
    let next_ms = match of_this_start(plan, seen) {
        None => late_ms(plan, minutes),
        Some(Attendance { missing: None, .. }) => return None,
        Some(seen) => seen.at_ms.saturating_add(AGAIN_MS),
    };
    (next_ms < plan.ends_ms).then_some(next_ms)
}

/// Who is late now, if anyone is.
#[must_use]
pub fn late(plan: Plan, seen: Option<Attendance>, minutes: u32, now_ms: i64) -> Option<Missing> {
    let is_time = (late_ms(plan, minutes)..plan.ends_ms).contains(&now_ms);
    of_this_start(plan, seen).filter(|_| is_time)?.missing
}

/// What was seen, if it was for this start.
#[must_use]
pub fn of_this_start(plan: Plan, seen: Option<Attendance>) -> Option<Attendance> {
    seen.filter(|seen| seen.for_ms == plan.starts_ms)
}

/// From the first to the last, with when each was.
fn in_order(events: &[Event]) -> impl Iterator<Item = (i64, &Event)> {
    let timed = events
        .iter()
        .filter_map(|event| Some((event.created_at_ms?, event)));
    let mut timed: Vec<(i64, &Event)> = timed.collect();
    // Newest first as they come; of the same second, the later one stands first.
    timed.reverse();
    timed.sort_by_key(|(at_ms, _)| *at_ms);
    timed.into_iter()
}

/// By what someone is known.
fn who(event: &Event) -> &str {
    let name = event.user_name.as_deref().unwrap_or_default();
    event.user_email.as_deref().unwrap_or(name)
}

fn late_ms(plan: Plan, minutes: u32) -> i64 {
    plan.starts_ms
        .saturating_add(i64::from(minutes) * MINUTE_MS)
}

/// Who is there.
struct Here<'e> {
    /// The words of the candidate's name.
    candidate: Vec<String>,
    people: HashMap<&'e str, Person>,
}

struct Person {
    /// The same person may be there in several windows.
    windows: u32,
    has_account: bool,
    is_named_like_candidate: bool,
}

impl<'e> Here<'e> {
    fn of(candidate: &str) -> Self {
        Self {
            candidate: words(candidate),
            people: HashMap::new(),
        }
    }

    fn take_in(&mut self, event: &'e Event) {
        let name = event.user_name.as_deref().unwrap_or_default();
        let who = who(event);
        match event.kind {
            EventKind::Joined if !event.is_silent() => {
                let is_named_like_candidate =
                    words(name).iter().any(|word| self.candidate.contains(word));
                let person = self.people.entry(who).or_insert(Person {
                    windows: 0,
                    has_account: event.user_email.is_some(),
                    is_named_like_candidate,
                });
                person.windows += 1;
            }
            // Someone who left unseen was not counted when they came.
            EventKind::Left if !event.is_silent() => {
                if let Some(person) = self.people.get_mut(who) {
                    person.windows -= 1;
                    if person.windows == 0 {
                        self.people.remove(who);
                    }
                }
            }
            EventKind::Ended | EventKind::AutoEnded => self.people.clear(),
            _ => {}
        }
    }

    fn missing(&self) -> Option<Missing> {
        let is_candidate = |person: &&Person| !person.has_account || person.is_named_like_candidate;
        let candidates = self.people.values().filter(is_candidate).count();
        let interviewers = self.people.len() - candidates;
        let is_sure = self
            .people
            .values()
            .any(|person| person.is_named_like_candidate);
        match (candidates, interviewers) {
            (0, 0) => Some(Missing::Everyone),
            (0, _) => Some(Missing::Candidate),
            (1, 0) if is_sure => Some(Missing::Interviewer),
            // An interviewer may not be signed in.
            (1, 0) => Some(Missing::OneOfTwo),
            _ => None,
        }
    }
}

/// The words of a name that say something about who it is.
fn words(name: &str) -> Vec<String> {
    let folded = fold(name);
    let words = folded.split(|letter: char| !letter.is_alphanumeric());
    words
        .filter(|word| word.chars().count() > 1)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
#[path = "attendance_tests.rs"]
mod tests;
