//! The icon's place in the tray of Windows and macOS.

use tray_icon::menu::Menu;
use tray_icon::{Icon as NativeIcon, TrayIcon, TrayIconBuilder};

use super::Identity;
use super::icon::{self, Icon};
use crate::pixels::{Pixels, decode};

/// macOS colors the shape as its menu bar needs it.
const IS_TEMPLATE: bool = cfg!(target_os = "macos");

/// Why the tray does not show what it should.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotShown {
    #[error(transparent)]
    Tray(#[from] tray_icon::Error),
    #[error(transparent)]
    Menu(#[from] tray_icon::menu::Error),
    #[error(transparent)]
    Decoding(#[from] png::DecodingError),
    #[error(transparent)]
    Icon(#[from] tray_icon::BadIcon),
    #[error(transparent)]
    Click(#[from] serde_json::Error),
    /// No one needs to be told any longer.
    #[error("Padwatch is ending")]
    Ending,
}

pub(super) struct Place(TrayIcon);

impl Place {
    pub(super) fn new(
        identity: &Identity,
        icon: Icon,
        headline: &str,
        menu: Menu,
    ) -> Result<Self, NotShown> {
        let tray = TrayIconBuilder::new()
            .with_id(identity.id.as_str())
            .with_icon(picture(icon)?)
            .with_icon_as_template(IS_TEMPLATE)
            .with_tooltip(headline)
            .with_menu(Box::new(menu))
            .build()?;
        Ok(Self(tray))
    }

    pub(super) fn set_icon(&mut self, icon: Icon, headline: &str) -> Result<(), NotShown> {
        set_picture(&self.0, picture(icon)?)?;
        Ok(self.0.set_tooltip(Some(headline))?)
    }

    pub(super) fn set_menu(&mut self, menu: Menu) {
        self.0.set_menu(Some(Box::new(menu)));
    }
}

fn set_picture(tray: &TrayIcon, picture: NativeIcon) -> Result<(), NotShown> {
    if IS_TEMPLATE {
        return Ok(tray.set_icon_with_as_template(Some(picture), true)?);
    }
    Ok(tray.set_icon(Some(picture))?)
}

/// The icon's picture as the desktop takes it.
fn picture(icon: Icon) -> Result<NativeIcon, NotShown> {
    let Pixels {
        width,
        height,
        rgba,
    } = decode(icon::png(icon))?;
    Ok(NativeIcon::from_rgba(rgba, width, height)?)
}
