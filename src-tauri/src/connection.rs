//! Where the services are and how they are reached: the file that says so, which lies beside the
//! ledger, and what the command line says, which counts more.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use padwatch_api::{Connection, ConnectionState, Destinations, LeverPlace};
use transport::ApiRoot;

const FILE: &str = "connection.json";

/// The roots that count more than what is chosen.
#[derive(Debug, Clone, Default)]
pub(crate) struct Named {
    /// Lever's.
    pub(crate) lever: Option<ApiRoot>,
    /// That of Lever's EU region, beside [`Self::lever`] for the usual one.
    pub(crate) lever_eu: Option<ApiRoot>,
    /// CoderPad's.
    pub(crate) coderpad: Option<ApiRoot>,
}

/// The connection that is in use, and the one that was chosen.
pub(crate) struct Connections {
    file: PathBuf,
    named: Named,
    in_use: Mutex<InUse>,
}

#[derive(Debug, Clone)]
struct InUse {
    connection: Connection,
    /// Of Lever's and CoderPad's API.
    roots: (ApiRoot, ApiRoot),
    /// The file was there and could not be understood, and nothing was chosen since.
    is_unreadable: bool,
}

impl Connections {
    /// Reads what was chosen.
    pub(crate) fn read(folder: &Path, named: Named) -> io::Result<Self> {
        let file = folder.join(FILE);
        let read = chosen(&file);
        let is_unreadable = read.is_none();
        let connection = read.unwrap_or_default();
        let in_use = InUse {
            roots: named.roots(&connection)?,
            connection,
            is_unreadable,
        };
        Ok(Self {
            file,
            named,
            in_use: Mutex::new(in_use),
        })
    }

    /// Returns true if what was chosen could be read.
    pub(crate) fn is_readable(&self) -> bool {
        !self.now().is_unreadable
    }

    /// The one in use.
    pub(crate) fn in_use(&self) -> Connection {
        self.now().connection
    }

    /// The roots of Lever's and CoderPad's API in use: as the command line says, else as chosen.
    pub(crate) fn roots(&self) -> (ApiRoot, ApiRoot) {
        self.now().roots
    }

    /// The place of Lever's other region and its root; `None`: the one in use has no other.
    pub(crate) fn other_lever(&self) -> Option<(LeverPlace, ApiRoot)> {
        if self.named.lever.is_some() && self.named.lever_eu.is_none() {
            return None;
        }
        let in_use = self.now().connection;
        let lever = in_use.lever.other_region()?;
        let other = Connection {
            lever: lever.clone(),
            ..in_use
        };
        let (root, _) = self.named.roots(&other).ok()?;
        Some((lever, root))
    }

    /// Where keys may be sent. A key without a known origin may belong to any other place when what
    /// was chosen could not be read.
    pub(crate) fn destinations(&self) -> Destinations {
        let now = self.now();
        let (lever, coderpad) = now.roots;
        let named = (self.named.lever.is_some(), self.named.coderpad.is_some());
        let readable = (!now.is_unreadable).then_some(&now.connection);
        Destinations::new((&lever, &coderpad), named, readable)
    }

    /// How things stand now.
    pub(crate) fn state(&self) -> ConnectionState {
        let chosen = chosen(&self.file).unwrap_or_default();
        ConnectionState {
            needs_restart: chosen.proxy != self.now().connection.proxy,
            overruled: self.named.lever.is_some() || self.named.coderpad.is_some(),
            chosen,
        }
    }

    /// Keeps another one: wholly, or not at all. The services' places count at once, the proxy from
    /// the next start on.
    pub(crate) fn keep(&self, connection: &Connection) -> io::Result<()> {
        let roots = self.named.roots(connection)?;
        let text = serde_json::to_string_pretty(connection)?;
        let half = self.file.with_extension("json.new");
        let mut file = private(&half)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(half, &self.file)?;
        let mut in_use = self.in_use.lock().unwrap_or_else(PoisonError::into_inner);
        in_use.is_unreadable = false;
        in_use.roots = roots;
        in_use.connection.lever = connection.lever.clone();
        in_use.connection.coderpad = connection.coderpad.clone();
        Ok(())
    }

