//! What the person chooses about webhooks, and their rows in Lever.

use super::state::Webhooks;
use crate::context::Context;
use crate::context::done::Done;
use padwatch_domain::change::{Change, StateKey};
use std::sync::atomic::Ordering;

use padwatch_receiver::{BadAddress, PublicAddress};
use tokio::sync::oneshot;
use transport::{ExposeSecret as _, SecretString};

use super::{
    Kept, MadeWebhook, Registered, Registration, WebhookChoice, left_without_a_key, register,
    unregister,
};
use crate::mailbox::Answer;
use crate::mailbox::answer;
use padwatch_domain::problem::Problem;

impl Webhooks<'_> {
    /// The signing tokens of these webhooks are stored.
    pub(crate) fn webhooks_registered(
        &mut self,
        made: Vec<MadeWebhook>,
        cx: &mut Context<'_>,
    ) -> Answer<()> {
        let mut kept = self.reception.kept.clone();
        kept.made_for = (!made.is_empty()).then(|| kept.url()).flatten();
        let none_left = self.reception.none_left.load(Ordering::Relaxed);
        kept.asked &= !(made.is_empty() && none_left);
        kept.made = made;
        self.change_webhooks(kept, cx)
    }

    pub(crate) fn choose_webhooks(
        &mut self,
        choice: &WebhookChoice,
        cx: &mut Context<'_>,
    ) -> Answer<()> {
        let typed = choice.public_address.trim();
        let public = (!typed.is_empty())
            .then(|| PublicAddress::parse(typed))
            .transpose()
            .map_err(bad_address)?;
        let mut kept = self.reception.kept.clone();
        kept.on = choice.on;
        let public = public.map(|address| address.to_string());
        if kept.public_address != public {
            // What Lever found at another address says nothing about this one.
            kept.verified_ms = None;
        }
        kept.public_address = public;
        kept.port = choice.port.or(kept.port);
        if kept.on {
            kept = kept.with_path(cx.wiring.rng.as_ref());
        }
        self.change_webhooks(kept, cx)?;
        self.publish_listening_place();
        Ok(())
    }

    pub(crate) fn use_tokens(
        &mut self,
        tokens: Vec<SecretString>,
        cx: &mut Context<'_>,
    ) -> Answer<()> {
        let is_known = |token: &SecretString| {
            let known = self.wires.tokens.borrow();
            known
                .iter()
                .any(|other| other.expose_secret() == token.expose_secret())
        };
        if !tokens.iter().all(is_known) {
            self.reception.tokens_changed();
        }
        self.wires.tokens.send_replace(tokens);
        cx.is_dirty = true;
        Ok(())
    }

    fn change_webhooks(&mut self, kept: Kept, cx: &mut Context<'_>) -> Answer<()> {
        let text = serde_json::to_string(&kept).map_err(|_| Problem::SettingsNotStored)?;
        cx.commit(&[Change::Kept(StateKey::Webhooks, text)])?;
        self.reception.kept = kept;
        cx.is_dirty |= std::mem::take(&mut self.reception.is_unreadable);
        Ok(())
    }

    /// The receiver told something that is to be kept. If it can't be written, it is told again at
    /// the next start.
    pub(super) fn keep_webhooks(&mut self, cx: &mut Context<'_>) {
        if self.reception.is_unreadable {
            return;
        }
        if let Ok(text) = serde_json::to_string(&self.reception.kept) {
            cx.try_commit(&[Change::Kept(StateKey::Webhooks, text)]);
        }
    }

    /// Tells the receiver where to listen, or to stop.
    pub(crate) fn publish_listening_place(&mut self) {
        let place = self.reception.kept.place();
        if place.is_none() {
            self.reception.not_listening();
        }
        self.wires.place.send_replace(place);
    }

    pub(crate) fn register(
        &mut self,
        reply: oneshot::Sender<Answer<Registered>>,
        cx: &mut Context<'_>,
    ) {
        let registration = match (self.registration(), cx.connection.services.clone()) {
            (Some(registration), Some(services)) => (registration, services.lever),
            (None, _) => return answer(reply, Err(Problem::NoTunnelAddress)),
            (_, None) => return answer(reply, Err(crate::context::services::keys_missing())),
        };
        let Ok(turn) = self.reception.one_at_a_time.clone().try_acquire_owned() else {
            return answer(reply, Err(Problem::WebhooksChanging));
        };
        let mut kept = self.reception.kept.clone();
        if !kept.asked {
            kept.asked = true;
            if let Err(problem) = self.change_webhooks(kept, cx) {
                return answer(reply, Err(problem));
            }
        }
        self.reception.none_left.store(false, Ordering::Relaxed);
        cx.jobs.answer(async move {
            let (registration, lever) = registration;
            answer(reply, register(&lever, &registration).await);
            drop(turn);
            Done::Answered
        });
    }

    pub(crate) fn unregister(
        &mut self,
        reply: oneshot::Sender<Answer<Vec<MadeWebhook>>>,
        cx: &mut Context<'_>,
    ) {
        let kept = &self.reception.kept;
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
        let Some(services) = cx.connection.services.clone() else {
            return answer(reply, Err(left_without_a_key(&registration)));
        };
        let Ok(turn) = self.reception.one_at_a_time.clone().try_acquire_owned() else {
            return answer(reply, Err(Problem::WebhooksChanging));
        };
        let none_left = self.reception.none_left.clone();
        cx.jobs.answer(async move {
            let gone = unregister(&services.lever, &registration).await;
            none_left.store(gone.is_ok(), Ordering::Relaxed);
            answer(reply, gone);
            drop(turn);
            Done::Answered
        });
    }

    fn registration(&self) -> Option<Registration> {
        let kept = &self.reception.kept;
        Some(Registration {
            url: kept.url().filter(|_| kept.on)?,
            path: kept.path_text()?,
            made: kept.made.clone(),
            tokens: self.wires.tokens.borrow().clone(),
        })
    }
}

fn bad_address(error: BadAddress) -> Problem {
    match error {
        BadAddress::NotAnAddress => Problem::NotAWebAddress,
        BadAddress::NotPublic => Problem::AddressNotPublic,
    }
}
