//! How webhooks are doing, for a person.

use padwatch_receiver::{Health, Refusal};
use serde::Serialize;
use ts_rs::TS;

use padwatch_domain::problem::{Problem, ProblemCode};

/// Wrong signatures in a row that look like a replaced signing token. One may be a
/// stranger's; Lever itself tries six times.
const TOKEN_CHANGED: u32 = 3;
/// So many rightly signed events from the future are no accident.
const CLOCK_BEHIND: u32 = 2;

/// Failed starts of the receiver, half a second apart, that are more than a bad moment.
const FAILED_STARTS: u32 = 3;

/// How webhooks are doing, in a word.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, TS)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    tag = "kind"
)]
#[ts(export)]
pub enum WebhookState {
    /// Switched off.
    #[default]
    Off,
    /// Switched on; no event has come lately, and none is known to be missing. Lever is asked as
    /// often as without webhooks.
    Waiting,
    /// Events come. Lever is asked less often.
    Arriving,
    /// The user needs to act. Lever is asked as often as without webhooks.
    Troubled {
        /// What it is and what to do.
        problem: Problem,
    },
}

/// Everything about webhooks that a person may want to see. Times in ms since the epoch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct WebhookStatus {
    /// How they are doing, in a word.
    pub state: WebhookState,
    /// The tunnel's address, as it is used.
    pub public_address: Option<String>,
    /// The address to paste in Lever; `None` while the tunnel's address isn't known.
    pub url: Option<String>,
    /// The same on this computer, for the tunnel to lead to; `None` while nothing listens.
    pub local_url: Option<String>,
    /// The port on 127.0.0.1.
    pub port: Option<u16>,
    /// The port before, which another program has: the tunnel must be told.
    pub port_changed_from: Option<u16>,
    /// How many signing tokens there are.
    pub signing_tokens: u32,
    /// The webhooks that Padwatch made in Lever, by the name of their event.
    pub made: Vec<String>,
    /// True if those lead to another address than the one that is used now.
    pub made_for_another_address: bool,
    /// When the last event came that was signed with one of the tokens.
    #[ts(type = "number | null")]
    pub last_event_ms: Option<i64>,
    /// The last press of Lever's Verify button.
    pub last_test: Option<WebhookTest>,
    /// Events accepted since the receiver was started.
    #[ts(type = "number")]
    pub accepted: u64,
    /// Requests that were refused since then, by reason, most frequent first.
    pub refused: Vec<RefusedRequests>,
    /// Opportunities that were hinted at and wait to be looked up.
    pub waiting: u32,
    /// How often a part of the receiver failed and was started again.
    pub restarts: u32,
    /// When the last restart was.
    #[ts(type = "number | null")]
    pub last_restart_ms: Option<i64>,
    /// How often Lever is asked, in seconds.
    pub asks_every_seconds: u32,
}

/// One press of Lever's Verify button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct WebhookTest {
    /// When it came, in ms since the epoch.
    #[ts(type = "number")]
    pub at_ms: i64,
    /// True if one of the signing tokens fits. Otherwise there is none yet.
    pub verified: bool,
}

/// Requests that were refused for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RefusedRequests {
    /// Why, in words.
    pub reason: String,
    /// How many.
    #[ts(type = "number")]
    pub count: u64,
}

/// What can be wrong with webhooks.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Symptoms {
    /// How often the receiver failed to start, while it has no port.
    pub(crate) failed_starts: u32,
    /// Wrong signatures in a row, with the tokens of now.
    pub(crate) wrong_signatures: u32,
    /// Rightly signed events from the future in a row: the clock here is behind.
    pub(crate) from_the_future: u32,
    /// Events came that could not be checked, and still can't.
    pub(crate) is_without_token: bool,
    /// The port now, and the one before that the tunnel may still lead to.
    pub(crate) port_changed: Option<(u16, u16)>,
    /// A move was found of which no event told.
    pub(crate) is_overdue: bool,
}

impl Symptoms {
    /// What the user needs to do, most pressing first.
    #[must_use]
    pub(crate) fn problem(self) -> Option<Problem> {
        if self.failed_starts >= FAILED_STARTS {
            return Some(cannot_listen());
        }
        if self.wrong_signatures >= TOKEN_CHANGED {
            return Some(token_changed());
        }
        if self.from_the_future >= CLOCK_BEHIND {
            return Some(clock_behind());
        }
        if self.is_without_token {
            return Some(no_token());
        }
        if let Some((port, before)) = self.port_changed {
            return Some(port_changed(port, before));
        }
        self.is_overdue.then(events_missing)
    }
}

/// Refusals in words, most frequent first.
#[must_use]
pub(crate) fn refused(health: &Health) -> Vec<RefusedRequests> {
    let mut refused: Vec<RefusedRequests> = health
        .refused
        .iter()
        .map(|(refusal, count)| RefusedRequests {
            reason: words(*refusal).to_owned(),
            count: *count,
        })
        .collect();
    refused.sort_by_key(|refused| std::cmp::Reverse(refused.count));
    refused
}

