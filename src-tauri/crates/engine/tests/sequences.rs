//! Whatever happens, and in whatever order: between two requests that may each have made a pad
//! for one candidacy there is a word of the person.
//!
//! `PADWATCH_SEQUENCE_SEED` repeats a run, `PADWATCH_SEQUENCES` sets how many sequences it has.
#![expect(
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise, and says with what it began"
)]

mod desk;
mod office;
mod seeds;

use std::cell::Cell;
use std::time::Duration;

use desk::{Desk, Services};
use office::{id, settings};
use padwatch_domain::pause::PauseFor;
use padwatch_domain::section::Section;
use padwatch_domain::settings::Settings;
use padwatch_domain::settings::WhoMakes;
use padwatch_engine::listing::Chosen;
use padwatch_engine::snapshot::Action;
use padwatch_engine::{Hint, HintSource};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestError, TestRng, TestRunner};
use seeds::{Runs, drawn, number};

use sandbox::{Effect, Entry, Matching, OpportunityId, OtherStatus, Rule, Service};

/// Sequences without a wish for another number.
const SEQUENCES: u32 = 400;
/// Events in one.
const LONGEST: usize = 24;
/// After this time CoderPad's list shows what was made.
const LONGEST_LAG_MS: i64 = 60_000;
/// The name of the rule under which nothing reaches CoderPad: such a request makes no pad.
const UNREACHABLE: &str = "unreachable";

/// Something that happens.
#[derive(Debug, Clone)]
enum Event {
    Wait { seconds: u64 },
    Comes,
    MovesOn,
    TagGoes,
    TagComes,
    Archived,
    Unarchived,
    Goes(&'static str, Point, u32),
    AllIsMended,
    ListLags { ms: i64 },
    KeyRevoked,
    KeyRestored,
    Closed,
    Crashed,
    LedgerDamaged,
    LedgerGone,
    Paused,
    Resumed,
    HintGiven,
    SettingsChanged { ask: bool, hold: u32, watch: bool },
    SomebodyPutsALink,
    Said(Word),
}

/// Where something goes wrong.
#[derive(Debug, Clone, Copy)]
enum Point {
    Create,
    ListPads,
    ReadPad,
    ReadCandidate,
    AddLink,
}

/// What the person says.
#[derive(Debug, Clone, Copy)]
enum Word {
    MakeNow,
    MakeAnother,
    Skip,
    CheckAgain,
    Undo,
    DeleteDuplicates,
    Go,
    Serve,
}

/// One candidacy, the services, and the computer.
struct Play {
    services: Services,
    ada: OpportunityId,
    desk: Option<Desk>,
    settings: Settings,
    /// Requests for a pad that were counted already, by their number in the journal.
    counted: u64,
    /// Those since the person's last word that may have made a pad.
    since_word: usize,
}

#[test]
#[ignore = "takes minutes: cargo xtask test --only long"]
fn no_sequence_of_events_asks_twice_for_a_pad_without_a_word_in_between() {
    let seed = number("PADWATCH_SEQUENCE_SEED").unwrap_or_else(drawn);
    println!("PADWATCH_SEQUENCE_SEED={seed}");
    let runs = Runs::of("PADWATCH_SEQUENCES", SEQUENCES.into());
    let begun = Cell::new(false);
    let config = ProptestConfig {
        cases: runs.most().try_into().unwrap(),
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let outcome = TestRunner::new_with_rng(config, rng).run(
        &prop::collection::vec(event(), 4..LONGEST),
        |events| {
            if begun.replace(true) && !runs.has_time() {
                return Ok(());
            }
            played(&events).map_err(TestCaseError::fail)
        },
    );
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(why, events)) => {
            panic!("PADWATCH_SEQUENCE_SEED={seed}: {why} after {events:#?}")
        }
        Err(TestError::Abort(why)) => panic!("PADWATCH_SEQUENCE_SEED={seed}: {why}"),
    }
}

