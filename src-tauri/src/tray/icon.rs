//! The pictures of the tray icon's states.

pub(crate) use padwatch_api::tray::icon::Icon;

/// An icon's picture, as PNG.
pub(crate) fn png(icon: Icon) -> &'static [u8] {
    match icon {
        Icon::Watching => include_bytes!("../../../icons/tray/watching.png"),
        Icon::New => include_bytes!("../../../icons/tray/new.png"),
        Icon::NeedsYou => include_bytes!("../../../icons/tray/needs-you.png"),
        Icon::Waiting => include_bytes!("../../../icons/tray/waiting.png"),
        Icon::Paused => include_bytes!("../../../icons/tray/paused.png"),
        Icon::Copied => include_bytes!("../../../icons/tray/copied.png"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_a_picture_of_its_own() {
        for (at, icon) in Icon::ALL.iter().enumerate() {
            let picture = png::Decoder::new(std::io::Cursor::new(png(*icon))).read_info();
            assert!(picture.is_ok(), "{icon:?}");
            for other in &Icon::ALL[at + 1..] {
                assert_ne!(png(*icon), png(*other), "{icon:?} {other:?}");
                assert_ne!(icon.name(), other.name());
            }
        }
    }
}
