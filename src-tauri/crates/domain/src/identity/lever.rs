//! The Lever account that a ledger is bound to. Lever has no endpoint that names an account
//! (contracts/lever.md), but the ids of its stages are UUIDs that no other account has.

use std::collections::BTreeSet;

use lever::StageId;
use serde::{Deserialize, Serialize};
use transport::ApiRoot;

use super::{Comparison, Fingerprint, Place};

/// How many keys of the account are remembered.
const MOST_KEYS: usize = 16;
/// How many stages are remembered: an account has a few dozen.
const MOST_STAGES: usize = 500;

/// The Lever account that a ledger is bound to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LeverBinding {
    root: String,
    /// Keys that have shown this account, the newest last.
    keys: Vec<Fingerprint>,
    /// The stages that it has shown, those that other accounts have too left out.
    stages: BTreeSet<String>,
}

impl LeverBinding {
    /// Binds to the account that a key shows. `None`: it shows no stage of its own.
    #[must_use]
    pub fn to(root: &ApiRoot, key: &Fingerprint, stages: &[StageId]) -> Option<Self> {
        let stages = own_stages(stages);
        (!stages.is_empty()).then(|| Self {
            root: root.as_url().as_str().to_owned(),
            keys: vec![*key],
            stages,
        })
    }

    /// What can be told of a key before the account was read.
    #[must_use]
    pub fn compare_key(&self, root: &ApiRoot, key: &Fingerprint) -> Comparison {
        match Place::of(&self.root, root) {
            Place::Same if self.keys.contains(key) => Comparison::Same,
            Place::Same | Place::Moved => Comparison::Unknown,
            Place::Elsewhere => Comparison::Other,
        }
    }

    /// Compares the account that a key shows by its stages: one in common is proof that it is the
    /// same, and none in common that it isn't.
    #[must_use]
    pub fn compare(&self, root: &ApiRoot, key: &Fingerprint, stages: &[StageId]) -> Comparison {
        let by_key = self.compare_key(root, key);
        if by_key != Comparison::Unknown {
            return by_key;
        }
        let shown = own_stages(stages);
        if shown.is_empty() {
            Comparison::Unknown
        } else if shown.is_disjoint(&self.stages) {
            Comparison::Other
        } else {
            Comparison::Same
        }
    }

    /// Remembers what the account shows now. Returns true if that is new.
    pub fn learn(&mut self, root: &ApiRoot, key: &Fingerprint, stages: &[StageId]) -> bool {
        let before = self.clone();
        root.as_url().as_str().clone_into(&mut self.root);
        if !self.keys.contains(key) {
            self.keys.push(*key);
            let surplus = self.keys.len().saturating_sub(MOST_KEYS);
            self.keys.drain(..surplus);
        }
        // Stages that are gone still prove whose account it is, as long as there is room.
        let shown = own_stages(stages);
        if self.stages.union(&shown).count() > MOST_STAGES {
            self.stages.clear();
        }
        self.stages.extend(shown);
        *self != before
    }
}

/// The stages that only this account has. The built-in ones are words such as `applicant-new`, the
/// same everywhere.
fn own_stages(stages: &[StageId]) -> BTreeSet<String> {
    let has_digit = |id: &&StageId| id.as_str().bytes().any(|byte| byte.is_ascii_digit());
    let own = stages.iter().filter(has_digit);
    own.take(MOST_STAGES)
        .map(|id| id.as_str().to_owned())
        .collect()
}
