//! Whether there is a newer Padwatch. One address is asked, which the package sets at build time;
//! without one, nothing is ever asked, and nothing of this is shown.

use std::time::Duration;

use padwatch_domain::release::{Version, newer};
use padwatch_engine::Handle;
use serde::Serialize;
use tokio::sync::watch;
use transport::{Clock, Request, Transport};
use ts_rs::TS;
use url::Url;

/// How often the address is asked.
const ASKED_EVERY: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// How long after the start: there is more important work then.
const AFTER_START: Duration = Duration::from_secs(60);
/// How soon it is seen that the recruiter turned it on.
const LOOKED_AT_EVERY: Duration = Duration::from_secs(10 * 60);

/// What Help shows about newer versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Updates {
    /// The newer version, if there is one.
    pub newer: Option<String>,
}

/// The address that may be asked: https alone.
#[must_use]
pub fn update_address(set: Option<&str>) -> Option<Url> {
    let url = Url::parse(set?.trim()).ok()?;
    (url.scheme() == "https" && url.has_host()).then_some(url)
}

/// Asks the address every week, as long as the recruiter wants it, and keeps what it said.
pub async fn follow_updates(
    engine: Handle,
    clock: &dyn Clock,
    web: &dyn Transport,
    address: &Url,
    current: &str,
    found: &watch::Sender<Option<Version>>,
) {
    clock.sleep(AFTER_START).await;
    loop {
        let wanted = engine.settings().await;
        if wanted.is_ok_and(|settings| settings.notifications.new_version) {
            if let Some(version) = ask(web, address, current).await {
                found.send_replace(Some(version));
            }
            clock.sleep(ASKED_EVERY).await;
        } else {
            found.send_replace(None);
            clock.sleep(LOOKED_AT_EVERY).await;
        }
    }
}

async fn ask(web: &dyn Transport, address: &Url, current: &str) -> Option<Version> {
    match web.send(Request::get(address.clone())).await {
        Ok(reply) if reply.status.is_success() => newer(&reply.body, current),
        Ok(reply) => {
            tracing::info!(status = %reply.status, "the address for updates answers with no version");
            None
        }
        Err(failure) => {
            tracing::info!(%failure, "the address for updates can't be reached");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_an_address_or_with_an_unsafe_one_there_is_none() {
        for set in [
            None,
            Some(""),
            Some("http://a.test/v"),
            Some("file:///etc/passwd"),
            Some("x"),
        ] {
            assert_eq!(update_address(set), None, "{set:?}");
        }
        let set = " https://padwatch.example/version.json ";
        assert_eq!(
            update_address(Some(set)).unwrap().host_str(),
            Some("padwatch.example")
        );
    }
}
