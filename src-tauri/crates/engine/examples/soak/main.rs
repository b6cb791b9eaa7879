//! Days of work in minutes: the headless host runs at 100 times the speed against the sandbox,
//! candidates come and go, interviews are held, and requests fail. Then it is counted whether
//! anything was forgotten or made twice, and whether memory, descriptors or threads have grown.
//!
//! `soak [--minutes N] [--seed N] [--host PROGRAM]`; `cargo xtask soak` builds both and starts it.
//! The same seed gives the same people and faults, though not the same moments.

mod host;
mod trouble;

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{Write as _, stdout};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use host::{Footprint, Host};
use sandbox::{Candidate, OpportunityId, Options, PadId, Running, World, accounts, serve_by};
use transport::{Clock as _, FastClock, SeededRng, SystemClock};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The standing word for a pad that repeated complete looks have not found: no one is there to ask.
const SETTINGS: &str = r#"{"guards": {"makeAgainWhenNotFound": true}}"#;
/// How much faster than life everything runs.
const FAST: u32 = 100;
/// One candidate in so much of our time: 400 in half an hour.
const ONE_EVERY: Duration = Duration::from_millis(4_500);
/// A request fails about that often, in our time.
const FAULT_EVERY: Duration = Duration::from_secs(3);
/// How long after they came people are interviewed, and moved on: three and six hours for them.
const INTERVIEW_AFTER: Duration = Duration::from_secs(108);
const LEAVES_AFTER: Duration = Duration::from_secs(216);
/// How long the last of them may take, with all that waits for their clock.
const PATIENCE: Duration = Duration::from_secs(180);
/// No one answers here, so no more people than this may be asked about: two unclear creations in a
/// row, of which faults cause one in a hundred.
const ASKED_AT_MOST_ONE_IN: usize = 50;
/// How often memory is read.
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// The end and the tenth minute may differ by so much, in bytes.
const ALLOWED_GROWTH: i64 = 5_000_000;

struct Wish {
    minutes: u64,
    seed: u64,
    host: PathBuf,
}

fn main() -> Outcome<()> {
    let wish = read_wish()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let since_ms = SystemClock::new().now_ms();
    let clock = Arc::new(FastClock::running_since(since_ms, FAST));
    let mut world = accounts(wish.seed);
    world.coderpad.quota.limit = 1_000_000;
    let sandbox = runtime.block_on(serve_by(world, Options::default(), clock))?;
    let folder = tempfile::tempdir()?;
    let times = (FAST, since_ms);
    let host = Host::start(
        &wish.host,
        folder.path(),
        &sandbox.addresses,
        times,
        SETTINGS,
    )?;
    host.wait_for_first_looks(&sandbox)?;

    let mut office = Office {
        sandbox,
        rng: SeededRng::new(wish.seed),
        people: Vec::new(),
        faults: BTreeMap::new(),
    };
    let looks = office.work(&host, Duration::from_secs(60 * wish.minutes))?;
    office.finish(&host)?;
    let looks = [looks, vec![host.footprint()?]].concat();
    let failures = [office.forgotten_or_doubled(&host), grown(&looks)].concat();
    office.tell(&host, &looks)?;
    host.end()?;
    if failures.is_empty() {
        return Ok(());
    }
    Err(failures.join("\n").into())
}

fn read_wish() -> Outcome<Wish> {
    let (mut minutes, mut seed, mut host) = (30, 1, None);
    let mut words = std::env::args().skip(1);
    while let Some(name) = words.next() {
        let value = words
            .next()
            .ok_or_else(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--minutes" => minutes = value.parse::<u64>()?.max(1),
            "--seed" => seed = value.parse()?,
            "--host" => host = Some(PathBuf::from(value)),
            other => return Err(format!("unknown option {other}").into()),
        }
    }
    let beside = std::env::current_exe()?.with_file_name("headless");
    let host = host.unwrap_or(beside);
    Ok(Wish {
        minutes,
        seed,
        host,
    })
}

/// One candidate of the soak.
struct Person {
    id: OpportunityId,
    came: Instant,
    is_interviewed: bool,
    has_left: bool,
}

/// The services, and what is done in them.
struct Office {
    sandbox: Running,
    rng: SeededRng,
    people: Vec<Person>,
    /// How often each fault was set.
    faults: BTreeMap<&'static str, u32>,
}

impl Office {
    /// People come, are interviewed and leave, and requests fail, for so long.
    fn work(&mut self, host: &Host, time: Duration) -> Outcome<Vec<Footprint>> {
        let begun = Instant::now();
        let (mut next_person, mut next_fault, mut next_look) = (begun, begun, begun + LOOK_EVERY);
        let mut looks = Vec::new();
        while begun.elapsed() < time {
            let now = Instant::now();
            if now >= next_person {
                next_person += ONE_EVERY;
                self.somebody_comes()?;
            }
            if now >= next_fault {
                next_fault += FAULT_EVERY;
                self.something_fails();
            }
            if now >= next_look {
                next_look += LOOK_EVERY;
                looks.push(host.footprint()?);
            }
            self.go_on_with_people()?;
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(looks)
    }

    fn with<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        self.sandbox.world.with(act)
    }

    fn somebody_comes(&mut self) -> Outcome<()> {
        let candidate = Candidate {
            name: format!("Soak Person {}", self.people.len() + 1),
            tags: vec!["coderpad".to_owned()],
            stage: Some("Phone Screen".to_owned()),
            ..Candidate::default()
        };
        let id = self.with(|world| world.add_candidate(candidate))?;
        self.people.push(Person {
            id,
            came: Instant::now(),
            is_interviewed: false,
            has_left: false,
        });
        Ok(())
    }

