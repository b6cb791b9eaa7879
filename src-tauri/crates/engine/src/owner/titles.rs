//! The titles of jobs: Lever's lists name a job by its id alone. A creation reads the title itself;
//! for candidates who get no pad now, it is read here. Both count their failures as one.

use std::time::Duration;

use lever::{Oddity, Posting, PostingId};

use super::{Change, Done, Owner};
use crate::failing::{Failing, Thing};
use crate::making::prepare::{Title, TitleRead};
use crate::row::Row;
use crate::trouble::{Service, Trouble, of_lever};

/// How often it is looked whether a title is missing.
const CHECK_EVERY: Duration = Duration::from_secs(15);
/// A read that took longer has failed.
const DEADLINE: Duration = Duration::from_secs(120);

/// The reads of titles, one at a time.
#[derive(Debug, Default)]
pub(super) struct Titles {
    next: Duration,
    in_flight: Option<(PostingId, Duration)>,
}

impl Titles {
    /// Returns the posting to read now, of those whose title is missing and may be asked for.
    fn start(
        &mut self,
        missing: Vec<PostingId>,
        may_ask: impl Fn(&PostingId) -> bool,
        now: Duration,
    ) -> Option<PostingId> {
        let wanted = missing.into_iter().find(may_ask)?;
        self.in_flight = Some((wanted.clone(), now));
        Some(wanted)
    }

    /// Returns the posting whose read has gone on for too long, and gives that read up.
    fn overdue(&mut self, now: Duration) -> Option<PostingId> {
        let is_overdue = |(_, since): &mut (PostingId, Duration)| now >= *since + DEADLINE;
        self.in_flight
            .take_if(is_overdue)
            .map(|(posting, _)| posting)
    }

    /// Returns true if it is time to see what is missing.
    fn is_due(&mut self, now: Duration) -> bool {
        if self.in_flight.is_some() || now < self.next {
            return false;
        }
        self.next = now + CHECK_EVERY;
        true
    }

    fn is_reading(&self, posting: &PostingId) -> bool {
        self.in_flight.as_ref().is_some_and(|(id, _)| id == posting)
    }

    fn ended(&mut self, posting: &PostingId, was_read: bool, now: Duration) {
        if self.is_reading(posting) {
            self.in_flight = None;
        }
        if was_read {
            // The next one follows at once; Lever's pace is the limit.
            self.next = now;
        }
    }
}

impl Owner<'_> {
    pub(super) fn read_title_if_due(&mut self) {
        let now = self.elapsed();
        if let Some(posting) = self.titles.overdue(now) {
            count(&mut self.failing, posting, &unreadable(), now);
        }
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
        let missing = missing.into_iter();
        let missing = missing.filter(|posting| !self.a_creation_reads(posting));
        let missing = missing.collect();
        let failing = &self.failing;
        let may_ask = |id: &PostingId| failing.is_due(&Thing::Posting(id.clone()), now);
        if let Some(posting) = self.titles.start(missing, may_ask, now) {
            self.tasks.spawn(async move {
                let read = services.lever.without_retries().posting(&posting).await;
                Done::Titled(posting, Box::new(read))
            });
        }
    }

    /// A posting that can't be read, for whatever reason, keeps its candidates without a title and
    /// nothing else.
    pub(super) fn title_read(&mut self, id: PostingId, read: Result<Posting, lever::Error>) {
        let read = read.map(|posting| posting.text);
        let read = read.map_err(|error| of_lever(&error));
        self.titles.ended(&id, read.is_ok(), self.elapsed());
        self.note_title(Some(Title { posting: id, read }));
    }

    /// What a read of a title brought, whoever asked. One that can't be read costs a title and
    /// nothing else: it closes no gate.
    pub(super) fn note_title(&mut self, title: Option<Title>) {
        let Some(Title { posting, read }) = title else {
            return;
        };
        let now = self.elapsed();
        match read {
            Ok(text) if text.is_empty() => count(&mut self.failing, posting, &unreadable(), now),
            Ok(text) => {
                self.item_succeeded(Service::Lever, &Thing::Posting(posting.clone()));
                self.write(vec![Change::Posting(posting, text)]);
            }
            Err(trouble) => count(&mut self.failing, posting, &trouble, now),
        }
    }

    /// How the creation of a pad for a row may ask for the title.
    pub(super) fn title_read_for(&self, row: &Row) -> TitleRead {
        let Some(posting) = &row.seen.posting else {
            return TitleRead::Repeated; // Should one be there by now, nothing is known of it.
        };
        let thing = Thing::Posting(posting.clone());
        let is_asked_for = self.titles.is_reading(posting) || self.a_creation_reads(posting);
        let has_failed = self.failing.failures(&thing) > 0;
        if !self.failing.is_due(&thing, self.elapsed()) || (has_failed && is_asked_for) {
            return TitleRead::NotNow;
        }
        if has_failed || is_asked_for {
            return TitleRead::Once;
        }
        TitleRead::Repeated
    }

    fn a_creation_reads(&self, posting: &PostingId) -> bool {
        self.under_way.values().any(|step| {
            let row = &step.row;
            row.life.pad().is_none()
                && row.seen.posting_title.is_empty()
                && row.seen.posting.as_ref() == Some(posting)
        })
    }
}

/// Counts a failure, once for all who asked at the same time.
fn count(failing: &mut Failing, posting: PostingId, trouble: &Trouble, now: Duration) {
    let thing = Thing::Posting(posting);
    if failing.is_due(&thing, now) {
        failing.count(thing, trouble, now);
    }
}

/// No answer, or a job without a title.
fn unreadable() -> Trouble {
    of_lever(&lever::Error::NotLever {
        about: "posting",
        oddity: Oddity::WrongShape,
    })
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
        assert_eq!(titles.start(missing, |_| true, now), Some(posting("a")));
        assert!(!titles.is_due(now + CHECK_EVERY));
        titles.ended(&posting("a"), true, now);
        assert!(titles.is_due(now));
    }

    #[test]
    fn a_posting_that_fails_leaves_the_others_their_turn() {
        let mut titles = Titles::default();
        let mut failing = Failing::default();
        let now = Duration::from_secs(1);
        count(&mut failing, posting("a"), &unreadable(), now);
        let may_ask = |id: &PostingId| failing.is_due(&Thing::Posting(id.clone()), now);
        let missing = vec![posting("a"), posting("b")];
        assert_eq!(titles.start(missing, may_ask, now), Some(posting("b")));
    }

    #[test]
    fn failures_at_the_same_time_count_once() {
        let mut failing = Failing::default();
        let now = Duration::from_secs(1);
        count(&mut failing, posting("a"), &unreadable(), now);
        count(&mut failing, posting("a"), &unreadable(), now);
        assert_eq!(failing.failures(&Thing::Posting(posting("a"))), 1);
    }

    #[test]
    fn a_read_without_an_end_is_given_up() {
        let mut titles = Titles::default();
        let now = Duration::from_secs(1);
        titles.start(vec![posting("a")], |_| true, now);
        let just_before = now + DEADLINE - Duration::from_millis(1);
        assert_eq!(titles.overdue(just_before), None);
        assert!(!titles.is_due(just_before));
        assert_eq!(titles.overdue(now + DEADLINE), Some(posting("a")));
        assert!(titles.is_due(now + DEADLINE));
    }
}
