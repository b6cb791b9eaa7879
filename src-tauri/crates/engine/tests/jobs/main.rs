//! A job of any kind that panics, or that never ends, is a failed attempt: it is started again
//! within minutes, and nothing is done twice. On the sandbox, in virtual time.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise, and prints its seed"
)]

#[path = "../desk/mod.rs"]
mod desk;
#[path = "../office/mod.rs"]
mod office;

mod sabotage;

use std::sync::Arc;
use std::time::Duration;

use padwatch_domain::announcement::News;
use padwatch_domain::settings::Settings;
use padwatch_engine::failpoint::JobKind;
use padwatch_engine::record::NoteToSend;
use padwatch_engine::webhooks::WebhookChoice;
use padwatch_engine::{Hint, HintSource};
use padwatch_receiver::{Delivery, Health};
use sandbox::{Candidate, Effect, Matching, OpportunityId, Service};

use desk::{Desk, Services, Setup, pad_ready};
use office::{HOUR, MINUTE, id, settings};
use sabotage::{How, Sabotage};

/// From an attempt that failed to the next one that works, at most.
const MINUTES: Duration = Duration::from_secs(10 * 60);
/// Someone who left is looked at again after so long.
const EIGHT_DAYS: Duration = Duration::from_secs(8 * 24 * 3600);

struct Day {
    services: Services,
    desk: Desk,
    sabotage: Arc<Sabotage>,
    ada: OpportunityId,
}

impl Day {
    async fn begin(seed: u64, sabotage: impl FnOnce(&Services) -> Sabotage) -> Self {
        let services = Services::new(seed);
        let sabotage = Arc::new(sabotage(&services));
        let ada = tagged_for_a_job(&services);
        let user = services
            .world
            .with(|world| world.lever.users.keys().next().cloned().unwrap());
        let settings = settings(|settings| {
            settings.acting_user = Some(lever::UserId::new(user.as_str()));
            settings.reminders.minutes_before = Some(15);
            settings.watch.every_seconds = 120;
        });
        let setup = Setup {
            failpoints: sabotage.clone(),
            ..services.setup(settings)
        };
        let desk = services.start(setup).await;
        desk.watching().await;
        Self {
            services,
            desk,
            sabotage,
            ada,
        }
    }

    /// From an unclear answer to a link on the profile.
    async fn pad(&mut self) {
        self.services.world.with(|world| {
            let creating = Matching::of(Service::CoderPad, "POST", "/api/pads");
            world.faults.once(creating, Effect::DropAfter);
        });
        self.services.to_phone_screen(&self.ada);
        self.desk.hears("a pad", pad_ready).await;
        let is_linked = || !self.services.links(&self.ada).is_empty();
        self.services.until("linked", is_linked).await;
    }

    /// Hints of both kinds about someone who has come.
    async fn hints(&mut self) {
        let handle = &self.desk.handle;
        let choice = WebhookChoice {
            on: true,
            ..WebhookChoice::default()
        };
        handle.choose_webhooks(choice).await.unwrap();
        let tokens = vec!["a signing token".to_owned().into()];
        handle.use_signing_tokens(tokens).await.unwrap();
        let health = Health {
            port: Some(4000),
            ..Health::default()
        };
        assert!(handle.receiver_is(health).await);
        let event = Delivery {
            token: "once".to_owned(),
            opportunity: id(&self.ada),
            kind: lever::webhook::EventKind::CandidateStageChange,
            triggered_at_ms: self.services.clock.now_ms(),
        };
        handle.webhook(event).await.unwrap();
        handle.hint(Hint {
            opportunity: Some(id(&self.ada)),
            from: HintSource::Person,
        });
        self.services.wait(20 * MINUTE).await;
        let waiting = self.desk.handle.webhook_status().await.unwrap().waiting;
        assert_eq!(waiting, 0, "the event was looked up");
    }

    /// Someone comes, and leaves again.
    async fn somebody_leaves(&mut self) {
        let bob = self.services.candidate("Bob Example");
        self.services.to_phone_screen(&bob);
        self.desk.hears("a pad", pad_ready).await;
        self.services.wait(10 * MINUTE).await;
        self.services
            .world
            .with(|world| world.move_to_stage(&bob, "On-site").unwrap());
        self.services.wait(30 * MINUTE).await;
        let row = self.desk.row(&bob).await;
        assert_eq!(self.services.links(&bob).len(), 1, "{row:?}");
    }

    async fn interview(&mut self) {
        let starts_ms = self.services.clock.now_ms() + 3_600_000;
        let pad = self.services.pads_for(&self.ada)[0].id.clone();
        let pad = sandbox::PadId::from(pad.as_str());
        self.services.world.with(|world| {
            world.schedule_interview(&self.ada, starts_ms, 45).unwrap();
        });
        let reminded = |news: &News| matches!(news, News::Reminder { .. });
        self.desk.hears("a reminder", reminded).await;
        self.services.world.with(|world| {
            world.play_interview(&pad, "Ada Example").unwrap();
            world.end_interview(&pad).unwrap();
            // The look can't confirm the end, so that the pad is read on its own.
            let reading = Matching::of(Service::CoderPad, "GET", &format!("/api/pads/{pad}"));
            world.faults.once(reading, Effect::DropBefore);
        });
        let ended = |news: &News| matches!(news, News::Finished { .. });
        self.desk.hears("the end", ended).await;
    }

