//! The native tray icon and menu, kept equal to the values.

use tauri::image::Image;
use tauri::menu::{IsMenuItem, Menu as NativeMenu, MenuItem, PredefinedMenuItem, Submenu};
use tauri::tray::{TrayIcon, TrayIconBuilder};
use tauri::{AppHandle, Wry};

use super::icon::Icon;
use super::menu::{Menu, Row};

/// The icon in the tray. Every call must come from the main thread.
pub(crate) struct NativeTray {
    app: AppHandle,
    tray: TrayIcon,
    icon: Icon,
    menu: Menu,
    /// The native rows that have words, in the order of [`Menu::texts`].
    worded: Vec<Worded>,
}

enum Worded {
    Item(MenuItem<Wry>),
    Submenu(Submenu<Wry>),
}

impl NativeTray {
    /// Puts the icon into the tray. The whole menu is built before the host sees it: some hosts
    /// show blank rows otherwise (reference/reliability.md, D6).
    pub(crate) fn new(app: AppHandle, menu: Menu, icon: Icon) -> tauri::Result<Self> {
        let (native, worded) = build(&app, &menu)?;
        let tray = TrayIconBuilder::with_id("padwatch")
            .icon(Image::from_bytes(icon.png())?)
            .tooltip("Padwatch")
            .menu(&native)
            .build(&app)?;
        Ok(Self {
            app,
            tray,
            icon,
            menu,
            worded,
        })
    }

    /// Makes the native tray show these.
    pub(crate) fn show(&mut self, menu: Menu, icon: Icon) -> tauri::Result<()> {
        if icon != self.icon {
            self.tray.set_icon(Some(Image::from_bytes(icon.png())?))?;
            self.icon = icon;
        }
        if menu == self.menu {
            return Ok(());
        }
        if menu.same_shape(&self.menu) {
            self.reword(&menu)?;
        } else {
            let (native, worded) = build(&self.app, &menu)?;
            self.tray.set_menu(Some(native))?;
            self.worded = worded;
        }
        self.menu = menu;
        Ok(())
    }

    fn reword(&self, menu: &Menu) -> tauri::Result<()> {
        let texts = menu.texts().into_iter().zip(self.menu.texts());
        for (row, (new, old)) in self.worded.iter().zip(texts) {
            if new != old {
                match row {
                    Worded::Item(item) => item.set_text(escaped(new))?,
                    Worded::Submenu(submenu) => submenu.set_text(escaped(new))?,
                }
            }
        }
        Ok(())
    }
}

fn build(app: &AppHandle, menu: &Menu) -> tauri::Result<(NativeMenu<Wry>, Vec<Worded>)> {
    let mut worded = Vec::new();
    let native = NativeMenu::new(app)?;
    for row in &menu.rows {
        native.append(&*native_row(app, row, &mut worded)?)?;
    }
    Ok((native, worded))
}

fn native_row(
    app: &AppHandle,
    row: &Row,
    worded: &mut Vec<Worded>,
) -> tauri::Result<Box<dyn IsMenuItem<Wry>>> {
    Ok(match row {
        Row::Line => Box::new(PredefinedMenuItem::separator(app)?),
        Row::Words(text) => {
            let item = MenuItem::new(app, escaped(text), false, None::<&str>)?;
            worded.push(Worded::Item(item.clone()));
            Box::new(item)
        }
        Row::Item(text, click) => {
            let id = serde_json::to_string(click)?;
            let item = MenuItem::with_id(app, id, escaped(text), true, None::<&str>)?;
            worded.push(Worded::Item(item.clone()));
            Box::new(item)
        }
        Row::Submenu(text, rows) => {
            let submenu = Submenu::new(app, escaped(text), true)?;
            worded.push(Worded::Submenu(submenu.clone()));
            for row in rows {
                submenu.append(&*native_row(app, row, worded)?)?;
            }
            Box::new(submenu)
        }
    })
}

/// `&` marks the letter to press in a native label.
fn escaped(text: &str) -> String {
    text.replace('&', "&&")
}
