//! macOS: whether the system has opened Padwatch at login. Its own service for that starts a program
//! without options.

use objc2_foundation::NSAppleEventManager;

/// What an event says about itself (`keyAEPropData`), and what it says of a program that is opened at
/// login (`keyAELaunchedAsLogInItem`).
const ABOUT: u32 = u32::from_be_bytes(*b"prdt");
const OPENED_AT_LOGIN: u32 = u32::from_be_bytes(*b"lgit");

/// Returns true if this start was at login. Only known while the loop's first event is handled.
pub(crate) fn is_this_start() -> bool {
    let opening = NSAppleEventManager::sharedAppleEventManager().currentAppleEvent();
    let about = opening.and_then(|event| event.paramDescriptorForKeyword(ABOUT));
    about.is_some_and(|about| about.enumCodeValue() == OPENED_AT_LOGIN)
}
