//! Webhooks in virtual time: the sandbox signs, the receiver's judge judges, the engine looks.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod desk;

use std::time::Duration;

use desk::{Desk, Services, pad_ready};
use padwatch_engine::problem::ProblemCode;
use padwatch_engine::webhooks::WebhookChoice;
use padwatch_engine::webhooks::status::WebhookState;
use padwatch_engine::{Handle, News, Settings};
use padwatch_receiver::{Delivery, Health, Judgement, Taken, Window, judge};
use sandbox::{Effect, Matching, OpportunityId, OtherStatus, Service, WebhookCommand};

const MINUTE: Duration = Duration::from_secs(60);
const LIST: &str = "GET /v1/opportunities";

/// Lever is asked so seldom that whatever happens is the webhooks' doing.
fn asking_every_hour() -> Settings {
    let mut settings = Settings::default();
    settings.watch.every_seconds = 3600;
    settings
}

/// What webhooks bring to a desk that wants them.
struct Office {
    services: Services,
    token: String,
}

impl Office {
    /// With a webhook for moves, switched on in Lever.
    fn new(seed: u64) -> Self {
        let services = Services::new(seed);
        let event = sandbox::lever::webhooks::Event::StageChange;
        let token = services.world.with(|world| {
            let url = "https://pad.example.com/lever/x".to_owned();
            let on = WebhookCommand::SwitchEvents { event, on: true };
            on.obey(world).unwrap();
            let made = WebhookCommand::Add { event, url }.obey(world).unwrap();
            made["signatureToken"].as_str().unwrap().to_owned()
        });
        Self { services, token }
    }

    /// A desk that has looked at everybody once, and listens.
    async fn listening(&self, settings: Settings) -> Desk {
        let desk = self.services.desk(settings).await;
        desk.watching().await;
        self.listen(&desk.handle).await;
        desk
    }

    async fn listen(&self, handle: &Handle) {
        let choice = WebhookChoice {
            on: true,
            ..WebhookChoice::default()
        };
        handle.choose_webhooks(choice).await.unwrap();
        handle
            .use_signing_tokens(vec![self.token.clone().into()])
            .await
            .unwrap();
        let health = Health {
            port: Some(4000),
            ..Health::default()
        };
        assert!(handle.receiver_is(health).await);
    }

    /// What Lever sends of the last thing that happened, as the receiver lets it pass.
    fn last_event(&self) -> Delivery {
        let (body, now) = self.services.world.with(|world| {
            let last = world.lever.webhooks.deliveries.iter().next_back().unwrap();
            (last.body(), world.now())
        });
        let tokens = [self.token.clone().into()];
        match judge(body.as_bytes(), &tokens, now, Window::default()) {
            Judgement::Event(delivery) => delivery,
            other => panic!("{other:?}"),
        }
    }

    /// Somebody is moved, and Lever tells.
    async fn move_and_tell(&self, id: &OpportunityId, handle: &Handle) {
        self.services.to_phone_screen(id);
        let taken = handle.webhook(self.last_event()).await.unwrap();
        assert_eq!(taken, Taken::New);
    }

    fn count(&self, kind: &str) -> u64 {
        self.services.world.with(|world| world.journal.count(kind))
    }

    /// Requests for single opportunities, until a pad was asked for.
    fn look_ups(&self) -> usize {
        let is_look_up = |asked: &&String| {
            let one = asked.strip_prefix("GET /v1/opportunities/");
            one.is_some_and(|id| !id.contains('/'))
        };
        self.before_the_pad().iter().filter(is_look_up).count()
    }

    /// All requests until a pad was asked for.
    fn before_the_pad(&self) -> Vec<String> {
        self.services.world.with(|world| {
            let asked = world.journal.entries();
            asked
                .map(|entry| format!("{} {}", entry.method, entry.path))
                .take_while(|asked| asked != "POST /api/pads")
                .collect()
        })
    }

    fn forget_requests(&self) {
        self.services.world.with(|world| world.journal.clear());
    }

