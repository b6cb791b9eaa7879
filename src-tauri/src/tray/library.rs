/// Whether the library that draws tray icons is installed. Asking first matters: the tray's crate
/// panics when it is not (reference/reliability.md, D6).
#[cfg(target_os = "linux")]
pub(crate) fn has_library() -> bool {
    const NAMES: [&str; 2] = ["libayatana-appindicator3.so.1", "libappindicator3.so.1"];
    #[expect(
        unsafe_code,
        reason = "loading a library runs its start-up code: this one's is GLib's"
    )]
    let loads = |name: &str| unsafe { libloading::Library::new(name) }.is_ok();
    NAMES.into_iter().any(loads)
}

/// Windows and macOS have their tray built in.
#[cfg(not(target_os = "linux"))]
pub(crate) fn has_library() -> bool {
    true
}
