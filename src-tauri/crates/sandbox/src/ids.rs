//! Ids, and where new ones come from when something happens.

use std::fmt;

use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use serde::{Deserialize, Serialize};

/// One type for each kind of thing that has an id.
macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

id! {
    /// One person's candidacy for one job in Lever.
    OpportunityId,
    /// A person in Lever.
    ContactId,
    /// A job in Lever.
    PostingId,
    /// A stage of Lever's pipeline: a UUID, or a slug for the built-in ones.
    StageId,
    /// A user of Lever.
    UserId,
    /// Why a candidacy was archived.
    ArchiveReasonId,
    /// A note on an opportunity.
    NoteId,
    /// A webhook in Lever.
    WebhookId,
    /// A pad in CoderPad: eight capitals and digits.
    PadId,
}

/// Makes ids, and every other chance that the emulators need, from a seed.
#[derive(Debug)]
pub struct Ids {
    rng: SmallRng,
    numbers: u64,
}

/// The time of what is being done, with a source of ids.
pub(crate) struct Moment<'a> {
    /// ms since the epoch.
    pub(crate) now: i64,
    pub(crate) ids: &'a mut Ids,
}

impl Ids {
    /// Ids that repeat themselves by the seed.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self {
            rng: SmallRng::seed_from_u64(seed),
            numbers: 910_000,
        }
    }

    /// A version 4 UUID.
    pub fn uuid(&mut self) -> String {
        let bits: u128 = self.rng.random();
        let bits = bits & !(0xf << 76) & !(0x3 << 62) | (0x4 << 76) | (0x2 << 62);
        let hex = format!("{bits:032x}");
        let mut uuid = String::with_capacity(36);
        for (place, letter) in hex.chars().enumerate() {
            if matches!(place, 8 | 12 | 16 | 20) {
                uuid.push('-');
            }
            uuid.push(letter);
        }
        uuid
    }

    /// Lower-case hex of `bytes` random bytes.
    pub fn hex(&mut self, bytes: usize) -> String {
        (0..bytes)
            .map(|_| format!("{:02x}", self.rng.random::<u8>()))
            .collect()
    }

    /// Eight capitals and digits, as CoderPad names its pads.
    pub fn pad(&mut self) -> PadId {
        const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        let letter = |ids: &mut Self| {
            let place = ids.rng.random_range(0..LETTERS.len());
            LETTERS.get(place).map_or('A', |byte| char::from(*byte))
        };
        PadId((0..8).map(|_| letter(self)).collect())
    }

    /// A number that was not given before.
    pub fn number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    /// A number in `0.0..1.0`.
    pub fn unit(&mut self) -> f64 {
        self.rng.random()
    }

    /// One of `count` places, from 0. 0 as well when there is none.
    pub fn place(&mut self, count: usize) -> usize {
        if count == 0 {
            return 0;
        }
        self.rng.random_range(0..count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids_are_of_version_four_and_repeat_by_the_seed() {
        let uuid = Ids::seeded(7).uuid();
        assert_eq!(uuid, Ids::seeded(7).uuid());
        assert_eq!(uuid.len(), 36);
        assert_eq!(uuid.as_bytes()[14], b'4', "{uuid}");
        assert!(b"89ab".contains(&uuid.as_bytes()[19]), "{uuid}");
    }

    #[test]
    fn pads_are_named_by_eight_capitals_and_digits() {
        let id = Ids::seeded(1).pad();
        assert_eq!(id.as_str().len(), 8);
        assert!(
            id.as_str()
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        );
    }
}
