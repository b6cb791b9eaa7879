//! What a part of a note is known by in Lever, which has no key against doing things twice.

use std::fmt;

use serde::{Deserialize, Serialize};
use transport::Rng;

const PREFIX: &str = "padwatch-note-";
const RANDOM_BYTES: usize = 16;

/// The marker of one part: a random text that no one else writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NoteMarker(String);

impl NoteMarker {
    /// A marker that no one has used before.
    #[must_use]
    pub fn fresh(rng: &dyn Rng) -> Self {
        Self(rng.hex(RANDOM_BYTES))
    }

    /// The random part, for the name of a file.
    #[must_use]
    pub fn random(&self) -> &str {
        &self.0
    }

    /// Returns true if it stands in a text.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        text.contains(&self.0)
    }
}

impl fmt::Display for NoteMarker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use transport::SeededRng;

    use super::*;

    #[test]
    fn a_marker_is_found_in_a_note_and_another_is_not() {
        let rng = SeededRng::new(1);
        let (one, two) = (NoteMarker::fresh(&rng), NoteMarker::fresh(&rng));
        let note = format!("Interview\n\n({one})");
        assert!(one.is_in(&note));
        assert!(!two.is_in(&note));
        assert!(one.is_in(&format!("code-{}.txt", one.random())));
    }
}
