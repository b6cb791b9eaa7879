//! The one request that makes a pad, and what its answer means.

use crate::context::services::Services;
use crate::jobs::failpoint::Failpoint;
use coderpad::{CreateError, CreatedPad, NewPad};

/// Asks for the pad, once.
///
/// # Errors
/// See [`CreateError`]: only an unclear one leaves open whether there is a pad.
pub(crate) async fn create(services: &Services, pad: &NewPad) -> Result<CreatedPad, CreateError> {
    services
        .between(Failpoint::Create, services.coderpad.create_pad(pad))
        .await
}
