//! Random damage to the ledger's files between two runs: bytes, lengths, missing journals, older
//! copies. Never two pads for one candidacy, and no one is lost without a word.
//!
//! `PADWATCH_DAMAGE_SEED` repeats a run, `PADWATCH_DAMAGE_RUNS` sets how many there are.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use padwatch_domain::listing::ListQuery;
use padwatch_domain::problem::ProblemCode;
use padwatch_domain::settings::Settings;
use padwatch_engine::snapshot::{Condition, Snapshot};
use sandbox::{Effect, Matching, OpportunityId, Service};
use tempfile::TempDir;
use transport::{Rng as _, SeededRng};

use crate::desk::{Desk, Services};
use crate::office::{HOUR, MAKE, MINUTE, settings};
use crate::seeds::{Runs, number};

/// Runs without a wish for another number.
const RUNS: u64 = 24;
/// What happens in one.
const STEPS: usize = 14;

/// The ledger's files by their names, as a kill leaves them.
type Files = BTreeMap<String, Vec<u8>>;

const LEDGER: &str = "ledger.sqlite3";
const JOURNAL: &str = "ledger.sqlite3-wal";
const INDEX: &str = "ledger.sqlite3-shm";

struct Run {
    services: Services,
    desk: Desk,
    rng: Arc<SeededRng>,
    /// What a backup has.
    backup: Option<Files>,
    people: Vec<OpportunityId>,
    said: Vec<String>,
}

#[test]
#[ignore = "takes minutes: cargo xtask test --only long"]
fn no_damage_to_the_ledger_makes_a_second_pad_or_loses_anybody() {
    let runs = number("PADWATCH_DAMAGE_SEED")
        .map_or_else(|| Runs::of("PADWATCH_DAMAGE_RUNS", RUNS), Runs::only);
    for seed in runs.seeds() {
        println!("PADWATCH_DAMAGE_SEED={seed}");
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .start_paused(true)
            .build()
            .unwrap()
            .block_on(one(seed));
    }
}

async fn one(seed: u64) {
    let services = Services::new(12_000 + seed);
    if seed.is_multiple_of(2) {
        // No link on a profile gives a pad away that the ledger has forgotten.
        services.world.with(|world| {
            let key = world.lever.keys.values_mut().next().unwrap();
            key.missing.insert("Add opportunity links".to_owned());
        });
    }
    let desk = services.desk(wanted()).await;
    desk.watching().await;
    let mut run = Run {
        services,
        desk,
        rng: Arc::new(SeededRng::new(seed)),
        backup: None,
        people: Vec::new(),
        said: Vec::new(),
    };
    for _ in 0..STEPS {
        run = run.step().await;
        run.one_pad_each(seed);
    }
    run.services.wait(HOUR).await;
    run.go_if_off().await;
    run.services.wait(3 * HOUR).await;
    run.one_pad_each(seed);
    run.nobody_lost(seed).await;
}

fn wanted() -> Settings {
    settings(|settings| {
        settings.guards.surge_limit = 1_000;
        settings.watch.every_seconds = 120;
    })
}

fn is_off(snapshot: &Snapshot) -> bool {
    matches!(&snapshot.condition, Condition::Hindered { problem }
        if problem.code() == ProblemCode::LedgerUnusable)
}

fn files(folder: &Path) -> Files {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let named = entries.map(|entry| (entry.file_name().into_string().unwrap(), entry.path()));
    let ours = named.filter(|(name, _)| name.starts_with("ledger"));
    ours.map(|(name, path)| (name, fs::read(path).unwrap()))
        .collect()
}

fn folder_with(files: &Files) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

impl Run {
    fn pick(&self, below: usize) -> usize {
        (self.rng.fraction() * below as f64) as usize % below
    }

