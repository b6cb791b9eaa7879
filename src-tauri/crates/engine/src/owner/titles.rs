//! The titles of jobs, for candidates who get no pad now: Lever's lists name a job by its id alone.
//! A creation reads the title itself.

use std::time::Duration;

use lever::{Posting, PostingId};

use super::{Change, Done, Owner};
use crate::backoff::Backoffs;

/// How often it is looked whether a title is missing.
const CHECK_EVERY: Duration = Duration::from_secs(15);
/// A read that took longer has failed.
const DEADLINE: Duration = Duration::from_secs(120);

/// The reads of titles, one at a time.
#[derive(Debug, Default)]
pub(super) struct Titles {
    next: Duration,
    in_flight: Option<(PostingId, Duration)>,
    failing: Backoffs<PostingId>,
}

impl Titles {
    /// Returns the posting to read now, of those whose title is missing.
    fn start(&mut self, missing: Vec<PostingId>, now: Duration) -> Option<PostingId> {
        let wanted = missing
            .into_iter()
            .find(|posting| self.failing.is_due(posting, now))?;
        self.in_flight = Some((wanted.clone(), now));
        Some(wanted)
    }

    /// Returns true if it is time to see what is missing.
    fn is_due(&mut self, now: Duration) -> bool {
        if let Some((posting, since)) = &self.in_flight {
            if now < *since + DEADLINE {
                return false;
            }
            self.failing.failed(posting.clone(), now, None);
            self.in_flight = None;
        }
        if now < self.next {
            return false;
        }
        self.next = now + CHECK_EVERY;
        true
    }

    fn ended(&mut self, posting: &PostingId, was_read: bool, now: Duration) {
        if self.in_flight.as_ref().is_some_and(|(id, _)| id == posting) {
            self.in_flight = None;
        }
        if was_read {
            self.failing.clear(posting);
            // The next one follows at once; Lever's pace is the limit.
            self.next = now;
        } else {
            self.failing.failed(posting.clone(), now, None);
        }
    }
}

impl Owner<'_> {
    pub(super) fn read_title_if_due(&mut self) {
        let now = self.elapsed();
        if self.lever_gate.lets_through(1) == 0 || !self.titles.is_due(now) {
            return;
        }
        let missing = match self.ledger.untitled_postings() {
            Ok(missing) => missing,
            Err(error) => return self.ledger_failed(&error),
        };
        let Some(services) = self.services.clone() else {
            return;
        };
        if let Some(posting) = self.titles.start(missing, now) {
            self.tasks.spawn(async move {
                let read = services.lever.without_retries().posting(&posting).await;
                Done::Titled(posting, Box::new(read))
            });
        }
    }

    /// A posting that can't be read, for whatever reason, keeps its candidates without a title and
    /// nothing else.
    pub(super) fn title_read(&mut self, id: PostingId, read: Result<Posting, lever::Error>) {
        let title = read.map(|posting| posting.text).unwrap_or_default();
        self.titles.ended(&id, !title.is_empty(), self.elapsed());
        if !title.is_empty() {
            self.write(vec![Change::Posting(id, title)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posting(id: &str) -> PostingId {
        PostingId::new(id)
    }

    #[test]
    fn one_title_is_read_at_a_time_and_the_next_follows_at_once() {
        let mut titles = Titles::default();
        let now = Duration::from_secs(1);
        assert!(titles.is_due(now));
        let missing = vec![posting("a"), posting("b")];
        assert_eq!(titles.start(missing, now), Some(posting("a")));
        assert!(!titles.is_due(now + CHECK_EVERY));
        titles.ended(&posting("a"), true, now);
        assert!(titles.is_due(now));
    }

    #[test]
    fn a_posting_that_fails_leaves_the_others_their_turn() {
        let mut titles = Titles::default();
        let now = Duration::from_secs(1);
        let missing = || vec![posting("a"), posting("b")];
        titles.start(missing(), now);
        titles.ended(&posting("a"), false, now);
        assert_eq!(titles.start(missing(), now), Some(posting("b")));
    }

    #[test]
    fn a_read_without_an_end_counts_as_failed() {
        let mut titles = Titles::default();
        let now = Duration::from_secs(1);
        titles.start(vec![posting("a")], now);
        assert!(!titles.is_due(now + DEADLINE - Duration::from_millis(1)));
        assert!(titles.is_due(now + DEADLINE));
        assert_eq!(titles.start(vec![posting("a")], now + DEADLINE), None);
    }
}
