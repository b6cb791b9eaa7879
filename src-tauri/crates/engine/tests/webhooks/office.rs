//! A computer that wants webhooks, and what Lever sends it.

use std::time::Duration;

use padwatch_domain::settings::Settings;
use padwatch_engine::Handle;
use padwatch_engine::webhooks::WebhookChoice;
use padwatch_receiver::{Delivery, Health, Judgement, Taken, Window, judge};
use sandbox::{OpportunityId, WebhookCommand};

use crate::desk::{Desk, Services};

pub(crate) const MINUTE: Duration = Duration::from_secs(60);
pub(crate) const LIST: &str = "GET /v1/opportunities";

/// Lever is asked so seldom that whatever happens is the webhooks' doing.
pub(crate) fn asking_every_hour() -> Settings {
    let mut settings = Settings::default();
    settings.watch.every_seconds = 3600;
    settings
}

/// What webhooks bring to a desk that wants them.
pub(crate) struct Office {
    pub(crate) services: Services,
    pub(crate) token: String,
}

impl Office {
    /// With a webhook for moves, switched on in Lever.
    pub(crate) fn new(seed: u64) -> Self {
        let services = Services::new(seed);
        let event = sandbox::lever::webhook::Event::StageChange;
        let token = services.world.with(|world| {
            let url = "https://pad.example.com/lever/x".to_owned();
            let on = WebhookCommand::SwitchEvents { event, on: true };
            on.obey(world).unwrap();
            let made = WebhookCommand::Add { event, url }.obey(world).unwrap();
            made["signatureToken"].as_str().unwrap().to_owned()
        });
        Self { services, token }
    }

    /// A desk that has looked at everyone once, and listens.
    pub(crate) async fn listening(&self, settings: Settings) -> Desk {
        let desk = self.services.desk(settings).await;
        desk.watching().await;
        self.listen(&desk.handle).await;
        desk
    }

    pub(crate) async fn listen(&self, handle: &Handle) {
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
    pub(crate) fn last_event(&self) -> Delivery {
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

    /// Someone is moved, and Lever tells.
    pub(crate) async fn move_and_tell(&self, id: &OpportunityId, handle: &Handle) {
        self.services.to_phone_screen(id);
        let taken = handle.webhook(self.last_event()).await.unwrap();
        assert_eq!(taken, Taken::New);
    }

    pub(crate) fn count(&self, kind: &str) -> u64 {
        self.services.world.with(|world| world.journal.count(kind))
    }

    /// Requests for single opportunities, until a pad was asked for.
    pub(crate) fn look_ups(&self) -> usize {
        let is_look_up = |asked: &&String| {
            let one = asked.strip_prefix("GET /v1/opportunities/");
            one.is_some_and(|id| !id.contains('/'))
        };
        self.before_the_pad().iter().filter(is_look_up).count()
    }

    /// All requests until a pad was asked for.
    pub(crate) fn before_the_pad(&self) -> Vec<String> {
        self.services.world.with(|world| {
            let asked = world.journal.entries();
            asked
                .map(|entry| format!("{} {}", entry.method, entry.path))
                .take_while(|asked| asked != "POST /api/pads")
                .collect()
        })
    }

    pub(crate) fn forget_requests(&self) {
        self.services.world.with(|world| world.journal.clear());
    }

    pub(crate) async fn wait(&self, time: Duration) {
        self.services.clock.sleep(time).await;
    }
}

/// An event as if it had passed the receiver.
pub(crate) fn event_about(token: &str, id: &str, triggered_at_ms: i64) -> Delivery {
    Delivery {
        token: token.to_owned(),
        opportunity: lever::OpportunityId::new(id),
        kind: lever::webhook::EventKind::CandidateStageChange,
        triggered_at_ms,
    }
}

/// Waits until no hint waits to be looked up.
pub(crate) async fn answered(desk: &Desk) {
    let mut changes = desk.handle.changes();
    while desk.handle.webhook_status().await.unwrap().waiting > 0 {
        changes.changed().await.unwrap();
    }
}
