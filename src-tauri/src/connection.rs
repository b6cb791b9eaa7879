//! The file that says where the services are and how they are reached. It lies beside the ledger.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use padwatch_commands::{Connection, ConnectionState};

const FILE: &str = "connection.json";

/// The connection that is in use, and the one that was chosen.
pub(crate) struct Connections {
    file: PathBuf,
    in_use: Connection,
    overruled: bool,
}

impl Connections {
    /// Reads what was chosen. `overruled`: the command line says something else.
    pub(crate) fn read(folder: &Path, overruled: bool) -> Self {
        let file = folder.join(FILE);
        Self {
            in_use: chosen(&file),
            file,
            overruled,
        }
    }

    /// The one in use.
    pub(crate) fn in_use(&self) -> &Connection {
        &self.in_use
    }

    /// How things stand now.
    pub(crate) fn state(&self) -> ConnectionState {
        let chosen = chosen(&self.file);
        ConnectionState {
            needs_restart: chosen != self.in_use,
            overruled: self.overruled,
            chosen,
        }
    }

    /// Keeps another one for the next start: wholly, or not at all.
    pub(crate) fn keep(&self, connection: &Connection) -> io::Result<()> {
        let text = serde_json::to_string_pretty(connection)?;
        let half = self.file.with_extension("json.new");
        let mut file = private(&half)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(half, &self.file)
    }
}

/// A file that can't be read is as good as none: the usual places are a safe choice.
fn chosen(file: &Path) -> Connection {
    match fs::read_to_string(file) {
        Ok(text) => serde_json::from_str(&text).unwrap_or_else(|error| {
            tracing::warn!(%error, "the connection could not be read; the usual one is used");
            Connection::default()
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Connection::default(),
        Err(error) => {
            tracing::warn!(%error, "the connection could not be read; the usual one is used");
            Connection::default()
        }
    }
}

#[cfg(unix)]
fn private(path: &Path) -> io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    fs::File::options()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
}

/// Windows: the local data folder belongs to the person already.
#[cfg(not(unix))]
fn private(path: &Path) -> io::Result<fs::File> {
    fs::File::create(path)
}

#[cfg(test)]
mod tests {
    use padwatch_commands::{LeverPlace, ProxyChoice};

    use super::*;

    #[test]
    fn what_is_chosen_counts_from_the_next_start_on() {
        let folder = tempfile::tempdir().unwrap();
        let connections = Connections::read(folder.path(), false);
        let other = Connection {
            lever: LeverPlace::Eu,
            proxy: ProxyChoice::None,
            ..Connection::default()
        };
        connections.keep(&other).unwrap();
        assert_eq!(*connections.in_use(), Connection::default());
        assert!(connections.state().needs_restart);
        assert_eq!(connections.state().chosen, other);
        let next = Connections::read(folder.path(), false);
        assert_eq!(*next.in_use(), other);
        assert!(!next.state().needs_restart);
    }

    #[test]
    fn a_damaged_file_means_the_usual_places() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), "{\"lever\": 3").unwrap();
        let read = Connections::read(folder.path(), false);
        assert_eq!(*read.in_use(), Connection::default());
    }
}
