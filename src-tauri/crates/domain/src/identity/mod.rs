//! Which account everything in the ledger belongs to. Pure.
//!
//! State belongs to accounts: a pad that another account's key can't see isn't gone, and a
//! candidate whom another account doesn't list hasn't left. So the ledger is bound to the Lever
//! account and the CoderPad account that it was first used with, and every pad and intent
//! remembers the key that saw it last.
//!
//! Neither service names an account in each of its answers. Two keys are of one account when their
//! [`Fingerprint`]s are the same; otherwise the account is told from what it shows: the ids of
//! Lever's stages, CoderPad's organization and user. What shows neither is [`Comparison::Unknown`],
//! and nothing is concluded from it.

mod coderpad;
mod fingerprint;
mod lever;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use transport::ApiRoot;

pub use self::coderpad::{CoderpadBinding, CoderpadIdentity};
pub use self::fingerprint::{Fingerprint, Salt};
pub use self::lever::LeverBinding;

/// How an account compares with the one that the ledger is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// The same account for sure, or the ledger isn't bound yet.
    Same,
    /// Another account for sure.
    Other,
    /// Not known: it showed nothing that could be compared.
    Unknown,
}

/// The accounts that a ledger is bound to, as the ledger keeps them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bindings {
    /// What this ledger's fingerprints are salted with.
    pub salt: Salt,
    /// The Lever account. `None`: Lever has not answered yet.
    #[serde(default)]
    pub lever: Option<LeverBinding>,
    /// The CoderPad account. `None`: CoderPad has not answered yet.
    #[serde(default)]
    pub coderpad: Option<CoderpadBinding>,
}

impl Bindings {
    /// Bound to nothing yet.
    #[must_use]
    pub fn unbound(salt: Salt) -> Self {
        Self {
            salt,
            lever: None,
            coderpad: None,
        }
    }

    /// Returns true if what a key doesn't see now was there for the same user before. `seen_by` is
    /// the key that saw it last; what an older version saw (`was_shown`), it saw with the key that
    /// the ledger was bound to first.
    #[must_use]
    pub fn is_own(
        &self,
        seen_by: Option<Fingerprint>,
        was_shown: bool,
        reader: Fingerprint,
    ) -> bool {
        let first = || {
            let bound = self.coderpad.as_ref().filter(|_| was_shown);
            bound.and_then(CoderpadBinding::first_key).copied()
        };
        seen_by
            .or_else(first)
            .is_some_and(|before| self.is_same_reader(&before, &reader))
    }

    /// Returns true if both keys read as the same CoderPad user. Of two keys whose users aren't
    /// known it can't be told, so they don't.
    #[must_use]
    pub fn is_same_reader(&self, one: &Fingerprint, other: &Fingerprint) -> bool {
        one == other
            || self
                .coderpad
                .as_ref()
                .is_some_and(|bound| bound.is_same_user(one, other))
    }
}

/// How the root that is asked now relates to the one that was bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The same root.
    Same,
    /// Another root, and both are on this computer: imitations and tunnels, whose port changes
    /// with every start. The account itself has to tell.
    Moved,
    /// Another service.
    Elsewhere,
}

impl Place {
    fn of(bound: &str, now: &ApiRoot) -> Self {
        let is_local = |root: &str| ApiRoot::parse(root).is_ok_and(|root| root.is_loopback());
        if now.as_url().as_str() == bound {
            Self::Same
        } else if now.is_loopback() && is_local(bound) {
            Self::Moved
        } else {
            Self::Elsewhere
        }
    }
}
