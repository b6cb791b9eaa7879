//! The sandbox inside the program: Lever and CoderPad imitated on loopback, for trying Padwatch
//! without accounts.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use padwatch_api::{DemoStep, SecretName};
use padwatch_domain::problem::Problem;
use padwatch_domain::settings::Settings;
use padwatch_engine::Handle;
use sandbox::{Options, Running, SharedWorld, has_outage, sample, serve_by};
use tokio::sync::watch;
use tokio::time::timeout;
use transport::{ApiRoot, Clock, SecretString};
use url::Url;

/// The sample world is the same at every start.
const SEED: u64 = 7;

/// A person who tries Padwatch should not wait half a minute to see something.
const LOOK_EVERY_SECONDS: u32 = 10;

/// How long a browser may take from its start until it asks for the control page.
const BROWSER_STARTS: Duration = Duration::from_secs(20);

/// The sandbox's servers, and how to reach them.
pub(crate) struct Sandbox {
    pub(crate) lever: ApiRoot,
    pub(crate) coderpad: ApiRoot,
    pub(crate) control: ControlPage,
    pub(crate) keys: [(SecretName, SecretString); 2],
    /// The servers run as long as this lives.
    pub(crate) running: Running,
}

impl Sandbox {
    /// Starts the servers with the sample candidates, some of them with pads.
    pub(crate) async fn start(clock: Arc<dyn Clock>) -> io::Result<Self> {
        let world = sample(SEED, clock.now_ms()).map_err(io::Error::other)?;
        let running = serve_by(
            world,
            Options {
                scene: true,
                rate_limit: false,
                ..Options::default()
            },
            clock,
        )
        .await?;
        let addresses = &running.addresses;
        let secret = |key: &String| SecretString::from(key.clone());
        Ok(Self {
            lever: ApiRoot::parse(&addresses.lever_api).map_err(io::Error::other)?,
            coderpad: ApiRoot::parse(&addresses.coderpad_api).map_err(io::Error::other)?,
            control: ControlPage {
                address: Url::parse(&addresses.control).map_err(io::Error::other)?,
                shown: running.page_shown.clone(),
            },
            keys: [
                (SecretName::LeverKey, secret(&addresses.lever_key)),
                (SecretName::CoderpadKey, secret(&addresses.coderpad_key)),
            ],
            running,
        })
    }
}

/// The sandbox's page for people. It is served here, so a browser that never asks for it is noticed,
/// whatever the desktop says became of the address.
#[derive(Debug, Clone)]
pub(crate) struct ControlPage {
    pub(crate) address: Url,
    shown: watch::Receiver<u64>,
}

impl ControlPage {
    /// Returns true once a browser asks for the page from now on, false if none does in time.
    pub(crate) fn is_asked_for(&self) -> impl Future<Output = bool> + Send + use<> {
        let mut shown = self.shown.clone();
        shown.mark_unchanged();
        async move { matches!(timeout(BROWSER_STARTS, shown.changed()).await, Ok(Ok(()))) }
    }
}

/// Looks more often than usual, unless the person has chosen settings already.
pub(crate) async fn look_often(engine: &Handle) {
    let Ok(mut settings) = engine.settings().await else {
        return;
    };
    if settings == Settings::default() {
        settings.watch.every_seconds = LOOK_EVERY_SECONDS;
        if let Err(problem) = engine.change_settings(settings).await {
            tracing::info!(code = ?problem.code(), "the sandbox is looked at as seldom as usual");
        }
    }
}

/// Makes something happen. Returns true if CoderPad is down.
pub(crate) fn demo(world: &SharedWorld, step: Option<DemoStep>) -> Result<bool, Problem> {
    let step = step.map(|step| match step {
        DemoStep::AskWhichJob => sandbox::DemoStep::AskWhichJob,
        DemoStep::MoveCandidate => sandbox::DemoStep::MoveCandidate,
        DemoStep::EndInterview => sandbox::DemoStep::EndInterview,
        DemoStep::StartOutage => sandbox::DemoStep::Outage(true),
        DemoStep::EndOutage => sandbox::DemoStep::Outage(false),
    });
    world.with(|world| {
        if let Some(step) = step {
            step.take(world).map_err(|_| Problem::NothingInDemo)?;
        }
        Ok(has_outage(world))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_page_that_was_shown_before_the_click_has_to_be_shown_again() {
        let (times, shown) = watch::channel(0);
        let page = ControlPage {
            address: Url::parse("http://127.0.0.1:4003/").unwrap(),
            shown,
        };
        times.send_replace(1);
        assert!(!page.is_asked_for().await);
        let asked_for = page.is_asked_for();
        times.send_replace(2);
        assert!(asked_for.await);
    }
}
