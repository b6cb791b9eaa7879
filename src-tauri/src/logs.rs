//! Logs: a file that starts again when it is full, readable by the person alone. Nothing about a
//! candidate is logged above debug, and debug is off unless asked for.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// The largest a log file gets, in bytes.
const LARGEST: u64 = 1024 * 1024;
/// How many full files are kept.
const KEPT: u32 = 3;
/// What is logged unless `PADWATCH_LOG` says otherwise.
const USUAL: &str = "warn,padwatch=info,padwatch_engine=info,padwatch_api=info,\
                     padwatch_receiver=info,transport=info,lever=info,coderpad=info";

/// Starts logging into a folder.
///
/// # Errors
/// When the file can't be opened.
pub(crate) fn start(folder: &Path, wanted: Option<&str>) -> io::Result<()> {
    let file = RotatingFile::open(folder.join("padwatch.log"))?;
    let filter: Targets = wanted
        .and_then(|text| text.parse().ok())
        .or_else(|| USUAL.parse().ok())
        .unwrap_or_default();
    // It writes down what strangers send, addresses and all.
    let filter = filter.with_target("tiny_http", LevelFilter::OFF);
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_writer(Mutex::new(file));
    // A second start in one process can only be a test's; the first one stays.
    let _ = tracing_subscriber::registry()
        .with(filter)
        .with(lines)
        .try_init();
    Ok(())
}

/// A file that is renamed when it is full, with a few older ones beside it.
struct RotatingFile {
    path: PathBuf,
    file: File,
    written: u64,
}

impl RotatingFile {
    fn open(path: PathBuf) -> io::Result<Self> {
        let file = open_private(&path)?;
        let written = file.metadata()?.len();
        Ok(Self {
            path,
            file,
            written,
        })
    }

    fn rotate(&mut self) -> io::Result<()> {
        for age in (1..KEPT).rev() {
            // An older file that isn't there yet has nothing to move.
            let _ = fs::rename(self.aged(age), self.aged(age + 1));
        }
        fs::rename(&self.path, self.aged(1))?;
        self.file = open_private(&self.path)?;
        self.written = 0;
        Ok(())
    }

    fn aged(&self, age: u32) -> PathBuf {
        self.path.with_extension(format!("{age}.log"))
    }
}

impl Write for RotatingFile {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.written >= LARGEST {
            self.rotate()?;
        }
        let written = self.file.write(line)?;
        self.written += u64::try_from(written).unwrap_or(0);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn open_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_file_is_put_aside_and_only_a_few_are_kept() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("padwatch.log");
        let mut log = RotatingFile::open(path.clone()).unwrap();
        let block = vec![b'x'; usize::try_from(LARGEST).unwrap()];
        for _ in 0..6 {
            log.write_all(&block).unwrap();
        }
        log.write_all(b"newest").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"newest");
        let files = fs::read_dir(place.path()).unwrap().count();
        assert_eq!(files, usize::try_from(KEPT).unwrap() + 1);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_a_log() {
        use std::os::unix::fs::PermissionsExt as _;
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("padwatch.log");
        RotatingFile::open(path.clone()).unwrap();
        assert_eq!(
            fs::metadata(path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }

    #[test]
    fn the_usual_filter_can_be_read() {
        assert!(USUAL.parse::<Targets>().is_ok());
    }
}
