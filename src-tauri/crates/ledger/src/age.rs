//! How old the ledger is, also written beside it.
//!
//! A ledger that was put back from a backup, or copied without its journal, is a good database that
//! has forgotten pads. A counter shows it: it grows in the same transaction as each act that must
//! not be forgotten, and is then written to a small file beside the ledger. A ledger whose count is
//! behind that file went back in time.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::LedgerError;
use padwatch_domain::change::{Change, StateKey, Trigger};
use padwatch_domain::note::PartState;

/// The file's name. Nothing personal is in it.
const NAME: &str = "ledger.age";
/// The longest content that is read, in bytes.
const LONGEST: u64 = 1_024;

/// How old a ledger is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Age {
    /// Random: ledgers of different folders have nothing to do with each other.
    pub(super) line: String,
    /// Grows with each act that must not be forgotten.
    pub(super) count: u64,
}

/// What stands beside the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Beside {
    /// Nothing: a new folder, or one of an older Padwatch.
    Missing,
    /// The age that a ledger here must have at least.
    Known(Age),
    /// Something that can't be read.
    Unreadable,
}

/// The file beside the ledger.
#[derive(Debug)]
pub(super) struct AgeFile {
    path: PathBuf,
}

impl Age {
    /// One act later.
    pub(super) fn next(&self) -> Self {
        Self {
            line: self.line.clone(),
            count: self.count.saturating_add(1),
        }
    }

    /// The age of a ledger that begins, or continues from an older copy: later than both.
    pub(super) fn after(inside: Option<&Self>, beside: &Beside, fresh_line: String) -> Self {
        let known = match beside {
            Beside::Known(age) => Some(age),
            Beside::Missing | Beside::Unreadable => None,
        };
        let line = known.or(inside).map(|age| age.line.clone());
        let count = inside
            .into_iter()
            .chain(known)
            .map(|age| age.count)
            .max()
            .unwrap_or_default();
        Self {
            line: line.unwrap_or(fresh_line),
            count: count.saturating_add(1),
        }
    }
}

/// Returns true if a ledger of age `inside` went back in time, or belongs somewhere else.
pub(super) fn is_behind(inside: Option<&Age>, beside: &Beside) -> bool {
    match (inside, beside) {
        (_, Beside::Missing) => false,
        (_, Beside::Unreadable) | (None, Beside::Known(_)) => true,
        (Some(inside), Beside::Known(known)) => {
            inside.line != known.line || inside.count < known.count
        }
    }
}

/// Returns true if forgetting this change could lead to a second pad or note, or to one that the
/// person doesn't want.
pub(super) fn must_not_be_forgotten(change: &Change) -> bool {
    match change {
        Change::MarkerOpened { .. }
        | Change::MarkerSuperseded(_)
        | Change::HadPad(_)
        | Change::PersonRemoved(_)
        | Change::Moved {
            trigger: Trigger::Person,
            ..
        } => true,
        Change::Kept(key, _) | Change::Dropped(key) => matches!(
            key,
            StateKey::Settings
                | StateKey::SetUp
                | StateKey::Pause
                | StateKey::CreationOff
                | StateKey::PadSearch
        ),
        Change::Noted(note, _) => {
            let turn = note.turn();
            turn.is_some_and(|(_, part)| part.state == PartState::InFlight)
        }
        _ => false,
    }
}