/// Plays one sequence in a time of its own.
fn played(events: &[Event]) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut play = Play::begin().await;
        for event in events {
            play.happens(event).await;
            play.check()?;
        }
        // What is on its way comes to its end.
        play.happens(&Event::AllIsMended).await;
        play.happens(&Event::KeyRestored).await;
        play.happens(&Event::Wait { seconds: 1200 }).await;
        play.check()
    })
}

impl Play {
    async fn begin() -> Self {
        let services = Services::new(77);
        let ada = services.candidate("Ada Example");
        let settings = Settings::default();
        let desk = services.desk(settings.clone()).await;
        desk.watching().await;
        Self {
            services,
            ada,
            desk: Some(desk),
            settings,
            counted: 0,
            since_word: 0,
        }
    }

    fn desk(&self) -> &Desk {
        self.desk.as_ref().unwrap()
    }

    async fn happens(&mut self, event: &Event) {
        match event {
            Event::Wait { seconds } => self.services.wait(Duration::from_secs(*seconds)).await,
            Event::Closed | Event::Crashed | Event::LedgerDamaged | Event::LedgerGone => {
                self.starts_again(event).await;
            }
            Event::Paused => drop(self.desk().handle.pause(PauseFor::UntilResumed).await),
            Event::Resumed => drop(self.desk().handle.resume().await),
            Event::HintGiven => self.desk().handle.hint(Hint {
                opportunity: Some(id(&self.ada)),
                from: HintSource::Person,
            }),
            Event::SettingsChanged { ask, hold, watch } => self.change(*ask, *hold, *watch).await,
            Event::Said(word) => self.says(*word).await,
            other => self.services_change(other),
        }
    }

    fn services_change(&self, event: &Event) {
        let ada = &self.ada;
        self.services.world.with(|world| match event {
            Event::Comes => world.move_to_stage(ada, "Phone Screen").unwrap(),
            Event::MovesOn => world.move_to_stage(ada, "On-site").unwrap(),
            Event::TagGoes => world.untag(ada, "coderpad").unwrap(),
            Event::TagComes => world.tag(ada, "coderpad").unwrap(),
            Event::Archived => world.archive(ada).unwrap(),
            Event::Unarchived => world.unarchive(ada).unwrap(),
            Event::Goes(name, point, times) => drop(world.faults.set(Rule {
                name: (*name).to_owned(),
                matching: point.matching(),
                effect: effect(name),
                times: Some(*times),
            })),
            Event::AllIsMended => world.faults.clear(),
            Event::ListLags { ms } => {
                world.switch(|switches| switches.coderpad.lists.membership_lag_ms = *ms);
            }
            Event::KeyRevoked | Event::KeyRestored => {
                let revoked = matches!(event, Event::KeyRevoked);
                let keys = world.coderpad.keys.values_mut();
                keys.for_each(|key| key.revoked = revoked);
            }
            Event::SomebodyPutsALink => {
                let owner = world.coderpad.keys.values().next().unwrap().email.clone();
                let pad = world.make_pad_by_hand(&owner, "By hand", None);
                let link = format!("{}/{pad}", sandbox::CODERPAD_ROOT);
                world.add_link(ada, &link).unwrap();
            }
            _ => {}
        });
    }

    /// The computer ends in one of several ways, and starts again.
    async fn starts_again(&mut self, how: &Event) {
        let desk = self.desk.take().unwrap();
        let folder = match how {
            Event::Closed => desk.close().await,
            _ => desk.crash().await,
        };
        let ledger = folder.path().join("ledger.sqlite3");
        match how {
            Event::LedgerDamaged => std::fs::write(&ledger, [0xEE; 9_000]).unwrap(),
            Event::LedgerGone => {
                for end in ["", "-wal", "-shm"] {
                    let file = folder.path().join(format!("ledger.sqlite3{end}"));
                    if file.exists() {
                        std::fs::remove_file(file).unwrap();
                    }
                }
            }
            _ => {}
        }
        self.forget_what_no_ledger_can_tell(how);
        let desk = self.services.desk_in(folder, self.settings.clone()).await;
        self.desk = Some(desk);
    }

