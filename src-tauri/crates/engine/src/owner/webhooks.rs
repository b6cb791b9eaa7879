//! Webhooks: events are taken in, and what they hint at is looked up.

use std::time::Duration;

use exchange::{ExposeSecret as _, SecretString};
use lever::{Error, Opportunity};
use padwatch_receiver::{BadAddress, Delivery, PublicAddress, Taken, Window};
use tokio::sync::oneshot;

use super::requests::answer;
use super::{Change, Done, Keepsake, Owner, Trigger};
use crate::handle::Answer;
use crate::ledger::{HintPile, LedgerError, ToldOf};
use crate::opening::in_words;
use crate::problem::{Problem, ProblemCode};
use crate::trouble::of_lever;
use crate::webhooks::status::{WebhookState, WebhookStatus};
use crate::webhooks::{
    Besides, Kept, MadeWebhook, Reception, Registered, Registration, Request, WebhookChoice,
    register, unregister,
};

/// More hints than this, and one look at everybody tells the same with fewer requests.
const MANY: usize = 20;
/// While events arrive, Lever is asked so often.
pub(super) const WITH_EVENTS: Duration = Duration::from_secs(5 * 60);
/// Tokens are remembered a day longer than their events would be taken: clocks are set.
const A_DAY_MS: i64 = 24 * 60 * 60 * 1000;

