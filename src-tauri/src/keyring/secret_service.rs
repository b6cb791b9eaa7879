//! What the Secret Service tells without asking the person anything: whether an item is there, and
//! that something changed.

use std::collections::HashMap;
use std::time::Duration;

use futures_util::StreamExt as _;
use padwatch_domain::problem::Problem;
use zbus::zvariant::OwnedObjectPath;

use super::vault::Glimpse;

const BUS_NAME: &str = "org.freedesktop.secrets";
const SERVICE_PATH: &str = "/org/freedesktop/secrets";
const SERVICE: &str = "org.freedesktop.Secret.Service";
/// No answer of the bus takes longer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Looks for an item without unlocking anything.
pub(super) fn glimpse(service: &str, user: &str) -> Result<Glimpse, Problem> {
    let (unlocked, locked) = search(service, user).map_err(|error| {
        tracing::debug!(%error, "the keyring could not be searched");
        Problem::KeyringMissing
    })?;
    Ok(match (unlocked.is_empty(), locked.is_empty()) {
        (true, true) => Glimpse::Missing,
        (true, false) => Glimpse::Locked,
        (false, _) => Glimpse::There,
    })
}

/// Returns true if nothing can be stored: there is no default collection. Some stores, closed, show
/// neither that nor what is in it.
pub(super) fn lacks_default() -> bool {
    match default_collection() {
        Ok(path) => path.as_str() == "/",
        Err(error) => {
            tracing::debug!(%error, "the keyring names no default collection");
            false
        }
    }
}

fn default_collection() -> zbus::Result<OwnedObjectPath> {
    let bus = zbus::blocking::connection::Builder::session()?
        .method_timeout(PATIENCE)
        .build()?;
    let proxy = zbus::blocking::Proxy::new(&bus, BUS_NAME, SERVICE_PATH, SERVICE)?;
    proxy.call("ReadAlias", &("default",))
}

fn search(service: &str, user: &str) -> zbus::Result<(Vec<OwnedObjectPath>, Vec<OwnedObjectPath>)> {
    let bus = zbus::blocking::connection::Builder::session()?
        .method_timeout(PATIENCE)
        .build()?;
    let proxy = zbus::blocking::Proxy::new(&bus, BUS_NAME, SERVICE_PATH, SERVICE)?;
    let wanted = HashMap::from([("service", service), ("username", user)]);
    proxy.call("SearchItems", &(wanted,))
}

/// Calls `changed` after every change of an item or a lock, as long as the bus is there.
pub(crate) async fn follow(changed: impl Fn()) -> zbus::Result<()> {
    let bus = zbus::Connection::session().await?;
    // Items and collections lie below the service's path; signals that say that one of them was
    // created, changed, deleted or unlocked have these interfaces.
    let mut streams = Vec::new();
    for interface in [
        SERVICE,
        "org.freedesktop.Secret.Collection",
        "org.freedesktop.DBus.Properties",
    ] {
        let rule = zbus::MatchRule::builder()
            .msg_type(zbus::message::Type::Signal)
            .sender(BUS_NAME)?
            .interface(interface)?
            .path_namespace(SERVICE_PATH)?
            .build();
        streams.push(zbus::MessageStream::for_match_rule(rule, &bus, Some(8)).await?);
    }
    let mut all = futures_util::stream::select_all(streams);
    while all.next().await.is_some() {
        changed();
    }
    Ok(())
}
