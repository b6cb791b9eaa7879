//! Windows shows the very menu that a tray icon has: to replace it takes it away from under the
//! person's hand, and what they click then does nothing.

use windows_sys::Win32::System::Threading::GetCurrentThreadId;
use windows_sys::Win32::UI::WindowsAndMessaging::{
    GUI_INMENUMODE, GUI_POPUPMENUMODE, GUITHREADINFO, GetGUIThreadInfo,
};

/// Returns true if a menu of this thread is open.
pub(super) fn is_open() -> bool {
    let mut info = GUITHREADINFO {
        cbSize: size_of::<GUITHREADINFO>().try_into().unwrap_or_default(),
        ..GUITHREADINFO::default()
    };
    #[expect(
        unsafe_code,
        reason = "a call of the system, which writes into our structure alone"
    )]
    let is_known = unsafe { GetGUIThreadInfo(GetCurrentThreadId(), &raw mut info) } != 0;
    is_known && info.flags & (GUI_INMENUMODE | GUI_POPUPMENUMODE) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_menu_none_is_open() {
        assert!(!is_open());
    }
}
