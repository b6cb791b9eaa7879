//! The sandbox inside the program: Lever and CoderPad imitated on loopback, for trying Padwatch
//! without accounts.

use std::io;
use std::sync::Arc;

use padwatch_api::SecretName;
use padwatch_engine::settings::Settings;
use sandbox::{Options, Running, sample, serve_by};
use transport::{ApiRoot, Clock, SecretString};
use url::Url;

use crate::shell::Shell;

/// The sample world is the same at every start.
const SEED: u64 = 7;

/// Whoever tries Padwatch should not have to wait half a minute to see something.
const LOOK_EVERY_SECONDS: u32 = 10;

/// The sandbox's servers, and how to reach them.
pub(crate) struct Sandbox {
    pub(crate) lever: ApiRoot,
    pub(crate) coderpad: ApiRoot,
    pub(crate) control: Url,
    pub(crate) keys: [(SecretName, SecretString); 2],
    /// The servers run as long as this lives.
    pub(crate) running: Running,
}

impl Sandbox {
    /// Starts the servers with the sample candidates, and the story that moves one of them.
    pub(crate) async fn start(clock: Arc<dyn Clock>) -> io::Result<Self> {
        let world = sample(SEED, clock.now_ms()).map_err(io::Error::other)?;
        let running = serve_by(
            world,
            Options {
                story: true,
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
            control: Url::parse(&addresses.control).map_err(io::Error::other)?,
            keys: [
                (SecretName::LeverKey, secret(&addresses.lever_key)),
                (SecretName::CoderpadKey, secret(&addresses.coderpad_key)),
            ],
            running,
        })
    }
}

/// Looks more often than usual, unless the person has chosen settings already.
pub(crate) async fn look_often(shell: Arc<Shell>) {
    let Ok(mut settings) = shell.engine.settings().await else {
        return;
    };
    if settings == Settings::default() {
        settings.watch.every_seconds = LOOK_EVERY_SECONDS;
        if let Err(problem) = shell.engine.change_settings(settings).await {
            tracing::info!(code = ?problem.code, "the sandbox is looked at as seldom as usual");
        }
    }
}
