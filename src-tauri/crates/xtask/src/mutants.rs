use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::{cargo, programs, say};

/// The crates whose tests have to notice a change of the code.
const PACKAGES: [&str; 4] = [
    "--package",
    "padwatch-domain",
    "--package",
    "padwatch-ledger",
];

/// So many are tried in about an hour on two cores.
const MOST: u64 = 200;

/// The least that must be caught, in percent of those that compile.
const BUDGET: f64 = 95.0;

/// Which mutants are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sample {
    /// At most about so many; [`MOST`] if not given.
    pub(crate) most: Option<u64>,
    /// Chooses them; of this moment if not given.
    pub(crate) seed: Option<u64>,
}

/// Changes the code of `domain` and `ledger` in one place after another, and fails if too few of
/// the changes fail a test. Where there are more than fit into an hour, every n-th is tried; the
/// seed says from which on.
pub(crate) fn run(project: &Project, sample: Sample) -> Result<()> {
    say::heading("Mutants of domain and ledger");
    install(project)?;
    let listed = programs::answer(mutants(project).arg("--list"))?;
    let total = lines(&listed.context("cargo-mutants can't list the mutants")?).len();
    let seed = sample.seed.map_or_else(seed_of_now, Ok)?;
    let shards = shards(u64::try_from(total)?, sample.most.unwrap_or(MOST));
    let shard = seed % shards;
    say::line(format_args!(
        "{total} mutants, of which part {shard} of {shards} is tried (--seed {seed})"
    ));

    let folder = project.built("mutants");
    let results = folder.join("mutants.out");
    if results.exists() {
        fs::remove_dir_all(&results)?;
    }
    fs::create_dir_all(&folder)?;
    let mut tried = mutants(project);
    tried
        .args(["--sharding", "round-robin", "--no-shuffle", "--output"])
        .arg(&folder)
        .args(["--shard", &format!("{shard}/{shards}")]);
    // It also fails where mutants escaped: what it wrote tells the two apart.
    let ended = programs::run(&mut tried);
    let result = Tally::read(&results)?;
    if result.viable() == 0 {
        ended?;
        bail!("no mutant could be tried");
    }
    say::line(format_args!(
        "{:.1} % caught (--seed {seed})",
        result.percent()
    ));
    for mutant in &result.escaped {
        say::line(format_args!("escaped: {mutant}"));
    }
    if result.percent() < BUDGET {
        bail!("less than {BUDGET} % of the mutants were caught");
    }
    Ok(())
}

fn mutants(project: &Project) -> Command {
    let mut command = cargo::cargo(project);
    command.arg("mutants").args(PACKAGES);
    command
}

fn install(project: &Project) -> Result<()> {
    if programs::answer(Command::new("cargo-mutants").args(["mutants", "--version"]))?.is_some() {
        return Ok(());
    }
    let mut install = cargo::cargo(project);
    programs::run(install.args(["install", "--locked", "cargo-mutants"]))
}

#[expect(
    clippy::disallowed_methods,
    reason = "a new seed for each run, which is printed"
)]
fn seed_of_now() -> Result<u64> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())
}

/// Into how many parts `total` mutants are divided, so that one has about `most` of them.
fn shards(total: u64, most: u64) -> u64 {
    total.div_ceil(most.max(1)).max(1)
}

/// What became of the mutants. One that makes a test hang is caught as well.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    caught: u32,
    escaped: Vec<String>,
}

impl Tally {
    fn read(results: &Path) -> Result<Self> {
        let of = |name: &str| -> Result<Vec<String>> {
            let path = results.join(name);
            if path.exists() {
                Ok(lines(&fs::read_to_string(path)?))
            } else {
                Ok(Vec::new())
            }
        };
        Ok(Self {
            caught: u32::try_from(of("caught.txt")?.len() + of("timeout.txt")?.len())?,
            escaped: of("missed.txt")?,
        })
    }

    /// Those that compile.
    fn viable(&self) -> u32 {
        u32::try_from(self.escaped.len())
            .unwrap_or(u32::MAX)
            .saturating_add(self.caught)
    }

    fn percent(&self) -> f64 {
        f64::from(self.caught) * 100.0 / f64::from(self.viable().max(1))
    }
}

fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_holds_about_as_many_as_are_wanted() {
        assert_eq!(shards(0, 200), 1);
        assert_eq!(shards(200, 200), 1);
        assert_eq!(shards(201, 200), 2);
        assert_eq!(shards(1000, 60), 17);
        assert_eq!(shards(10, 0), 10);
    }

    #[test]
    fn hanging_mutants_count_as_caught_and_unviable_ones_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("caught.txt", "a\nb\n");
        write("timeout.txt", "c\n");
        write("missed.txt", "d\n");
        write("unviable.txt", "e\nf\n");
        let tally = Tally::read(folder.path()).unwrap();
        assert_eq!((tally.viable(), tally.percent()), (4, 75.0));
        assert_eq!(tally.escaped, ["d"]);
    }
}
