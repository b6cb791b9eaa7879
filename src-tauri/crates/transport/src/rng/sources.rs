use std::sync::Mutex;

use rand::rngs::{SmallRng, SysRng};
use rand::{Rng as _, RngExt as _, SeedableRng as _, TryRng as _};

use super::Rng;

/// The operating system's randomness.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemRng;

/// Randomness that repeats itself by its seed. For tests; never for secrets.
#[derive(Debug)]
pub struct SeededRng(Mutex<SmallRng>);

impl SeededRng {
    /// Starts from a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(SmallRng::seed_from_u64(seed)))
    }

    fn with<T>(&self, draw: impl FnOnce(&mut SmallRng) -> T) -> T {
        draw(
            &mut self
                .0
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner),
        )
    }
}

impl Rng for SystemRng {
    fn fraction(&self) -> f64 {
        rand::rng().random()
    }

    fn fill(&self, bytes: &mut [u8]) {
        // The system's source can fail in theory; the generator of this thread was seeded from it.
        if SysRng.try_fill_bytes(bytes).is_err() {
            rand::rng().fill_bytes(bytes);
        }
    }
}

impl Rng for SeededRng {
    fn fraction(&self) -> f64 {
        self.with(|rng| rng.random())
    }

    fn fill(&self, bytes: &mut [u8]) {
        self.with(|rng| rng.fill_bytes(bytes));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_its_hex_and_two_seeds_differ() {
        let hex = |seed| SeededRng::new(seed).hex(16);
        assert_eq!(hex(1).len(), 32);
        assert!(hex(1).bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_eq!(hex(1), hex(1));
        assert_ne!(hex(1), hex(2));
    }
}
