//! Windows: the end of the session, which programs with a window hear of. A hidden one is made for it.

use std::io;
use std::ptr;
use std::sync::OnceLock;
use std::thread;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use windows_sys::Win32::Foundation::{HWND, LPARAM, LRESULT, WPARAM};
use windows_sys::Win32::UI::WindowsAndMessaging::{
    CreateWindowExW, DefWindowProcW, DispatchMessageW, GetMessageW, MSG, RegisterClassW,
    WM_ENDSESSION, WM_QUERYENDSESSION, WNDCLASSW,
};

/// How long Windows waits for a program before it ends it.
const PATIENCE: Duration = Duration::from_secs(10);

/// The receiver of the message. Static, because the system's callback takes no context of ours.
static TOLD: OnceLock<UnboundedSender<()>> = OnceLock::new();

/// Starts to listen. What is returned gets a message when the session ends.
///
/// # Errors
/// When no thread can be started.
pub(crate) fn listen() -> io::Result<UnboundedReceiver<()>> {
    let (told, ended) = unbounded_channel();
    // An error: someone listens already, and this one is never told.
    let _ = TOLD.set(told);
    thread::Builder::new()
        .name("session end".to_owned())
        .spawn(receive)?;
    Ok(ended)
}

/// Makes the window, and receives its messages on the thread that made it, as Windows wants it.
fn receive() {
    let name: Vec<u16> = "padwatch-session-end".encode_utf16().chain([0]).collect();
    let class = WNDCLASSW {
        lpfnWndProc: Some(hear),
        lpszClassName: name.as_ptr(),
        ..WNDCLASSW::default()
    };
    #[expect(
        unsafe_code,
        reason = "calls of the system, with names and structures that outlive them"
    )]
    unsafe {
        if RegisterClassW(&raw const class) == 0 {
            return not_heard();
        }
        let none = ptr::null_mut();
        let window = CreateWindowExW(
            0,
            name.as_ptr(),
            name.as_ptr(),
            0,
            0,
            0,
            0,
            0,
            none,
            none,
            none,
            ptr::null(),
        );
        if window.is_null() {
            return not_heard();
        }
        let mut message = MSG::default();
        while GetMessageW(&raw mut message, none, 0, 0) > 0 {
            DispatchMessageW(&raw const message);
        }
    }
}

fn not_heard() {
    let error = io::Error::last_os_error();
    tracing::warn!(%error, "the end of the session can't be heard");
}

#[expect(unsafe_code, reason = "Windows asks for a function of this kind")]
unsafe extern "system" fn hear(window: HWND, message: u32, word: WPARAM, long: LPARAM) -> LRESULT {
    match message {
        WM_QUERYENDSESSION => 1,
        WM_ENDSESSION if word != 0 => {
            if let Some(told) = TOLD.get() {
                // An error: it is ending already.
                let _ = told.send(());
            }
            // Once this returns, the system may terminate the program, so it exits before that.
            thread::sleep(PATIENCE);
            0
        }
        _ => unsafe { DefWindowProcW(window, message, word, long) },
    }
}
