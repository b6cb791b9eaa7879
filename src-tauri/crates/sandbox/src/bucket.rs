//! A token bucket, as services keep one for each key.

/// How much of the allowance is left.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bucket {
    used: f64,
    at: i64,
}

impl Bucket {
    /// Takes one request out, if there is one. `now` in ms.
    pub(crate) fn take(&mut self, burst: f64, per_second: f64, now: i64) -> bool {
        let waited = f64::from(u32::try_from(now.saturating_sub(self.at)).unwrap_or(u32::MAX));
        self.used = (self.used - waited / 1000.0 * per_second).max(0.0);
        self.at = now;
        if self.used + 1.0 > burst {
            return false;
        }
        self.used += 1.0;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_burst_is_used_up_and_comes_back_with_time() {
        let mut bucket = Bucket::default();
        let passed = (0..30).filter(|_| bucket.take(20.0, 10.0, 1_000)).count();
        assert_eq!(passed, 20);
        let passed = (0..30).filter(|_| bucket.take(20.0, 10.0, 1_500)).count();
        assert_eq!(passed, 5);
    }
}
