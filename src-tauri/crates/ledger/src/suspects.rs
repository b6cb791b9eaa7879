//! Rows that can't be read, from when they are found until they are quarantined.

use std::cell::RefCell;
use std::collections::BTreeSet;

/// Which table a row that can't be read is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Candidacy,
    Note,
    Interview,
    Duplicate,
    Announcement,
    Hint,
}

/// Rows that were found while reading, until they are quarantined.
#[derive(Debug, Default)]
pub(super) struct Suspects(RefCell<BTreeSet<(Kind, String)>>);

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Candidacy => "candidacy",
            Self::Note => "note",
            Self::Interview => "interview",
            Self::Duplicate => "duplicate",
            Self::Announcement => "announcement",
            Self::Hint => "hint",
        }
    }
}

impl Suspects {
    pub(super) fn add(&self, kind: Kind, id: String) {
        self.0.borrow_mut().insert((kind, id));
    }

    /// What was found since this was asked last.
    pub(super) fn take(&self) -> BTreeSet<(Kind, String)> {
        self.0.take()
    }
}
