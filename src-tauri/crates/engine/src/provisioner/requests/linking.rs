//! Putting the link on the profile: read, add only if missing, read again. The link of a pad that
//! it replaces is taken off.

use super::relation::related;
use crate::context::services::Services;
use crate::jobs::failpoint::Failpoint;
use lever::Opportunity;
use padwatch_domain::blast_radius::BlastRadius;
use padwatch_domain::links::{ProfilePad, Standing, pads_on_profile, spellings, standing};
use padwatch_domain::reason::Reason;
use padwatch_domain::service_error::{ServiceError, of_lever};
use padwatch_domain::transition::linking::{LinkOutcome, Others, Question};
use padwatch_domain::transition::relation::{Known, Related, Relation, pads_to_read};

/// Puts the link on the profile.
pub(crate) async fn link(services: &Services, question: &Question) -> LinkOutcome {
    match try_link(services, question).await {
        Ok(outcome) => outcome,
        Err(LinkError::Coderpad(service_error)) => LinkOutcome::Failed(service_error),
        Err(LinkError::Lever(error)) => not_linked(&error),
    }
}

/// Why a link is not on the profile.
enum LinkError {
    Lever(lever::Error),
    Coderpad(ServiceError),
}

impl From<lever::Error> for LinkError {
    fn from(error: lever::Error) -> Self {
        Self::Lever(error)
    }
}

fn not_linked(error: &lever::Error) -> LinkOutcome {
    use lever::{Error, ProtocolViolation};
    match error {
        Error::Gone { .. } => LinkOutcome::Gone,
        // What concerns this one alone must not stop the others.
        Error::Refused { .. }
        | Error::NotLever {
            violation: ProtocolViolation::WrongShape | ProtocolViolation::UnknownPath,
            ..
        } => LinkOutcome::Refused(Reason::from(of_lever(error).problem)),
        Error::NotAllowed { .. } | Error::NeedsPerformAs => LinkOutcome::Forbidden(of_lever(error)),
        _ => LinkOutcome::Failed(of_lever(error)),
    }
}

async fn try_link(services: &Services, question: &Question) -> Result<LinkOutcome, LinkError> {
    let (outcome, profile) = put_up(services, question).await?;
    let other = match &outcome {
        LinkOutcome::There => None,
        LinkOutcome::Beside(other) => Some(other.clone()),
        _ => return Ok(outcome),
    };
    match take_off_former(services, question, &profile).await {
        Ok(None) => Ok(outcome),
        Ok(Some(old)) => Ok(LinkOutcome::Instead { old, other }),
        Err((old, error)) => old_link_stays(old, &error),
    }
}

/// What is about this link alone is said of it; the rest is tried again as any other request.
fn old_link_stays(old: String, error: &lever::Error) -> Result<LinkOutcome, LinkError> {
    match not_linked(error) {
        LinkOutcome::Failed(service_error) => Ok(LinkOutcome::Failed(service_error)),
        _ => Ok(LinkOutcome::OldLinkStays {
            old,
            problem: of_lever(error).problem,
        }),
    }
}

/// Takes the links of former pads off the profile, in whatever spelling they stand there. Gives the
/// newest of them; `None`: none was there.
async fn take_off_former(
    services: &Services,
    question: &Question,
    profile: &Opportunity,
) -> Result<Option<String>, (String, lever::Error)> {
    let spelt = |pad| spellings(&profile.links, pad, &services.coderpad_root);
    let links: Vec<String> = question.former.iter().flat_map(spelt).collect();
    let Some(old) = links.last().cloned() else {
        return Ok(None);
    };
    let as_user = services.acting_user.as_ref();
    let removing = services
        .lever
        .remove_links(&question.opportunity, &links, as_user);
    match removing.await {
        Ok(_) => Ok(Some(old)),
        Err(error) => Err((old, error)),
    }
}

