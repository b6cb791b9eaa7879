//! The reads of titles, one at a time, and what is known of jobs that were read a short time ago.

use std::collections::HashMap;
use std::time::Duration;

use lever::PostingId;

/// How often it is looked whether a title is missing.
const CHECK_EVERY: Duration = Duration::from_secs(15);
/// For so long a job counts as read. Lever shows a candidate of a job that became confidential as
/// confidential too, and the candidate is read for every pad.
const RECENT: Duration = Duration::from_secs(600);

/// The reads of titles, one at a time.
#[derive(Debug, Default)]
pub(super) struct Titles {
    next: Duration,
    /// Whether those are confidential that were read a short time ago, and when they were.
    confidential: HashMap<PostingId, (bool, Duration)>,
}

impl Titles {
    /// Returns true if it is time to see what is missing.
    pub(super) fn is_due(&mut self, now: Duration) -> bool {
        if now < self.next {
            return false;
        }
        self.next = now + CHECK_EVERY;
        true
    }

    pub(super) fn note_confidential(
        &mut self,
        posting: PostingId,
        confidential: bool,
        now: Duration,
    ) {
        self.confidential.retain(|_, (_, at)| now < *at + RECENT);
        self.confidential.insert(posting, (confidential, now));
    }

    /// Whether a posting is confidential, if it was read a short time ago.
    pub(super) fn is_confidential(&self, posting: &PostingId, now: Duration) -> Option<bool> {
        let (confidential, at) = self.confidential.get(posting)?;
        (now < *at + RECENT).then_some(*confidential)
    }

    /// One was read: the next one follows at once; Lever's pace is the limit.
    pub(super) fn succeeded(&mut self, now: Duration) {
        self.next = now;
    }

    /// A read that failed tells nothing.
    pub(super) fn forget(&mut self, posting: &PostingId) {
        self.confidential.remove(posting);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posting(id: &str) -> PostingId {
        PostingId::new(id)
    }

    #[test]
    fn the_next_title_follows_at_once_after_one_was_read() {
        let mut titles = Titles::default();
        let now = Duration::from_secs(1);
        assert!(titles.is_due(now) && !titles.is_due(now));
        titles.succeeded(now);
        assert!(titles.is_due(now));
    }

    #[test]
    fn a_job_counts_as_read_for_ten_minutes() {
        let mut titles = Titles::default();
        let now = Duration::from_secs(1);
        titles.note_confidential(posting("a"), true, now);
        let just_before = now + RECENT - Duration::from_millis(1);
        assert_eq!(
            titles.is_confidential(&posting("a"), just_before),
            Some(true)
        );
        assert_eq!(titles.is_confidential(&posting("b"), just_before), None);
        assert_eq!(titles.is_confidential(&posting("a"), now + RECENT), None);
        titles.note_confidential(posting("b"), false, now + RECENT);
        assert_eq!(titles.confidential.len(), 1);
    }
}
