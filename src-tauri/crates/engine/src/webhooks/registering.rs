//! Makes the webhooks that are needed through Lever's API, and removes them.

use lever::webhook::EventKind;
use lever::{Client, Error, NewWebhook};
use transport::SecretString;

use super::registration::{MadeWebhook, Registration, Row};
use padwatch_domain::problem::Problem;
use padwatch_domain::service_error::of_lever;

/// What came of a registration.
#[derive(Debug, Default)]
pub struct Registered {
    /// The webhooks that lead here now.
    pub made: Vec<MadeWebhook>,
    /// The signing tokens of those that are new.
    pub new_tokens: Vec<SecretString>,
    /// Those that no longer exist: nothing is signed with their tokens.
    pub gone: Vec<MadeWebhook>,
    /// Why it is not complete, if it isn't.
    pub problem: Option<Problem>,
}

/// Makes what is missing, and only then deletes what is useless, so that no event gets lost. What
/// fails for one event leaves the others alone. However often it runs, and whichever answer gets
/// lost, Lever has at most one row of ours for each event in the end, or the problem names those
/// that are too many.
///
/// # Errors
/// When nothing was changed.
pub(crate) async fn register(
    lever: &Client,
    registration: &Registration,
) -> Result<Registered, Problem> {
    let existing = lever.webhooks().await.map_err(|error| problem_of(&error))?;
    let plan = registration.plan(&existing.rows);
    let made = make(lever, registration, plan.make).await;
    let good: Vec<MadeWebhook> = plan.keep.into_iter().chain(made.good).collect();
    let mut useless: Vec<Row> = existing
        .rows
        .iter()
        .filter(|hook| registration.is_ours(hook) && registration.may_go(hook, &good))
        .map(Row::of)
        .chain(made.unsigned)
        .collect();
    let mut problem = made.problem;
    if made.is_unclear {
        match lever.webhooks().await {
            Ok(now) => useless.extend(registration.unknown(&now.rows, &existing.rows, &good)),
            Err(error) => problem = problem.or_else(|| Some(problem_of(&error))),
        }
    }
    let left = delete(lever, &useless).await;
    if let Some(left) = left.as_ref().filter(|_| problem.is_none()) {
        problem = Some(left.problem(registration));
    }
    let may_be_there = |known: &MadeWebhook| {
        let is_left = |left: &Left| left.rows.iter().any(|row| row.id == known.id);
        let stays = existing.rows.iter().any(|hook| hook.id == known.id)
            && useless.iter().all(|row| row.id != known.id);
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
    /// Made, but what their events are signed with is unknown.
    unsigned: Vec<Row>,
    /// Some may have been made behind an answer that got lost.
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
                making.problem.get_or_insert_with(|| problem_of(&error));
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
                making.problem.get_or_insert(Problem::WebhookUnsigned);
            }
        }
    }
    making
}

/// Returns true if an error says for certain that nothing was made.
fn is_clear(error: &Error) -> bool {
    match error {
        Error::Unreachable(failure) => matches!(failure, transport::Failure::NotSent(_)),
        Error::Down { .. } | Error::NotLever { .. } => false,
        _ => true,
    }
}

/// Returns true if the next one would fail too.
fn ends_it(error: &Error) -> bool {
    match error {
        Error::WrongKey | Error::NotAllowed { .. } | Error::RateLimited { .. } => true,
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
            return Err(Left { rows, error }.problem(registration));
        }
    };
    match delete(lever, &ours).await {
        None => Ok(registration.made.clone()),
        Some(left) => Err(left.problem(registration)),
    }
}

/// What may be left in Lever when it can't be asked, for want of a key.
pub(crate) fn left_without_a_key(registration: &Registration) -> Problem {
    let rows: Vec<Row> = registration.made.iter().map(Row::known).collect();
    left_in_lever(&rows, Problem::KeysMissing, registration)
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

/// Webhooks that could not be removed, and why the first could not.
struct Left {
    rows: Vec<Row>,
    error: Error,
}

impl Left {
    fn problem(&self, registration: &Registration) -> Problem {
        left_in_lever(&self.rows, problem_of(&self.error), registration)
    }
}

fn left_in_lever(rows: &[Row], because: Problem, registration: &Registration) -> Problem {
    let because = Box::new(because);
    let mut events: Vec<String> = rows
        .iter()
        .map(|row| row.event.as_str().to_owned())
        .collect();
    events.sort();
    events.dedup();
    // The address is the way to the receiver: only its host is shown.
    let host = registration.url.split("/lever/").next().unwrap_or_default();
    let host = host.to_owned();
    if events.is_empty() {
        return Problem::WebhooksMayBeLeft { host, because };
    }
    Problem::WebhooksLeft {
        events,
        host,
        because,
    }
}

fn problem_of(error: &Error) -> Problem {
    match error {
        Error::Refused { message, .. } => Problem::WebhooksDeclined {
            said: message.clone(),
        },
        _ => of_lever(error).problem,
    }
}
