//! What webhooks are told, as plain data: planned here, carried by the deliverer
//! (contracts/lever.md, 5.2 to 5.6).

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use transport::SecretString;

use super::webhook::{Event, Webhook};
use crate::ids::{Moment, WebhookId};

/// Lever's history keeps so many.
const REMEMBERED: usize = 1000;
/// The first try, and five more (5.6).
const TRIES: usize = 6;

/// How deliveries are made. What the documents leave open can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Manners {
    /// The wait before the second try, in ms. It doubles with every further one.
    pub retry_after_ms: i64,
    /// Later tries have a new token and time, and so another signature.
    pub sign_again: bool,
    /// The event has no `id`, as in the printed samples.
    pub omit_id: bool,
    /// The keys of the body stand in another order.
    pub shuffle_keys: bool,
    /// Everything is sent twice.
    pub twice: bool,
    /// Of two events the second is sent first.
    pub out_of_order: bool,
    /// The wait before the first try, in ms.
    pub delay_ms: i64,
}

/// All deliveries of an account, oldest first.
#[derive(Debug, Default)]
pub struct Deliveries {
    all: VecDeque<Delivery>,
    numbers: u64,
}

/// One event on its way to one webhook.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    /// Counts up from 1.
    pub number: u64,
    /// To which webhook.
    pub webhook: WebhookId,
    /// Where that is.
    pub url: String,
    /// What happened.
    pub event: Event,
    /// The body, before it is signed.
    pub letter: Letter,
    /// What went wrong on purpose.
    pub flaw: Option<Flaw>,
    /// What came of it so far.
    pub tries: Vec<Try>,
    /// When it is to be tried next, in ms since the epoch. `None`: it is over, or on its way.
    pub due_at: Option<i64>,
    #[serde(skip)]
    key: String,
    #[serde(skip)]
    manners: Manners,
}

/// The fields of the body that stand beside the signature.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Letter {
    /// Missing in the Verify button's request.
    pub id: Option<String>,
    /// 48 hex digits, fresh for each event.
    pub token: String,
    /// ms since the epoch.
    pub triggered_at: i64,
    /// What happened, in ids.
    pub data: Value,
}

/// One try.
#[derive(Debug, Clone, Serialize)]
pub struct Try {
    /// ms since the epoch.
    pub at: i64,
    /// The answer's status, if there was an answer.
    pub status: Option<u16>,
    /// Why there was none.
    pub failure: Option<String>,
}

/// A delivery that a receiver must not believe, or must survive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Flaw {
    /// Signed with another token.
    WrongSignature,
    /// Not signed at all.
    NoSignature,
    /// The token of the last delivery to the same webhook.
    ReplayedToken,
    /// Triggered three weeks ago: longer than Lever's history reaches.
    Stale,
    /// Triggered two days from now.
    Future,
    /// An event that no one knows.
    UnknownEvent,
    /// No `data`.
    NoData,
    /// Two megabytes.
    Huge,
    /// Not JSON.
    NotJson,
}

/// A body that is ready to be sent.
#[derive(Debug, Clone)]
pub(crate) struct Parcel {
    pub(crate) number: u64,
    pub(crate) url: String,
    pub(crate) body: String,
}

const TWO_DAYS_MS: i64 = 2 * 24 * 3_600_000;
const THREE_WEEKS_MS: i64 = 21 * 24 * 3_600_000;
const HUGE: usize = 2 * 1024 * 1024;

impl Default for Manners {
    fn default() -> Self {
        Self {
            retry_after_ms: 5_000,
            sign_again: false,
            omit_id: false,
            shuffle_keys: false,
            twice: false,
            out_of_order: false,
            delay_ms: 0,
        }
    }
}

