//! The ledger on real files: what it finds when it is opened, what it lists, what it forgets.

mod age;
mod beginning;
mod candidates;
mod care;
mod files;
mod forgetting;
mod listing;
mod migration;
mod notes;
mod pads;
mod persons;
mod quarantine;
mod queue;
mod upcoming;
mod waiting;
mod writing;

use std::path::PathBuf;

use coderpad::PadId;
use lever::{ContactId, OpportunityId, PostingId};
use tempfile::TempDir;

use super::Ledger;
use padwatch_domain::activity::Activity;
use padwatch_domain::calendar::Today;
use padwatch_domain::candidacy::{Candidacy, Seen};
use padwatch_domain::change::{Change, Trigger};
use padwatch_domain::lifecycle::{Consent, LedgerPad, Lifecycle, Linking, Origin};
use padwatch_domain::reason::Reason;

const NOW_MS: i64 = 1_772_532_000_000;

/// Noon.
const TODAY: Today = Today {
    since_ms: NOW_MS - 12 * 3_600_000,
    until_ms: NOW_MS + 12 * 3_600_000,
};

/// A folder with the ledger's file in it.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn ledger(&self) -> PathBuf {
        self.0.path().join("ledger.sqlite3")
    }

    fn open(&self) -> Ledger {
        Ledger::open(&self.ledger(), NOW_MS).unwrap().0
    }

    /// The names of all files whose name begins so.
    fn files(&self, prefix: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| name.starts_with(prefix)).collect();
        names.sort();
        names
    }

    /// All bytes of all files.
    fn bytes(&self) -> Vec<u8> {
        let names = self.files("");
        let read = |name: &String| std::fs::read(self.0.path().join(name)).unwrap();
        names.iter().flat_map(read).collect()
    }
}

fn eligible() -> Lifecycle {
    Lifecycle::Eligible {
        consent: Consent::Rules,
    }
}

fn pad(id: &str) -> LedgerPad {
    LedgerPad {
        playback: None,
        id: PadId::parse(id).unwrap(),
        link: format!("https://app.coderpad.io/{id}"),
        origin: Origin::Made,
        since_ms: NOW_MS,
        beside: Vec::new(),
    }
}

fn created(id: &str) -> Lifecycle {
    Lifecycle::Created {
        pad: pad(id),
        linking: Linking::default(),
    }
}

fn row(id: &str, name: &str, life: Lifecycle) -> Candidacy {
    let seen = Seen {
        contact: Some(ContactId::new(format!("contact-{id}"))),
        name: name.to_owned(),
        posting: Some(PostingId::new("backend")),
        posting_title: "Backend Engineer".to_owned(),
        ..Seen::default()
    };
    Candidacy::noticed(
        OpportunityId::new(id),
        seen,
        life,
        Reason::UserCreated,
        NOW_MS,
    )
}

fn noticed(row: Candidacy) -> Change {
    Change::Moved {
        row: Box::new(row),
        what: Activity::Noticed,
        trigger: Trigger::Poll,
    }
}