    async fn wait(&self, time: Duration) {
        self.services.clock.sleep(time).await;
    }
}

/// An event as if it had passed the receiver.
fn event_about(token: &str, id: &str, triggered_at_ms: i64) -> Delivery {
    Delivery {
        token: token.to_owned(),
        opportunity: lever::OpportunityId::new(id),
        kind: lever::webhook::EventKind::CandidateStageChange,
        triggered_at_ms,
    }
}

async fn answered(desk: &Desk) {
    loop {
        let status = desk.handle.webhook_status().await.unwrap();
        if status.waiting == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn is_missing(state: &WebhookState) -> bool {
    matches!(state, WebhookState::Troubled { problem } if problem.code == ProblemCode::EventsMissing)
}

#[tokio::test(start_paused = true)]
async fn a_pad_is_made_through_a_webhook_alone_with_one_reading_before_it() {
    let office = Office::new(21);
    let ada = office.services.candidate("Ada Example");
    let mut desk = office.listening(asking_every_hour()).await;
    office.forget_requests();
    let before = office.services.clock.elapsed();
    office.move_and_tell(&ada, &desk.handle).await;
    let told = desk.hears("a pad", pad_ready).await;
    let took = office.services.clock.elapsed() - before;

    assert!(matches!(told.news, News::PadReady { who, .. } if who.name == "Ada Example"));
    assert!(took < Duration::from_millis(50), "{took:?}");
    desk.linked(1).await;
    assert_eq!(office.count(LIST), 0, "nobody looked at everybody");
    assert_eq!(
        office.before_the_pad(),
        [format!("GET /v1/opportunities/{ada}")],
        "read once, made at once"
    );
    let row = desk.handle.snapshot().newest[0].opportunity.clone();
    let detail = desk.handle.detail(row).await.unwrap();
    let noticed = detail.timeline.iter().find(|entry| entry.what == "Noticed");
    assert_eq!(noticed.unwrap().trigger, "A Lever webhook");
}

#[tokio::test(start_paused = true)]
async fn an_event_about_nobody_of_ours_makes_nothing() {
    let office = Office::new(22);
    let untagged = office.services.world.with(|world| {
        let somebody = sandbox::Candidate {
            stage: Some("Recruiter Call".to_owned()),
            ..sandbox::Candidate::default()
        };
        world.add_candidate(somebody).unwrap()
    });
    let desk = office.listening(asking_every_hour()).await;
    office.forget_requests();
    office.move_and_tell(&untagged, &desk.handle).await;
    let unknown = event_about("foreign", "00000000-0000-4000-8000-000000000000", 0);
    desk.handle.webhook(unknown).await.unwrap();
    answered(&desk).await;
    assert_eq!(office.look_ups(), 2);
    assert_eq!(desk.handle.snapshot().counts, Default::default());
    desk.watching().await;
    office.wait(30 * MINUTE).await;
    assert_eq!(office.look_ups(), 2, "asked once");
}

#[tokio::test(start_paused = true)]
async fn a_replay_is_known_even_after_a_restart_and_costs_nothing() {
    let office = Office::new(23);
    let ada = office.services.candidate("Ada Example");
    let mut desk = office.listening(asking_every_hour()).await;
    office.move_and_tell(&ada, &desk.handle).await;
    desk.hears("a pad", pad_ready).await;
    let event = office.last_event();
    let folder = desk.close().await;
    let again = office.services.desk_in(folder, asking_every_hour()).await;
    again.watching().await;
    office.forget_requests();
    for _ in 0..5 {
        let taken = again.handle.webhook(event.clone()).await.unwrap();
        assert_eq!(taken, Taken::Seen);
    }
    office.wait(MINUTE).await;
    assert_eq!(office.look_ups(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_hint_survives_the_end_of_the_program() {
    let office = Office::new(24);
    let ada = office.services.candidate("Ada Example");
    let desk = office.listening(asking_every_hour()).await;
    // Lever can't be reached: what is taken in can't be looked up.
    office
        .services
        .world
        .with(|world| world.switch(|switches| switches.lever.offline = true));
    office.move_and_tell(&ada, &desk.handle).await;
    office.wait(MINUTE).await;
    assert_eq!(desk.handle.webhook_status().await.unwrap().waiting, 1);
    let folder = desk.close().await;

    let mut again = office.services.desk_in(folder, asking_every_hour()).await;
    assert_eq!(again.handle.webhook_status().await.unwrap().waiting, 1);
    office
        .services
        .world
        .with(|world| world.switch(|switches| switches.lever.offline = false));
    again.hears("a pad", pad_ready).await;
    answered(&again).await;
}

#[tokio::test(start_paused = true)]
async fn look_ups_keep_to_their_rate_and_a_pile_is_one_look_at_everybody() {
    let office = Office::new(25);
    let desk = office.listening(asking_every_hour()).await;
    office.forget_requests();
    let begun = office.services.clock.elapsed();
    for number in 0..20 {
        let id = format!("10000000-0000-4000-8000-0000000000{number:02}");
        let event = event_about(&format!("few-{number}"), &id, 0);
        desk.handle.webhook(event).await.unwrap();
    }
    answered(&desk).await;
    let took = office.services.clock.elapsed() - begun;
    assert_eq!((office.look_ups(), office.count(LIST)), (20, 0));
    assert!(
        took >= Duration::from_millis(4_900),
        "ten at once, then two a second: {took:?}"
    );

    office.forget_requests();
    for number in 0..500 {
        let id = format!("20000000-0000-4000-8000-000000000{number:03}");
        let event = event_about(&format!("many-{number}"), &id, 0);
        desk.handle.webhook(event).await.unwrap();
    }
    answered(&desk).await;
    assert!(office.look_ups() <= 20, "{}", office.look_ups());
    assert!(
        (1..=2).contains(&office.count(LIST)),
        "{}",
        office.count(LIST)
    );
}

#[tokio::test(start_paused = true)]
async fn events_about_the_same_one_collapse_and_the_last_one_counts() {
    let office = Office::new(26);
    let ada = office.services.candidate("Ada Example");
    let mut desk = office.listening(asking_every_hour()).await;
    office.services.world.with(|world| {
        let one = Matching::of(Service::Lever, "GET", "/v1/opportunities/*");
        world.faults.once(one, Effect::Delay { ms: 20_000 });
    });
    office.forget_requests();
    // The first event comes too early: what is read doesn't show the move yet.
    for number in 0..5 {
        let event = event_about(&format!("early-{number}"), ada.as_str(), 0);
        desk.handle.webhook(event).await.unwrap();
    }
    office.wait(Duration::from_secs(10)).await;
    office.move_and_tell(&ada, &desk.handle).await;
    desk.hears("a pad", pad_ready).await;
    assert!(
        (1..=2).contains(&office.look_ups()),
        "{}",
        office.look_ups()
    );
}

#[tokio::test(start_paused = true)]
async fn a_look_at_everybody_that_began_before_does_not_take_back_what_a_webhook_told() {
    let office = Office::new(27);
    let ada = office.services.candidate("Ada Example");
    let mut settings = Settings::default();
    settings.guards.ask_each_time = true;
    let desk = office.listening(settings).await;
    office.services.world.with(|world| {
        let everybody = Matching::of(Service::Lever, "GET", "/v1/opportunities");
        world.faults.once(everybody, Effect::Delay { ms: 20_000 });
    });
    office.forget_requests();
    while office.count(LIST) == 0 {
        office.wait(Duration::from_secs(1)).await;
    }
    office.move_and_tell(&ada, &desk.handle).await;
    answered(&desk).await;
    let before = desk.handle.snapshot().last_checked_ms;
    desk.until("the late answer", |snapshot| {
        snapshot.last_checked_ms > before
    })
    .await;
    let row = desk.handle.snapshot().needs_you[0].clone();
    let detail = desk.handle.detail(row.opportunity).await.unwrap();
    let left = detail.timeline.iter().any(|entry| entry.what == "Moved on");
    assert!(!left, "{:?}", detail.timeline);
    // Whoever leaves without a word is still noticed, by the next look.
    office
        .services
        .world
        .with(|world| world.move_to_stage(&ada, "Recruiter Call").unwrap());
    desk.until("left", |snapshot| snapshot.counts.needs_you == 0)
        .await;
}

#[tokio::test(start_paused = true)]
async fn while_events_arrive_lever_is_asked_every_five_minutes_and_then_every_half_minute_again() {
    let office = Office::new(28);
    let ada = office.services.candidate("Ada Example");
    let mut desk = office.listening(Settings::default()).await;
    desk.until("waiting", |snapshot| {
        snapshot.webhooks == WebhookState::Waiting
    })
    .await;
    office.move_and_tell(&ada, &desk.handle).await;
    desk.hears("a pad", pad_ready).await;
    desk.until("arriving", |snapshot| {
        snapshot.webhooks == WebhookState::Arriving
    })
    .await;
    office.wait(MINUTE).await;
    office.forget_requests();
    office.wait(30 * MINUTE).await;
    let slow = office.count(LIST);
    assert!((5..=7).contains(&slow), "{slow} in half an hour");

    // An hour after the last event, the silence may be the tunnel's.
    office.wait(30 * MINUTE).await;
    assert_eq!(desk.handle.snapshot().webhooks, WebhookState::Waiting);
    office.forget_requests();
    office.wait(10 * MINUTE).await;
    let usual = office.count(LIST);
    assert!((18..=22).contains(&usual), "{usual} in ten minutes");
}

#[tokio::test(start_paused = true)]
async fn a_move_that_no_webhook_told_of_is_noticed_and_brings_the_half_minute_back() {
    let office = Office::new(29);
    let [ada, ben, cleo] = ["Ada", "Ben", "Cleo"].map(|name| office.services.candidate(name));
    let mut desk = office.listening(Settings::default()).await;
    office.move_and_tell(&ada, &desk.handle).await;
    desk.hears("a pad", pad_ready).await;

    // The tunnel breaks.
    office.services.to_phone_screen(&ben);
    let lost = office.last_event();
    let before = office.services.clock.elapsed();
    desk.hears("a pad", pad_ready).await;
    desk.until("missing", |snapshot| is_missing(&snapshot.webhooks))
        .await;
    let took = office.services.clock.elapsed() - before;
    assert!(took < 7 * MINUTE, "{took:?}");
    office.forget_requests();
    office.wait(10 * MINUTE).await;
    let usual = office.count(LIST);
    assert!((18..=22).contains(&usual), "{usual} in ten minutes");

    // It is mended; Lever's further tries and the next event come.
    desk.handle.webhook(lost).await.unwrap();
    desk.until("arriving", |snapshot| {
        snapshot.webhooks == WebhookState::Arriving
    })
    .await;
    office.move_and_tell(&cleo, &desk.handle).await;
    desk.hears("a pad", pad_ready).await;
}

#[tokio::test(start_paused = true)]
async fn what_webhooks_do_not_tell_is_not_held_against_them() {
    let office = Office::new(30);
    let untagged = office.services.world.with(|world| {
        let somebody = sandbox::Candidate {
            stage: Some("Recruiter Call".to_owned()),
            ..sandbox::Candidate::default()
        };
        world.add_candidate(somebody).unwrap()
    });
    let moved_before = office.services.candidate("Moved Before");
    let mut desk = office.services.desk(Settings::default()).await;
    desk.watching().await;
    office.services.to_phone_screen(&moved_before);
    desk.hears("a pad", pad_ready).await;
    office.listen(&desk.handle).await;

    // The webhook told of the move; the tag came later, and tags tell nothing.
    office.move_and_tell(&untagged, &desk.handle).await;
    answered(&desk).await;
    office.wait(10 * MINUTE).await;
    office
        .services
        .world
        .with(|world| world.tag(&untagged, "coderpad").unwrap());
    desk.hears("a pad", pad_ready).await;
    office.wait(10 * MINUTE).await;
    assert_eq!(desk.handle.snapshot().webhooks, WebhookState::Arriving);
}

#[tokio::test(start_paused = true)]
async fn a_late_event_is_waited_for() {
    let office = Office::new(31);
    let ada = office.services.candidate("Ada Example");
    let mut desk = office.listening(Settings::default()).await;
    office.services.to_phone_screen(&ada);
    desk.hears("a pad", pad_ready).await;
    desk.handle.webhook(office.last_event()).await.unwrap();
    office.wait(10 * MINUTE).await;
    assert_eq!(desk.handle.snapshot().webhooks, WebhookState::Arriving);
    assert_eq!(desk.handle.snapshot().counts.to_send, 1, "one pad");
}

#[tokio::test(start_paused = true)]
async fn a_hint_that_the_key_may_not_follow_stops_nothing() {
    let office = Office::new(32);
    let [ada, ben] = ["Ada", "Ben"].map(|name| office.services.candidate(name));
    let mut desk = office.listening(asking_every_hour()).await;
    office.services.world.with(|world| {
        let one = Matching::of(Service::Lever, "GET", "/v1/opportunities/*");
        let forbidden = Effect::Status(OtherStatus::of(403));
        world.faults.once(one, forbidden);
    });
    office.move_and_tell(&ada, &desk.handle).await;
    answered(&desk).await;
    office.move_and_tell(&ben, &desk.handle).await;
    let told = desk.hears("a pad", pad_ready).await;
    assert!(matches!(told.news, News::PadReady { who, .. } if who.name == "Ben"));
}

#[tokio::test(start_paused = true)]
async fn switched_off_nothing_is_expected_and_everything_is_forgotten_on_request() {
    let office = Office::new(33);
    let ada = office.services.candidate("Ada Example");
    let mut desk = office.listening(Settings::default()).await;
    let status = desk.handle.webhook_status().await.unwrap();
    assert!(status.local_url.is_some());
    desk.handle
        .choose_webhooks(WebhookChoice::default())
        .await
        .unwrap();
    office.services.to_phone_screen(&ada);
    desk.hears("a pad", pad_ready).await;
    office.wait(10 * MINUTE).await;
    assert_eq!(desk.handle.snapshot().webhooks, WebhookState::Off);

    desk.handle.forget_everything().await.unwrap();
    let status = desk.handle.webhook_status().await.unwrap();
    assert_eq!((status.port, status.signing_tokens), (None, 0));
    let event = office.last_event();
    let taken = desk.handle.webhook(event).await.unwrap();
    assert_eq!(taken, Taken::New, "its token is forgotten too");
}

/// All webhooks in Lever: address and event.
fn in_lever(office: &Office) -> Vec<(String, String)> {
    office.services.world.with(|world| {
        let hooks = world.lever.webhooks.hooks.iter().filter(|hook| hook.by_key);
        hooks
            .map(|hook| {
                let event = serde_json::to_value(hook.event).unwrap();
                (hook.url.clone(), event.as_str().unwrap().to_owned())
            })
            .collect()
    })
}

async fn choose_address(desk: &Desk, address: &str) -> Result<(), padwatch_engine::Problem> {
    let choice = WebhookChoice {
        on: true,
        public_address: address.to_owned(),
        port: None,
    };
    desk.handle.choose_webhooks(choice).await
}

#[tokio::test(start_paused = true)]
async fn webhooks_are_made_once_mended_when_they_lead_elsewhere_and_removed() {
    let office = Office::new(34);
    let desk = office.listening(Settings::default()).await;
    let nowhere = desk.handle.register_webhooks().await.unwrap_err();
    assert_eq!(nowhere.code, ProblemCode::NotValid);
    let local = choose_address(&desk, "localhost:4000").await.unwrap_err();
    assert!(local.message.contains("can’t reach"), "{local:?}");
    choose_address(&desk, "http://Pad.Example.com/")
        .await
        .unwrap();

    let first = desk.handle.register_webhooks().await.unwrap();
    assert_eq!((first.made.len(), first.new_tokens.len()), (8, 8));
    assert_eq!(first.problem, None);
    let mut tokens = first.new_tokens.clone();
    desk.handle
        .use_signing_tokens(tokens.clone())
        .await
        .unwrap();
    desk.handle.webhooks_registered(first.made).await.unwrap();
    let status = desk.handle.webhook_status().await.unwrap();
    let url = status.url.unwrap();
    assert!(url.starts_with("https://pad.example.com/lever/"), "{url}");
    assert!(in_lever(&office).iter().all(|(at, _)| *at == url));

    let again = desk.handle.register_webhooks().await.unwrap();
    assert_eq!((again.made.len(), again.new_tokens.len()), (8, 0));

    choose_address(&desk, "other.example.com/hooks")
        .await
        .unwrap();
    let status = desk.handle.webhook_status().await.unwrap();
    assert!(status.made_for_another_address);
    let mended = desk.handle.register_webhooks().await.unwrap();
    assert_eq!((mended.new_tokens.len(), mended.gone.len()), (8, 8));
    tokens.retain(|token| !mended.gone.iter().any(|gone| gone.is_signed_with(token)));
    assert_eq!(tokens.len(), 0, "the old ones are known as such");
    desk.handle.webhooks_registered(mended.made).await.unwrap();
    assert_eq!(in_lever(&office).len(), 8);
    assert!(
        in_lever(&office)[0]
            .0
            .starts_with("https://other.example.com/hooks/lever/")
    );

    let gone = desk.handle.unregister_webhooks().await.unwrap();
    assert_eq!(gone.len(), 8);
    assert_eq!(in_lever(&office), []);
}

#[tokio::test(start_paused = true)]
async fn a_registration_that_breaks_off_is_finished_by_the_next_one() {
    let office = Office::new(35);
    let desk = office.listening(Settings::default()).await;
    choose_address(&desk, "pad.example.com").await.unwrap();
    office.services.world.with(|world| {
        let mut third = Matching::of(Service::Lever, "POST", "/v1/webhooks");
        third.skip = 2;
        world.faults.once(third, Effect::DropAfter);
    });
    let broken = desk.handle.register_webhooks().await.unwrap();
    assert!(broken.problem.is_some());
    assert_eq!(broken.made.len(), 2);
    assert_eq!(in_lever(&office).len(), 3, "one more than we know");
    desk.handle
        .use_signing_tokens(broken.new_tokens)
        .await
        .unwrap();
    desk.handle.webhooks_registered(broken.made).await.unwrap();

    let whole = desk.handle.register_webhooks().await.unwrap();
    assert_eq!(whole.problem, None);
    assert_eq!((whole.made.len(), whole.new_tokens.len()), (8, 6));
    let mut events: Vec<_> = in_lever(&office)
        .into_iter()
        .map(|(_, event)| event)
        .collect();
    events.sort();
    events.dedup();
    assert_eq!(events.len(), 8, "each once");
    assert_eq!(in_lever(&office).len(), 8);
}

#[tokio::test(start_paused = true)]
async fn a_key_that_may_not_make_webhooks_says_which_permission_it_lacks() {
    let office = Office::new(36);
    let desk = office.listening(Settings::default()).await;
    choose_address(&desk, "pad.example.com").await.unwrap();
    office.services.world.with(|world| {
        let making = Matching::of(Service::Lever, "POST", "/v1/webhooks");
        world
            .faults
            .always(making, Effect::Status(OtherStatus::of(403)));
    });
    let problem = desk.handle.register_webhooks().await.unwrap().problem;
    let problem = problem.unwrap();
    assert_eq!(problem.code, ProblemCode::LeverNotAllowed);
    assert_eq!(in_lever(&office), []);
}
