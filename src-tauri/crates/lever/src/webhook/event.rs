use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::OpportunityId;
use crate::lenient::or_default;

/// The longest token, event name or id that is accepted, in bytes. Lever's have at most 48.
pub(super) const LONGEST_TEXT: usize = 256;

/// An event. Of all its fields, Lever signs token and time alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Not signed. Left out by Verify, and perhaps by others.
    pub id: Option<String>,
    /// What happened.
    pub kind: EventKind,
    /// When Lever says that it happened, in ms since the epoch.
    pub triggered_at_ms: i64,
    /// Random text of Lever's, new with each event.
    pub token: String,
    /// The opportunity it is about, if the id that it names has the shape of one.
    pub opportunity: Option<OpportunityId>,
    /// True for the sample of the Verify button: it has no data, under any event name.
    pub is_test: bool,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// A person applied.
    ApplicationCreated,
    /// A candidate was hired.
    CandidateHired,
    /// An opportunity moved to another stage.
    CandidateStageChange,
    /// An opportunity was archived or brought back.
    CandidateArchiveChange,
    /// An opportunity was deleted.
    CandidateDeleted,
    /// An interview was planned.
    InterviewCreated,
    /// An interview was changed.
    InterviewUpdated,
    /// An interview was taken away.
    InterviewDeleted,
    /// A person was added.
    ContactCreated,
    /// A person's data changed.
    ContactUpdated,
    /// Something else.
    Unknown(String),
}

/// An event as it came, with its signature. [`super::verify`] gives the event out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    pub(super) event: Event,
    pub(super) signature: Option<String>,
    /// The digits of `triggeredAt` as they stood in the JSON.
    pub(super) triggered_at: String,
}

impl Signed {
    /// The event before it is verified: for saying what was refused, and for answering the
    /// Verify button before a signing token is known.
    #[must_use]
    pub fn unverified(&self) -> &Event {
        &self.event
    }
}

/// Why bytes are no event of Lever's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnEvent {
    /// It is no JSON object, or a key comes twice in it.
    #[error("it is not a JSON object")]
    NotJson,
    /// `event`, `token` or `triggeredAt` is missing, or is not what it should be.
    #[error("{0} is missing or odd")]
    Field(&'static str),
}

/// Reads an event. Keys in any order, unknown ones ignored.
///
/// # Errors
/// [`NotAnEvent`] says what is wrong with it.
pub fn parse(body: &[u8]) -> Result<Signed, NotAnEvent> {
    // Serde would take a list of values for the fields in their order.
    if !body.trim_ascii_start().starts_with(b"{") {
        return Err(NotAnEvent::NotJson);
    }
    let body = transport::json::repair(body);
    let raw: RawEvent<'_> = serde_json::from_str(&body).map_err(|_| NotAnEvent::NotJson)?;
    let kind = raw
        .event
        .filter(|name| fits(name))
        .ok_or(NotAnEvent::Field("event"))?;
    let token = raw
        .token
        .filter(|token| fits(token))
        .ok_or(NotAnEvent::Field("token"))?;
    let odd_time = NotAnEvent::Field("triggeredAt");
    let triggered_at = raw.triggered_at.map(RawValue::get).ok_or(odd_time)?;
    let event = Event {
        id: raw.id.filter(|id| fits(id)),
        kind: EventKind::from(kind.as_str()),
        triggered_at_ms: milliseconds(triggered_at).ok_or(odd_time)?,
        token,
        opportunity: opportunity(&raw.data),
        is_test: is_empty(&raw.data),
    };
    Ok(Signed {
        event,
        signature: raw.signature,
        triggered_at: triggered_at.to_owned(),
    })
}

/// The body as it comes.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawEvent<'a> {
    #[serde(default, deserialize_with = "or_default")]
    id: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    event: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    token: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    signature: Option<String>,
    #[serde(default, borrow)]
    triggered_at: Option<&'a RawValue>,
    #[serde(default)]
    data: Value,
}

fn fits(text: &str) -> bool {
    let visible = !text.chars().any(char::is_control);
    (1..=LONGEST_TEXT).contains(&text.len()) && visible
}

/// Digits alone: these are what is signed. A fraction, an exponent or a sign is not Lever's.
fn milliseconds(digits: &str) -> Option<i64> {
    let plain = digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok())?
}

/// `opportunityId`, or `candidateId`, which holds the same where the other is missing
/// (contracts/lever.md, 5.2).
fn opportunity(data: &Value) -> Option<OpportunityId> {
    let named = |key| data.get(key).filter(|value| !value.is_null());
    let id = named("opportunityId").or_else(|| named("candidateId"))?;
    OpportunityId::parse_shape(id.as_str()?)
}

fn is_empty(data: &Value) -> bool {
    match data {
        Value::Null => true,
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

impl EventKind {
    /// The name as Lever writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::ApplicationCreated => "applicationCreated",
            Self::CandidateHired => "candidateHired",
            Self::CandidateStageChange => "candidateStageChange",
            Self::CandidateArchiveChange => "candidateArchiveChange",
            Self::CandidateDeleted => "candidateDeleted",
            Self::InterviewCreated => "interviewCreated",
            Self::InterviewUpdated => "interviewUpdated",
            Self::InterviewDeleted => "interviewDeleted",
            Self::ContactCreated => "contactCreated",
            Self::ContactUpdated => "contactUpdated",
            Self::Unknown(name) => name,
        }
    }
}

impl From<&str> for EventKind {
    fn from(name: &str) -> Self {
        match name {
            "applicationCreated" => Self::ApplicationCreated,
            "candidateHired" => Self::CandidateHired,
            "candidateStageChange" => Self::CandidateStageChange,
            "candidateArchiveChange" => Self::CandidateArchiveChange,
            "candidateDeleted" => Self::CandidateDeleted,
            "interviewCreated" => Self::InterviewCreated,
            "interviewUpdated" => Self::InterviewUpdated,
            "interviewDeleted" => Self::InterviewDeleted,
            "contactCreated" => Self::ContactCreated,
            "contactUpdated" => Self::ContactUpdated,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

impl std::fmt::Display for EventKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
