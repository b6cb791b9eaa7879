//! 64 dripping clients and 1,000 forged requests a second against a receiver, 20 honest events a
//! second measured: `cargo run --release -p padwatch-receiver --example load -- --seconds 30`.
//! Prints one JSON line: acknowledgement times in ms, and resident memory in KB.

mod storm;
#[path = "../../tests/support/mod.rs"]
mod support;

use std::error::Error;
use std::io::Write as _;
use std::time::Duration;

use storm::Storm;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args()
        .skip_while(|word| word != "--seconds")
        .skip(1);
    let seconds = words.next().map_or(Ok(30), |word| word.parse())?;
    let storm = Storm {
        lasting: Duration::from_secs(seconds),
        dripping: 64,
        forged: 1_000,
        honest: 20,
    };
    let measured = storm.rage().await?;
    writeln!(std::io::stdout(), "{}", measured.as_json())?;
    Ok(())
}
