/// Where chance comes from, passed in so that tests can repeat a run by its seed.
pub trait Chance: Send + Sync {
    /// A number in `0.0..1.0`, for jitter.
    fn unit(&self) -> f64;
    /// Fills the bytes, for markers and secrets.
    fn fill(&self, bytes: &mut [u8]);
}