    fn now(&self) -> InUse {
        let in_use = self.in_use.lock();
        in_use.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Named {
    /// The roots of Lever's and CoderPad's API: as named, else as chosen.
    fn roots(&self, connection: &Connection) -> io::Result<(ApiRoot, ApiRoot)> {
        // What was kept was checked; if someone changed the file, the usual places are safe.
        let (lever, coderpad) = match connection.roots() {
            Ok(roots) => roots,
            Err(_) => Connection::default().roots().map_err(io::Error::other)?,
        };
        let region = match connection.lever {
            LeverPlace::Eu => self.lever_eu.as_ref(),
            LeverPlace::Production | LeverPlace::Sandbox | LeverPlace::Other { .. } => None,
        };
        Ok((
            region.or(self.lever.as_ref()).cloned().unwrap_or(lever),
            self.coderpad.clone().unwrap_or(coderpad),
        ))
    }
}

/// `None`: there is a file, and it does not say where the services are.
fn chosen(file: &Path) -> Option<Connection> {
    let read = match fs::read_to_string(file) {
        Ok(text) => serde_json::from_str::<Connection>(&text).map_err(io::Error::other),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Some(Connection::default()),
        Err(error) => Err(error),
    };
    // What was kept was checked; someone may have changed the file.
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
    use padwatch_api::{CoderpadPlace, ProxyChoice};

    use super::*;

    fn root(text: &str) -> ApiRoot {
        ApiRoot::parse(text).unwrap()
    }

    fn lever_host(connections: &Connections) -> String {
        connections.roots().0.host()
    }

    #[test]
    fn places_count_at_once_and_a_proxy_from_the_next_start_on() {
        let folder = tempfile::tempdir().unwrap();
        let connections = Connections::read(folder.path(), Named::default()).unwrap();
        let other = Connection {
            lever: LeverPlace::Eu,
            coderpad: CoderpadPlace::Other {
                root: "https://pads.example.test".to_owned(),
            },
            ..Connection::default()
        };
        connections.keep(&other).unwrap();
        assert_eq!(connections.in_use(), other);
        let (lever, coderpad) = connections.roots();
        assert_eq!(lever.host(), "api.eu.lever.co");
        assert_eq!(coderpad.host(), "pads.example.test");
        let destinations = connections.destinations();
        assert_eq!(destinations.lever.origin(), "https://api.eu.lever.co");
        assert!(!connections.state().needs_restart);
        let direct = Connection {
            proxy: ProxyChoice::None,
            ..other
        };
        connections.keep(&direct).unwrap();
        assert!(connections.state().needs_restart);
        assert_eq!(connections.state().chosen, direct);
        let next = Connections::read(folder.path(), Named::default()).unwrap();
        assert_eq!(next.in_use(), direct);
        assert!(!next.state().needs_restart);
    }

    #[test]
    fn the_regions_are_each_others_other_and_no_other_place_has_one() {
        let folder = tempfile::tempdir().unwrap();
        let connections = Connections::read(folder.path(), Named::default()).unwrap();
        let other = |connections: &Connections| {
            let other = connections.other_lever();
            other.map(|(place, root)| (place, root.host()))
        };
        let eu = (LeverPlace::Eu, "api.eu.lever.co".to_owned());
        assert_eq!(other(&connections), Some(eu));
        let chosen = |lever| Connection {
            lever,
            ..Connection::default()
        };
        connections.keep(&chosen(LeverPlace::Eu)).unwrap();
        let production = (LeverPlace::Production, "api.lever.co".to_owned());
        assert_eq!(other(&connections), Some(production));
        connections.keep(&chosen(LeverPlace::Sandbox)).unwrap();
        assert_eq!(other(&connections), None);
    }

    #[test]
    fn what_the_command_line_names_counts_more_than_what_is_chosen() {
        let folder = tempfile::tempdir().unwrap();
        let eu = Connection {
            lever: LeverPlace::Eu,
            ..Connection::default()
        };
        let named = Named {
            lever: Some(root("http://127.0.0.1:1/v1")),
            ..Named::default()
        };
        let connections = Connections::read(folder.path(), named.clone()).unwrap();
        connections.keep(&eu).unwrap();
        assert!(connections.state().overruled);
        assert_eq!(lever_host(&connections), "127.0.0.1:1");
        assert_eq!(connections.other_lever(), None);
        let both = Named {
            lever_eu: Some(root("http://127.0.0.1:2/v1")),
            ..named
        };
        let connections = Connections::read(folder.path(), both).unwrap();
        assert_eq!(lever_host(&connections), "127.0.0.1:2");
        let (place, other) = connections.other_lever().unwrap();
        assert_eq!(place, LeverPlace::Production);
        assert_eq!(other.host(), "127.0.0.1:1");
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
            let read = Connections::read(folder.path(), Named::default()).unwrap();
            assert_eq!(read.in_use(), Connection::default());
            assert!(!read.is_readable(), "{damaged}");
            assert!(!read.destinations().lever.accepts(None));
            read.keep(&Connection::default()).unwrap();
            assert!(read.is_readable(), "chosen again");
        }
        let folder = tempfile::tempdir().unwrap();
        let read = Connections::read(folder.path(), Named::default()).unwrap();
        assert!(read.is_readable());
        assert!(read.destinations().lever.accepts(None));
    }
}
