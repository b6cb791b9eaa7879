//! Throws random and mutated requests at what decides about them:
//! `cargo run --release -p padwatch-receiver --example fuzz -- --inputs 1000000 --seed 7`.
//! Prints one JSON line: the seed, the inputs, and how many of them ended where.

mod inputs;

use std::error::Error;
use std::io::Write as _;

use inputs::Fate;
use serde_json::json;
use transport::{Rng as _, SystemRng};

fn main() -> Result<(), Box<dyn Error>> {
    let inputs: usize = option("--inputs")?.unwrap_or(1_000_000);
    let seed = match option("--seed")? {
        Some(seed) => seed,
        None => any_seed(),
    };
    let mut out = std::io::stdout();
    writeln!(out, "{}", json!({ "seed": seed, "inputs": inputs }))?;
    let fates = inputs::try_inputs(seed, inputs)?;
    let counted: serde_json::Map<_, _> = fates
        .iter()
        .map(|(fate, count)| (name(fate), json!(count)))
        .collect();
    writeln!(
        out,
        "{}",
        json!({ "seed": seed, "inputs": inputs, "fates": counted })
    )?;
    Ok(())
}

fn name(fate: &Fate) -> String {
    match fate {
        Fate::Refused(reason) => reason.clone(),
        other => format!("{other:?}"),
    }
}

/// The number that stands after a name on the command line.
fn option<N>(name: &str) -> Result<Option<N>, N::Err>
where
    N: std::str::FromStr,
{
    let mut words = std::env::args().skip_while(|word| word != name).skip(1);
    words.next().map(|word| word.parse()).transpose()
}

fn any_seed() -> u64 {
    let mut bytes = [0; 8];
    SystemRng.fill(&mut bytes);
    u64::from_le_bytes(bytes)
}
