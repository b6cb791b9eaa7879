//! Pictures of the screen, for people to look at.

use std::fs::File;
use std::io::BufReader;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::desk::Desk;

/// So much may a color differ that was drawn smaller, and a little translucent.
const SHADES: u8 = 20;
/// Fewer are the edge of something else.
const FEWEST_PIXELS: usize = 10;

/// The pixels of a picture: red, green, blue, and alpha of each.
#[derive(Debug)]
pub(crate) struct Pixels {
    width: usize,
    pub(crate) rgba: Vec<u8>,
}

impl Pixels {
    /// From a PNG file.
    pub(crate) fn read(file: &Path) -> Self {
        let mut png = png::Decoder::new(BufReader::new(File::open(file).unwrap()));
        png.set_transformations(
            png::Transformations::normalize_to_color8() | png::Transformations::ALPHA,
        );
        let mut png = png.read_info().unwrap();
        let mut rgba = vec![0; png.output_buffer_size().unwrap()];
        let info = png.next_frame(&mut rgba).unwrap();
        // A screen without any color is written in gray: one that isn't painted yet.
        if info.color_type == png::ColorType::GrayscaleAlpha {
            let gray = rgba.chunks_exact(2);
            rgba = gray
                .flat_map(|one| [one[0], one[0], one[0], one[1]])
                .collect();
        }
        Self {
            width: info.width as usize,
            rgba,
        }
    }

    /// Returns true if something in these rows has this color: red, green, and blue.
    pub(crate) fn have(&self, rows: Range<usize>, color: [u8; 3]) -> bool {
        let rows = rows.start * self.width * 4..rows.end * self.width * 4;
        let is_it = |pixel: &&[u8]| {
            let mut channels = pixel.iter().zip(color);
            channels.all(|(seen, wanted)| seen.abs_diff(wanted) <= SHADES)
        };
        let pixels = self.rgba[rows].chunks_exact(4);
        pixels.map(|pixel| &pixel[..3]).filter(is_it).count() >= FEWEST_PIXELS
    }
}

/// Takes a picture of the whole screen.
pub(crate) fn picture(desk: &Desk, name: &str) {
    take(desk, name, "root", &[]);
}

/// Takes a picture of one window alone, without its frame.
pub(crate) fn picture_of_window(desk: &Desk, window: &str, name: &str) {
    take(desk, name, window, &[]);
}

/// Takes a picture of a part of the screen: `WIDTHxHEIGHT+X+Y` in pixels.
pub(crate) fn picture_of_part(desk: &Desk, part: &str, name: &str) {
    take(desk, name, "root", &["-crop", part, "+repage"]);
}

/// Gives the screen a background that icons and menus stand out from.
pub(crate) fn paint_background(desk: &Desk) {
    // It says that it failed even when it has painted; a black background fails no test.
    desk.command("display")
        .args([
            "-size",
            "1280x900",
            "-window",
            "root",
            "gradient:#7d9cc9-#3d5578",
        ])
        .status()
        .expect("imagemagick is installed");
}

fn take(desk: &Desk, name: &str, window: &str, change: &[&str]) {
    let taken = desk
        .command("import")
        .args(["-window", window])
        .args(change)
        .arg(file(name))
        .status()
        .expect("imagemagick is installed");
    assert!(taken.success());
}

/// Where a picture is kept: in `PADWATCH_PICTURES`, or `target/e2e`.
pub(crate) fn file(name: &str) -> PathBuf {
    let usual = || {
        // The program lies in the target folder, one level down.
        let program = PathBuf::from(super::program::binary());
        program.ancestors().nth(2).unwrap().join("e2e")
    };
    let folder = std::env::var_os("PADWATCH_PICTURES").map_or_else(usual, PathBuf::from);
    std::fs::create_dir_all(&folder).unwrap();
    folder.join(format!("{name}.png"))
}
