//! Places on an X screen.

/// Where a window is on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) width: i32,
    pub(crate) height: i32,
}

impl Place {
    /// What is smaller shows nothing.
    pub(crate) const LEAST: i32 = 12;

    /// From lines like `WIDTH=22`.
    pub(crate) fn of(lines: &str) -> Option<Self> {
        let value = |name: &str| {
            let line = lines.lines().find_map(|line| line.strip_prefix(name));
            line?.strip_prefix('=')?.parse().ok()
        };
        Some(Self {
            x: value("X")?,
            y: value("Y")?,
            width: value("WIDTH")?,
            height: value("HEIGHT")?,
        })
    }

    pub(crate) fn center(self) -> (i32, i32) {
        (self.x + self.width / 2, self.y + self.height / 2)
    }
}
