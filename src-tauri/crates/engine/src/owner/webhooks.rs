//! Webhooks: stores events, and what the user chooses about them.

use padwatch_ledger::Event;
use std::sync::atomic::Ordering;
use std::time::Duration;

use padwatch_receiver::{BadAddress, Delivery, Health, PublicAddress, Taken, Window};
use tokio::sync::oneshot;
use transport::{ExposeSecret as _, SecretString};

use super::{Change, Owner, StateKey};
use crate::done::Done;
use crate::ledger_problem::in_words;
use crate::mailbox::Answer;
use crate::mailbox::answer;
use crate::webhooks::status::{WebhookState, WebhookStatus};
use crate::webhooks::{
    Kept, MadeWebhook, Registered, Registration, StatusContext, WebhookChoice, left_without_a_key,
    register, unregister,
};
use padwatch_domain::problem::{Problem, ProblemCode};

/// While events arrive, Lever is asked so often: a tag that is added in Lever sends no event, and
/// is to be found within a minute.
pub(super) const WITH_EVENTS: Duration = Duration::from_secs(50);
/// Tokens are remembered a day longer than their events would be taken: clocks are set.
const A_DAY_MS: i64 = 24 * 60 * 60 * 1000;

impl Owner<'_> {
    /// The receiver's health changed.
    pub(crate) fn heard_receiver(&mut self, health: Health) {
        let before = self.webhook_state();
        let (now, now_ms) = (self.cx.elapsed(), self.cx.now_ms());
        if self.webhooks.reception.update(health, now, now_ms) {
            self.keep_webhooks();
        }
        // A flood of refusals must not publish a flood of snapshots.
        self.cx.is_dirty |= self.webhook_state() != before;
    }

    /// The signing tokens of these webhooks are stored.
    pub(crate) fn webhooks_registered(&mut self, made: Vec<MadeWebhook>) -> Answer<()> {
        let mut kept = self.webhooks.reception.kept.clone();
        kept.made_for = (!made.is_empty()).then(|| kept.url()).flatten();
        let none_left = self.webhooks.reception.none_left.load(Ordering::Relaxed);
        kept.asked &= !(made.is_empty() && none_left);
        kept.made = made;
        self.change_webhooks(kept)
    }

    /// Token and hint in one transaction: only then is the event acknowledged.
    pub(crate) fn take(&mut self, delivery: &Delivery) -> Answer<Taken> {
        let (now, now_ms) = (self.cx.elapsed(), self.cx.now_ms());
        let window = i64::try_from(Window::default().past.as_millis()).unwrap_or(i64::MAX);
        let forget_before_ms = now_ms.saturating_sub(window.saturating_add(A_DAY_MS));
        let event = Event {
            token: &delivery.token,
            opportunity: &delivery.opportunity,
            triggered_ms: delivery.triggered_at_ms,
        };
        let is_new = self
            .cx
            .store
            .ledger
            .take(event, now_ms, forget_before_ms)
            .map_err(|error| {
                self.cx.ledger_failed(&error);
                in_words(&error)
            })?;
        let reception = &mut self.webhooks.reception;
        reception
            .deliveries
            .received_about(&delivery.kind, &delivery.opportunity, now);
        reception.last_event_ms = Some(now_ms);
        reception.may_have_hints |= is_new;
        self.cx.is_dirty = true;
        Ok(if is_new { Taken::New } else { Taken::Seen })
    }

    pub(crate) fn webhook_status(&self) -> Answer<WebhookStatus> {
        let waiting = self
            .cx
            .store
            .ledger
            .hint_backlog()
            .map_err(|error| in_words(&error))?;
        let context = StatusContext {
            signing_tokens: self.hosts.wires.tokens.borrow().len(),
            waiting: waiting.count,
            asks_every: self.asks_every(),
        };
        Ok(self.webhooks.reception.status(&context, self.cx.elapsed()))
    }

    pub(super) fn webhook_state(&self) -> WebhookState {
        let has_token = !self.hosts.wires.tokens.borrow().is_empty();
        self.webhooks.reception.state(has_token, self.cx.elapsed())
    }

    pub(crate) fn choose_webhooks(&mut self, choice: &WebhookChoice) -> Answer<()> {
        let typed = choice.public_address.trim();
        let public = (!typed.is_empty())
            .then(|| PublicAddress::parse(typed))
            .transpose()
            .map_err(bad_address)?;
        let mut kept = self.webhooks.reception.kept.clone();
        kept.on = choice.on;
        let public = public.map(|address| address.to_string());
        if kept.public_address != public {
            // What Lever found at another address says nothing about this one.
            kept.verified_ms = None;
        }
        kept.public_address = public;
        kept.port = choice.port.or(kept.port);
        if kept.on {
            kept = kept.with_path(self.cx.wiring.rng.as_ref());
        }
        self.change_webhooks(kept)?;
        self.publish_listening_place();
        Ok(())
    }

    pub(crate) fn use_tokens(&mut self, tokens: Vec<SecretString>) -> Answer<()> {
        let is_known = |token: &SecretString| {
            let known = self.hosts.wires.tokens.borrow();
            known
                .iter()
                .any(|other| other.expose_secret() == token.expose_secret())
        };
        if !tokens.iter().all(is_known) {
            self.webhooks.reception.tokens_changed();
        }
        self.hosts.wires.tokens.send_replace(tokens);
        self.cx.is_dirty = true;
        Ok(())
    }

    fn change_webhooks(&mut self, kept: Kept) -> Answer<()> {
        let text = serde_json::to_string(&kept).map_err(|_| not_kept())?;
        self.cx.commit(&[Change::Kept(StateKey::Webhooks, text)])?;
        self.webhooks.reception.kept = kept;
        self.cx.is_dirty |= std::mem::take(&mut self.webhooks.reception.is_unreadable);
        Ok(())
    }

    /// The receiver told something that is to be kept. If it can't be written, it is told again at
    /// the next start.
    fn keep_webhooks(&mut self) {
        if self.webhooks.reception.is_unreadable {
            return;
        }
        if let Ok(text) = serde_json::to_string(&self.webhooks.reception.kept) {
            self.cx
                .try_commit(&[Change::Kept(StateKey::Webhooks, text)]);
        }
    }

    /// Tells the receiver where to listen, or to stop.
    pub(super) fn publish_listening_place(&mut self) {
        let place = self.webhooks.reception.kept.place();
        if place.is_none() {
            self.webhooks.reception.not_listening();
        }
        self.hosts.wires.place.send_replace(place);
    }

    pub(crate) fn register(&mut self, reply: oneshot::Sender<Answer<Registered>>) {
        let registration = match (self.registration(), self.cx.connection.services.clone()) {
            (Some(registration), Some(services)) => (registration, services.lever),
            (None, _) => return answer(reply, Err(no_address())),
            (_, None) => return answer(reply, Err(crate::accounts::key_missing())),
        };
        let Ok(turn) = self
            .webhooks
            .reception
            .one_at_a_time
            .clone()
            .try_acquire_owned()
        else {
            return answer(reply, Err(under_way()));
        };
        let mut kept = self.webhooks.reception.kept.clone();
        if !kept.asked {
            kept.asked = true;
            if let Err(problem) = self.change_webhooks(kept) {
                return answer(reply, Err(problem));
            }
        }
        self.webhooks
            .reception
            .none_left
            .store(false, Ordering::Relaxed);
        self.cx.jobs.answer(async move {
            let (registration, lever) = registration;
            answer(reply, register(&lever, &registration).await);
            drop(turn);
            Done::Answered
        });
    }

    pub(crate) fn unregister(&mut self, reply: oneshot::Sender<Answer<Vec<MadeWebhook>>>) {
        let kept = &self.webhooks.reception.kept;
        let path = kept.path_text().filter(|_| kept.may_be_in_lever());
        let Some(path) = path else {
            return answer(reply, Ok(Vec::new())); // None was ever made.
        };
        let registration = Registration {
            url: kept
                .made_for
                .clone()
                .or_else(|| kept.url())
                .unwrap_or_default(),
            path,
            made: kept.made.clone(),
            tokens: Vec::new(),
        };
        let Some(services) = self.cx.connection.services.clone() else {
            return answer(reply, Err(left_without_a_key(&registration)));
        };
        let Ok(turn) = self
            .webhooks
            .reception
            .one_at_a_time
            .clone()
            .try_acquire_owned()
        else {
            return answer(reply, Err(under_way()));
        };
        let none_left = self.webhooks.reception.none_left.clone();
        self.cx.jobs.answer(async move {
            let gone = unregister(&services.lever, &registration).await;
            none_left.store(gone.is_ok(), Ordering::Relaxed);
            answer(reply, gone);
            drop(turn);
            Done::Answered
        });
    }

    fn registration(&self) -> Option<Registration> {
        let kept = &self.webhooks.reception.kept;
        Some(Registration {
            url: kept.url().filter(|_| kept.on)?,
            path: kept.path_text()?,
            made: kept.made.clone(),
            tokens: self.hosts.wires.tokens.borrow().clone(),
        })
    }
}

fn bad_address(error: BadAddress) -> Problem {
    let (message, hint) = match error {
        BadAddress::NotAnAddress => (
            "This is not a web address.",
            "Put in the address that your tunnel shows, such as pad.example.com.",
        ),
        BadAddress::NotPublic => (
            "Lever can’t reach this address: it leads to this computer or its own network.",
            "Put in the public address that your tunnel shows, such as pad.example.com.",
        ),
    };
    Problem::new(ProblemCode::NotValid, message, hint)
}

fn no_address() -> Problem {
    Problem::new(
        ProblemCode::NotValid,
        "Webhooks are off, or the address of your tunnel is not known yet.",
        "Switch webhooks on and put in the address that your tunnel shows.",
    )
}

fn under_way() -> Problem {
    Problem::new(
        ProblemCode::NotValid,
        "Padwatch is already changing its webhooks in Lever.",
        "Wait a moment, then try again.",
    )
}

fn not_kept() -> Problem {
    Problem::new(
        ProblemCode::NotValid,
        "These settings can’t be stored.",
        "Check what was typed, then try again.",
    )
}
