//! Files for the person, where their other programs put them too.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use padwatch_engine::problem::{Problem, ProblemCode};

/// So many files of one name are enough.
const MOST: u32 = 1000;

/// Saves a text as a new file in the folder for downloads. Gives its path.
pub(crate) fn save(name: &str, text: &str) -> Result<String, Problem> {
    let folder = dirs::download_dir()
        .filter(|folder| folder.is_dir())
        .or_else(dirs::home_dir)
        .ok_or_else(unable)?;
    match save_new(&folder, name, text) {
        Ok(path) => Ok(path.display().to_string()),
        Err(error) => {
            tracing::warn!(%error, "a file could not be saved");
            Err(unable())
        }
    }
}

/// Never writes over a file that is there: "name (2).csv" follows "name.csv".
fn save_new(folder: &Path, name: &str, text: &str) -> io::Result<PathBuf> {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "txt"));
    for number in 1..=MOST {
        let name = match number {
            1 => format!("{stem}.{ending}"),
            _ => format!("{stem} ({number}).{ending}"),
        };
        let path = folder.join(name);
        match File::create_new(&path) {
            Ok(mut file) => {
                file.write_all(text.as_bytes())?;
                return Ok(path);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn unable() -> Problem {
    Problem::new(
        ProblemCode::DesktopUnable,
        "The file could not be saved in your folder for downloads.",
        "Look whether the folder is there and the disk has room.",
    )
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
}
