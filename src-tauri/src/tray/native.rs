//! The native tray icon and menu, kept equal to the values.

use padwatch_api::tray::menu::{Click, Menu, Row};
use tray_icon::menu::{
    IsMenuItem, Menu as NativeMenu, MenuEvent, MenuItem, PredefinedMenuItem, Submenu,
};

use super::icon::Icon;
use super::identity::Identity;
use super::place::Place;

/// What the tray shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Look {
    /// The rows behind the icon.
    pub(crate) menu: Menu,
    /// The picture.
    pub(crate) icon: Icon,
    /// The tooltip, and what screen readers say.
    pub(crate) headline: String,
}

/// Why the tray does not show what it should.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotShown {
    #[cfg(not(target_os = "linux"))]
    #[error(transparent)]
    Tray(#[from] tray_icon::Error),
    #[error(transparent)]
    Menu(#[from] tray_icon::menu::Error),
    #[cfg(not(target_os = "linux"))]
    #[error(transparent)]
    Decoding(#[from] png::DecodingError),
    #[cfg(not(target_os = "linux"))]
    #[error(transparent)]
    Icon(#[from] tray_icon::BadIcon),
    #[cfg(target_os = "linux")]
    #[error("its pictures can't be written: {0}")]
    Pictures(#[from] std::io::Error),
    #[error(transparent)]
    Click(#[from] serde_json::Error),
    /// No one needs to be told any longer.
    #[error("Padwatch is ending")]
    Ending,
}

/// The icon in the tray. It can't leave the main thread.
pub(crate) struct NativeTray {
    place: Place,
    look: Look,
    /// The native rows that have words, in the order of [`Menu::texts`].
    worded: Vec<Worded>,
}

enum Worded {
    Item(MenuItem),
    Submenu(Submenu),
}

impl NativeTray {
    /// Puts the icon into the tray. The whole menu is built before the host sees it: some hosts
    /// show blank rows otherwise (reference/reliability.md, D6).
    pub(crate) fn new(identity: &Identity, look: Look) -> Result<Self, NotShown> {
        let (native, worded) = build(&look.menu)?;
        let place = Place::new(identity, look.icon, &look.headline, native)?;
        Ok(Self {
            place,
            look,
            worded,
        })
    }

    /// Makes the native tray show these.
    pub(crate) fn show(&mut self, look: Look) -> Result<(), NotShown> {
        if look.icon != self.look.icon || look.headline != self.look.headline {
            self.place.set_icon(look.icon, &look.headline)?;
        }
        if look.menu.same_shape(&self.look.menu) {
            self.reword(&look.menu);
        } else {
            let (native, worded) = build(&look.menu)?;
            self.place.set_menu(native);
            self.worded = worded;
        }
        self.look = look;
        Ok(())
    }

    fn reword(&self, menu: &Menu) {
        let texts = menu.texts().into_iter().zip(self.look.menu.texts());
        for (row, (new, old)) in self.worded.iter().zip(texts) {
            if new != old {
                match row {
                    Worded::Item(item) => item.set_text(escaped(new)),
                    Worded::Submenu(submenu) => submenu.set_text(escaped(new)),
                }
            }
        }
    }
}

/// Calls `heard` with every click in a menu, from now on and from the main thread.
pub(crate) fn hear_clicks(heard: impl Fn(Click) + Send + Sync + 'static) {
    MenuEvent::set_event_handler(Some(move |event: MenuEvent| {
        if let Ok(click) = serde_json::from_str(event.id.as_ref()) {
            heard(click);
        }
    }));
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

fn build(menu: &Menu) -> Result<(NativeMenu, Vec<Worded>), NotShown> {
    let mut worded = Vec::new();
    let native = NativeMenu::new();
    for row in &menu.rows {
        native.append(&*native_row(row, &mut worded)?)?;
    }
    Ok((native, worded))
}

fn native_row(row: &Row, worded: &mut Vec<Worded>) -> Result<Box<dyn IsMenuItem>, NotShown> {
    Ok(match row {
        Row::Line => Box::new(PredefinedMenuItem::separator()),
        Row::Words(text) => {
            let item = MenuItem::new(escaped(text), false, None);
            worded.push(Worded::Item(item.clone()));
            Box::new(item)
        }
        Row::Item(text, click) => {
            let id = serde_json::to_string(click)?;
            let item = MenuItem::with_id(id, escaped(text), true, None);
            worded.push(Worded::Item(item.clone()));
            Box::new(item)
        }
        Row::Submenu(text, rows) => {
            let submenu = Submenu::new(escaped(text), true);
            worded.push(Worded::Submenu(submenu.clone()));
            for row in rows {
                submenu.append(&*native_row(row, worded)?)?;
            }
            Box::new(submenu)
        }
    })
}

/// `&` marks the letter to press in a native label.
fn escaped(text: &str) -> String {
    text.replace('&', "&&")
}
