//! Coming to the front. On Wayland that takes the compositor's permission; on X11, window managers want
//! to know when the person asked for it.

use std::ffi::CString;

use gtk::gdk::{Backend, Display};
use gtk::glib::translate::ToGlibPtr as _;
use gtk::prelude::*;

/// The next time that the window asks for the keyboard, it does because it was asked for just now, and
/// with this permission.
pub(crate) fn allow(window: &gtk::ApplicationWindow, token: Option<&str>) {
    let surface = window.window();
    if let Some(surface) = surface.and_downcast::<gdkx11::X11Window>() {
        // The click was in another program's window. Some managers (KWin) leave a window where it is
        // that was last used before the one in front.
        surface.set_user_time(gdkx11::functions::x11_get_server_time(&surface));
        return;
    }
    if let Some(token) = token.and_then(|token| CString::new(token).ok()) {
        present_with(&token);
    }
}

fn present_with(token: &CString) {
    let Some(display) = Display::default() else {
        return;
    };
    if display.backend() != Backend::Wayland {
        return;
    }
    let display: *mut gtk::gdk::ffi::GdkDisplay = display.to_glib_none().0;
    #[expect(
        unsafe_code,
        reason = "GTK 3 has no other way, and the display is one of Wayland's"
    )]
    unsafe {
        gdk_wayland_sys::gdk_wayland_display_set_startup_notification_id(
            display.cast(),
            token.as_ptr(),
        );
    }
}