    /// With the ledger the memory is lost of a request that made no pad, and of a pad that was
    /// taken back: nothing else in the world tells of them. Pads that are there do, once the list
    /// shows them, however it lags by the time of the first look at it: after damage later too, as
    /// nothing is made before several looks.
    fn forget_what_no_ledger_can_tell(&mut self, how: &Event) {
        self.count();
        let ada = &self.ada;
        let told = self.services.world.with(|world| {
            let listed_until = match how {
                Event::LedgerDamaged => world.now(),
                Event::LedgerGone => world.now() - LONGEST_LAG_MS,
                _ => return usize::MAX,
            };
            let pads = world.pads_naming(ada).into_iter();
            pads.filter(|pad| pad.deleted_at.is_none() && pad.created_at <= listed_until)
                .count()
        });
        self.since_word = self.since_word.min(told);
    }

    async fn change(&mut self, ask: bool, hold: u32, watch: bool) {
        let changed = settings(|settings| {
            settings.guards.ask_each_time = ask;
            settings.guards.hold_seconds = hold;
            if watch {
                settings.who_makes = WhoMakes::CoderpadIntegration;
            }
        });
        let desk = self.desk();
        if desk.handle.change_settings(changed.clone()).await.is_ok() {
            self.settings = changed;
        }
    }

    /// Only a word by which a pad is wanted allows another request for one.
    async fn says(&mut self, word: Word) {
        let (handle, of) = (self.desk().handle.clone(), id(&self.ada));
        let allows = match word {
            Word::MakeNow => handle.act(of, Action::MakeNow).await.is_ok(),
            Word::MakeAnother => handle.act(of, Action::MakeAnother).await.is_ok(),
            Word::Serve => {
                let chosen = Chosen {
                    opportunities: vec![of],
                };
                let mut served = 0;
                for section in [Section::NeedsYou, Section::AlreadyThere] {
                    let answer = handle.serve(section, chosen.clone()).await;
                    served += answer.unwrap_or_default();
                }
                served > 0
            }
            other => {
                self.says_otherwise(other).await;
                false
            }
        };
        // What was asked for before the word counts before it.
        self.count();
        if allows {
            self.since_word = 0;
        }
    }

    /// Words that allow no further pad. Whether they fit just now is for other tests.
    async fn says_otherwise(&self, word: Word) {
        let (handle, of) = (self.desk().handle.clone(), id(&self.ada));
        let _ = match word {
            Word::Skip => handle.act(of, Action::Skip).await,
            Word::CheckAgain => handle.act(of, Action::CheckAgain).await,
            Word::Undo => handle.act(of, Action::Undo).await,
            Word::Go => handle.go().await,
            _ => {
                let detail = handle.detail(of.clone()).await;
                let duplicates = detail.map(|detail| detail.row.duplicates);
                for extra in duplicates.unwrap_or_default() {
                    let delete = Action::DeleteDuplicate { pad: extra.id };
                    let _ = handle.act(of.clone(), delete).await;
                }
                Ok(())
            }
        };
    }

    fn count(&mut self) {
        let counted = self.counted;
        let new: Vec<Entry> = self.services.world.with(|world| {
            let entries = world.journal.entries();
            let new = entries.filter(|entry| entry.number > counted && asks_for_a_pad(entry));
            new.cloned().collect()
        });
        self.counted = new.iter().map(|entry| entry.number).fold(counted, u64::max);
        self.since_word += new.iter().filter(|entry| may_have_made(entry)).count();
    }

    fn check(&mut self) -> Result<(), String> {
        self.count();
        if self.since_word > 1 {
            return Err(format!(
                "{} requests that may each have made a pad",
                self.since_word
            ));
        }
        Ok(())
    }
}

fn asks_for_a_pad(entry: &Entry) -> bool {
    entry.method == "POST" && entry.path.trim_end_matches('/') == "/api/pads"
}

