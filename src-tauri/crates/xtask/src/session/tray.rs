//! The tray as a panel sees it: icons on the bus, and their menus.

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::programs;
use crate::session::desktop::Desktop;

const PATIENCE: Duration = Duration::from_secs(20);

/// Clicks the row of the only icon's menu that begins so, as soon as it is there. Says when.
pub(crate) fn click(desktop: &Desktop, row: &str) -> Result<Instant> {
    let begun = Instant::now();
    loop {
        if let Some((owner, path, id)) = find(desktop, row)? {
            let mut call = call(desktop, &owner, &path, "com.canonical.dbusmenu.Event");
            call.args([&id.to_string(), "clicked", "<''>", "0"]);
            let clicked = Instant::now();
            programs::answer(&mut call)?.context("the row can't be clicked")?;
            return Ok(clicked);
        }
        if begun.elapsed() > PATIENCE {
            bail!("the tray menu has no row \"{row}\"");
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// Returns true if the only icon's menu has a row that begins so.
pub(crate) fn shows(desktop: &Desktop, row: &str) -> Result<bool> {
    Ok(find(desktop, row)?.is_some())
}

/// The icon's name on the bus, the path of its menu, and the row's number.
fn find(desktop: &Desktop, row: &str) -> Result<Option<(String, String, u32)>> {
    let mut icons = call(
        desktop,
        "org.kde.StatusNotifierWatcher",
        "/StatusNotifierWatcher",
        "org.freedesktop.DBus.Properties.Get",
    );
    icons.args([
        "org.kde.StatusNotifierWatcher",
        "RegisteredStatusNotifierItems",
    ]);
    let icons = programs::answer(&mut icons)?.unwrap_or_default();
    let Some((owner, path)) = icon(&icons) else {
        return Ok(None);
    };
    let mut menu = call(
        desktop,
        &owner,
        &path,
        "org.freedesktop.DBus.Properties.Get",
    );
    menu.args(["org.kde.StatusNotifierItem", "Menu"]);
    let menu = programs::answer(&mut menu)?.unwrap_or_default();
    let Some(path) = menu.rsplit('\'').nth(1).map(str::to_owned) else {
        return Ok(None);
    };
    let mut layout = call(desktop, &owner, &path, "com.canonical.dbusmenu.GetLayout");
    // To gdbus, -1 would be an option without the dashes before it.
    layout.args(["0", "--", "-1", "@as []"]);
    let layout = programs::answer(&mut layout)?.unwrap_or_default();
    Ok(number_of(&layout, row).map(|id| (owner, path, id)))
}

fn call(desktop: &Desktop, owner: &str, path: &str, method: &str) -> Command {
    let mut gdbus = desktop.command("gdbus");
    gdbus.args(["call", "--session", "--dest", owner]).args([
        "--object-path",
        path,
        "--method",
        method,
    ]);
    gdbus
}

/// From `(<[':1.7/org/ayatana/NotificationItem/tray_icon']>,)`, the last one. Items that register by
/// a name have no path in there.
fn icon(answer: &str) -> Option<(String, String)> {
    let item = answer.rsplit('\'').nth(1)?;
    let (owner, path) = item.split_once('/').unwrap_or((item, "StatusNotifierItem"));
    Some((owner.to_owned(), format!("/{path}")))
}

/// From `… <(12, {'label': <'Open Padwatch'>, …}, @av [])>, …`.
fn number_of(layout: &str, row: &str) -> Option<u32> {
    layout.split("<(").find_map(|item| {
        let (id, properties) = item.split_once(',')?;
        let (_, label) = properties.split_once("'label': <")?;
        let label = label.trim_start_matches(['\'', '"']);
        label.starts_with(row).then(|| id.trim().parse().ok())?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icon_and_the_row_are_found_in_what_gdbus_prints() {
        let answer = "(<[':1.7/org/ayatana/NotificationItem/tray_icon']>,)\n";
        let (owner, path) = icon(answer).unwrap();
        assert_eq!(owner, ":1.7");
        assert_eq!(path, "/org/ayatana/NotificationItem/tray_icon");
        let (owner, path) = icon("(<['org.kde.StatusNotifierItem-7-1']>,)").unwrap();
        assert_eq!(owner, "org.kde.StatusNotifierItem-7-1");
        assert_eq!(path, "/StatusNotifierItem");
        assert_eq!(icon("(<@as []>,)"), None);

        let layout = "(uint32 4, (0, {'children-display': <'submenu'>}, [<(3, {'label': \
            <'Watching'>, 'enabled': <false>}, @av [])>, <(12, {'label': <'Open Padwatch'>}, \
            @av [])>]))";
        assert_eq!(number_of(layout, "Open Padwatch"), Some(12));
        assert_eq!(number_of(layout, "Quit"), None);
    }
}
