//! The marker: what ties a pad to the intent it was made from.
//!
//! CoderPad has no idempotency key and no client reference, but it lists each pad's hidden notes
//! (contracts/coderpad.md, 2.10). So every intent carries a fresh random marker, and the marker
//! stands in the notes of the pad that the intent leads to.

use std::fmt;

use lever::OpportunityId;
use serde::{Deserialize, Serialize};
use transport::Rng;

const PREFIX: &str = "padwatch:";
const RANDOM_BYTES: usize = 16;

/// A marker: which opportunity, and which of the attempts for it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Marker {
    pub opportunity: OpportunityId,
    /// 128 random bits in hexadecimal.
    attempt: String,
}

impl Marker {
    /// A marker that no one has used before.
    #[must_use]
    pub fn fresh(opportunity: OpportunityId, rng: &dyn Rng) -> Self {
        Self {
            opportunity,
            attempt: rng.hex(RANDOM_BYTES),
        }
    }

    /// All markers in the notes of a pad. Usually one or none; people may have added text.
    #[must_use]
    pub fn all_in(notes: &str) -> Vec<Self> {
        notes
            .split(|letter: char| letter.is_whitespace() || "<>()[]`*_\"'".contains(letter))
            .filter_map(Self::parse)
            .collect()
    }

    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (opportunity, attempt) = text.strip_prefix(PREFIX)?.split_once(':')?;
        let random = attempt.len() == 2 * RANDOM_BYTES
            && attempt
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let opportunity = OpportunityId::parse_shape(opportunity)?;
        random.then(|| Self {
            opportunity,
            attempt: attempt.to_owned(),
        })
    }
}

impl fmt::Display for Marker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}:{}", self.opportunity, self.attempt)
    }
}

#[cfg(test)]
mod tests {
    use transport::SeededRng;

    use super::*;

    fn marker(seed: u64) -> Marker {
        Marker::fresh(
            OpportunityId::new("11111111-1111-4111-8111-111111111111"),
            &SeededRng::new(seed),
        )
    }

    #[test]
    fn a_marker_is_found_again_among_other_notes() {
        let (one, two) = (marker(1), marker(2));
        assert_ne!(one, two);
        let notes = format!("Ask about *graphs*.\n\nFor https://hire.lever.co/x\n`{one}`\n({two})");
        assert_eq!(Marker::all_in(&notes), [one, two]);
    }

    #[test]
    fn what_only_looks_like_a_marker_is_none() {
        for text in [
            "",
            "padwatch:",
            "padwatch:a",
            "padwatch:a:00",
            "padwatch:a b:0",
            "other:a:00",
        ] {
            assert_eq!(Marker::all_in(text), [], "{text}");
        }
        let short = marker(1).to_string();
        assert_eq!(Marker::parse(&short[..short.len() - 1]), None);
        assert_eq!(Marker::parse(&short.to_uppercase()), None);
    }
}
