mod sources;

pub use sources::{SeededRng, SystemRng};

/// Randomness, passed in so that tests can repeat a run by its seed.
pub trait Rng: Send + Sync {
    /// A number in `0.0..1.0`, for jitter.
    fn fraction(&self) -> f64;
    /// Fills the bytes, for markers and secrets.
    fn fill(&self, bytes: &mut [u8]);
    /// This many random bytes, as two lower-case hex digits each.
    fn hex(&self, bytes: usize) -> String {
        let mut drawn = vec![0; bytes];
        self.fill(&mut drawn);
        drawn.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
