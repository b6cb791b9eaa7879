//! Where a start that fails says why: at the terminal that it was started from, or else where someone
//! who has clicked an icon sees it.

use std::io::{Write as _, stderr};

/// Says why Padwatch doesn't start.
pub(crate) fn say_why(text: &str) {
    // An error: no one reads it there.
    let _ = writeln!(stderr(), "padwatch: {text}");
    if !is_one() {
        show(text);
    }
}

/// Uses the terminal that this program was started from: Windows gives none to a program with windows.
#[cfg(windows)]
pub(crate) fn join() {
    use windows_sys::Win32::System::Console::{ATTACH_PARENT_PROCESS, AttachConsole};
    #[expect(
        unsafe_code,
        reason = "a call of the system, which takes nothing of ours"
    )]
    // An error: it was started from none.
    let _ = unsafe { AttachConsole(ATTACH_PARENT_PROCESS) };
}

#[cfg(not(windows))]
pub(crate) fn join() {}

#[cfg(windows)]
fn is_one() -> bool {
    use windows_sys::Win32::System::Console::GetConsoleWindow;
    #[expect(
        unsafe_code,
        reason = "a call of the system, which takes nothing of ours"
    )]
    let window = unsafe { GetConsoleWindow() };
    !window.is_null()
}

#[cfg(windows)]
fn show(text: &str) {
    use windows_sys::Win32::UI::WindowsAndMessaging::{MB_ICONERROR, MessageBoxW};
    let [text, title] = [text, "Padwatch"].map(|text| {
        let units = text.encode_utf16().chain([0]);
        units.collect::<Vec<u16>>()
    });
    #[expect(
        unsafe_code,
        reason = "a call of the system, with texts that outlive it"
    )]
    unsafe {
        MessageBoxW(
            std::ptr::null_mut(),
            text.as_ptr(),
            title.as_ptr(),
            MB_ICONERROR,
        );
    }
}

#[cfg(unix)]
fn is_one() -> bool {
    use std::io::IsTerminal as _;
    stderr().is_terminal()
}

/// The text is an argument, so that nothing in it is read as a script.
#[cfg(target_os = "macos")]
fn show(text: &str) {
    const SCRIPT: &str =
        "on run argv\ndisplay alert \"Padwatch\" message (item 1 of argv) as critical\nend run";
    let mut alert = std::process::Command::new("/usr/bin/osascript");
    // An error: there is no one else to tell.
    let _ = alert.args(["-e", SCRIPT, text]).status();
}

/// A program that is started from a panel or a menu has its errors in the session's journal.
#[cfg(target_os = "linux")]
fn show(_: &str) {}
