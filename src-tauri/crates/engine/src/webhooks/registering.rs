//! Webhooks that are made through Lever's API: which are needed, which are ours, which are good.

use lever::webhook::EventKind;
use lever::{Client, Error, NewWebhook, Webhook, WebhookId};
use serde::{Deserialize, Serialize};
use transport::SecretString;

use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_domain::trouble::of_lever;

/// The events that tell of something worth a look.
const EVENTS: [EventKind; 8] = [
    EventKind::CandidateStageChange,
    EventKind::CandidateArchiveChange,
    EventKind::CandidateDeleted,
    EventKind::CandidateHired,
    EventKind::ApplicationCreated,
    EventKind::InterviewCreated,
    EventKind::InterviewUpdated,
    EventKind::InterviewDeleted,
];

/// A webhook that was made through the API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MadeWebhook {
    /// Its id in Lever.
    pub id: WebhookId,
    /// The name of its event.
    pub event: String,
    /// What its signing token makes of its id: tells which of the tokens in the keyring is its
    /// own, and tells nothing of the token.
    mark: String,
}

/// What came of a registration.
#[derive(Debug, Default)]
pub struct Registered {
    /// The webhooks that lead here now.
    pub made: Vec<MadeWebhook>,
    /// The signing tokens of those that are new.
    pub new_tokens: Vec<SecretString>,
    /// Those that no longer exist: nobody signs with their tokens any more.
    pub gone: Vec<MadeWebhook>,
    /// Why it is not complete, if it isn't.
    pub problem: Option<Problem>,
}

/// What a registration needs to know.
pub(crate) struct Registration {
    /// Where the webhooks shall lead.
    pub(crate) url: String,
    /// The secret in its path: what leads to it by another way was ours too.
    pub(crate) path: String,
    /// Those that were made before.
    pub(crate) made: Vec<MadeWebhook>,
    /// The signing tokens that are known.
    pub(crate) tokens: Vec<SecretString>,
}

/// What is to be done.
#[derive(Debug, Default, PartialEq, Eq)]
struct Plan {
    keep: Vec<MadeWebhook>,
    make: Vec<EventKind>,
}

impl MadeWebhook {
    fn new(webhook: &Webhook, token: &SecretString) -> Self {
        Self {
            id: webhook.id.clone(),
            event: webhook.event.to_string(),
            mark: mark(&webhook.id, token),
        }
    }

    /// Whether its events are signed with this token.
    #[must_use]
    pub fn is_signed_with(&self, token: &SecretString) -> bool {
        self.mark == mark(&self.id, token)
    }
}

/// A keyed hash of the id, with the token as the key, as Lever signs events (contracts/lever.md,
/// 5.3).
fn mark(id: &WebhookId, token: &SecretString) -> String {
    lever::webhook::sign(token, id.as_str(), 0)
}

impl Registration {
    fn plan(&self, existing: &[Webhook]) -> Plan {
        let mut plan = Plan::default();
        for event in EVENTS {
            match existing.iter().find_map(|hook| self.good(hook, &event)) {
                Some(made) => plan.keep.push(made),
                None => plan.make.push(event),
            }
        }
        plan
    }

    /// A webhook as it should be, whose token we have: Lever never tells it again.
    fn good(&self, hook: &Webhook, event: &EventKind) -> Option<MadeWebhook> {
        let made = self.made.iter().find(|made| made.id == hook.id)?;
        let has_token = self.tokens.iter().any(|token| made.is_signed_with(token));
        (hook.event == *event && hook.url == self.url && has_token).then(|| made.clone())
    }

    /// Whether a webhook of ours that is not among the good ones can go: another one does its work, or
    /// it does none, since nobody has its token.
    fn may_go(&self, hook: &Webhook, good: &[MadeWebhook]) -> bool {
        let is_good = good.iter().any(|made| made.id == hook.id);
        let event = hook.event.as_str();
        let is_replaced = good.iter().any(|made| made.event == event);
        let known = self.made.iter().find(|made| made.id == hook.id);
        let has_token =
            known.is_some_and(|made| self.tokens.iter().any(|token| made.is_signed_with(token)));
        !is_good && (is_replaced || !has_token)
    }