impl AgeFile {
    /// The file beside this ledger.
    pub(super) fn beside(ledger: &Path) -> Self {
        Self {
            path: ledger.with_file_name(NAME),
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn read(&self) -> Beside {
        let mut text = String::new();
        let read = match File::open(&self.path) {
            Ok(file) => file.take(LONGEST).read_to_string(&mut text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Beside::Missing,
            Err(error) => Err(error),
        };
        match read.map(|_| serde_json::from_str(&text)) {
            Ok(Ok(age)) => Beside::Known(age),
            Ok(Err(_)) | Err(_) => Beside::Unreadable,
        }
    }

    /// Writes the age durably: the old file or the new one is there, never half of one.
    pub(super) fn write(&self, age: &Age) -> Result<(), LedgerError> {
        let text = serde_json::to_string(age)?;
        let part = self.path.with_extension("age.part");
        let written = write_synced(&part, &text)
            .and_then(|()| fs::rename(&part, &self.path))
            .and_then(|()| sync_folder(&self.path));
        written.map_err(|error| LedgerError::of_file(&error))
    }
}

fn write_synced(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// A new name is durable only once its folder is.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "on Unix it can fail")]
fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(()) // Windows can't open folders; its journal keeps renames in order.
}

#[cfg(test)]
mod tests {
    use super::*;

    fn age(line: &str, count: u64) -> Age {
        Age {
            line: line.to_owned(),
            count,
        }
    }

    #[test]
    fn a_ledger_is_behind_when_its_count_is_lower_or_its_line_another() {
        let known = Beside::Known(age("a", 5));
        for (inside, beside, behind) in [
            (Some(age("a", 5)), &known, false),
            (Some(age("a", 6)), &known, false),
            (Some(age("a", 4)), &known, true),
            (Some(age("b", 9)), &known, true),
            (None, &known, true),
            (Some(age("a", 1)), &Beside::Missing, false),
            (None, &Beside::Missing, false),
            (Some(age("a", 1)), &Beside::Unreadable, true),
        ] {
            assert_eq!(is_behind(inside.as_ref(), beside), behind, "{inside:?}");
        }
    }

    #[test]
    fn what_goes_on_is_older_than_everything_known_before() {
        let known = Beside::Known(age("a", 5));
        assert_eq!(
            Age::after(Some(&age("b", 9)), &known, "c".into()),
            age("a", 10)
        );
        assert_eq!(Age::after(None, &known, "c".into()), age("a", 6));
        assert_eq!(Age::after(None, &Beside::Missing, "c".into()), age("c", 1));
    }

    #[test]
    fn what_is_written_is_read_and_odd_files_are_unreadable() {
        let folder = tempfile::tempdir().unwrap();
        let file = AgeFile::beside(&folder.path().join("ledger.sqlite3"));
        assert_eq!(file.read(), Beside::Missing);
        file.write(&age("a", 7)).unwrap();
        assert_eq!(file.read(), Beside::Known(age("a", 7)));
        for odd in [
            &b""[..],
            b"{",
            b"{\"line\":\"a\",\"count\":-1}",
            &[0xFF; 2_000],
        ] {
            fs::write(folder.path().join(NAME), odd).unwrap();
            assert_eq!(file.read(), Beside::Unreadable, "{odd:?}");
        }
        fs::remove_file(folder.path().join(NAME)).unwrap();
        fs::create_dir(folder.path().join(NAME)).unwrap();
        assert_eq!(file.read(), Beside::Unreadable);
    }

    /// Windows says of what lies below a file that it isn't there.
    #[cfg(unix)]
    #[test]
    fn a_file_that_cannot_even_be_opened_is_not_missing() {
        let folder = tempfile::tempdir().unwrap();
        let no_folder = folder.path().join("file");
        fs::write(&no_folder, "").unwrap();
        let file = AgeFile::beside(&no_folder.join("ledger.sqlite3"));
        assert_eq!(file.read(), Beside::Unreadable);
    }

    #[test]
    fn each_act_makes_a_ledger_one_older_in_its_own_line() {
        assert_eq!(age("a", 5).next(), age("a", 6));
        assert_eq!(age("a", u64::MAX).next(), age("a", u64::MAX));
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_is_gone_makes_no_name_durable() {
        let folder = tempfile::tempdir().unwrap();
        sync_folder(&folder.path().join(NAME)).unwrap();
        assert!(sync_folder(&folder.path().join("gone").join(NAME)).is_err());
    }
}
