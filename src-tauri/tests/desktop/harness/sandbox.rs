//! Lever and CoderPad on loopback, and the control address to play with them.

use sandbox::{Addresses, Options, Running, World, sample, serve};
use serde_json::{Value, json};

/// The services, and the people in them.
pub(crate) struct Sandbox {
    running: Running,
    web: reqwest::Client,
}

impl Sandbox {
    /// Starts the sample world.
    pub(crate) async fn start() -> Self {
        let now_ms = transport::Clock::now_ms(&transport::SystemClock::new());
        let world = sample(now_ms.unsigned_abs(), now_ms).unwrap();
        let running = serve(world, Options::default()).await.unwrap();
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self {
            running,
            web: reqwest::Client::new(),
        }
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