    /// Those of ours that came into being behind an unclear answer: nobody has their tokens.
    fn unknown(&self, now: &[Webhook], before: &[Webhook], good: &[MadeWebhook]) -> Vec<Row> {
        let is_new = |hook: &&Webhook| {
            before.iter().all(|known| known.id != hook.id)
                && good.iter().all(|made| made.id != hook.id)
        };
        let ours = now.iter().filter(|hook| self.is_ours(hook));
        ours.filter(is_new).map(Row::of).collect()
    }

    fn is_ours(&self, hook: &Webhook) -> bool {
        let leads_here = hook.url.ends_with(&format!("/lever/{}", self.path));
        leads_here || self.made.iter().any(|made| made.id == hook.id)
    }
}

/// Makes what is missing, and only then deletes what is of no use: so that no event finds nobody.
/// What fails for one event leaves the others alone. However often it is done, whatever of it gets
/// lost on the way, Lever has at most one row of ours for each event in the end, or it is said which
/// are too many.
///
/// # Errors
/// When nothing was changed.
pub(crate) async fn register(
    lever: &Client,
    registration: &Registration,
) -> Result<Registered, Problem> {
    let existing = lever.webhooks().await.map_err(|error| in_words(&error))?;
    let plan = registration.plan(&existing.rows);
    let made = make(lever, registration, plan.make).await;
    let good: Vec<MadeWebhook> = plan.keep.into_iter().chain(made.good).collect();
    let mut of_no_use: Vec<Row> = existing
        .rows
        .iter()
        .filter(|hook| registration.is_ours(hook) && registration.may_go(hook, &good))
        .map(Row::of)
        .chain(made.unsigned)
        .collect();
    let mut problem = made.problem;
    if made.is_unclear {
        match lever.webhooks().await {
            Ok(now) => of_no_use.extend(registration.unknown(&now.rows, &existing.rows, &good)),
            Err(error) => problem = problem.or_else(|| Some(in_words(&error))),
        }
    }
    let left = delete(lever, &of_no_use).await;
    if let Some(left) = left.as_ref().filter(|_| problem.is_none()) {
        problem = Some(left.in_words(registration));
    }
    let may_be_there = |known: &MadeWebhook| {
        let is_left = |left: &Left| left.rows.iter().any(|row| row.id == known.id);
        let stays = existing.rows.iter().any(|hook| hook.id == known.id)
            && of_no_use.iter().all(|row| row.id != known.id);
        stays || left.as_ref().is_some_and(is_left) || existing.skipped.may_be(known.id.as_str())
    };
    let is_good = |known: &MadeWebhook| good.iter().any(|one| one.id == known.id);
    let before = registration.made.iter().filter(|known| !is_good(known));
    let (still_there, gone): (Vec<_>, Vec<_>) = before.cloned().partition(may_be_there);
    Ok(Registered {
        made: good.into_iter().chain(still_there).collect(),
        new_tokens: made.new_tokens,
        gone,
        problem,
    })
}

/// What came of making some.
#[derive(Default)]
struct Making {
    good: Vec<MadeWebhook>,
    new_tokens: Vec<SecretString>,
    /// Made, but nobody knows what their events are signed with.
    unsigned: Vec<Row>,
    /// Some may have been made behind an answer that nobody got.
    is_unclear: bool,
    /// The first thing that went wrong.
    problem: Option<Problem>,
}

async fn make(lever: &Client, registration: &Registration, events: Vec<EventKind>) -> Making {
    let mut making = Making::default();
    for event in events {
        let new = NewWebhook {
            url: registration.url.clone(),
            event,
        };
        let created = match lever.create_webhook(&new).await {
            Ok(created) => created,
            Err(error) => {
                making.is_unclear |= !is_clear(&error);
                making.problem.get_or_insert_with(|| in_words(&error));
                if ends_it(&error) {
                    break;
                }
                continue;
            }
        };
        match created.signature_token {
            Some(token) => {
                making.good.push(MadeWebhook::new(&created.webhook, &token));
                making.new_tokens.push(token);
            }
            None => {
                making.unsigned.push(Row {
                    id: created.webhook.id,
                    event: new.event,
                });
                making.problem.get_or_insert_with(unsigned);
            }
        }
    }
    making
}

