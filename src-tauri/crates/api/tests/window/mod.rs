//! A window in front of a real engine on the sandbox.
#![allow(dead_code, reason = "each test uses its own part of this")]

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use http::header;
use padwatch_api::{Call, Locale, Places, SecretName, answer};
use padwatch_domain::problem::Problem;
use padwatch_engine::snapshot::Condition;
use padwatch_engine::{EngineConfig, Handle, start};
use sandbox::{CODERPAD_ROOT, InProcess, LEVER_ROOT, SharedWorld, sample};
use serde_json::{Value, json};
use tempfile::TempDir;
use transport::{
    ApiRoot, Clock, ExposeSecret as _, Failure, Reply, Request, SeededRng, Transport, VirtualClock,
};

#[path = "../in_memory/mod.rs"]
mod in_memory;
use in_memory::InMemory;

/// No wait is longer, in virtual time.
pub(crate) const DEADLINE: Duration = Duration::from_secs(3600);
pub(crate) const NAME: &str = "Amara Nwosu";

/// A window in front of an engine.
pub(crate) struct Window {
    pub(crate) engine: Handle,
    pub(crate) desktop: InMemory,
    pub(crate) world: SharedWorld,
    pub(crate) keys: (String, String),
    pub(crate) folder: TempDir,
}

/// Lever's EU region. The usual one is [`LEVER_ROOT`], and knows no key of this account.
pub(crate) const EU_ROOT: &str = "http://127.0.0.1:9/v1";

/// The sandbox as an account in the EU.
struct Europe(InProcess);

#[async_trait]
impl Transport for Europe {
    async fn send(&self, mut request: Request) -> Result<Reply, Failure> {
        match request.url.port() {
            Some(9) => request.url.set_port(Some(1)).unwrap(),
            Some(1) => {
                request.headers.remove(header::AUTHORIZATION);
            }
            _ => {}
        }
        self.0.send(request).await
    }
}

impl Window {
    pub(crate) fn new() -> Self {
        Self::with(|world| Arc::new(InProcess::new(world)), |config| config)
    }

    /// As the demo is.
    pub(crate) fn of_demo() -> Self {
        Self::with(
            |world| Arc::new(InProcess::new(world)),
            EngineConfig::unlimited,
        )
    }

    /// Against the sandbox as an account in the EU.
    pub(crate) fn in_europe() -> Self {
        let mut window = Self::with(
            |world| Arc::new(Europe(InProcess::new(world))),
            |config| config,
        );
        let roots = [LEVER_ROOT, EU_ROOT, CODERPAD_ROOT];
        window.desktop.roots = Some(roots.map(|root| ApiRoot::parse(root).unwrap()));
        window
    }

    fn with(
        transport: impl FnOnce(SharedWorld) -> Arc<dyn Transport>,
        configured: impl FnOnce(EngineConfig) -> EngineConfig,
    ) -> Self {
        let clock: Arc<dyn Clock> = Arc::new(VirtualClock::starting_at(1_772_532_000_000));
        let world = sample(3, clock.now_ms()).unwrap();
        let lever = world.lever.keys.keys().next().cloned().unwrap();
        let coderpad = world.coderpad.keys.keys().next().cloned().unwrap();
        let world = SharedWorld::new(world, clock.clone());
        let folder = tempfile::tempdir().unwrap();
        let root = |text| ApiRoot::parse(text).unwrap();
        let mut wiring = EngineConfig::new(
            folder.path().to_owned(),
            transport(world.clone()),
            (root(LEVER_ROOT), root(CODERPAD_ROOT)),
            clock,
            Arc::new(SeededRng::new(3)),
        );
        wiring.note_words = padwatch_api::note_words(Locale::default());
        let (engine, handle, mut announcements) = start(configured(wiring));
        tokio::spawn(engine.run());
        tokio::spawn(async move { while announcements.recv().await.is_some() {} });
        let places = Places {
            roots: vec![root(LEVER_ROOT), root(CODERPAD_ROOT)],
            ..Places::default()
        };
        let desktop = InMemory {
            places,
            ..InMemory::default()
        };
        Self {
            engine: handle,
            desktop,
            world,
            keys: (lever, coderpad),
            folder,
        }
    }

    /// With both keys set, and the first look at Lever done.
    pub(crate) async fn watching() -> Self {
        let window = Self::new();
        window
            .ask(json!({"kind": "setLeverKey", "key": window.keys.0}))
            .await
            .unwrap();
        window
            .ask(json!({"kind": "setCoderpadKey", "key": window.keys.1}))
            .await
            .unwrap();
        let mut changes = window.engine.changes();
        let watching = changes.wait_for(|snapshot| snapshot.condition == Condition::Watching);
        tokio::time::timeout(DEADLINE, watching)
            .await
            .unwrap()
            .unwrap();
        window
    }

    /// Moves the candidate on, and waits for the pad. Gives the id.
    pub(crate) async fn with_pad(&self) -> String {
        self.world.with(|world| {
            let id = world
                .lever
                .opportunities
                .iter()
                .find_map(|(id, opportunity)| {
                    let contact = world.lever.contacts.get(&opportunity.contact)?;
                    (contact.name == NAME).then(|| id.clone())
                });
            world.move_to_stage(&id.unwrap(), "Phone Screen").unwrap();
        });
        self.ask(json!({"kind": "checkNow"})).await.unwrap();
        let mut changes = self.engine.changes();
        let made = changes.wait_for(|snapshot| snapshot.counts.to_send == 1);
        let snapshot = tokio::time::timeout(DEADLINE, made)
            .await
            .unwrap()
            .unwrap()
            .clone();
        snapshot.newest[0].opportunity.as_str().to_owned()
    }

    pub(crate) async fn ask(&self, call: Value) -> Result<Value, Problem> {
        let call: Call = serde_json::from_value(call).unwrap();
        answer(&self.engine, &self.desktop, call).await
    }

    pub(crate) fn stored(&self, name: SecretName) -> Option<String> {
        let noted = self.desktop.noted.lock().unwrap();
        noted
            .secrets
            .get(&name)
            .map(|secret| secret.expose_secret().to_owned())
    }
}
