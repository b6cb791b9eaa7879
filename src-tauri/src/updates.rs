//! The one address that is asked for newer versions, if the package sets one.

use padwatch_api::update_address;
use url::Url;

/// The address that was set when Padwatch was built.
pub(crate) fn address() -> Option<Url> {
    update_address(option_env!("PADWATCH_UPDATE_ADDRESS"))
}