fn cannot_listen() -> Problem {
    Problem::new(
        ProblemCode::CannotListen,
        "Padwatch can’t listen for webhooks: this computer gives it no port.",
        "It keeps trying, and asks Lever meanwhile. If this stays, a security program may be in the way: ask your IT.",
    )
}

fn token_changed() -> Problem {
    Problem::new(
        ProblemCode::SigningTokenWrong,
        "Has the signing token changed? Events come, but their signature fits none of yours.",
        "Copy the webhook’s signing token in Lever and add it here; or let Padwatch repair the webhooks that it made.",
    )
}

fn clock_behind() -> Problem {
    Problem::new(
        ProblemCode::EventsMissing,
        "This computer’s clock is behind: Lever’s events seem to come from the future.",
        "Set the clock. Padwatch will keep checking Lever itself.",
    )
}

fn no_token() -> Problem {
    Problem::new(
        ProblemCode::SigningTokenMissing,
        "Events come, but there is no signing token to check them with.",
        "Copy the signing token from Lever’s webhook settings and add it here.",
    )
}

fn port_changed(port: u16, before: u16) -> Problem {
    Problem::new(
        ProblemCode::PortChanged,
        format!("Another program uses port {before}, so Padwatch listens on {port}."),
        format!("Start your tunnel again, so that it leads to http://127.0.0.1:{port}."),
    )
}

fn events_missing() -> Problem {
    Problem::new(
        ProblemCode::EventsMissing,
        "Events are not arriving: a candidate was moved in Lever, and no webhook said so.",
        "Check that your tunnel runs, and that the events are switched on in Lever’s webhook settings.",
    )
}

fn words(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::MadeRoom => "Too slow while others waited",
        Refusal::TooSlow => "Too slow",
        Refusal::HungUp => "Hung up early",
        Refusal::Malformed => "Not proper HTTP",
        Refusal::HeadTooLong => "Headers too long",
        Refusal::BodyTooLong => "Too large",
        Refusal::NoLength => "Size not stated",
        Refusal::Encoded => "Sent in an unusual encoding",
        Refusal::Expects => "Waits to be asked for its content",
        Refusal::OtherVersion => "Another version of HTTP",
        Refusal::OtherHost => "Sent to another host name",
        Refusal::OtherPath => "Sent to another address",
        Refusal::OtherMethod => "Not a POST request",
        Refusal::NotAnEvent => "Not an event of Lever’s",
        Refusal::Unsigned => "Not signed",
        Refusal::WrongSignature => "Wrong signature",
        Refusal::NoSigningToken => "No signing token to check with",
        Refusal::TooOld => "Too old",
        Refusal::TooNew => "From the future",
        Refusal::NotStored => "Could not be stored",
        Refusal::NotAnswered => "Could not be answered in time",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_pressing_symptom_comes_first() {
        let code = |symptoms: Symptoms| symptoms.problem().map(|problem| problem.code);
        let mut symptoms = Symptoms::default();
        assert_eq!(code(symptoms), None);
        symptoms.is_overdue = true;
        assert_eq!(code(symptoms), Some(ProblemCode::EventsMissing));
        symptoms.port_changed = Some((4001, 4000));
        assert_eq!(code(symptoms), Some(ProblemCode::PortChanged));
        symptoms.from_the_future = 1;
        assert_eq!(
            code(symptoms),
            Some(ProblemCode::PortChanged),
            "one may be odd"
        );
        symptoms.from_the_future = 2;
        let behind = symptoms.problem().unwrap();
        assert!(behind.message.contains("clock is behind"), "{behind:?}");
        symptoms.from_the_future = 0;
        symptoms.is_without_token = true;
        assert_eq!(code(symptoms), Some(ProblemCode::SigningTokenMissing));
        symptoms.wrong_signatures = 2;
        assert_eq!(
            code(symptoms),
            Some(ProblemCode::SigningTokenMissing),
            "a stranger may be wrong"
        );
        symptoms.wrong_signatures = 3;
        assert_eq!(code(symptoms), Some(ProblemCode::SigningTokenWrong));
        symptoms.failed_starts = 2;
        assert_eq!(code(symptoms), Some(ProblemCode::SigningTokenWrong));
        symptoms.failed_starts = 3;
        assert_eq!(code(symptoms), Some(ProblemCode::CannotListen));
    }

    #[test]
    fn refusals_are_listed_with_the_most_frequent_first() {
        let mut health = Health::default();
        health.refused.insert(Refusal::OtherPath, 2);
        health.refused.insert(Refusal::WrongSignature, 7);
        let listed = refused(&health);
        assert_eq!(listed[0].reason, "Wrong signature");
        assert_eq!(listed[1].count, 2);
    }
}
