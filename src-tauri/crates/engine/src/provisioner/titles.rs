//! The titles of jobs.

use super::state::Provisioner;
use crate::context::Context;
use crate::context::done::{Done, Provisioned};
use padwatch_domain::change::Change;
use std::time::Duration;

use lever::{Posting, PostingId, ProtocolViolation};

use crate::jobs::{JobId, JobKind};
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::failing::Failing;
use padwatch_domain::service_error::{Service, ServiceError, of_lever};
use padwatch_domain::thing::Thing;
use padwatch_domain::transition::job::{PostingSeen, Title, TitleRead};

impl Provisioner {
    pub(super) fn read_title_if_due(&mut self, cx: &mut Context<'_>) {
        let now = cx.elapsed();
        if cx.jobs.count(|kind| kind == JobKind::Title) > 0
            || cx.connection.lever_breaker.permits(1) == 0
            || !self.titles.is_due(now)
        {
            return;
        }
        let missing = match cx.store.ledger.untitled_postings() {
            Ok(missing) => missing,
            Err(error) => return cx.ledger_failed(&error),
        };
        let Some(services) = cx.connection.services.clone() else {
            return;
        };
        let may_ask = |posting: &PostingId| {
            let thing = Thing::Posting(posting.clone());
            cx.connection.failing.is_due(&thing, now) && !self.a_creation_reads(posting, cx)
        };
        if let Some(posting) = missing.into_iter().find(may_ask) {
            cx.jobs.start(JobId::Title(posting.clone()), async move {
                let read = services.lever.without_retries().posting(&posting).await;
                Done::Provisioned(Box::new(Provisioned::Titled(posting, read)))
            });
        }
    }

    /// A posting that can't be read, for whatever reason, keeps its candidates without a title and
    /// nothing else.
    pub(super) fn title_read(
        &mut self,
        id: PostingId,
        read: Result<Posting, lever::Error>,
        cx: &mut Context<'_>,
    ) {
        let read = read.map(PostingSeen::from);
        let read = read.map_err(|error| of_lever(&error));
        if read.is_ok() {
            self.titles.succeeded(cx.elapsed());
        }
        self.note_title(Some(Title { posting: id, read }), cx);
    }

    /// Nothing came of a read of a title.
    pub(super) fn title_lost(&mut self, posting: PostingId, cx: &mut Context<'_>) {
        let now = cx.elapsed();
        count(&mut cx.connection.failing, posting, &unreadable(), now);
    }

    /// What a read of a title brought, no matter who asked. One that can't be read costs a title and
    /// nothing else: it closes no gate.
    pub(super) fn note_title(&mut self, title: Option<Title>, cx: &mut Context<'_>) {
        let Some(Title { posting, read }) = title else {
            return;
        };
        let now = cx.elapsed();
        match read {
            Ok(read) => {
                self.titles
                    .note_confidential(posting.clone(), read.confidential, now);
                if read.title.is_empty() {
                    return count(&mut cx.connection.failing, posting, &unreadable(), now);
                }
                cx.item_succeeded(Service::Lever, &Thing::Posting(posting.clone()));
                cx.write(vec![Change::Posting(posting, read.title)]);
            }
            Err(service_error) => {
                self.titles.forget(&posting);
                count(&mut cx.connection.failing, posting, &service_error, now);
            }
        }
    }

    /// Whether the job of a row is confidential, if it was read a short time ago.
    pub(super) fn confidential_job(&self, row: &Candidacy, cx: &Context<'_>) -> Option<bool> {
        let posting = row.seen.posting.as_ref()?;
        self.titles.is_confidential(posting, cx.elapsed())
    }

    /// How the creation of a pad for a row may ask for the title.
    pub(super) fn title_read_for(&self, row: &Candidacy, cx: &Context<'_>) -> TitleRead {
        let Some(posting) = &row.seen.posting else {
            return TitleRead::Repeated; // Should one be there by now, nothing is known of it.
        };
        let thing = Thing::Posting(posting.clone());
        let is_read = cx.jobs.is_in_flight(&JobId::Title(posting.clone()));
        let is_asked_for = is_read || self.a_creation_reads(posting, cx);
        let has_failed = cx.connection.failing.failures(&thing) > 0;
        if !cx.connection.failing.is_due(&thing, cx.elapsed()) || (has_failed && is_asked_for) {
            return TitleRead::NotNow;
        }
        if has_failed || is_asked_for {
            return TitleRead::Once;
        }
        TitleRead::Repeated
    }

    fn a_creation_reads(&self, posting: &PostingId, cx: &Context<'_>) -> bool {
        self.under_way.values().any(|step| {
            let row = &step.row;
            row.life.pad().is_none()
                && (row.seen.posting_title.is_empty() || self.confidential_job(row, cx).is_none())
                && row.seen.posting.as_ref() == Some(posting)
        })
    }
}

/// Counts a failure, once for all who asked at the same time.
fn count(failing: &mut Failing, posting: PostingId, service_error: &ServiceError, now: Duration) {
    let thing = Thing::Posting(posting);
    if failing.is_due(&thing, now) {
        failing.count(thing, service_error, now);
    }
}

/// No answer, or a job without a title.
fn unreadable() -> ServiceError {
    of_lever(&lever::Error::NotLever {
        about: "posting",
        violation: ProtocolViolation::WrongShape,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_at_the_same_time_count_once() {
        let mut failing = Failing::default();
        let now = Duration::from_secs(1);
        count(&mut failing, PostingId::new("a"), &unreadable(), now);
        count(&mut failing, PostingId::new("a"), &unreadable(), now);
        assert_eq!(failing.failures(&Thing::Posting(PostingId::new("a"))), 1);
    }
}
