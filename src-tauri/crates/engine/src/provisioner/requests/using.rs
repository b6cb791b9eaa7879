//! Using a pad link that is on the profile, on the person's word.

use super::relation::related;
use crate::context::services::Services;
use padwatch_domain::links::{ProfilePad, pads_on_profile};
use padwatch_domain::problem::Problem;
use padwatch_domain::service_error::of_lever;
use padwatch_domain::transition::relation::{Known, Related, Relation};
use padwatch_domain::transition::using::Question;

/// Finds the pad whose link the person was asked about: the first on the profile that is not
/// certainly another's. Nothing is asked about it any longer: the person knows.
///
/// # Errors
/// What Lever said, or that there is no such link any longer.
pub(crate) async fn find(services: &Services, question: &Question) -> Result<ProfilePad, Problem> {
    let read = services.lever.opportunity(&question.opportunity).await;
    let opportunity = read.map_err(|error| of_lever(&error).problem)?;
    let known = Known {
        not_its_own: &question.not_its_own,
        has_siblings: false,
        watched: &question.watched,
        tolerates: &[],
    };
    let is_anothers = |one: &Related| one.relation == Relation::NotItsOwn;
    let pads: Vec<ProfilePad> = match related(services, &opportunity, known, None).await {
        Ok(all) => all
            .into_iter()
            .filter(|one| !is_anothers(one))
            .map(|one| one.pad)
            .collect(),
        // Without CoderPad the profile says enough.
        Err(_) => {
            let mut pads = pads_on_profile(&opportunity.links, &services.coderpad_root);
            let is_anothers = |pad: &ProfilePad| {
                let mut others = question.not_its_own.iter();
                others.any(|other| other.is_same(&pad.id))
            };
            pads.retain(|pad| !is_anothers(pad));
            pads
        }
    };
    pads.into_iter().next().ok_or(Problem::LinkGoneFromProfile)
}
