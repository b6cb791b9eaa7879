use std::sync::Arc;
use std::time::{Duration, Instant};

use sandbox::{Candidate, Entry, Options, Running, Service, World, accounts, serve_by};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use transport::{Clock as _, FastClock, SystemClock};

use super::host::Host;
use super::{Outcome, figure};

/// Lever's pace makes readings of many people long: the clock of both sides runs so much faster.
const FAST: u32 = 10;
/// Between two readings of Lever nothing is asked for longer than this, in ms of their clock.
const GAP_MS: i64 = 8_000;
/// Requests to Lever: so many a second, after so many at once.
const PACE: (f64, f64) = (5.0, 10.0);
const LIST: &str = "/v1/opportunities";
const PATIENCE: Duration = Duration::from_secs(300);

/// How much is asked in an hour in which nothing happens.
pub(super) fn quiet_hour(runtime: &Runtime) -> Outcome<()> {
    const HOURLY: u32 = 100;
    let office = Office::open(runtime, HOURLY, 0)?;
    office.until("a first reading", |world| {
        world.journal.count(&listing()) >= 3
    })?;
    office.with(|world| world.journal.clear());
    std::thread::sleep(Duration::from_secs(3_600) / HOURLY);
    let asked = |world: &mut World, service| world.journal.requests_to(service) as f64;
    figure(
        "quiet_hour_lever_requests",
        office.with(|world| asked(world, Service::Lever)),
    )?;
    figure(
        "quiet_hour_coderpad_requests",
        office.with(|world| asked(world, Service::CoderPad)),
    )
}

/// So many people are in the stage: what the first and every later reading of them takes.
pub(super) fn looked_at(runtime: &Runtime, people: usize) -> Outcome<()> {
    let office = Office::open(runtime, FAST, people)?;
    office.until("three readings", |world| readings(world).len() >= 4)?;
    let readings = office.with(|world| readings(world));
    // The last may still continue.
    let [first, .., later, _] = readings.as_slice() else {
        return Err("too few readings".into());
    };
    let name = |what: &str| format!("poll_{people}_{what}");
    figure(&name("first_requests"), first.requests)?;
    figure(&name("first_s"), first.seconds)?;
    figure(&name("requests"), later.requests)?;
    figure(&name("s"), later.seconds)?;
    if people == 100 {
        figure("quiet_poll_requests", later.requests)?;
    }
    figure(&name("memory_bytes"), office.host.footprint()?.bytes as f64)
}

/// So many people come at once, and that is allowed: how long it takes until all have their pads,
/// beside the time that Lever's pace alone would take for the same requests.
pub(super) fn all_at_once(runtime: &Runtime, people: usize) -> Outcome<()> {
    let office = Office::open(runtime, FAST, 0)?;
    office.until("a first reading", |world| {
        world.journal.count(&listing()) >= 2
    })?;
    office.with(|world| world.journal.clear());
    let begun = Instant::now();
    office.with(|world| add(world, people))?;
    office.until("a pad for each", |world| {
        world.pads_by_opportunity().len() == people
            && world.journal.count("POST /v1/opportunities/:id/addLinks") as usize >= people
    })?;
    let seconds = begun.elapsed().as_secs_f64() * f64::from(FAST);
    let requests = office.with(|world| world.journal.requests_to(Service::Lever)) as f64;
    let pads = office.with(|world| world.pads_by_opportunity().values().sum::<usize>());
    if pads != people {
        return Err(format!("{pads} pads for {people} people").into());
    }
    let name = |what: &str| format!("at_once_{people}_{what}");
    figure(&name("s"), seconds)?;
    figure(&name("pace_alone_s"), (requests - PACE.1).max(0.0) / PACE.0)?;
    figure(&name("lever_requests"), requests)?;
    figure("lever_requests_per_second", requests / seconds)?;
    figure(&name("memory_bytes"), office.host.footprint()?.bytes as f64)
}

/// Services with people, and the headless host on them.
struct Office {
    sandbox: Running,
    host: Host,
    _folder: TempDir,
}

impl Office {
    fn open(runtime: &Runtime, fast: u32, people: usize) -> Outcome<Self> {
        let mut world = accounts(1);
        world.coderpad.quota.limit = 1_000_000;
        let since_ms = SystemClock::new().now_ms();
        let clock = Arc::new(FastClock::running_since(since_ms, fast));
        let sandbox = runtime.block_on(serve_by(world, Options::default(), clock))?;
        sandbox.world.with(|world| add(world, people))?;
        let folder = tempfile::tempdir()?;
        let program = std::env::current_exe()?.with_file_name("headless");
        let settings = r#"{"guards": {"surgeLimit": 1000000}}"#;
        let times = (fast, since_ms);
        let host = Host::start(&program, folder.path(), &sandbox.addresses, times, settings)?;
        Ok(Self {
            sandbox,
            host,
            _folder: folder,
        })
    }

    fn with<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        self.sandbox.world.with(look)
    }

    fn until(&self, what: &str, is_so: impl Fn(&mut World) -> bool) -> Outcome<()> {
        let begun = Instant::now();
        while !self.with(&is_so) {
            if begun.elapsed() > PATIENCE {
                return Err(format!("never {what}").into());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

fn listing() -> String {
    format!("GET {LIST}")
}

fn add(world: &mut World, people: usize) -> Outcome<()> {
    for number in 0..people {
        world.add_candidate(Candidate {
            name: format!("Candidate {number}"),
            tags: vec!["coderpad".to_owned()],
            stage: Some("Phone Screen".to_owned()),
            ..Candidate::default()
        })?;
    }
    Ok(())
}

/// One reading of everyone: some pages close together.
#[derive(Debug, Clone, Copy)]
struct Reading {
    begun_ms: i64,
    ended_ms: i64,
    requests: f64,
    seconds: f64,
}

fn readings(world: &World) -> Vec<Reading> {
    let mut readings: Vec<Reading> = Vec::new();
    let pages = world.journal.entries().filter(|page| page.path == LIST);
    for Entry { at, .. } in pages {
        match readings.last_mut() {
            Some(reading) if at - reading.ended_ms < GAP_MS => {
                reading.ended_ms = *at;
                reading.requests += 1.0;
                reading.seconds = (at - reading.begun_ms) as f64 / 1e3;
            }
            _ => readings.push(Reading {
                begun_ms: *at,
                ended_ms: *at,
                requests: 1.0,
                seconds: 0.0,
            }),
        }
    }
    readings
}