impl Deliveries {
    /// All that are remembered, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Delivery> {
        self.all.iter()
    }

    /// When the next one is to be tried, in ms since the epoch.
    #[must_use]
    pub fn next_due(&self) -> Option<i64> {
        self.all.iter().filter_map(|delivery| delivery.due_at).min()
    }

    pub(super) fn plan(
        &mut self,
        hook: &Webhook,
        event: Event,
        data: Value,
        manners: &Manners,
        moment: &mut Moment<'_>,
    ) {
        let letter = Letter {
            id: (!manners.omit_id).then(|| moment.ids.uuid()),
            token: moment.ids.hex(24),
            triggered_at: moment.now,
            data,
        };
        let mut due_at = moment.now + manners.delay_ms;
        if manners.out_of_order && self.numbers.is_multiple_of(2) {
            due_at += 1_500;
        }
        for _ in 0..=usize::from(manners.twice) {
            self.push(hook, event, letter.clone(), None, manners.clone(), due_at);
        }
    }

    /// The Verify button: an empty event, signed with the webhook's token (5.5).
    pub(crate) fn verify(&mut self, hook: &Webhook, moment: &mut Moment<'_>) -> u64 {
        let letter = Letter {
            id: None,
            token: moment.ids.hex(24),
            triggered_at: moment.now,
            data: json!({}),
        };
        // Shown at once in the settings, and not tried again.
        let once = Manners {
            retry_after_ms: -1,
            ..Manners::default()
        };
        self.push(hook, Event::Hired, letter, None, once, moment.now)
    }

    /// A delivery with something wrong in it, sent once.
    pub(crate) fn flawed(
        &mut self,
        hook: &Webhook,
        flaw: Flaw,
        data: Value,
        moment: &mut Moment<'_>,
    ) -> u64 {
        let last = self
            .all
            .iter()
            .rev()
            .find(|delivery| delivery.webhook == hook.id);
        let replayed = last
            .filter(|_| flaw == Flaw::ReplayedToken)
            .map(|last| last.letter.clone());
        let triggered_at = match flaw {
            Flaw::Stale => moment.now - THREE_WEEKS_MS,
            Flaw::Future => moment.now + TWO_DAYS_MS,
            _ => moment.now,
        };
        let fresh = Letter {
            id: Some(moment.ids.uuid()),
            token: moment.ids.hex(24),
            triggered_at,
            data: data.clone(),
        };
        let letter = replayed.map_or(fresh, |old| Letter { data, ..old });
        let once = Manners {
            retry_after_ms: -1,
            ..Manners::default()
        };
        self.push(hook, hook.event, letter, Some(flaw), once, moment.now)
    }

    /// The Rerun button of the history: the same body once more.
    pub(crate) fn rerun(&mut self, number: u64, now: i64) -> bool {
        let found = self
            .all
            .iter_mut()
            .find(|delivery| delivery.number == number);
        let Some(delivery) = found else { return false };
        delivery.tries.clear();
        delivery.due_at = Some(now);
        true
    }

    /// Takes out what is to be sent now. Each comes back by [`Deliveries::note`].
    pub(crate) fn take_due(&mut self, now: i64) -> Vec<Parcel> {
        let due = self
            .all
            .iter_mut()
            .filter(|delivery| delivery.due_at.is_some_and(|at| at <= now));
        due.map(|delivery| {
            delivery.due_at = None;
            delivery.parcel()
        })
        .collect()
    }

    /// Notes what came of a try, and when the next one is.
    pub(crate) fn note(&mut self, number: u64, outcome: Try, moment: &mut Moment<'_>) {
        let found = self
            .all
            .iter_mut()
            .find(|delivery| delivery.number == number);
        let Some(delivery) = found else { return };
        let received = outcome
            .status
            .is_some_and(|status| (200..300).contains(&status));
        delivery.tries.push(outcome);
        let wait = delivery.manners.retry_after_ms;
        let over = received || wait < 0 || delivery.tries.len() >= TRIES;
        delivery.due_at = (!over).then(|| moment.now + wait * (1 << (delivery.tries.len() - 1)));
        if !over && delivery.manners.sign_again {
            delivery.letter.token = moment.ids.hex(24);
            delivery.letter.triggered_at = moment.now;
        }
    }

    fn push(
        &mut self,
        hook: &Webhook,
        event: Event,
        letter: Letter,
        flaw: Option<Flaw>,
        manners: Manners,
        due_at: i64,
    ) -> u64 {
        self.numbers += 1;
        if self.all.len() == REMEMBERED {
            self.all.pop_front();
        }
        self.all.push_back(Delivery {
            number: self.numbers,
            webhook: hook.id.clone(),
            url: hook.url.clone(),
            event,
            letter,
            flaw,
            tries: Vec::new(),
            due_at: Some(due_at),
            key: hook.signature_token.clone(),
            manners,
        });
        self.numbers
    }
}

impl Delivery {
    fn parcel(&self) -> Parcel {
        Parcel {
            number: self.number,
            url: self.url.clone(),
            body: self.body(),
        }
    }

    /// The body as it goes over the wire, signed.
    #[must_use]
    pub fn body(&self) -> String {
        if self.flaw == Some(Flaw::NotJson) {
            return "event=candidateStageChange".to_owned();
        }
        let mut fields = self.fields();
        if self.manners.shuffle_keys {
            fields.reverse();
        }
        let fields: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("\"{name}\":{value}"))
            .collect();
        format!("{{{}}}", fields.join(","))
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        let event = match self.flaw {
            Some(Flaw::UnknownEvent) => json!("candidateTeleported"),
            _ => json!(self.event),
        };
        let letter = &self.letter;
        let mut fields = Vec::new();
        fields.extend(letter.id.as_ref().map(|id| ("id", json!(id))));
        fields.push(("event", event));
        fields.push(("triggeredAt", json!(letter.triggered_at)));
        fields.push(("token", json!(letter.token)));
        if self.flaw != Some(Flaw::NoSignature) {
            fields.push(("signature", json!(self.signature())));
        }
        if self.flaw != Some(Flaw::NoData) {
            fields.push(("data", letter.data.clone()));
        }
        if self.flaw == Some(Flaw::Huge) {
            fields.push(("padding", json!("x".repeat(HUGE))));
        }
        fields
    }

    /// As Lever signs what its webhooks send (contracts/lever.md, 5.3).
    fn signature(&self) -> String {
        let key = if self.flaw == Some(Flaw::WrongSignature) {
            "another key"
        } else {
            &self.key
        };
        let key = SecretString::from(key);
        ::lever::webhook::sign(&key, &self.letter.token, self.letter.triggered_at)
    }
}
