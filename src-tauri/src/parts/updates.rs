use std::sync::Arc;

use padwatch_api::follow_updates;
use padwatch_domain::release::LONGEST;
use transport::Web;
use url::Url;

use crate::shell::Shell;

/// Follows what it says until Padwatch ends.
pub(crate) async fn follow(shell: Arc<Shell>, address: Url) {
    let proxy = shell
        .services
        .connections
        .in_use()
        .proxy()
        .unwrap_or_default();
    let version = env!("CARGO_PKG_VERSION");
    // The address is told nothing but that a Padwatch asks.
    let web = match Web::through("Padwatch", &proxy) {
        Ok(web) => web.reading_at_most(LONGEST),
        Err(error) => {
            tracing::warn!(%error, "newer versions can't be looked for");
            return;
        }
    };
    if let Some(found) = &shell.signals.newer {
        let (engine, clock) = (shell.engine.clone(), shell.clock.as_ref());
        follow_updates(engine, clock, &web, &address, version, found).await;
    }
}
