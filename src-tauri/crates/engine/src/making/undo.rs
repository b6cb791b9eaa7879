//! Taking a pad back, on the person's word: off the profile, ended, deleted.

use coderpad::PadId;
use lever::OpportunityId;

use super::{Services, Settled};
use crate::ledger::{Change, Trigger};
use crate::life::Life;
use crate::problem::Problem;
use crate::row::Row;
use crate::trouble::{of_coderpad, of_lever};

/// Takes a link off the profile, ends the pad and deletes it. Each of the three can be repeated
/// without harm, so that a second try after a failure in between is safe.
///
/// # Errors
/// What the services said.
pub async fn take_back(
    services: &Services,
    opportunity: &OpportunityId,
    pad: &PadId,
    link: &str,
) -> Result<(), Problem> {
    let links = [link.to_owned()];
    let removed = services
        .lever
        .remove_links(opportunity, &links, services.acting_user.as_ref());
    match removed.await {
        Ok(_) | Err(lever::Error::Gone { .. }) => {}
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

/// The row after its pad was taken back.
#[must_use]
pub fn undone(row: Row, now_ms: i64) -> Settled {
    let Some(pad) = row.life.pad().cloned() else {
        return Settled::default();
    };
    let reason =
        "You took the pad back. Whether CoderPad counts it against the quota is not known.";
    let row = row.becoming(Life::Deleted { pad }, reason, now_ms);
    Settled::changes(vec![Change::Moved {
        row: Box::new(row),
        what: "Pad ended and deleted, link taken off the profile",
        trigger: Trigger::Person,
    }])
}
