//! The place in the tray as the platform has it.

#[cfg(target_os = "linux")]
pub(super) use linux::Place;
#[cfg(not(target_os = "linux"))]
pub(super) use others::Place;

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

/// Linux: the library for tray icons itself. The crate that serves all platforms names every icon
/// alike, and rewrites its pictures under names that two programs share.
#[cfg(target_os = "linux")]
mod linux {
    use libappindicator::{AppIndicator, AppIndicatorStatus};
    use tray_icon::menu::{ContextMenu as _, Menu};

    use super::NotShown;
    use crate::tray::icon::Icon;
    use crate::tray::identity::Identity;
    use crate::tray::pictures::Pictures;

    pub(in crate::tray) struct Place {
        indicator: AppIndicator,
        pictures: Pictures,
        /// Kept: its native rows live as long as it does.
        menu: Menu,
    }

    impl Place {
        pub(in crate::tray) fn new(
            identity: &Identity,
            icon: Icon,
            headline: &str,
            menu: Menu,
        ) -> Result<Self, NotShown> {
            let pictures = Pictures::write()?;
            let folder = pictures.folder().to_string_lossy().into_owned();
            let mut indicator = AppIndicator::with_path(&identity.id, "", &folder);
            indicator.set_title(headline);
            indicator.set_icon_full(&pictures.of(icon)?.to_string_lossy(), headline);
            indicator.set_menu(&mut menu.gtk_context_menu());
            indicator.set_status(AppIndicatorStatus::Active);
            Ok(Self {
                indicator,
                pictures,
                menu,
            })
        }

        pub(in crate::tray) fn set_icon(
            &mut self,
            icon: Icon,
            headline: &str,
        ) -> Result<(), NotShown> {
            let picture = self.pictures.of(icon)?;
            self.indicator.set_title(headline);
            self.indicator
                .set_icon_full(&picture.to_string_lossy(), headline);
            Ok(())
        }

        pub(in crate::tray) fn set_menu(&mut self, menu: Menu) {
            self.indicator.set_menu(&mut menu.gtk_context_menu());
            self.menu = menu;
        }
    }

    impl Drop for Place {
        fn drop(&mut self) {
            self.indicator.set_status(AppIndicatorStatus::Passive);
        }
    }
}

/// Windows and macOS.
#[cfg(not(target_os = "linux"))]
mod others {
    use std::io::Cursor;

    use tray_icon::menu::Menu;
    use tray_icon::{Icon as NativeIcon, TrayIcon, TrayIconBuilder};

    use super::NotShown;
    use crate::tray::icon::{self, Icon};
    use crate::tray::identity::Identity;

    /// macOS colors the shape as its menu bar needs it.
    const IS_TEMPLATE: bool = cfg!(target_os = "macos");

    pub(in crate::tray) struct Place(TrayIcon);

    impl Place {
        pub(in crate::tray) fn new(
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

        pub(in crate::tray) fn set_icon(
            &mut self,
            icon: Icon,
            headline: &str,
        ) -> Result<(), NotShown> {
            set_picture(&self.0, picture(icon)?)?;
            Ok(self.0.set_tooltip(Some(headline))?)
        }

        pub(in crate::tray) fn set_menu(&mut self, menu: Menu) {
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
        let mut decoder = png::Decoder::new(Cursor::new(icon::png(icon)));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info()?;
        let mut pixels = vec![0; reader.output_buffer_size().unwrap_or_default()];
        let frame = reader.next_frame(&mut pixels)?;
        pixels.truncate(frame.buffer_size());
        Ok(NativeIcon::from_rgba(pixels, frame.width, frame.height)?)
    }
}
