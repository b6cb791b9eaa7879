//! Taking a pad back, on the person's word: off the profile, ended, deleted.

use crate::context::services::Services;
use coderpad::PadId;
use lever::OpportunityId;
use padwatch_domain::links::spellings;
use padwatch_domain::problem::Problem;
use padwatch_domain::service_error::{of_coderpad, of_lever};

/// Takes a pad's link off the profile, in whatever spelling it stands there, ends the pad and
/// deletes it. Each of the three can be repeated without harm, so that a second try after a failure
/// in between is safe.
///
/// # Errors
/// What the services said.
pub(crate) async fn take_back(
    services: &Services,
    opportunity: &OpportunityId,
    pad: &PadId,
    link: &str,
) -> Result<(), Problem> {
    match remove_link(services, opportunity, pad, link).await {
        Ok(()) | Err(lever::Error::Gone { .. }) => {}
        Err(error) => return Err(of_lever(&error).problem),
    }
    for outcome in [
        services.coderpad.end_pad(pad).await,
        services.coderpad.delete_pad(pad).await,
    ] {
        match outcome {
            Ok(()) | Err(coderpad::Error::Gone) => {}
            Err(error) => return Err(of_coderpad(&error).problem),
        }
    }
    Ok(())
}

async fn remove_link(
    services: &Services,
    opportunity: &OpportunityId,
    pad: &PadId,
    link: &str,
) -> Result<(), lever::Error> {
    let links = match services.lever.opportunity(opportunity).await {
        Ok(read) => spellings(&read.links, pad, &services.coderpad_root),
        Err(error) if error.is_passing() => return Err(error),
        // A key that may not read single candidates may still remove their links.
        Err(_) => vec![link.to_owned()],
    };
    if links.is_empty() {
        return Ok(());
    }
    let as_user = services.acting_user.as_ref();
    let removed = services.lever.remove_links(opportunity, &links, as_user);
    removed.await.map(|_| ())
}
