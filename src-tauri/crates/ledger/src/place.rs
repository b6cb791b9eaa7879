//! Whether the files that are open are still the files at their paths. A folder that is deleted or
//! put back from a backup leaves a program at work on files that no one else can see.

use std::path::{Path, PathBuf};

/// Where files were when they were opened.
#[derive(Debug, Clone, Default)]
pub struct Places(Vec<(PathBuf, Identity)>);

/// Where files are now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// Where they were.
    InPlace,
    /// One is gone.
    Missing,
    /// Another file is in the place of one.
    Replaced,
}

impl Places {
    /// Notes where these files are; those that aren't there don't count.
    pub fn of(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        let known = paths.into_iter().filter_map(|path| {
            let identity = identity(&path)?;
            Some((path, identity))
        });
        Self(known.collect())
    }

    /// Where they are now. That one is gone counts for more than that another was replaced.
    pub fn now(&self) -> Placement {
        let mut placement = Placement::InPlace;
        for (path, known) in &self.0 {
            match identity(path) {
                None => return Placement::Missing,
                Some(now) if now != *known => placement = Placement::Replaced,
                Some(_) => {}
            }
        }
        placement
    }
}

#[cfg(unix)]
type Identity = (u64, u64);
#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    let file = std::fs::metadata(path).ok()?;
    Some((file.dev(), file.ino()))
}

/// Windows doesn't let anyone move or delete a file that SQLite has open.
#[cfg(not(unix))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Identity;
/// By its folder: to read a file's metadata is to open it there, which scanners for viruses look at,
/// and this is done often.
#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    let (folder, name) = (path.parent()?, path.file_name()?);
    let mut entries = std::fs::read_dir(folder).ok()?;
    entries
        .any(|entry| entry.is_ok_and(|entry| entry.file_name() == name))
        .then_some(Identity)
}
