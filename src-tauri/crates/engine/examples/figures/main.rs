//! What the engine takes: `cargo xtask bench` reads lines such as `figure quiet_poll_requests 1`.
//!
//! `figures [--quick]`. The services are the sandbox, over real sockets on this computer. Where a
//! clock runs faster than life, times are told as that clock shows them.

mod crowds;
mod events;
#[allow(dead_code, reason = "the soak uses the rest of it")]
#[path = "../soak/host.rs"]
mod host;
mod ledger;

use std::error::Error;
use std::io::{Write as _, stdout};

use tokio::runtime::Runtime;

/// How often each figure is measured.
const RUNS: usize = 5;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let quick = std::env::args().any(|word| word == "--quick");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    if quick {
        return measure(&runtime, &[100, 1_000], 100);
    }
    for _ in 0..RUNS {
        measure(&runtime, &[100, 1_000, 10_000], 1_000)?;
    }
    Ok(())
}

fn measure(runtime: &Runtime, crowds: &[usize], at_once: usize) -> Outcome<()> {
    ledger::measure()?;
    runtime.block_on(events::measure())?;
    crowds::quiet_hour(runtime)?;
    for people in crowds {
        crowds::looked_at(runtime, *people)?;
    }
    crowds::all_at_once(runtime, at_once)
}

/// Prints a figure. Its name ends with its unit.
fn figure(name: &str, value: f64) -> Outcome<()> {
    Ok(writeln!(stdout().lock(), "figure {name} {value}")?)
}

/// The value below which so much of a hundred lies.
fn percentile(mut values: Vec<f64>, percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    values
        .get(last * percent / 100)
        .copied()
        .unwrap_or(f64::NAN)
}
