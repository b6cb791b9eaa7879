//! What was asked of the services, for tests to check.

use std::collections::{BTreeMap, VecDeque};

use serde::Serialize;

use crate::incoming::{Incoming, Service};

/// So many requests are remembered one by one; the counts continue.
const REMEMBERED: usize = 50_000;

/// The words that stand in paths. Whatever else stands there is an id.
const WORDS: &str = "v1 api opportunities deleted stages tags users postings interviews panels notes \
    files webhooks addTags removeTags addLinks removeLinks pads events pad_environments quota \
    organization questions user playback history.json environmentFiles candidates";

/// One request and what came of it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Counts up from 1.
    pub number: u64,
    /// ms since the epoch.
    pub at: i64,
    /// Who was asked.
    pub service: Service,
    /// The HTTP method.
    pub method: String,
    /// The path as it came.
    pub path: String,
    /// The query as it came.
    pub query: String,
    /// What the caller saw. `None`: nothing, because the connection closed.
    pub status: Option<u16>,
    /// Whether anything in the service is different afterwards.
    pub changed: bool,
    /// The fault that struck, by its rule's name.
    pub fault: Option<String>,
}

/// The requests, newest last.
#[derive(Debug, Default)]
pub struct Journal {
    entries: VecDeque<Entry>,
    numbers: u64,
    counts: BTreeMap<String, u64>,
    violations: Vec<String>,
}

impl Journal {
    /// The remembered requests, oldest first.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter()
    }

    /// How often each kind of request came, such as `POST /v1/opportunities/:id/addLinks`.
    #[must_use]
    pub fn counts(&self) -> &BTreeMap<String, u64> {
        &self.counts
    }

    /// How often one kind of request came.
    #[must_use]
    pub fn count(&self, kind: &str) -> u64 {
        self.counts.get(kind).copied().unwrap_or_default()
    }

    /// All requests to one service.
    #[must_use]
    pub fn requests_to(&self, service: Service) -> usize {
        self.entries
            .iter()
            .filter(|entry| entry.service == service)
            .count()
    }

    /// What no well-behaved client may do: a key where it must not go.
    #[must_use]
    pub fn violations(&self) -> &[String] {
        &self.violations
    }

    /// Forgets everything but the violations.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.counts.clear();
    }

    pub(crate) fn violation(&mut self, what: String) {
        self.violations.push(what);
    }

    pub(crate) fn write(&mut self, service: Service, incoming: &Incoming, outcome: Outcome) {
        self.numbers += 1;
        *self.counts.entry(kind(incoming)).or_default() += 1;
        if self.entries.len() == REMEMBERED {
            self.entries.pop_front();
        }
        self.entries.push_back(Entry {
            number: self.numbers,
            at: outcome.at,
            service,
            method: incoming.method.to_string(),
            path: incoming.path.clone(),
            query: incoming.query.to_text(),
            status: outcome.status,
            changed: outcome.changed,
            fault: outcome.fault,
        });
    }
}

/// What came of a request.
pub(crate) struct Outcome {
    pub(crate) at: i64,
    pub(crate) status: Option<u16>,
    pub(crate) changed: bool,
    pub(crate) fault: Option<String>,
}

/// Method and path with the ids left out.
fn kind(incoming: &Incoming) -> String {
    let mut kind = incoming.method.to_string();
    kind.push(' ');
    for segment in incoming.path.trim_matches('/').split('/') {
        kind.push('/');
        kind.push_str(if WORDS.split(' ').any(|word| word == segment) {
            segment
        } else {
            ":id"
        });
    }
    kind
}
