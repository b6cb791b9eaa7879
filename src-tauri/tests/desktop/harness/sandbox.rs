//! Lever and CoderPad on loopback, and the control address to play with them.

use std::sync::Arc;

use sandbox::{Addresses, Options, Running, World, sample, serve_by};
use serde_json::{Value, json};
use transport::{Clock, FastClock, SystemClock};

/// The services, and the people in them.
pub(crate) struct Sandbox {
    running: Running,
    web: reqwest::Client,
    /// When its time began to run faster than the computer's, in ms since the epoch.
    fast_since_ms: Option<i64>,
}

/// How much faster: a minute around an interview takes four seconds.
const RATE: u32 = 15;

impl Sandbox {
    /// Starts the sample world.
    pub(crate) async fn start() -> Self {
        Self::by(Arc::new(SystemClock::new()), None).await
    }

    /// Starts the sample world in a time that runs faster. A program that is started with
    /// [`Sandbox::fast`] has the same time.
    pub(crate) async fn start_fast() -> Self {
        let since_ms = SystemClock::new().now_ms();
        let clock = FastClock::running_since(since_ms, RATE);
        Self::by(Arc::new(clock), Some(since_ms)).await
    }

    async fn by(clock: Arc<dyn Clock>, fast_since_ms: Option<i64>) -> Self {
        let now_ms = clock.now_ms();
        let world = sample(now_ms.unsigned_abs(), now_ms).unwrap();
        let running = serve_by(world, Options::default(), clock).await.unwrap();
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self {
            running,
            web: reqwest::Client::new(),
            fast_since_ms,
        }
    }

    /// What a program needs to know to have the same time.
    pub(crate) fn fast(&self) -> Option<String> {
        let since_ms = self.fast_since_ms?;
        Some(format!("{RATE}:{since_ms}"))
    }

    pub(crate) fn addresses(&self) -> &Addresses {
        &self.running.addresses
    }

    /// Looks at the services from inside, or changes them.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        self.running.world.with(act)
    }

    /// Moves a candidate, as the control page does.
    pub(crate) async fn move_to(&self, name: &str, stage: &str) {
        let opportunity = self.candidate(name).await["opportunity"].clone();
        self.play(
            "candidates",
            &json!({"do": "move", "opportunity": opportunity, "stage": stage}),
        )
        .await;
    }

    /// A candidate as the control address shows it.
    pub(crate) async fn candidate(&self, name: &str) -> Value {
        let all = self.look("candidates").await;
        let candidates = all["candidates"].as_array().unwrap();
        let found = candidates
            .iter()
            .find(|candidate| candidate["name"] == name);
        found
            .unwrap_or_else(|| panic!("{name} is not in {all}"))
            .clone()
    }

    /// The pads there are, deleted ones left out.
    pub(crate) async fn pads(&self) -> Vec<Value> {
        let all = self.look("pads").await;
        let pads = all["pads"].as_array().unwrap();
        pads.iter()
            .filter(|pad| pad["deletedAt"].is_null())
            .cloned()
            .collect()
    }

    /// Does something at the control address.
    pub(crate) async fn play(&self, what: &str, command: &Value) -> Value {
        let address = format!("{}api/{what}", self.addresses().control);
        let reply = self.web.post(address).body(command.to_string());
        let reply = reply
            .header("content-type", "application/json")
            .send()
            .await
            .unwrap();
        let status = reply.status();
        let text = reply.text().await.unwrap();
        assert!(status.is_success(), "{command}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Looks at the control address.
    pub(crate) async fn look(&self, what: &str) -> Value {
        let address = format!("{}api/{what}", self.addresses().control);
        let text = self
            .web
            .get(address)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
        serde_json::from_str(&text).unwrap()
    }
}
