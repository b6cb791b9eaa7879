//! The native tray icon and menu, kept equal to the values.

use std::io::Cursor;

use tray_icon::menu::{
    IsMenuItem, Menu as NativeMenu, MenuEvent, MenuItem, PredefinedMenuItem, Submenu,
};
use tray_icon::{Icon as NativeIcon, TrayIcon, TrayIconBuilder};

use super::icon::Icon;
use super::menu::{Click, Menu, Row};

/// Why the tray does not show what it should.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotShown {
    #[error(transparent)]
    Tray(#[from] tray_icon::Error),
    #[error(transparent)]
    Menu(#[from] tray_icon::menu::Error),
    #[error(transparent)]
    Picture(#[from] png::DecodingError),
    #[error(transparent)]
    Icon(#[from] tray_icon::BadIcon),
    #[error(transparent)]
    Click(#[from] serde_json::Error),
    /// Nobody needs to be told any more.
    #[error("Padwatch is ending")]
    Ending,
}

/// The icon in the tray. It can't leave the main thread.
pub(crate) struct NativeTray {
    tray: TrayIcon,
    icon: Icon,
    menu: Menu,
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
    pub(crate) fn new(menu: Menu, icon: Icon) -> Result<Self, NotShown> {
        let (native, worded) = build(&menu)?;
        let tray = TrayIconBuilder::new()
            .with_id("padwatch")
            .with_icon(picture(icon)?)
            .with_tooltip("Padwatch")
            .with_menu(Box::new(native))
            .build()?;
        Ok(Self {
            tray,
            icon,
            menu,
            worded,
        })
    }

    /// Makes the native tray show these.
    pub(crate) fn show(&mut self, menu: Menu, icon: Icon) -> Result<(), NotShown> {
        if icon != self.icon {
            self.tray.set_icon(Some(picture(icon)?))?;
            self.icon = icon;
        }
        if menu == self.menu {
            return Ok(());
        }
        if menu.same_shape(&self.menu) {
            self.reword(&menu);
        } else {
            let (native, worded) = build(&menu)?;
            self.tray.set_menu(Some(Box::new(native)));
            self.worded = worded;
        }
        self.menu = menu;
        Ok(())
    }

    fn reword(&self, menu: &Menu) {
        let texts = menu.texts().into_iter().zip(self.menu.texts());
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

/// The icon's picture as the desktop takes it.
pub(super) fn picture(icon: Icon) -> Result<NativeIcon, NotShown> {
    let mut decoder = png::Decoder::new(Cursor::new(icon.png()));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().unwrap_or_default()];
    let frame = reader.next_frame(&mut pixels)?;
    pixels.truncate(frame.buffer_size());
    Ok(NativeIcon::from_rgba(pixels, frame.width, frame.height)?)
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
