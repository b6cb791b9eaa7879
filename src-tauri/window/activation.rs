//! Coming to the front on Wayland, where that takes the compositor's permission.

use std::ffi::CString;

use gtk::gdk::{Backend, Display};
use gtk::glib::translate::ToGlibPtr as _;
use gtk::prelude::*;

/// The next time that the window asks for the keyboard, it does with this permission.
pub(crate) fn allow(token: &str) {
    let Some(display) = Display::default() else {
        return;
    };
    let Ok(token) = CString::new(token) else {
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
