//! Pads, one by one (contracts/coderpad.md, 2.3 and 2.4).

use serde_json::{Map, Value};

use super::CoderPad;
use super::pad_event::Event;
use super::people::Team;
use crate::ids::PadId;

/// Older values are kept so long for lists that lag, in ms.
const KEPT_MS: i64 = 120_000;
/// The longest title, in characters.
const LONGEST_TITLE: usize = 255;

/// One pad.
#[derive(Debug, Clone)]
pub struct Pad {
    /// Eight capitals and digits.
    pub id: PadId,
    /// The service's own number for it.
    pub number: u64,
    /// The e-mail address of whose pad it is.
    pub owner: String,
    /// ms since the epoch, as all times here.
    pub created_at: i64,
    /// It answers 404 since then.
    pub deleted_at: Option<i64>,
    /// Made by the emulator, in the name of a colleague.
    pub by_others: bool,
    /// What it is like now.
    pub values: Values,
    /// What it was like until then, oldest first.
    older: Vec<(i64, Values)>,
}

/// What can change about a pad.
#[derive(Debug, Clone, Default)]
pub struct Values {
    /// What it is called.
    pub title: String,
    /// How far it is.
    pub state: State,
    /// The language of its first environment.
    pub language: String,
    /// Candidates wait to be let in.
    pub private: bool,
    /// Code can be run.
    pub execution_enabled: bool,
    /// Hidden from the candidate.
    pub notes: Option<String>,
    /// Names as they were typed.
    pub participants: Vec<String>,
    /// What happened, oldest first.
    pub events: Vec<Event>,
    /// When it was last changed, began and ended.
    pub times: Times,
    /// Questions that were opened.
    pub question_ids: Vec<u64>,
    /// Environments, in the order in which they were opened.
    pub environments: Vec<u64>,
    /// The one on screen; none before a person joined.
    pub active_environment: Option<u64>,
    /// Whose team's it is.
    pub team: Team,
    /// Fields that only some pads have, such as `interview_highlights`, or others in place of the
    /// usual ones, such as a `drawing`.
    pub extras: Map<String, Value>,
}

/// When what happened to a pad, in ms since the epoch.
#[derive(Debug, Clone, Copy, Default)]
pub struct Times {
    /// Moves with everything.
    pub updated_at: i64,
    /// When the interview began.
    pub started_at: Option<i64>,
    /// When it was over.
    pub ended_at: Option<i64>,
}

/// How far a pad is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// No one did anything yet.
    #[default]
    Pending,
    /// People are at it.
    Started,
    /// It is over; its address shows the playback.
    Ended,
}

impl Pad {
    pub(super) fn new(id: PadId, number: u64, owner: String, now: i64, values: Values) -> Self {
        let by_others = false;
        Self {
            id,
            number,
            owner,
            created_at: now,
            deleted_at: None,
            by_others,
            values,
            older: Vec::new(),
        }
    }

    /// What it was like at that time; as it began, for any time before.
    #[must_use]
    pub fn values_at(&self, at: i64) -> &Values {
        let then = self.older.iter().find(|(until, _)| *until > at);
        then.map_or(&self.values, |(_, values)| values)
    }

    /// Returns true if it existed at that time.
    #[must_use]
    pub fn existed_at(&self, at: i64) -> bool {
        self.created_at <= at && self.deleted_at.is_none_or(|deleted| deleted > at)
    }
}

impl CoderPad {
    /// Changes a pad that is not deleted. Whether there is such a one.
    pub(crate) fn change(
        &mut self,
        id: &PadId,
        now: i64,
        change: impl FnOnce(&mut Values),
    ) -> bool {
        let Some(pad) = self.pads.get_mut(id).filter(|pad| pad.deleted_at.is_none()) else {
            return false;
        };
        pad.older.retain(|(until, _)| *until > now - KEPT_MS);
        pad.older.push((now, pad.values.clone()));
        change(&mut pad.values);
        pad.values.times.updated_at = now;
        self.touched();
        true
    }

    /// Ends a pad. One that is over stays as it is.
    pub(crate) fn end(&mut self, id: &PadId, now: i64, event: Event) -> bool {
        let over = |pad: &Pad| pad.values.state == State::Ended;
        if self.pads.get(id).is_none_or(over) {
            return false;
        }
        self.change(id, now, |values| {
            values.state = State::Ended;
            values.times.ended_at = Some(now);
            values.events.push(event);
        })
    }

    /// Deletes a pad: from now on it is nowhere to be found.
    pub(crate) fn delete(&mut self, id: &PadId, now: i64) -> bool {
        if !self.change(id, now, |_| {}) {
            return false;
        }
        if let Some(pad) = self.pads.get_mut(id) {
            pad.deleted_at = Some(now);
        }
        true
    }
}

/// CoderPad takes titles of up to 255 characters.
pub(super) fn is_too_long(title: &str) -> bool {
    title.chars().count() > LONGEST_TITLE
}