/// Whether an error says for certain that nothing was made.
fn is_clear(error: &Error) -> bool {
    match error {
        Error::Unreachable(failure) => matches!(failure, transport::Failure::NotSent(_)),
        Error::Down { .. } | Error::NotLever { .. } => false,
        _ => true,
    }
}

/// Whether the next one would fare no better.
fn ends_it(error: &Error) -> bool {
    match error {
        Error::WrongKey | Error::NotAllowed { .. } | Error::Pace { .. } => true,
        Error::Unreachable(failure) => matches!(failure, transport::Failure::NotSent(_)),
        _ => false,
    }
}

/// Deletes all that were made here, and gives them.
///
/// # Errors
/// When some may be left: which, and what to do.
pub(crate) async fn unregister(
    lever: &Client,
    registration: &Registration,
) -> Result<Vec<MadeWebhook>, Problem> {
    let known = || registration.made.iter().map(Row::known).collect::<Vec<_>>();
    let ours = match lever.webhooks().await {
        Ok(existing) => {
            let seen = existing
                .rows
                .iter()
                .filter(|hook| registration.is_ours(hook));
            let unread = registration.made.iter();
            let unread = unread.filter(|made| existing.skipped.may_be(made.id.as_str()));
            seen.map(Row::of).chain(unread.map(Row::known)).collect()
        }
        // A key that may delete but not list: those that we know.
        Err(Error::NotAllowed { .. }) if !registration.made.is_empty() => known(),
        Err(error) => {
            let rows = known();
            return Err(Left { rows, error }.in_words(registration));
        }
    };
    match delete(lever, &ours).await {
        None => Ok(registration.made.clone()),
        Some(left) => Err(left.in_words(registration)),
    }
}

/// What may be left in Lever when it can't be asked, for want of a key.
pub(crate) fn left_without_a_key(registration: &Registration) -> Problem {
    let rows = registration.made.iter().map(Row::known).collect();
    let error = Error::WrongKey;
    let mut problem = Left { rows, error }.in_words(registration);
    problem.code = ProblemCode::KeyMissing;
    problem
}

/// Deletes these; gives those that are left.
async fn delete(lever: &Client, rows: &[Row]) -> Option<Left> {
    let mut left: Option<Left> = None;
    for row in rows {
        if let Some(left) = left.as_mut().filter(|left| left.error.is_passing()) {
            // Lever doesn't answer: the others wait for the next time as well.
            left.rows.push(row.clone());
            continue;
        }
        match lever.delete_webhook(&row.id).await {
            Ok(()) | Err(Error::Gone { .. }) => {}
            Err(error) => match &mut left {
                Some(left) => left.rows.push(row.clone()),
                None => {
                    let rows = vec![row.clone()];
                    left = Some(Left { rows, error });
                }
            },
        }
    }
    left
}

/// A webhook in Lever's list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    id: WebhookId,
    event: EventKind,
}

impl Row {
    fn of(hook: &Webhook) -> Self {
        Self {
            id: hook.id.clone(),
            event: hook.event.clone(),
        }
    }

    fn known(made: &MadeWebhook) -> Self {
        Self {
            id: made.id.clone(),
            event: EventKind::from(made.event.as_str()),
        }
    }
}

/// Webhooks that could not be removed, and why the first could not.
struct Left {
    rows: Vec<Row>,
    error: Error,
}

impl Left {
    fn in_words(&self, registration: &Registration) -> Problem {
        let why = in_words(&self.error);
        let mut events: Vec<String> = self.rows.iter().map(|row| spaced(&row.event)).collect();
        events.sort();
        events.dedup();
        let which = match events.as_slice() {
            [] => "Padwatch’s webhooks may be left in Lever.".to_owned(),
            [one] => format!("One webhook is left in Lever: {one}."),
            more => format!(
                "{} webhooks are left in Lever: {}.",
                more.len(),
                more.join(", ")
            ),
        };
        // The secret in the path stays out of sight: the host is enough to know them by.
        let host = registration.url.split("/lever/").next().unwrap_or_default();
        let where_to = if host.is_empty() {
            String::new()
        } else {
            format!(" that lead to {host}")
        };
        Problem::new(
            why.code,
            format!("{which} {}", why.message),
            format!("Delete the webhooks{where_to} in Lever’s webhook settings, or try again."),
        )
    }
}

