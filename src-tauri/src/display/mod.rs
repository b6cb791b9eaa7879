//! The display, and its loss.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
mod others;

#[cfg(target_os = "linux")]
pub(crate) use linux::Display;
#[cfg(not(target_os = "linux"))]
pub(crate) use others::Display;

/// Set for a program that was started because the display was lost.
pub(crate) const AFTER_LOSS: &str = "PADWATCH_AFTER_DISPLAY_LOSS";

/// Returns true if this program was started because the display was lost: no one asked to see it.
pub(crate) fn was_lost() -> bool {
    std::env::var_os(AFTER_LOSS).is_some()
}