    fn something_fails(&mut self) {
        let (name, rule) = trouble::draw(&self.rng);
        *self.faults.entry(name).or_default() += 1;
        self.with(|world| {
            // What didn't strike until now is not kept for later: faults would pile up.
            world.faults.clear();
            world.faults.set(rule);
        });
    }

    fn go_on_with_people(&mut self) -> Outcome<()> {
        let world = &self.sandbox.world;
        for person in &mut self.people {
            let here = person.came.elapsed();
            if here > INTERVIEW_AFTER && !person.is_interviewed {
                person.is_interviewed = true;
                world.with(|world| hold_interview(world, &person.id))?;
            }
            if here > LEAVES_AFTER && !person.has_left {
                person.has_left = true;
                world.with(|world| world.move_to_stage(&person.id, "On-site"))?;
            }
        }
        Ok(())
    }

    /// No more faults; everyone who is there gets what they should.
    fn finish(&mut self, host: &Host) -> Outcome<()> {
        self.with(|world| world.faults.clear());
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            self.go_on_with_people()?;
            if self.forgotten_or_doubled(host).is_empty() {
                break;
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        // What is left to do, such as following, continues for a while before the last look.
        std::thread::sleep(LOOK_EVERY);
        Ok(())
    }

    /// Anyone who has not exactly one pad, linked and announced. Someone whose creation failed
    /// unclearly as often as it is tried is asked about instead, which is right if there is no pad.
    fn forgotten_or_doubled(&self, host: &Host) -> Vec<String> {
        let (announced, asked) = (host.announced(), host.asked_about());
        let most_asked = self.people.len().div_ceil(ASKED_AT_MOST_ONE_IN);
        self.with(|world| {
            let pads = world.pads_by_opportunity();
            let mut wrong = world.journal.violations().to_vec();
            if asked.len() > most_asked {
                wrong.push(format!("asked about {} people", asked.len()));
            }
            for Person { id, came, .. } in &self.people {
                let pads = pads.get(id).copied().unwrap_or_default();
                let links = world.links_of(id).len();
                let told = announced.get(id.as_str()).copied().unwrap_or_default();
                let is_asked = asked.contains(id.as_str()) && (pads, links, told) == (0, 0, 0);
                if (pads, links, told) != (1, 1, 1) && !is_asked {
                    wrong.push(format!(
                        "{id}: {pads} pads, {links} links, told {told} times; came {} s ago; {}",
                        came.elapsed().as_secs(),
                        host.heard_about(id.as_str()),
                    ));
                }
            }
            wrong
        })
    }

    fn tell(&self, host: &Host, looks: &[Footprint]) -> Outcome<()> {
        let mut out = stdout().lock();
        let faults = self.faults.values().sum::<u32>();
        let (polls, requests, struck) = self.with(|world| {
            let journal = &world.journal;
            (
                journal.count("GET /v1/opportunities"),
                journal.counts().values().sum::<u64>(),
                journal
                    .entries()
                    .filter(|entry| entry.fault.is_some())
                    .count(),
            )
        });
        writeln!(
            out,
            "{} people, of whom {} were asked about; {polls} looks at Lever, {requests} requests; \
             {faults} faults set, {struck} of the last 50,000 requests struck; {} lines announced",
            self.people.len(),
            host.asked_about().len(),
            host.lines(),
        )?;
        writeln!(out, "minute  memory (MB)  descriptors  threads")?;
        for (number, look) in looks.iter().enumerate() {
            let last = number + 1 == looks.len();
            if number % 6 == 5 || last {
                let minute = (number + 1) as f64 / 6.0;
                let memory = look.bytes as f64 / 1e6;
                let (descriptors, threads) = (look.descriptors, look.threads);
                writeln!(
                    out,
                    "{minute:6.1}  {memory:11.2}  {descriptors:11}  {threads:7}"
                )?;
            }
        }
        Ok(())
    }
}

/// Where the pad was made by then; a fault may have delayed it.
fn hold_interview(world: &mut World, id: &OpportunityId) -> Outcome<()> {
    let pad = world.pads_naming(id).pop();
    if let Some(pad) = pad {
        let pad = PadId::from(pad.id);
        world.play_interview(&pad, "Soak Person")?;
        world.end_interview(&pad)?;
    }
    Ok(())
}

/// What has grown since the tenth minute, or since a third of a shorter run. Single looks differ by
/// what is under way: of memory the lowest of a minute counts, and a descriptor or thread is lost
/// where there are always more at the end than there ever were before.
fn grown(looks: &[Footprint]) -> Vec<String> {
    let settled = (looks.len() / 3).min(10 * 6);
    let from = |first: usize, many: usize| looks.iter().skip(first).take(many);
    let at_end = |many: usize| looks.len().saturating_sub(many);
    let minute = |first: usize| from(first, 6).map(|look| look.bytes).min();
    let memory = minute(at_end(6)).unwrap_or(0) - minute(settled).unwrap_or(0);
    let mut wrong = Vec::new();
    if memory > ALLOWED_GROWTH {
        wrong.push(format!("memory has grown by {memory} bytes"));
    }
    let mut compare = |what: &str, count: fn(&Footprint) -> i64| {
        let before = from(settled, 30).map(count).max().unwrap_or(0);
        let after = from(at_end(30), 30).map(count).min().unwrap_or(0);
        if after > before {
            wrong.push(format!(
                "{after} {what} or more, and {before} at most before"
            ));
        }
    };
    compare("descriptors", |look| look.descriptors);
    compare("threads", |look| look.threads);
    wrong
}
