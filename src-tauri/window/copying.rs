//! The clipboard, by the window's own toolkit: some desktops (Wayland without data control) let only
//! a window that has the keyboard put something there.

use tauri::AppHandle;

/// Puts a text on the clipboard and returns whether it is there.
#[cfg(target_os = "linux")]
pub(crate) fn copy(
    app: &AppHandle,
    plain: String,
    html: Option<String>,
    tell: impl Fn(bool) + Clone + Send + 'static,
) {
    use std::time::Duration;
    /// A desktop that doesn't accept it takes it back within this.
    const SETTLED: Duration = Duration::from_millis(200);

    let told = tell.clone();
    let asked = app.run_on_main_thread(move || {
        linux::put(plain.clone(), html);
        gtk::glib::timeout_add_local_once(SETTLED, move || told(linux::holds(&plain)));
    });
    if asked.is_err() {
        tell(false);
    }
}

/// Elsewhere Padwatch itself can copy.
#[cfg(not(target_os = "linux"))]
pub(crate) fn copy(_: &AppHandle, _: String, _: Option<String>, tell: impl Fn(bool)) {
    tell(false);
}

#[cfg(target_os = "linux")]
mod linux {
    use gtk::gdk::{Atom, SELECTION_CLIPBOARD};
    use gtk::{Clipboard, TargetEntry, TargetFlags};

    const HTML: &str = "text/html";
    const PLAIN: [&str; 4] = [
        "UTF8_STRING",
        "text/plain;charset=utf-8",
        "text/plain",
        "STRING",
    ];

    pub(super) fn put(plain: String, html: Option<String>) {
        let clipboard = Clipboard::get(&SELECTION_CLIPBOARD);
        let Some(html) = html else {
            return clipboard.set_text(&plain);
        };
        let targets: Vec<TargetEntry> = [HTML]
            .iter()
            .chain(&PLAIN)
            .map(|name| TargetEntry::new(name, TargetFlags::empty(), 0))
            .collect();
        clipboard.set_with_data(&targets, move |_, wanted, _| {
            if wanted.target().name() == HTML {
                wanted.set(&Atom::intern(HTML), 8, html.as_bytes());
            } else {
                wanted.set_text(&plain);
            }
        });
    }

    pub(super) fn holds(plain: &str) -> bool {
        let there = Clipboard::get(&SELECTION_CLIPBOARD).wait_for_text();
        there.is_some_and(|text| text == plain)
    }
}
