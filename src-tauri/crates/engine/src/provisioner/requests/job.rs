//! The job of a candidate whose pad is being prepared: its title, and whether it is confidential.

use crate::context::services::Services;
use lever::{Opportunity, PostingId};
use padwatch_domain::candidacy::Seen;
use padwatch_domain::secrecy::{Job, Secrecy};
use padwatch_domain::service_error::of_lever;
use padwatch_domain::transition::job::{JobRead, PostingSeen, Title, TitleRead};
use padwatch_domain::transition::prepare::Question;
use std::time::Duration;
use transport::{Failure, FailureKind};

/// How long a job may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// What Lever says, with the posting, which is read once for all who apply to it within a few
/// minutes. A pad without the job's title in it is better than none.
pub(super) async fn with_job(
    services: &Services,
    opportunity: &Opportunity,
    question: &Question,
) -> JobRead {
    let mut seen = Seen::of(opportunity, Some(&question.row.seen));
    let names_all = question.settings.pads.name_confidential;
    // What is known is known of the job that the row is for.
    let is_same = seen.posting == question.row.seen.posting;
    let known = question.confidential.filter(|_| is_same);
    let is_secrecy_known = opportunity.confidential || names_all || known.is_some();
    let is_missing = seen.posting_title.is_empty() || !is_secrecy_known;
    let title = match seen.posting.clone() {
        Some(posting) if is_missing && question.title != TitleRead::NotNow => {
            Some(read(services, posting, question.title).await)
        }
        _ => None,
    };
    let read = title.as_ref().map(|title| title.read.as_ref());
    if let Some(Ok(read)) = read {
        seen.posting_title.clone_from(&read.title);
    }
    let job = match (&seen.posting, read) {
        (None, _) => Job::None,
        (Some(_), Some(Ok(read))) => Job::Read {
            confidential: read.confidential,
        },
        // It may have become confidential since it was read.
        (Some(_), Some(Err(_))) => Job::NotRead,
        (Some(_), None) => match known {
            Some(confidential) => Job::Read { confidential },
            None => Job::NotRead,
        },
    };
    JobRead {
        secrecy: Secrecy::of(opportunity.confidential, job),
        seen,
        title,
    }
}

async fn read(services: &Services, posting: PostingId, how: TitleRead) -> Title {
    let lever = match how {
        TitleRead::Repeated => services.lever.clone(),
        TitleRead::NotNow | TitleRead::Once => services.lever.without_retries(),
    };
    let read = tokio::select! {
        read = lever.posting(&posting) => read,
        () = services.clock.sleep(PATIENCE) => {
            Err(lever::Error::Unreachable(Failure::Unclear(FailureKind::TimedOut)))
        }
    };
    let read = read.map(PostingSeen::from);
    Title {
        posting,
        read: read.map_err(|error| of_lever(&error)),
    }
}
