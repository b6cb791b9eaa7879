use std::sync::Arc;
use std::time::{Duration, Instant};

use padwatch_domain::announcement::{Announcement, News};
use padwatch_domain::settings::Settings;
use padwatch_engine::listen;
use padwatch_engine::snapshot::Condition;
use padwatch_engine::webhooks::WebhookChoice;
use padwatch_engine::{EngineConfig, Handle, Keys, start};
use sandbox::lever::webhook::Event;
use sandbox::{
    Candidate, Effect, Matching, OpportunityId, Options, Running, Service, WebhookCommand,
    accounts, serve,
};
use tokio::sync::mpsc;
use transport::{ApiRoot, Clock, SystemClock, SystemRng, Web};

use super::{Outcome, figure, percentile};

/// What each of the two requests that no one can avoid takes.
const SERVICE_TAKES: Duration = Duration::from_millis(100);
const EVENTS: usize = 30;
/// Slower than Lever's pace, which would be measured otherwise.
const BETWEEN: Duration = Duration::from_secs(1);

/// From Lever's event to the announcement, less the two requests; and how many requests one pad
/// costs, from the event until its link is on the profile.
pub(super) async fn measure() -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let mut office = Office::open(folder.path()).await?;
    office.sandbox.world.with(|world| {
        let ms = u64::try_from(SERVICE_TAKES.as_millis()).unwrap_or_default();
        let read = Matching::of(Service::Lever, "GET", "/v1/opportunities/*");
        for slow in [read, Matching::creating_a_pad()] {
            world.faults.always(slow, Effect::Delay { ms });
        }
    });
    let mut took = Vec::new();
    let mut requests = Vec::new();
    for number in 0..EVENTS {
        let before = office.requests();
        let begun = Instant::now();
        let id = office.somebody_is_moved(number)?;
        office.hears_of_pad().await?;
        let above = begun.elapsed().saturating_sub(2 * SERVICE_TAKES);
        took.push(above.as_secs_f64() * 1e3);
        while begun.elapsed() < BETWEEN || office.links_of(&id) == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        requests.push((office.requests() - before) as f64);
    }
    figure("webhook_to_notification_extra_ms", percentile(took, 50))?;
    // The median: now and then a reading that continues beside it falls among them.
    figure("pad_requests", percentile(requests, 50))
}

/// An engine that listens for webhooks and looks at Lever once an hour.
struct Office {
    sandbox: Running,
    handle: Handle,
    announcements: mpsc::Receiver<Announcement>,
}

impl Office {
    async fn open(folder: &std::path::Path) -> Outcome<Self> {
        let mut world = accounts(1);
        world.coderpad.quota.limit = 1_000_000;
        let sandbox = serve(world, Options::default()).await?;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let roots = (
            ApiRoot::parse(&sandbox.addresses.lever_api)?,
            ApiRoot::parse(&sandbox.addresses.coderpad_api)?,
        );
        let web = Arc::new(Web::new("Padwatch-figures")?);
        let rng = Arc::new(SystemRng);
        let mut wiring = EngineConfig::new(folder.to_owned(), web, roots, clock.clone(), rng);
        let mut settings = Settings::default();
        settings.watch.every_seconds = 3_600;
        // All of them come between two readings, which is a surge otherwise.
        settings.guards.surge_limit = 1_000_000;
        wiring.settings = Some(settings);
        let (engine, handle, announcements) = start(wiring);
        tokio::spawn(engine.run());
        tokio::spawn(listen(handle.clone(), clock));
        let office = Self {
            sandbox,
            handle,
            announcements,
        };
        office.watch().await?;
        office.listen().await?;
        Ok(office)
    }

    async fn watch(&self) -> Outcome<()> {
        let keys = Keys {
            lever: Some(self.sandbox.addresses.lever_key.clone().into()),
            coderpad: Some(self.sandbox.addresses.coderpad_key.clone().into()),
        };
        self.handle.use_keys(keys).await?;
        let mut changes = self.handle.changes();
        changes
            .wait_for(|snapshot| snapshot.condition == Condition::Watching)
            .await?;
        Ok(())
    }

    async fn listen(&self) -> Outcome<()> {
        let choice = WebhookChoice {
            on: true,
            ..WebhookChoice::default()
        };
        self.handle.choose_webhooks(choice).await?;
        let url = loop {
            if let Some(url) = self.handle.webhook_status().await?.place.local_url {
                break url;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        };
        let event = Event::StageChange;
        let made = self.sandbox.world.with(|world| {
            WebhookCommand::SwitchEvents { event, on: true }.obey(world)?;
            WebhookCommand::Add { event, url }.obey(world)
        })?;
        let token = made
            .get("signatureToken")
            .and_then(serde_json::Value::as_str)
            .ok_or("the webhook has no token")?;
        self.handle.use_signing_tokens(vec![token.into()]).await?;
        Ok(())
    }

    fn somebody_is_moved(&self, number: usize) -> Outcome<OpportunityId> {
        let candidate = Candidate {
            name: format!("Candidate {number}"),
            tags: vec!["coderpad".to_owned()],
            stage: Some("Recruiter Call".to_owned()),
            ..Candidate::default()
        };
        let id = self.sandbox.world.with(|world| {
            let id = world.add_candidate(candidate)?;
            world.move_to_stage(&id, "Phone Screen")?;
            Ok::<_, sandbox::NoSuchThing>(id)
        })?;
        Ok(id)
    }

    async fn hears_of_pad(&mut self) -> Outcome<()> {
        while let Some(announcement) = self.announcements.recv().await {
            self.handle.shown(&announcement).await;
            if matches!(announcement.news, News::PadReady { .. }) {
                return Ok(());
            }
        }
        Err("the engine has ended".into())
    }

    fn requests(&self) -> u64 {
        let world = &self.sandbox.world;
        world.with(|world| world.journal.counts().values().sum())
    }

    fn links_of(&self, id: &OpportunityId) -> usize {
        self.sandbox.world.with(|world| world.links_of(id).len())
    }
}
