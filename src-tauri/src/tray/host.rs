//! Whether this desktop has a place for a tray icon.

/// What stands between Padwatch and its tray icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Host {
    /// Icons are shown.
    Present,
    /// No program on this desktop shows tray icons.
    Absent,
}

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

#[cfg(target_os = "linux")]
impl Host {
    const WATCHER: &'static str = "org.kde.StatusNotifierWatcher";

    /// Looks now, and then tells every change: panels start after us at login, and restart.
    /// Ends when the session bus does, or nobody listens.
    pub(crate) async fn follow(mut tell: impl FnMut(Self)) -> zbus::Result<()> {
        let bus = zbus::Connection::session().await?;
        let names = zbus::fdo::DBusProxy::new(&bus).await?;
        let mut changes = names
            .receive_name_owner_changed_with_args(&[(0, Self::WATCHER)])
            .await?;
        let watcher = zbus::names::BusName::try_from(Self::WATCHER)?;
        let mut present = names.name_has_owner(watcher).await?;
        loop {
            tell(if present { Self::Present } else { Self::Absent });
            let Some(change) = next(&mut changes).await else {
                return Ok(());
            };
            present = change.args()?.new_owner().is_some();
        }
    }
}

#[cfg(target_os = "linux")]
async fn next(
    changes: &mut zbus::fdo::NameOwnerChangedStream,
) -> Option<zbus::fdo::NameOwnerChanged> {
    use futures_util::StreamExt as _;
    changes.next().await
}
