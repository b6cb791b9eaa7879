//! Files for the person, where their other programs put them too.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use padwatch_domain::problem::Problem;

/// So many files of one name are enough.
const MOST: u32 = 1000;

/// Saves a text as a new file in the folder for downloads. Gives its path.
pub(crate) fn save(name: &str, text: &str) -> Result<String, Problem> {
    let folder = dirs::download_dir()
        .filter(|folder| folder.is_dir())
        .or_else(dirs::home_dir)
        .ok_or(Problem::DownloadFailed)?;
    match save_new(&folder, name, text) {
        Ok(path) => Ok(path.display().to_string()),
        Err(error) => {
            tracing::warn!(%error, "a file could not be saved");
            Err(Problem::DownloadFailed)
        }
    }
}

/// Never writes over a file that is there: "name (2).csv" follows "name.csv". Only the person can
/// read it: everyone's name and link is in it. It gets its name when it is whole; what could not be
/// written goes.
fn save_new(folder: &Path, name: &str, text: &str) -> io::Result<PathBuf> {
    save_with(folder, name, |file| file.write_all(text.as_bytes()))
}

fn save_with(
    folder: &Path,
    name: &str,
    write: impl FnOnce(&mut tempfile::NamedTempFile) -> io::Result<()>,
) -> io::Result<PathBuf> {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "txt"));
    let mut file = tempfile::Builder::new()
        .prefix(".padwatch-")
        .suffix(".part")
        .tempfile_in(folder)?;
    write(&mut file)?;
    file.as_file().sync_all()?;
    for number in 1..=MOST {
        let name = match number {
            1 => format!("{stem}.{ending}"),
            _ => format!("{stem} ({number}).{ending}"),
        };
        let path = folder.join(name);
        match file.persist_noclobber(&path) {
            Ok(_) => return Ok(path),
            Err(refused) if refused.error.kind() == io::ErrorKind::AlreadyExists => {
                file = refused.file;
            }
            Err(refused) => return Err(refused.error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let first = save_new(folder.path(), "list.csv", "one").unwrap();
        let second = save_new(folder.path(), "list.csv", "two").unwrap();
        assert_eq!(second, folder.path().join("list (2).csv"));
        assert_eq!(std::fs::read_to_string(first).unwrap(), "one");
        assert_eq!(std::fs::read_to_string(second).unwrap(), "two");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_a_saved_file() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let saved = save_new(folder.path(), "list.csv", "Ada").unwrap();
        let mode = std::fs::metadata(saved).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn nothing_half_written_stays_when_the_disk_is_full() {
        let folder = tempfile::tempdir().unwrap();
        let saved = save_with(folder.path(), "list.csv", |file| {
            file.write_all(b"Ada, ")?;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert_eq!(saved.unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