/// All but what CoderPad refused in its own words, and what never left.
fn may_have_made(entry: &Entry) -> bool {
    let was_refused = matches!(entry.status, Some(400 | 401 | 403 | 404 | 429));
    entry.changed || !(was_refused || entry.fault.as_deref() == Some(UNREACHABLE))
}

impl Point {
    fn matching(self) -> Matching {
        match self {
            Self::Create => Matching::creating_a_pad(),
            Self::ListPads => Matching::of(Service::CoderPad, "GET", "/api/pads"),
            Self::ReadPad => Matching::of(Service::CoderPad, "GET", "/api/pads/*"),
            Self::ReadCandidate => Matching::of(Service::Lever, "GET", "/v1/opportunities/*"),
            Self::AddLink => Matching::of(Service::Lever, "POST", "/v1/opportunities/*/addLinks"),
        }
    }
}

/// What goes wrong, by its name.
fn effect(name: &str) -> Effect {
    let done = |status| {
        Effect::Status(OtherStatus {
            done: true,
            ..OtherStatus::of(status)
        })
    };
    match name {
        "drop before" => Effect::DropBefore,
        "drop after" => Effect::DropAfter,
        UNREACHABLE => Effect::Unreachable,
        "500" => Effect::Status(OtherStatus::of(500)),
        "500 done" => done(500),
        "503 page" => Effect::Status(OtherStatus::page(503)),
        "403" => Effect::Status(OtherStatus::of(403)),
        "429" => Effect::Status(OtherStatus::of(429)),
        "without id" => Effect::WithoutId,
        "truncated" => Effect::Truncated,
        "slow" => Effect::Delay { ms: 20_000 },
        "drip" => Effect::Drip { over_ms: 50_000 },
        _ => Effect::Late { after_ms: 400_000 },
    }
}

fn event() -> impl Strategy<Value = Event> {
    let name = prop::sample::select(vec![
        "drop before",
        "drop after",
        UNREACHABLE,
        "500",
        "500 done",
        "503 page",
        "403",
        "429",
        "without id",
        "truncated",
        "slow",
        "drip",
        "late",
    ]);
    let point = prop::sample::select(vec![
        Point::Create,
        Point::Create,
        Point::Create,
        Point::ListPads,
        Point::ReadPad,
        Point::ReadCandidate,
        Point::AddLink,
    ]);
    let changed = (any::<bool>(), prop::sample::select(vec![0, 0, 40]), 0..5);
    prop_oneof![
        6 => prop::sample::select(vec![1, 3, 8, 35, 62, 130, 300, 700])
            .prop_map(|seconds| Event::Wait { seconds }),
        6 => Just(Event::Comes),
        2 => Just(Event::MovesOn),
        4 => (name, point, 1..4_u32).prop_map(|(name, point, times)| Event::Goes(name, point, times)),
        2 => prop::sample::select(vec![
            Event::TagGoes, Event::TagComes, Event::Archived, Event::Unarchived,
        ]),
        2 => prop::sample::select(vec![
            Event::AllIsMended, Event::ListLags { ms: LONGEST_LAG_MS }, Event::ListLags { ms: 0 },
            Event::KeyRevoked, Event::KeyRestored, Event::SomebodyPutsALink,
        ]),
        3 => prop::sample::select(vec![
            Event::Closed, Event::Crashed, Event::Crashed, Event::LedgerDamaged, Event::LedgerGone,
        ]),
        1 => prop::sample::select(vec![Event::Paused, Event::Resumed, Event::HintGiven]),
        1 => changed.prop_map(|(ask, hold, watch)| Event::SettingsChanged {
            ask, hold, watch: watch == 0,
        }),
        3 => prop::sample::select(vec![
            Word::MakeNow, Word::MakeAnother, Word::Skip, Word::CheckAgain, Word::Undo,
            Word::DeleteDuplicates, Word::Go, Word::Serve,
        ]).prop_map(Event::Said),
    ]
}
