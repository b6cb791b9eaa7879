//! The desktop's permission to bring a window to the front: a token that Wayland's compositors give to
//! the program in which someone has just clicked, for that program to pass on.

use std::env;

/// A longer text is no token.
const LONGEST: usize = 512;
/// Where programs find the token that they were started with, the newer variable first.
pub(crate) const VARIABLES: [&str; 2] = ["XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID"];

/// Such a token. It works once, for a few seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ActivationToken(String);

impl ActivationToken {
    /// The token with this text; `None`: it can be none.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let fits = !text.is_empty() && text.len() <= LONGEST && !text.contains(char::is_control);
        fits.then(|| Self(text.to_owned()))
    }

    /// The one that this program was started with.
    pub(crate) fn of_this_start() -> Option<Self> {
        let set = VARIABLES.iter().filter_map(|name| env::var(name).ok());
        set.filter_map(|text| Self::of(&text)).next()
    }

    /// As the desktop takes it.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Windows: lets another program come to the front in place of this one, in which someone has just
/// clicked.
#[cfg(windows)]
pub(crate) fn pass_on() {
    use windows_sys::Win32::UI::WindowsAndMessaging::{ASFW_ANY, AllowSetForegroundWindow};
    #[expect(
        unsafe_code,
        reason = "a call of the system, which takes nothing of ours"
    )]
    // An error: the window stays behind others, and the taskbar shows it.
    let _ = unsafe { AllowSetForegroundWindow(ASFW_ANY) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_one_line_of_bounded_length() {
        let token = ActivationToken::of("gnome-shell/Padwatch/41-0-desk_TIME7").unwrap();
        assert_eq!(token.as_str(), "gnome-shell/Padwatch/41-0-desk_TIME7");
        for odd in ["", "a\nb", "a\0", &"x".repeat(LONGEST + 1)] {
            assert_eq!(ActivationToken::of(odd), None, "{odd:?}");
        }
    }
}