    /// Anyone who asked hears that it went wrong, and asks again.
    async fn note(&mut self) {
        let handle = &self.desk.handle;
        let prepared = match handle.prepare_note(id(&self.ada), None).await {
            Ok(prepared) => prepared,
            Err(_) => handle.prepare_note(id(&self.ada), None).await.unwrap(),
        };
        let note = NoteToSend {
            text: prepared.text,
            secret: false,
        };
        // Unclear is an answer too: it is looked for.
        let _ = handle.send_note(id(&self.ada), note).await;
        let is_there = || {
            !self
                .services
                .world
                .with(|world| world.notes_of(&self.ada))
                .is_empty()
        };
        self.services.until("a note", is_there).await;
        self.services.wait(10 * MINUTE).await;
        let notes = self.services.world.with(|world| world.notes_of(&self.ada));
        assert_eq!(notes.len(), 1, "{notes:?}");
    }

    /// Persons who left are read after a week.
    async fn week(&mut self) {
        let mut patient = self.desk.handle.settings().await.unwrap();
        patient.watch.every_seconds = 600;
        self.desk.handle.change_settings(patient).await.unwrap();
        self.services.wait(EIGHT_DAYS).await;
    }

    fn one_pad_each(&self) {
        let pads = self.services.pads();
        assert_eq!(pads.len(), 2, "Ada's and Bob's: {pads:?}");
    }
}

fn tagged_for_a_job(services: &Services) -> OpportunityId {
    services.world.with(|world| {
        let posting = sandbox::PostingId::from("posting-Backend");
        let about = sandbox::lever::postings::Posting {
            title: "Backend Engineer".to_owned(),
            state: "published".to_owned(),
            ..Default::default()
        };
        world.lever.postings.insert(posting.clone(), about);
        // Without a pad, so that the title is read on its own.
        let somebody = Candidate {
            tags: vec!["coderpad".to_owned()],
            stage: Some("Phone Screen".to_owned()),
            posting: Some(posting),
            ..Candidate::default()
        };
        world.add_candidate(somebody).unwrap();
        let ada = Candidate {
            name: "Ada Example".to_owned(),
            tags: vec!["coderpad".to_owned()],
            stage: Some("Recruiter Call".to_owned()),
            ..Candidate::default()
        };
        world.add_candidate(ada).unwrap()
    })
}

async fn a_day_with(kind: JobKind, how: How, seed: u64) {
    println!("seed {seed}: {kind:?} {how:?}");
    let once = |services: &Services| Sabotage::of(kind, how, 1, services.clock.clone());
    let mut day = Day::begin(seed, once).await;
    day.pad().await;
    day.hints().await;
    day.somebody_leaves().await;
    day.interview().await;
    day.note().await;
    if kind == JobKind::Person {
        day.week().await;
    }
    let pause = day.sabotage.pause();
    match kind {
        // Anyone who asked asks again; what was hinted at is found by a look at everyone.
        JobKind::Question | JobKind::HintRead | JobKind::MissedRead => {
            assert!(day.sabotage.happened() > 0, "{kind:?}");
        }
        // The end may be confirmed by the next look meanwhile.
        JobKind::Pad if pause.is_none() => assert!(day.sabotage.happened() > 0),
        _ => {
            let pause = pause.unwrap_or_else(|| {
                panic!(
                    "{kind:?}: {} failed, none after it",
                    day.sabotage.happened()
                )
            });
            assert!(pause <= MINUTES, "{kind:?} {how:?}: {pause:?}");
        }
    }
    day.one_pad_each();
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn after_a_panic_in_any_kind_of_job_work_resumes_in_minutes() {
    for (seed, kind) in (900..).zip(JobKind::ALL) {
        a_day_with(kind, How::Panic, seed).await;
    }
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn after_any_kind_of_job_never_ends_work_resumes_in_minutes() {
    for (seed, kind) in (930..).zip(JobKind::ALL) {
        a_day_with(kind, How::Never, seed).await;
    }
}

/// A look at everyone that always fails is not shown as watching with nothing amiss, and costs a
/// handful of attempts.
#[tokio::test(start_paused = true)]
async fn a_job_that_always_panics_is_shown_and_slows_down() {
    let services = Services::new(960);
    let clock = services.clock.clone();
    let sabotage = Arc::new(Sabotage::of(JobKind::Quota, How::Panic, u32::MAX, clock));
    let setup = Setup {
        failpoints: sabotage.clone(),
        ..services.setup(Settings::default())
    };
    let desk = services.start(setup).await;
    services.wait(HOUR).await;
    assert!(
        (3..12).contains(&sabotage.happened()),
        "{}",
        sabotage.happened()
    );
    let snapshot = desk.handle.snapshot();
    assert!(!snapshot.degraded.is_empty(), "{snapshot:?}");
}
