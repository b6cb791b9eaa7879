//! What the outcome of each step of making a pad changes. Pure: the effects are the engine's.

pub mod create;
pub mod former;
pub mod job;
pub mod linking;
pub mod look;
pub mod prepare;
pub mod rebuild;
pub mod relation;
pub mod undo;
pub mod using;

use crate::change::Change;
use crate::problem::Problem;
use crate::trouble::{Cause, Trouble};

/// What the outcome of a step means.
#[derive(Debug, Default)]
pub struct Settled {
    /// What changes in the ledger, as one transaction.
    pub changes: Vec<Change>,
    /// A service that is in trouble: its gate closes.
    pub trouble: Option<Trouble>,
    /// Something that hinders one kind of step for everybody, to be told once.
    pub hindrance: Option<(Cause, Problem)>,
}

impl Settled {
    /// Only changes.
    #[must_use]
    pub fn changes(changes: Vec<Change>) -> Self {
        Self {
            changes,
            ..Self::default()
        }
    }

    /// Nothing changes but the gate.
    #[must_use]
    pub fn trouble(trouble: Trouble) -> Self {
        Self {
            trouble: Some(trouble),
            ..Self::default()
        }
    }

    /// Nothing changes but what hinders everybody.
    #[must_use]
    pub fn hindrance(cause: Cause, problem: Problem) -> Self {
        Self {
            hindrance: Some((cause, problem)),
            ..Self::default()
        }
    }
}
