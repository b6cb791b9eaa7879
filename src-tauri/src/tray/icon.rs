//! The pictures of the tray icon's states.

pub(crate) use padwatch_api::tray::icon::Icon;

/// The pictures for this system: macOS colors a shape itself, elsewhere they are for any panel.
macro_rules! picture {
    ($name:literal) => {
        if cfg!(target_os = "macos") {
            include_bytes!(concat!("../../../icons/tray/template/", $name)).as_slice()
        } else {
            include_bytes!(concat!("../../../icons/tray/panel/", $name)).as_slice()
        }
    };
}

/// An icon's picture, as PNG.
pub(crate) fn png(icon: Icon) -> &'static [u8] {
    match icon {
        Icon::Watching => picture!("watching.png"),
        Icon::New => picture!("new.png"),
        Icon::NeedsYou => picture!("needs-you.png"),
        Icon::Waiting => picture!("waiting.png"),
        Icon::Paused => picture!("paused.png"),
        Icon::Copied => picture!("copied.png"),
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

    /// Relative luminance of a gray, 0 to 1 (WCAG 2.2).
    #[cfg(not(target_os = "macos"))]
    fn luminance(gray: f64) -> f64 {
        if gray <= 0.040_45 {
            gray / 12.92
        } else {
            ((gray + 0.055) / 1.055).powf(2.4)
        }
    }

    #[test]
    #[cfg(not(target_os = "macos"))]
    fn the_icons_are_seen_on_light_and_on_dark_panels() {
        for icon in Icon::ALL {
            let mut picture = png::Decoder::new(std::io::Cursor::new(png(icon)))
                .read_info()
                .unwrap();
            let mut pixels = vec![0; picture.output_buffer_size().unwrap()];
            picture.next_frame(&mut pixels).unwrap();
            for panel in [0.0, 0.17, 0.95, 1.0] {
                let ground = luminance(panel);
                let seen = pixels.chunks_exact(4).filter(|pixel| {
                    let gray = (0..3).map(|at| f64::from(pixel[at])).sum::<f64>() / 3.0 / 255.0;
                    let opacity = f64::from(pixel[3]) / 255.0;
                    let ink = luminance(gray * opacity + panel * (1.0 - opacity));
                    (ink.max(ground) + 0.05) / (ink.min(ground) + 0.05) >= 3.0
                });
                let share = seen.count() * 100 / (pixels.len() / 4);
                assert!(share >= 15, "{icon:?} on {panel}: {share} % is seen");
            }
        }
    }
}