impl Owner<'_> {
    pub(super) fn serve_webhooks(&mut self, request: Request) {
        match request {
            Request::Take(delivery, reply) => answer(reply, self.take(&delivery)),
            Request::Heard(health) => {
                let (now, now_ms) = (self.elapsed(), self.now_ms());
                if self.reception.hear(*health, now, now_ms) {
                    self.keep_webhooks();
                }
                self.is_dirty = true;
            }
            Request::Status(reply) => answer(reply, self.webhook_status()),
            Request::Choose(choice, reply) => answer(reply, self.choose_webhooks(&choice)),
            Request::UseTokens(tokens, reply) => answer(reply, self.use_tokens(tokens)),
            Request::Register(reply) => self.register(reply),
            Request::Unregister(reply) => self.unregister(reply),
            Request::Registered(made, reply) => {
                let mut kept = self.reception.kept.clone();
                kept.made_for = (!made.is_empty()).then(|| kept.url()).flatten();
                kept.made = made;
                answer(reply, self.change_webhooks(kept));
            }
        }
    }

    /// Token and hint in one transaction: only then is the event acknowledged.
    fn take(&mut self, delivery: &Delivery) -> Answer<Taken> {
        let (now, now_ms) = (self.elapsed(), self.now_ms());
        let window = i64::try_from(Window::default().past.as_millis()).unwrap_or(i64::MAX);
        let forget_before_ms = now_ms.saturating_sub(window.saturating_add(A_DAY_MS));
        let taken = self
            .ledger
            .take(delivery, now_ms, forget_before_ms)
            .map_err(|error| {
                self.ledger_failed(&error);
                in_words(&error)
            })?;
        let reception = &mut self.reception;
        reception
            .arrivals
            .told(&delivery.kind, &delivery.opportunity, now);
        reception.last_event_ms = Some(now_ms);
        reception.may_have_hints |= taken == Taken::New;
        self.is_dirty = true;
        Ok(taken)
    }

    fn webhook_status(&self) -> Answer<WebhookStatus> {
        let waiting = self.ledger.hint_pile().map_err(|error| in_words(&error))?;
        let besides = Besides {
            signing_tokens: self.hosts.wires.tokens.borrow().len(),
            waiting: waiting.count,
            asks_every: self.asks_every(),
        };
        Ok(self.reception.status(&besides, self.elapsed()))
    }

    pub(super) fn webhook_state(&self) -> WebhookState {
        let has_token = !self.hosts.wires.tokens.borrow().is_empty();
        self.reception.state(has_token, self.elapsed())
    }

    fn choose_webhooks(&mut self, choice: &WebhookChoice) -> Answer<()> {
        let typed = choice.public_address.trim();
        let public = (!typed.is_empty())
            .then(|| PublicAddress::parse(typed))
            .transpose()
            .map_err(bad_address)?;
        let mut kept = self.reception.kept.clone();
        kept.on = choice.on;
        kept.public_address = public.map(|address| address.to_string());
        kept.port = choice.port.or(kept.port);
        if kept.on {
            kept = kept.with_path(self.wiring.chance.as_ref());
        }
        self.change_webhooks(kept)?;
        self.tell_where_to_listen();
        Ok(())
    }

    fn use_tokens(&mut self, tokens: Vec<SecretString>) -> Answer<()> {
        let is_known = |token: &SecretString| {
            let known = self.hosts.wires.tokens.borrow();
            known
                .iter()
                .any(|other| other.expose_secret() == token.expose_secret())
        };
        if !tokens.iter().all(is_known) {
            self.reception.tokens_changed();
        }
        self.hosts.wires.tokens.send_replace(tokens);
        self.is_dirty = true;
        Ok(())
    }

    fn change_webhooks(&mut self, kept: Kept) -> Answer<()> {
        let text = serde_json::to_string(&kept).map_err(|_| not_kept())?;
        self.commit(&[Change::Kept(Keepsake::Webhooks, text)])?;
        self.reception.kept = kept;
        Ok(())
    }

    /// The receiver told something that is to be kept. If it can't be written, it is told again at
    /// the next start.
    fn keep_webhooks(&mut self) {
        if let Ok(text) = serde_json::to_string(&self.reception.kept) {
            self.write_or_forget(&[Change::Kept(Keepsake::Webhooks, text)]);
        }
    }

    /// Says where to listen, or to stop.
    pub(super) fn tell_where_to_listen(&mut self) {
        let place = self.reception.kept.place();
        if place.is_none() {
            self.reception.not_listening();
        }
        self.hosts.wires.place.send_replace(place);
    }

    /// Forgets what is kept, and stops listening.
    pub(super) fn forget_webhooks(&mut self) {
        self.reception = Reception::new(Kept::default(), None, self.elapsed());
        self.tell_where_to_listen();
        self.hosts.wires.tokens.send_replace(Vec::new());
    }

    fn register(&mut self, reply: oneshot::Sender<Answer<Registered>>) {
        let registration = match (self.registration(), self.services.clone()) {
            (Some(registration), Some(services)) => (registration, services.lever),
            (None, _) => return answer(reply, Err(no_address())),
            (_, None) => return answer(reply, Err(crate::accounts::key_missing())),
        };
        self.tasks.spawn(async move {
            let (registration, lever) = registration;
            answer(reply, register(&lever, &registration).await);
            Done::Answered
        });
    }

    fn unregister(&mut self, reply: oneshot::Sender<Answer<Vec<MadeWebhook>>>) {
        let Some(services) = self.services.clone() else {
            return answer(reply, Err(crate::accounts::key_missing()));
        };
        let Some(path) = self.reception.kept.path_text() else {
            return answer(reply, Ok(Vec::new())); // None was ever made.
        };
        let registration = Registration {
            url: String::new(),
            path,
            made: self.reception.kept.made.clone(),
            tokens: Vec::new(),
        };
        self.tasks.spawn(async move {
            answer(reply, unregister(&services.lever, &registration).await);
            Done::Answered
        });
    }

    fn registration(&self) -> Option<Registration> {
        let kept = &self.reception.kept;
        Some(Registration {
            url: kept.url().filter(|_| kept.on)?,
            path: kept.path_text()?,
            made: kept.made.clone(),
            tokens: self.hosts.wires.tokens.borrow().clone(),
        })
    }

    /// Looks up what was hinted at, oldest first, as far as the allowance goes.
    pub(super) fn look_up_if_due(&mut self) {
        if self.next_look_up(self.elapsed()) > Some(self.elapsed()) {
            return;
        }
        if self.may_look_up()
            && let Err(error) = self.look_up()
        {
            self.ledger_failed(&error);
        }
    }

    /// When to look up the next hint, as far as is known now.
    pub(super) fn next_look_up(&self, now: Duration) -> Option<Duration> {
        self.may_look_up()
            .then(|| self.reception.allowance.next(now))
    }

    /// Nothing is looked up before the first look at everybody, when who was there can't be told
    /// from who came; nor while one look at everybody is under way in place of many look-ups.
    fn may_look_up(&self) -> bool {
        let knows_all = self.scope.is_some() && self.watched.is_some();
        let all_at_once = self.is_polling && self.pile_at_poll > 0;
        let may_ask = self.lever_gate.lets_through(1) > 0;
        self.reception.may_look_up() && knows_all && !all_at_once && may_ask
    }

    fn look_up(&mut self) -> Result<(), LedgerError> {
        let now = self.elapsed();
        let pile = self.ledger.hint_pile()?;
        self.reception.may_have_hints = pile.count > self.reception.looking_up.len();
        if pile.count > MANY && !self.is_polling {
            self.next_poll = now;
            return Ok(());
        }
        for hint in self.ledger.hints(MANY)? {
            if self.reception.looking_up.contains_key(&hint.opportunity) {
                continue;
            }
            if !self.may_look_up() || !self.reception.allowance.take(now) {
                return Ok(());
            }
            self.start_look_up(hint);
        }
        Ok(())
    }

    fn start_look_up(&mut self, hint: ToldOf) {
        let Some(services) = self.services.clone() else {
            return;
        };
        let id = hint.opportunity.clone();
        let task = self.tasks.spawn(async move {
            let read = services.lever.opportunity(&hint.opportunity).await;
            Done::LookedUp(hint, Box::new(read))
        });
        self.reception.looking_up.insert(id, task.id());
    }

    pub(super) fn looked_up(&mut self, hint: ToldOf, read: Result<Opportunity, Error>) {
        self.reception.looking_up.remove(&hint.opportunity);
        // A newer event about the same one may wait.
        self.reception.may_have_hints = true;
        let changes = match &read {
            Ok(found) => self.weigh(std::slice::from_ref(found), Trigger::Webhook, false),
            Err(Error::Gone { .. }) => self
                .leave(&hint.opportunity, "No longer in Lever.", Trigger::Webhook)
                .map(|change| change.into_iter().collect()),
            Err(error) if is_about_one(error) => {
                tracing::debug!(%error, "what an event hinted at can't be read");
                Ok(Vec::new())
            }
            Err(error) => {
                let now = self.elapsed();
                self.lever_gate = self.lever_gate.close(of_lever(error), now);
                return; // The hint waits in the ledger.
            }
        };
        match changes {
            Ok(mut changes) => {
                changes.push(Change::LookedUp(hint.number));
                if self.write_or_forget(&changes) {
                    self.read_in_lever(&hint.opportunity, read.as_ref().ok());
                    self.note_reading(hint.opportunity, read.ok());
                }
            }
            Err(error) => self.ledger_failed(&error),
        }
    }

    /// How many hints one look at everybody will answer, from now on.
    pub(super) fn pile_to_answer(&self) -> i64 {
        match self.ledger.hint_pile() {
            Ok(HintPile { count, newest }) if count > MANY => newest,
            Ok(_) => 0,
            Err(error) => {
                tracing::debug!(%error, "the hints can't be counted");
                0
            }
        }
    }

    /// Holds the moves that a look at everybody has found against the events.
    pub(super) fn expect_events_of(&mut self, found: &[Opportunity]) {
        let (now, now_ms) = (self.elapsed(), self.now_ms());
        let Some(watched) = self.watched.as_ref() else {
            return;
        };
        for opportunity in found {
            if !self.fingerprints.contains_key(&opportunity.id) {
                let arrivals = &mut self.reception.arrivals;
                arrivals.found(opportunity, &watched.stages, now, now_ms);
            }
        }
    }

    /// Notices in time when events are missing, or have become rare.
    pub(super) fn mind_arrivals(&mut self) {
        let now = self.elapsed();
        for doubt in self.reception.arrivals.overdue(now) {
            match self
                .ledger
                .was_told_of(&doubt.opportunity, doubt.told_since_ms)
            {
                Ok(true) => {}
                Ok(false) => {
                    tracing::warn!("a move in Lever was found of which no webhook told");
                    self.reception.arrivals.missing();
                    self.is_dirty = true;
                }
                Err(error) => return self.ledger_failed(&error),
            }
        }
        let healthy = self.reception.arrivals.are_healthy(now);
        if self.was_healthy && !healthy {
            self.next_poll = self.next_poll.min(now + self.interval());
        }
        if self.was_healthy != healthy {
            self.was_healthy = healthy;
            self.is_dirty = true;
        }
    }

    /// A task is gone: what it looked up is looked up again.
    pub(super) fn forget_look_up(&mut self, task: tokio::task::Id) {
        self.reception.looking_up.retain(|_, known| *known != task);
        self.reception.may_have_hints = true;
    }
}

/// What concerns this opportunity alone: asking for it again would bring the same.
fn is_about_one(error: &Error) -> bool {
    matches!(
        error,
        Error::NotAllowed { .. } | Error::Refused { .. } | Error::NeedsPerformAs
    )
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

fn not_kept() -> Problem {
    Problem::new(
        ProblemCode::NotValid,
        "These settings can’t be stored.",
        "Check what was typed, then try again.",
    )
}
