//! Before a pad is made: is it still wanted, and is there one already?

use super::job::with_job;
use super::relation::related;
use crate::context::services::Services;
use crate::jobs::failpoint::Failpoint;
use lever::{Opportunity, OpportunityId, permissions};
use padwatch_domain::blast_radius::BlastRadius;
use padwatch_domain::candidacy::Seen;
use padwatch_domain::reason::Reason;
use padwatch_domain::rules;
use padwatch_domain::secrecy::Secrecy;
use padwatch_domain::service_error::{kept_back, of_lever};
use padwatch_domain::transition::job::{JobRead, Title};
use padwatch_domain::transition::prepare::{Adoptable, Prepared, Question};
use padwatch_domain::transition::relation::{Known, Related, Relation};

/// Reads the opportunity again, unless it was read a moment ago, and decides what to do about it.
pub(crate) async fn prepare(services: &Services, question: &Question) -> (Prepared, Option<Title>) {
    let id = &question.row.opportunity;
    let read = match question.fresh.clone() {
        Some(read) => Ok(read),
        None => {
            services
                .between(Failpoint::Reread, services.lever.opportunity(id))
                .await
        }
    };
    let opportunity = match read {
        Ok(opportunity) => opportunity,
        Err(error) => return (not_read(services, id, &error).await, None),
    };
    let JobRead {
        seen,
        secrecy,
        title,
    } = with_job(services, &opportunity, question).await;
    let prepared = match title.as_ref().and_then(|title| title.read.as_ref().err()) {
        // Without the key or a connection nothing else can be read either.
        Some(service_error) if service_error.radius == BlastRadius::Service => {
            Prepared::Failed(service_error.clone())
        }
        _ => decide(services, &opportunity, (seen, secrecy), question).await,
    };
    (prepared, title)
}

async fn decide(
    services: &Services,
    opportunity: &Opportunity,
    (seen, secrecy): (Seen, Secrecy),
    question: &Question,
) -> Prepared {
    if let Some(reason) = obstacle(opportunity, question) {
        return Prepared::Left {
            seen: Some(seen),
            reason,
        };
    }
    let known = Known {
        not_its_own: &question.not_its_own,
        has_siblings: question.has_siblings,
        watched: &question.watched,
        tolerates: &[],
    };
    match related(services, opportunity, known, None).await {
        Ok(related) => weigh(seen, secrecy, related, question.row.life.is_made_anyway()),
        Err(service_error) => Prepared::Failed(service_error),
    }
}

/// What the pads on the profile mean: the oldest that is for this candidacy is taken over. A doubt
/// counts only where there is none.
fn weigh(seen: Seen, secrecy: Secrecy, related: Vec<Related>, anyway: bool) -> Prepared {
    // Anyone who was told that a link is there and wants a pad all the same gets one of our own.
    let is_its_own = |one: &Related| match one.relation {
        Relation::Ours => true,
        Relation::Its => !anyway,
        Relation::NotItsOwn | Relation::Doubtful(_) => false,
    };
    let doubt = related.iter().find_map(|one| match one.relation {
        Relation::Doubtful(doubt) => Some(doubt),
        _ => None,
    });
    let (its_own, beside): (Vec<_>, Vec<_>) = related.into_iter().partition(is_its_own);
    let beside = beside.into_iter().map(|one| one.on_profile).collect();
    let mut its_own = its_own.into_iter();
    let Some(first) = its_own.next() else {
        return match doubt {
            Some(doubt) if !anyway => Prepared::Asks(seen, doubt),
            _ => Prepared::Ready {
                seen,
                beside,
                secrecy,
            },
        };
    };
    let ours = |one: &Related| one.relation == Relation::Ours;
    Prepared::Adopt(Box::new(Adoptable {
        seen,
        secrecy,
        ours: ours(&first),
        made_ms: first.made_ms,
        pad: first.pad,
        beside,
        others: its_own.map(|one| (one.pad.clone(), ours(&one))).collect(),
    }))
}

async fn not_read(services: &Services, id: &OpportunityId, error: &lever::Error) -> Prepared {
    use lever::{Error, ProtocolViolation};
    let service_error = of_lever(error);
    match error {
        Error::Gone { .. } => Prepared::Left {
            seen: None,
            reason: Reason::GoneFromLever,
        },
        Error::NotAllowed { .. } if permissions::reads_another(&services.lever, id).await => {
            Prepared::Unreadable(kept_back())
        }
        Error::NotAllowed { .. } => Prepared::Forbidden(service_error),
        Error::Refused { .. }
        | Error::NotLever {
            violation: ProtocolViolation::WrongShape,
            ..
        } => Prepared::Unreadable(service_error),
        _ => Prepared::Failed(service_error),
    }
}

/// On the person's own word, having left the stage is no obstacle: they have seen it.
fn obstacle(opportunity: &Opportunity, question: &Question) -> Option<Reason> {
    if question.row.life.is_user_approved() {
        let active = opportunity.archived.is_none() && !opportunity.is_anonymized;
        return (!active).then_some(Reason::ArchivedOrAnonymized);
    }
    rules::obstacle(opportunity, &question.settings, &question.watched)
}
