//! Whether the page in the window is alive: it is asked from time to time, and at once when someone
//! wants the window. Time is passed in.

use std::time::Duration;

use tokio::time::Instant;

/// Between two questions while no one wants anything.
const EVERY: Duration = Duration::from_secs(30);
/// How long the page may take in the background: the computer may be busy.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long it may take when someone wants the window.
const PATIENCE_WHEN_WANTED: Duration = Duration::from_secs(5);
/// A page that is being loaded answers nothing, and is asked again so soon.
const EVERY_AT_START: Duration = Duration::from_secs(2);
/// How long a page may take to load.
const PATIENCE_AT_START: Duration = Duration::from_secs(30);

/// The questions to one window, and its answers.
#[derive(Debug)]
pub(super) struct Heartbeat {
    last: u64,
    has_answered: bool,
    is_wanted: bool,
    ask_at: Instant,
    /// When the page is taken for dead; `None`: nothing is to be answered.
    deadline: Option<Instant>,
}

impl Heartbeat {
    /// A window that was started now.
    pub(super) fn begin(now: Instant) -> Self {
        Self {
            last: 0,
            has_answered: false,
            is_wanted: false,
            ask_at: now + EVERY_AT_START,
            deadline: Some(now + PATIENCE_AT_START),
        }
    }

    /// Someone wants the window: returns the number of the question to ask now.
    pub(super) fn wanted(&mut self, now: Instant) -> u64 {
        let patience = match self.has_answered {
            true => PATIENCE_WHEN_WANTED,
            // It is still being loaded.
            false => PATIENCE_AT_START,
        };
        self.is_wanted = true;
        self.ask(now, patience)
    }

    /// Returns true if the window was wanted and its page hasn't answered since: that its program
    /// came to the front isn't enough.
    pub(super) fn is_wanted(&self) -> bool {
        self.is_wanted
    }

    /// Returns the number of the question that is due.
    pub(super) fn due(&mut self, now: Instant) -> Option<u64> {
        (self.ask_at <= now).then(|| self.ask(now, PATIENCE))
    }

    /// The page has answered a question.
    pub(super) fn answered(&mut self, number: u64) {
        if number == self.last || !self.has_answered {
            self.has_answered = true;
            self.is_wanted = false;
            self.deadline = None;
        }
    }

    /// Returns true if the page should have answered by now.
    pub(super) fn is_silent(&self, now: Instant) -> bool {
        self.deadline.is_some_and(|deadline| deadline <= now)
    }

    /// When to look again.
    pub(super) fn next(&self) -> Instant {
        let deadline = self.deadline.unwrap_or(self.ask_at);
        deadline.min(self.ask_at)
    }

    fn ask(&mut self, now: Instant, patience: Duration) -> u64 {
        self.last += 1;
        let every = if self.has_answered {
            EVERY
        } else {
            EVERY_AT_START
        };
        self.ask_at = now + every;
        let deadline = now + patience;
        // A further question gives no more time for the one before.
        self.deadline = Some(self.deadline.map_or(deadline, |first| first.min(deadline)));
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(begun: Instant, number: u64) -> Instant {
        begun + Duration::from_secs(number)
    }

    fn alive(begun: Instant) -> Heartbeat {
        let mut beat = Heartbeat::begin(begun);
        let number = beat.due(second(begun, 2)).unwrap();
        beat.answered(number);
        beat
    }

    #[test]
    fn a_page_that_answers_is_asked_every_half_minute() {
        let begun = Instant::now();
        let mut beat = alive(begun);
        let mut asked = 0;
        for at in 3..=300 {
            if let Some(number) = beat.due(second(begun, at)) {
                asked += 1;
                beat.answered(number);
            }
            assert!(!beat.is_silent(second(begun, at)), "{at}");
        }
        assert!((9..=10).contains(&asked), "{asked}");
    }

    #[test]
    fn a_page_that_falls_silent_is_noticed_within_a_minute() {
        let begun = Instant::now();
        let mut beat = alive(begun);
        let silent_at = (3..=120).find(|at| {
            let _ = beat.due(second(begun, *at));
            beat.is_silent(second(begun, *at))
        });
        assert!(silent_at.is_some_and(|at| at <= 62), "{silent_at:?}");
    }

    #[test]
    fn a_page_that_is_wanted_has_five_seconds_however_often_it_is_wanted() {
        let begun = Instant::now();
        let mut beat = alive(begun);
        for at in 10..15 {
            assert!(!beat.is_silent(second(begun, at)), "{at}");
            beat.wanted(second(begun, at));
        }
        assert!(beat.is_silent(second(begun, 15)));
        assert_eq!(beat.next(), second(begun, 15));
    }

    #[test]
    fn a_late_answer_to_an_earlier_question_proves_nothing() {
        let begun = Instant::now();
        let mut beat = alive(begun);
        let early = beat.due(second(begun, 40)).unwrap();
        beat.wanted(second(begun, 41));
        beat.answered(early);
        assert!(beat.is_silent(second(begun, 46)));
    }

    #[test]
    fn a_page_may_take_half_a_minute_to_load() {
        let begun = Instant::now();
        let mut beat = Heartbeat::begin(begun);
        beat.wanted(second(begun, 1));
        assert!(!beat.is_silent(second(begun, 29)));
        assert!(beat.is_silent(second(begun, 30)));
    }
}