/// `candidateStageChange` as words.
fn spaced(event: &EventKind) -> String {
    let mut words = String::new();
    for c in event.as_str().chars() {
        if c.is_ascii_uppercase() {
            words.push(' ');
        }
        words.push(c.to_ascii_lowercase());
    }
    words
}

fn in_words(error: &Error) -> Problem {
    let mut problem = of_lever(error).problem;
    if matches!(error, Error::Refused { .. }) {
        "Create the webhooks by hand in Lever’s settings instead.".clone_into(&mut problem.hint);
    }
    problem
}

fn unsigned() -> Problem {
    Problem::new(
        ProblemCode::NotTheService,
        "Lever created a webhook, but did not say what its events are signed with.",
        "Try again, or create it by hand in Lever’s settings and add its signing token here.",
    )
}

#[cfg(test)]
mod tests {
    use transport::ExposeSecret as _;

    use super::*;

    const URL: &str = "https://pad.example.com/lever/0123456789abcdef0123456789abcdef";

    fn hook(id: &str, event: EventKind, url: &str) -> Webhook {
        Webhook {
            id: WebhookId::new(id),
            event,
            url: url.to_owned(),
        }
    }

    fn token(of: &str) -> SecretString {
        format!("signing-token-of-{of}").into()
    }

    /// All eight, as they should be.
    fn whole() -> (Vec<Webhook>, Registration) {
        let hooks: Vec<Webhook> = EVENTS
            .into_iter()
            .map(|event| hook(event.as_str(), event.clone(), URL))
            .collect();
        let made = hooks
            .iter()
            .map(|hook| MadeWebhook::new(hook, &token(hook.id.as_str())));
        let registration = Registration {
            url: URL.to_owned(),
            path: "0123456789abcdef0123456789abcdef".to_owned(),
            made: made.collect(),
            tokens: hooks.iter().map(|hook| token(hook.id.as_str())).collect(),
        };
        (hooks, registration)
    }

    /// What goes when nothing could be made.
    fn of_no_use<'h>(registration: &Registration, hooks: &'h [Webhook]) -> Vec<&'h str> {
        let good = registration.plan(hooks).keep;
        let ours = hooks.iter().filter(|hook| registration.is_ours(hook));
        ours.filter(|hook| registration.may_go(hook, &good))
            .map(|hook| hook.id.as_str())
            .collect()
    }

    #[test]
    fn what_is_good_is_kept_and_nothing_else_is_done() {
        let (hooks, registration) = whole();
        let plan = registration.plan(&hooks);
        assert_eq!(plan.keep, registration.made);
        assert_eq!(plan.make, vec![]);
        assert_eq!(of_no_use(&registration, &hooks), [""; 0]);
    }

    #[test]
    fn what_is_missing_is_made_and_what_is_of_no_use_is_deleted() {
        let (mut hooks, mut registration) = whole();
        hooks.remove(0);
        hooks[0].url = "https://old.example.com/lever/0123456789abcdef0123456789abcdef".into();
        registration.tokens.remove(2);
        let twice = hook("twice", EventKind::CandidateHired, URL);
        hooks.push(twice);
        let plan = registration.plan(&hooks);
        assert_eq!(plan.make, EVENTS[..3], "gone, elsewhere, token lost");
        assert_eq!(plan.keep.len(), 5);
        assert_eq!(
            of_no_use(&registration, &hooks),
            ["candidateDeleted", "twice"],
            "what leads elsewhere stays until another one does its work"
        );
    }

    #[test]
    fn webhooks_of_others_are_left_alone() {
        let (mut hooks, registration) = whole();
        hooks.push(hook(
            "theirs",
            EventKind::CandidateHired,
            "https://other.example.com/hook",
        ));
        assert_eq!(of_no_use(&registration, &hooks), [""; 0]);
    }

    #[test]
    fn a_mark_shows_nothing_of_the_token() {
        let (_, registration) = whole();
        let written = serde_json::to_string(&registration.made).unwrap();
        for token in &registration.tokens {
            assert!(!written.contains(token.expose_secret()));
        }
        assert!(registration.made[0].is_signed_with(&registration.tokens[0]));
        assert!(!registration.made[0].is_signed_with(&registration.tokens[1]));
    }
}