/// Puts our link on the profile. Gives the profile as it was read last, too.
async fn put_up(
    services: &Services,
    question: &Question,
) -> Result<(LinkOutcome, Opportunity), LinkError> {
    let id = &question.opportunity;
    let before = services
        .between(Failpoint::LinkRead, services.lever.opportunity(id))
        .await?;
    match look(services, &before, question).await? {
        (Standing::Alone, None) => return Ok((LinkOutcome::There, before)),
        (Standing::Alone, Some(other)) | (Standing::Before(other), _) => {
            return Ok((LinkOutcome::Beside(other), before));
        }
        (Standing::AbsentWithOther(other), _) if !question.in_hand => {
            return Ok((LinkOutcome::GaveWay(other), before));
        }
        (Standing::Behind(other), _) => {
            let outcome = behind(services, question, &before, other).await?;
            return Ok((outcome, before));
        }
        (Standing::Absent | Standing::AbsentWithOther(_), _) => {}
    }
    let link = [question.pad.link.clone()];
    let adding = services
        .lever
        .add_links(id, &link, services.acting_user.as_ref());
    services.between(Failpoint::LinkAdd, adding).await?;
    let after = services
        .between(Failpoint::LinkCheck, services.lever.opportunity(id))
        .await?;
    let outcome = match look(services, &after, question).await? {
        (Standing::Alone, None) => LinkOutcome::There,
        (Standing::Alone, Some(other)) | (Standing::Before(other), _) => LinkOutcome::Beside(other),
        (Standing::Behind(other), _) => behind(services, question, &after, other).await?,
        // Lever said yes and shows nothing: not settled. The next try reads first.
        (Standing::Absent | Standing::AbsentWithOther(_), _) => {
            LinkOutcome::Refused(Reason::LinkNotShown)
        }
    };
    Ok((outcome, after))
}

/// How our pad stands among those for this candidacy, and the first of those of which that can't
/// be told.
async fn look(
    services: &Services,
    opportunity: &Opportunity,
    question: &Question,
) -> Result<(Standing, Option<ProfilePad>), LinkError> {
    let ours = &question.pad.id;
    let mut not_its_own = question.not_its_own.clone();
    not_its_own.extend(question.pad.beside.iter().cloned());
    let known = Known {
        not_its_own: &not_its_own,
        has_siblings: question.has_siblings,
        watched: &question.watched,
        tolerates: match question.others {
            Others::AsFarAsReadable => &[BlastRadius::Item, BlastRadius::Suspect],
            Others::All | Others::NotNow(_) => &[BlastRadius::Item],
        },
    };
    let others = pads_to_read(opportunity, &services.coderpad_root, known, Some(ours));
    if let (Others::NotNow(service_error), false) = (&question.others, others.is_empty()) {
        // It counts for this link, which must not wait for long.
        return Err(LinkError::Coderpad(ServiceError {
            radius: BlastRadius::Item,
            ..service_error.clone()
        }));
    }
    let mut related = related(services, opportunity, known, Some(ours))
        .await
        .map_err(LinkError::Coderpad)?;
    // A short link may lead to ours.
    related.retain(|one| !one.pad.id.is_same(ours));
    // Ours gives way only to a pad that is certainly for this candidacy.
    let is_rival = |relation| match relation {
        Relation::Ours | Relation::Its => true,
        Relation::Doubtful(_) | Relation::NotItsOwn => false,
    };
    let rivals: Vec<&Related> = related
        .iter()
        .filter(|one| is_rival(one.relation))
        .collect();
    let on_profile = pads_on_profile(&opportunity.links, &services.coderpad_root);
    let pads: Vec<ProfilePad> = on_profile
        .into_iter()
        .filter_map(|pad| {
            if pad.id.is_same(ours) {
                return Some(pad);
            }
            let rival = rivals.iter().find(|one| one.on_profile == pad.id);
            rival.map(|one| one.pad.clone())
        })
        .collect();
    let unclear = related
        .iter()
        .find(|one| !is_rival(one.relation) && one.relation != Relation::NotItsOwn);
    Ok((standing(&pads, ours), unclear.map(|one| one.pad.clone())))
}

/// Another tool was first. Ours gives way, unless someone has our link already.
async fn behind(
    services: &Services,
    question: &Question,
    profile: &Opportunity,
    other: ProfilePad,
) -> Result<LinkOutcome, LinkError> {
    if question.in_hand {
        return Ok(LinkOutcome::Beside(other));
    }
    let links = spellings(&profile.links, &question.pad.id, &services.coderpad_root);
    let as_user = services.acting_user.as_ref();
    services
        .lever
        .remove_links(&question.opportunity, &links, as_user)
        .await?;
    Ok(LinkOutcome::GaveWay(other))
}
