//! The file that says where the services are and how they are reached. It lies beside the ledger.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use padwatch_api::{Connection, ConnectionState};

const FILE: &str = "connection.json";

/// The connection that is in use, and the one that was chosen.
pub(crate) struct Connections {
    file: PathBuf,
    in_use: Connection,
    /// The file was there and could not be understood at the start.
    is_unreadable: bool,
    overruled: bool,
}

impl Connections {
    /// Reads what was chosen. `overruled`: the command line says something else.
    pub(crate) fn read(folder: &Path, overruled: bool) -> Self {
        let file = folder.join(FILE);
        let read = chosen(&file);
        Self {
            is_unreadable: read.is_none(),
            in_use: read.unwrap_or_default(),
            file,
            overruled,
        }
    }

    /// What was chosen and is in use; `None`: that could not be read. A key without a known origin
    /// may belong to any other place then.
    pub(crate) fn readable(&self) -> Option<&Connection> {
        (!self.is_unreadable).then_some(&self.in_use)
    }

    /// The one in use.
    pub(crate) fn in_use(&self) -> &Connection {
        &self.in_use
    }

    /// How things stand now.
    pub(crate) fn state(&self) -> ConnectionState {
        let chosen = chosen(&self.file).unwrap_or_default();
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

/// `None`: there is a file, and it does not say where the services are.
fn chosen(file: &Path) -> Option<Connection> {
    let read = match fs::read_to_string(file) {
        Ok(text) => serde_json::from_str::<Connection>(&text).map_err(io::Error::other),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Some(Connection::default()),
        Err(error) => Err(error),
    };
    // What was kept was checked; somebody may have changed the file.
    match read.map(|read| (read.roots().is_ok(), read)) {
        Ok((true, read)) => Some(read),
        Ok((false, _)) => {
            tracing::warn!("the connection names an address that can't be used");
            None
        }
        Err(error) => {
            tracing::warn!(%error, "the connection could not be read");
            None
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
    use padwatch_api::{LeverPlace, ProxyChoice};

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
    fn a_damaged_file_means_the_usual_places_and_is_not_believed() {
        for damaged in [
            "{\"lever\": 3",
            "",
            r#"{"lever": {"kind": "mars"}}"#,
            r#"{"lever": {"kind": "other", "root": "http://evil.test"}}"#,
        ] {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join(FILE), damaged).unwrap();
            let read = Connections::read(folder.path(), false);
            assert_eq!(*read.in_use(), Connection::default());
            assert_eq!(read.readable(), None, "{damaged}");
        }
        let folder = tempfile::tempdir().unwrap();
        let read = Connections::read(folder.path(), false);
        assert_eq!(read.readable(), Some(&Connection::default()));
    }
}
