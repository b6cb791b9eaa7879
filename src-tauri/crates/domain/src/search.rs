//! The search for what an unclear request may have created: a pad in CoderPad's lists, a part of a
//! note on a candidate in Lever.
//!
//! Neither service can be asked for a marker, and what it lists may lag. So everything is looked
//! through, again and again. What is seen is there. What is not seen is proven absent only by
//! several complete looks that lie apart: every page read, nothing in them unreadable, and read by
//! who made the request.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Complete looks that are needed before a thing counts as absent.
pub const REQUIRED_LOOKS: u32 = 3;

/// The time that these looks must span.
pub const SPAN: Duration = Duration::from_secs(120);

/// From the unclear answer to the first look: most lags are over by then.
pub const FIRST: Duration = Duration::from_secs(5);

/// Pause between two complete looks.
pub const BETWEEN: Duration = Duration::from_secs(61);

/// After a look that was not complete.
pub const AFTER_INCOMPLETE: Duration = Duration::from_secs(30);

/// A moment by some clock: time that never jumps, or ms since the epoch where a search outlives
/// the program.
pub trait Moment: Copy {
    /// The moment after a wait.
    #[must_use]
    fn after(self, wait: Duration) -> Self;
    /// The time since another moment; none where that is later.
    fn since(self, earlier: Self) -> Duration;
}

/// What one look showed of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look<Found, Why> {
    /// It is there.
    Found(Found),
    /// It is not among all that there is.
    Missing,
    /// It is not among what could be read; what couldn't may be it.
    Unreadable,
    /// Not all was read, or not by the one who made the request: that it was not seen means nothing.
    Incomplete(Why),
}

/// What all looks together say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict<Found> {
    /// It is there.
    Found(Found),
    /// It is proven not to be there.
    Absent,
    /// More looks would not say more: something stays unreadable.
    Undecided,
    /// The search continues.
    Open,
}

/// The looks for one thing, and when the next is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looks<At> {
    /// Complete ones since the search began.
    #[serde(rename = "looks")]
    pub(crate) complete: u32,
    /// When the first of them was.
    #[serde(rename = "firstMs")]
    pub(crate) first: Option<At>,
    /// When to look next.
    #[serde(rename = "nextMs")]
    pub next: At,
}

impl<Found, Why> Look<Found, Why> {
    /// What a look showed that read page after page: what it found, how much of what was listed
    /// could not be read, and why not everything was read.
    #[must_use]
    pub fn of(found: Option<Found>, unread: usize, incomplete: Option<Why>) -> Self {
        match (found, incomplete) {
            (Some(found), _) => Self::Found(found),
            (None, Some(why)) => Self::Incomplete(why),
            (None, None) if unread > 0 => Self::Unreadable,
            (None, None) => Self::Missing,
        }
    }

    /// Returns true if everything was looked at.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !matches!(self, Self::Incomplete(_))
    }
}

impl<At: Moment> Looks<At> {
    /// The looks for what became unclear now.
    #[must_use]
    pub fn begin(now: At) -> Self {
        Self {
            complete: 0,
            first: None,
            next: now.after(FIRST),
        }
    }

    /// A last look at what is there: a first try may turn up beside the second.
    #[must_use]
    pub fn once_more(now: At) -> Self {
        Self {
            complete: REQUIRED_LOOKS,
            first: None,
            next: now.after(BETWEEN),
        }
    }

    /// "Check again".
    #[must_use]
    pub fn at_once(self, now: At) -> Self {
        Self { next: now, ..self }
    }

    /// After a look. The next one comes after the usual pause, or after `pause` if that is longer.
    #[must_use]
    pub fn after(self, is_complete: bool, pause: Duration, now: At) -> Self {
        let usual = if is_complete {
            BETWEEN
        } else {
            AFTER_INCOMPLETE
        };
        Self {
            complete: self.complete + u32::from(is_complete),
            first: self.first.or(is_complete.then_some(now)),
            next: now.after(usual.max(pause)),
        }
    }

    /// Complete looks so far.
    #[must_use]
    pub fn complete(&self) -> u32 {
        self.complete
    }

    /// Returns true if enough complete looks lie far enough apart.
    #[must_use]
    pub fn is_conclusive(&self, now: At) -> bool {
        let span = self.first.map(|first| now.since(first));
        self.complete >= REQUIRED_LOOKS && span.is_some_and(|span| span >= SPAN)
    }

    /// What the last look says, it being one of these.
    #[must_use]
    pub fn verdict<Found, Why>(&self, last: Look<Found, Why>, now: At) -> Verdict<Found> {
        match last {
            Look::Found(found) => Verdict::Found(found),
            Look::Missing if self.is_conclusive(now) => Verdict::Absent,
            Look::Unreadable if self.is_conclusive(now) => Verdict::Undecided,
            _ => Verdict::Open,
        }
    }
}

impl Looks<i64> {
    /// After the clock was set by `leap_ms`: the looks come no closer together, and none is later
    /// than `latest_ms`.
    #[must_use]
    pub fn shifted(self, leap_ms: i64, latest_ms: i64, now_ms: i64) -> Self {
        Self {
            next: self.next.saturating_add(leap_ms).min(latest_ms),
            first: (self.first).map(|first_ms| first_ms.saturating_add(leap_ms).min(now_ms)),
            ..self
        }
    }

    /// Returns true if a clock that was set back made the next look later than `latest_ms`, or
    /// puts the first one into the future.
    #[must_use]
    pub fn is_ahead(&self, latest_ms: i64, now_ms: i64) -> bool {
        self.next > latest_ms || self.first.is_some_and(|first_ms| first_ms > now_ms)
    }

    /// The same looks, the next of them not before a moment.
    #[must_use]
    pub fn not_before(self, at_ms: i64) -> Self {
        Self {
            next: self.next.max(at_ms),
            ..self
        }
    }
}

impl Moment for Duration {
    fn after(self, wait: Duration) -> Self {
        self.saturating_add(wait)
    }

    fn since(self, earlier: Self) -> Duration {
        self.saturating_sub(earlier)
    }
}

impl Moment for i64 {
    fn after(self, wait: Duration) -> Self {
        self.saturating_add(Self::try_from(wait.as_millis()).unwrap_or(Self::MAX))
    }

    fn since(self, earlier: Self) -> Duration {
        let ms = u64::try_from(self.saturating_sub(earlier));
        Duration::from_millis(ms.unwrap_or_default())
    }
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
