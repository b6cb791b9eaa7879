//! How many runs a seeded test has: all of them, or as many as fit into a time.
//!
//! `PADWATCH_SEEDED_SECONDS` sets that time for each test, as `cargo xtask test` does; with `--all`
//! it doesn't.
#![allow(dead_code, reason = "each test uses its own part of this")]

use std::time::{Duration, Instant, SystemTime};

/// The runs of one test.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Runs {
    first_seed: u64,
    all: u64,
    until: Option<Instant>,
}

impl Runs {
    /// The one with this seed.
    pub(crate) fn only(seed: u64) -> Self {
        Self {
            first_seed: seed,
            all: 1,
            until: None,
        }
    }

    /// As many as the variable says, else as fit into the time that is set, else all.
    pub(crate) fn of(variable: &str, all: u64) -> Self {
        let wanted = number(variable);
        let seconds = number("PADWATCH_SEEDED_SECONDS").filter(|_| wanted.is_none());
        Self {
            first_seed: 0,
            all: wanted.unwrap_or(all),
            until: seconds.map(|time| Instant::now() + Duration::from_secs(time)),
        }
    }

    /// Returns true while another run is due after so many. The first always is.
    pub(crate) fn is_due(self, done: u64) -> bool {
        done < self.all && (done == 0 || self.has_time())
    }

    /// Returns true until the time that is set is over.
    pub(crate) fn has_time(self) -> bool {
        self.until.is_none_or(|until| Instant::now() < until)
    }

    /// How many there are if the time allows it.
    pub(crate) fn most(self) -> u64 {
        self.all
    }

    /// The seeds of the runs. Where not all fit, each time begins with another one of them.
    pub(crate) fn seeds(self) -> impl Iterator<Item = u64> {
        let skipped = if self.until.is_some() { drawn() } else { 0 };
        (0..self.all)
            .take_while(move |&done| self.is_due(done))
            .map(move |done| self.first_seed + (skipped + done) % self.all)
    }

    /// How many runs there are, where that has to be known beforehand: all, or a few.
    pub(crate) fn or_a_few(self, few: u64) -> u64 {
        if self.until.is_some() { few } else { self.all }
    }
}

/// The number in a variable of the environment.
pub(crate) fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// A seed that is another one each time.
pub(crate) fn drawn() -> u64 {
    let now = SystemTime::UNIX_EPOCH.elapsed();
    now.map_or(1, |time| time.as_secs())
}