    async fn step(mut self) -> Self {
        match self.pick(7) {
            0 | 1 => self.somebody_comes(),
            2 => {
                let how = [Effect::DropAfter, Effect::DropBefore, Effect::CutOff];
                let how = how[self.pick(3)].clone();
                self.services.world.with(|world| {
                    let creating = Matching::of(Service::CoderPad, "POST", "/api/pads");
                    world.faults.once(creating, how);
                });
                self.somebody_comes();
            }
            3 => {
                self.said.push("backup".to_owned());
                self.backup = Some(files(self.desk.folder.path()));
            }
            4 => self.go_if_off().await,
            _ => self = self.damaged().await,
        }
        let seconds = [0, 1, 5, 40, 200, 900][self.pick(6)];
        self.services.wait(Duration::from_secs(seconds)).await;
        self
    }

    fn somebody_comes(&mut self) {
        let new = self.services.candidate("New");
        self.services.to_phone_screen(&new);
        self.said.push(format!("{new} comes"));
        self.people.push(new);
    }

    async fn go_if_off(&mut self) {
        if is_off(&self.desk.handle.snapshot()) {
            self.said.push("go".to_owned());
            self.desk.handle.go().await.unwrap();
        }
    }

    /// A kill, damage, and the next start.
    async fn damaged(mut self) -> Self {
        let mut left = files(self.desk.folder.path());
        let what = self.damage(&mut left);
        self.said.push(what);
        drop(self.desk.crash().await);
        self.desk = self.services.desk_in(folder_with(&left), wanted()).await;
        let before = self.services.count(MAKE);
        self.services.wait(MINUTE).await;
        if is_off(&self.desk.handle.snapshot()) {
            self.services.wait(10 * MINUTE).await;
            let made = self.services.count(MAKE) - before;
            assert_eq!(made, 0, "nothing before Go: {:?}", self.said);
        }
        self
    }

    fn damage(&self, files: &mut Files) -> String {
        let victim = [LEDGER, JOURNAL][self.pick(2)];
        match self.pick(6) {
            0 => {
                files.remove(JOURNAL);
                files.remove(INDEX);
                "journal deleted".to_owned()
            }
            1 => {
                files.remove(INDEX);
                "index deleted".to_owned()
            }
            2 => {
                let Some(bytes) = files.get_mut(victim) else {
                    return "nothing".to_owned();
                };
                let length = self.pick(bytes.len() + 1);
                bytes.truncate(length);
                format!("{victim} cut to {length}")
            }
            3 => {
                let Some(backup) = &self.backup else {
                    return "kill".to_owned();
                };
                for name in [LEDGER, JOURNAL, INDEX] {
                    files.remove(name);
                    if let Some(bytes) = backup.get(name) {
                        files.insert(name.to_owned(), bytes.clone());
                    }
                }
                "backup put back".to_owned()
            }
            _ => {
                let Some(bytes) = files.get_mut(victim).filter(|bytes| !bytes.is_empty()) else {
                    return "nothing".to_owned();
                };
                let many = [1, 8, 200][self.pick(3)];
                for _ in 0..many {
                    let at = self.pick(bytes.len());
                    bytes[at] = u8::try_from(self.pick(256)).unwrap();
                }
                format!("{many} bytes of {victim}")
            }
        }
    }

    fn one_pad_each(&self, seed: u64) {
        for one in &self.people {
            let pads = self.services.pads_for(one);
            assert!(pads.len() <= 1, "seed {seed}: {one}: {:?}", self.said);
        }
    }

    /// Each has a pad on the profile, or stands in the list with a reason.
    async fn nobody_lost(&self, seed: u64) {
        let query = ListQuery {
            limit: 200,
            ..ListQuery::default()
        };
        let listed = self.desk.handle.list(query).await.unwrap();
        for one in &self.people {
            let is_served = !self.services.links(one).is_empty();
            let row = listed
                .rows
                .iter()
                .find(|row| row.opportunity.as_str() == one.as_str());
            let is_told = row.is_some();
            assert!(
                is_served || is_told,
                "seed {seed}: {one} is lost: {:?}, {:?}",
                self.said,
                self.desk.handle.snapshot().condition
            );
        }
    }
}
