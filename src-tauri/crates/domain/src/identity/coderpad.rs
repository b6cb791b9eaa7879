//! The CoderPad account that a ledger is bound to: an organization, and the users of it whose keys
//! have been used.

use serde::{Deserialize, Serialize};
use transport::ApiRoot;

use super::{Comparison, Fingerprint, Place};

/// How many keys of the account are remembered.
const MOST_KEYS: usize = 32;

/// What CoderPad tells of the account behind a key. Both may be missing: `/api/user` is from 2026,
/// and what an account without an organization is answered isn't documented.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CoderpadIdentity {
    /// The user's own id.
    #[serde(default)]
    pub user: Option<String>,
    #[serde(default)]
    pub organization_id: Option<String>,
    #[serde(default)]
    pub organization: Option<String>,
}

/// The CoderPad account that a ledger is bound to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CoderpadBinding {
    root: String,
    /// The keys that have been used, the newest last.
    keys: Vec<KnownKey>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct KnownKey {
    key: Fingerprint,
    /// `None`: CoderPad was not asked, or didn't answer.
    identity: Option<CoderpadIdentity>,
}

impl CoderpadIdentity {
    /// Compares the organizations. Ids decide; without them, names.
    fn compare_organization(&self, other: &Self) -> Comparison {
        let by_id = self
            .organization_id
            .as_ref()
            .zip(other.organization_id.as_ref());
        let by_name = self.organization.as_ref().zip(other.organization.as_ref());
        match by_id.or(by_name) {
            Some((one, other)) if one == other => Comparison::Same,
            Some(_) => Comparison::Other,
            None => Comparison::Unknown,
        }
    }

    fn is_same_user(&self, other: &Self) -> bool {
        self.user.is_some() && self.user == other.user
    }
}

impl CoderpadBinding {
    /// Binds to the account of a key. Who that is may become known later.
    #[must_use]
    pub fn to(root: &ApiRoot, key: &Fingerprint, identity: Option<CoderpadIdentity>) -> Self {
        Self {
            root: root.as_url().as_str().to_owned(),
            keys: vec![KnownKey {
                key: *key,
                identity,
            }],
        }
    }

    /// What can be told of a key before the account was read.
    #[must_use]
    pub fn compare_key(&self, root: &ApiRoot, key: &Fingerprint) -> Comparison {
        let is_known = self.known(key).is_some();
        match Place::of(&self.root, root) {
            Place::Same | Place::Moved if is_known => Comparison::Same,
            Place::Same => Comparison::Unknown,
            Place::Moved | Place::Elsewhere => Comparison::Other,
        }
    }

    /// Compares the account behind a key: another organization is another account. A colleague in
    /// the same organization isn't, although they may see fewer pads.
    #[must_use]
    pub fn compare(
        &self,
        root: &ApiRoot,
        key: &Fingerprint,
        identity: &CoderpadIdentity,
    ) -> Comparison {
        let by_key = self.compare_key(root, key);
        if by_key != Comparison::Unknown {
            return by_key;
        }
        let known: Vec<&CoderpadIdentity> = self
            .keys
            .iter()
            .filter_map(|known| known.identity.as_ref())
            .collect();
        if known.iter().any(|known| known.is_same_user(identity)) {
            return Comparison::Same;
        }
        // The newest knows best: an organization can be renamed.
        known
            .iter()
            .rev()
            .map(|known| known.compare_organization(identity))
            .find(|compared| *compared != Comparison::Unknown)
            .unwrap_or(Comparison::Unknown)
    }

    /// Returns true if it was asked already whose key this is.
    #[must_use]
    pub fn knows_whose(&self, key: &Fingerprint) -> bool {
        self.known(key)
            .is_some_and(|known| known.identity.is_some())
    }

    /// Remembers a key of this account, and whose it is as far as known. Returns true if that is
    /// new.
    pub fn learn(
        &mut self,
        root: &ApiRoot,
        key: &Fingerprint,
        identity: Option<CoderpadIdentity>,
    ) -> bool {
        let before = self.clone();
        root.as_url().as_str().clone_into(&mut self.root);
        match self.keys.iter_mut().find(|known| known.key == *key) {
            Some(known) => known.identity = identity.or(known.identity.take()),
            None => self.keys.push(KnownKey {
                key: *key,
                identity,
            }),
        }
        let surplus = self.keys.len().saturating_sub(MOST_KEYS);
        self.keys.drain(..surplus);
        *self != before
    }

    /// Returns true if both keys are known to be of one user.
    #[must_use]
    pub fn is_same_user(&self, one: &Fingerprint, other: &Fingerprint) -> bool {
        let identity = |key| self.known(key).and_then(|known| known.identity.as_ref());
        identity(one)
            .zip(identity(other))
            .is_some_and(|(one, other)| one.is_same_user(other))
    }

    /// The key that the ledger was bound to first, of those that are remembered: what an older
    /// version saw, it saw with this one.
    #[must_use]
    pub fn first_key(&self) -> Option<&Fingerprint> {
        self.keys.first().map(|known| &known.key)
    }

    fn known(&self, key: &Fingerprint) -> Option<&KnownKey> {
        self.keys.iter().find(|known| known.key == *key)
    }
}
