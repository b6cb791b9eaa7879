//! Before another pad is created: does the one that counts as gone still exist?

use crate::context::services::Services;
use coderpad::Error;
use padwatch_domain::service_error::of_coderpad;
use padwatch_domain::transition::former::{Former, FormerPad};

/// Reads the former pads again.
pub(crate) async fn read(services: &Services, pads: &[FormerPad]) -> Former {
    let mut is_unknown = false;
    for pad in pads {
        match services.coderpad.pad(&pad.id).await {
            Ok(read) if read.is_finished() => {}
            Ok(read) => return Former::Lives(Box::new(read)),
            Err(Error::Gone) if pad.is_own => {}
            Err(Error::Gone | Error::NotAllowed { .. }) => is_unknown = true,
            Err(error) => return Former::Failed(of_coderpad(&error)),
        }
    }
    if is_unknown {
        Former::Unknown
    } else {
        Former::Gone
    }
}
