//! The desktop portal's `OpenURI` (XDG Desktop Portal). What it is asked for goes over the session's
//! bus, where no other user can read it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::time::timeout;
use url::Url;
use zbus::message::Type;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};
use zbus::{Connection, MatchRule, MessageStream};

const NAME: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const OPEN_URI: &str = "org.freedesktop.portal.OpenURI";
const REQUEST: &str = "org.freedesktop.portal.Request";
/// How long the portal may take to take a request; the bus may have to start it.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long it may take to say what became of it. It may ask the person which program to use.
const DECIDED: Duration = Duration::from_secs(10);

/// Why the portal opened nothing.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// This session has none that opens addresses.
    NotThere(String),
    /// It tried.
    Failed,
}

/// Makes each request's handle another one.
static NUMBER: AtomicU32 = AtomicU32::new(0);

/// Asks the portal to open an address, and waits until it has.
pub(super) async fn open(url: &Url) -> Result<(), Refused> {
    let not_there = |error: zbus::Error| Refused::NotThere(kind_of(&error));
    let (_bus, mut answers) = timeout(PATIENCE, ask(url))
        .await
        .map_err(|_| Refused::NotThere("no answer in time".to_owned()))?
        .map_err(not_there)?;
    match timeout(DECIDED, answers.next()).await {
        Ok(Some(Ok(answer))) => judge(&answer),
        Ok(Some(Err(_)) | None) => Err(Refused::Failed),
        // The person is being asked.
        Err(_) => Ok(()),
    }
}

/// The answer comes to the connection that asked, which is held until then.
async fn ask(url: &Url) -> zbus::Result<(Connection, MessageStream)> {
    let bus = Connection::session().await?;
    let token = format!("padwatch{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let sender = bus.unique_name().map(ToString::to_string);
    let sender = sender.unwrap_or_default().replace('.', "_");
    let handle = format!("{PATH}/request/{}/{token}", sender.trim_start_matches(':'));
    let answered = MatchRule::builder()
        .msg_type(Type::Signal)
        .sender(NAME)?
        .interface(REQUEST)?
        .member("Response")?
        .path(handle)?
        .build();
    // Listening before asking: no answer is missed.
    let answers = MessageStream::for_match_rule(answered, &bus, Some(1)).await?;
    let options = HashMap::from([("handle_token", Value::from(token.as_str()))]);
    let asked = ("", url.as_str(), options);
    let _: OwnedObjectPath = bus
        .call_method(Some(NAME), PATH, Some(OPEN_URI), "OpenURI", &asked)
        .await?
        .body()
        .deserialize()?;
    Ok((bus, answers))
}

fn judge(answer: &zbus::Message) -> Result<(), Refused> {
    /// The person chose to open it with nothing.
    const CANCELLED: u32 = 1;
    let body = answer.body();
    match body.deserialize::<(u32, HashMap<String, OwnedValue>)>() {
        Ok((0 | CANCELLED, _)) => Ok(()),
        _ => Err(Refused::Failed),
    }
}

/// What a portal says of an error may quote the address.
fn kind_of(error: &zbus::Error) -> String {
    match error {
        zbus::Error::MethodError(name, ..) => name.to_string(),
        other => other.to_string(),
    }
}
