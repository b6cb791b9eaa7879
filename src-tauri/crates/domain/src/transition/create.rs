//! The one request that makes a pad, and what its answer means.

use super::Transition;
use crate::activity::Activity;
use crate::announcement::News;
use crate::candidacy::Candidacy;
use crate::change::{Change, Trigger};
use crate::lifecycle::{Intent, LedgerPad, Lifecycle, Linking, Origin, Refusal, Search};
use crate::marker::Marker;
use crate::problem::Problem;
use crate::reason::{Doubt, Reason};
use crate::service_error::{self, Service, ServiceError};
use crate::settings::PadSettings;
use coderpad::{CreateError, CreatedPad, NewPad, Refusal as Clear, UnclearCause};
use transport::ApiRoot;

/// The title of a pad whose candidate or job may be confidential.
const NEUTRAL_TITLE: &str = "Interview";

/// What is asked of CoderPad for a candidacy. The candidate may see the title, and so may the whole
/// CoderPad team: nothing but name and job is in it, and neither of what may be confidential,
/// unless the settings say so. The notes are hidden from candidates (contracts/coderpad.md, 2.9);
/// the address in them opens for those alone who may see the candidate in Lever.
#[must_use]
pub fn new_pad(row: &Candidacy, intent: &Intent, pads: &PadSettings) -> NewPad {
    let choice = pads.for_posting(row.seen.posting.as_ref());
    NewPad {
        title: if intent.secrecy.may_be_named(pads.name_confidential) {
            title(row)
        } else {
            NEUTRAL_TITLE.to_owned()
        },
        language: choice.language.clone(),
        notes: notes(row, intent),
        question: choice.question,
        contents: None,
        private: choice.waiting_room,
        execution_enabled: choice.execution,
        owner_email: choice.owner_email.clone(),
        team: choice.team.clone(),
    }
}

/// What the answer changes.
#[must_use]
pub fn on_answer(
    row: Candidacy,
    outcome: Result<CreatedPad, CreateError>,
    root: &ApiRoot,
    now_ms: i64,
) -> Transition {
    let Lifecycle::Intent { intent } = row.life.clone() else {
        return Transition::default();
    };
    match outcome {
        Ok(made) => {
            let link = made.pad.as_ref().map_or_else(
                || coderpad::PadLink::of(&made.id, root),
                |pad| pad.link(root),
            );
            let pad = LedgerPad {
                playback: None,
                id: made.id,
                link,
                origin: Origin::Made,
                since_ms: now_ms,
                beside: intent.beside.clone(),
            };
            created(row, &intent.marker, pad, Activity::PadCreated, now_ms)
        }
        Err(CreateError::Unclear(unclear)) => {
            let ahead = unclear
                .server_date_ms
                .map_or(0, |server| server.saturating_sub(now_ms));
            let transition = uncertain(
                row,
                intent,
                Doubt::from(unclear.cause),
                ahead,
                Trigger::Making,
                now_ms,
            );
            let service_error = match unclear.cause {
                // A rate limit covers every kind of request, the search's too.
                UnclearCause::RateLimited => {
                    service_error::rate_limited(Service::Coderpad, unclear.retry_after)
                }
                _ => service_error::no_clear_answer(unclear.retry_after),
            };
            Transition {
                service_error: Some(service_error),
                ..transition
            }
        }
        Err(CreateError::Refused(clear)) => refused(row, &intent, &clear, now_ms),
        Err(CreateError::NotSent(why)) => back_in_line(
            row,
            &intent,
            service_error::not_sent(Service::Coderpad, why),
            now_ms,
        ),
    }
}

/// A pad is there: from here on the link can be copied.
#[must_use]
pub fn created(
    row: Candidacy,
    marker: &Marker,
    pad: LedgerPad,
    what: Activity,
    now_ms: i64,
) -> Transition {
    let told = Change::Announced(News::PadReady {
        who: row.who(),
        pad: pad.id.clone(),
        link: pad.link.clone(),
        adopted: false,
    });
    let linking = Linking {
        next_ms: now_ms,
        ..Linking::default()
    };
    let row = row.becoming(
        Lifecycle::Created { pad, linking },
        Reason::PadCreated,
        now_ms,
    );
    Transition::changes(vec![
        Change::Moved {
            row: Box::new(row),
            what,
            trigger: Trigger::Making,
        },
        Change::MarkerSettled(marker.clone()),
        told,
    ])
}

/// There may be a pad. `ahead_ms` is how far the server's clock is ahead of ours.
#[must_use]
pub fn uncertain(
    row: Candidacy,
    intent: Intent,
    doubt: Doubt,
    ahead_ms: i64,
    trigger: Trigger,
    now_ms: i64,
) -> Transition {
    let reason = Reason::PadUnclear { doubt };
    let search = Search {
        doubt,
        incomplete: None,
        complete_looks: 0,
        asks: false,
        server_ahead_ms: ahead_ms,
        cannot_look: false,
    };
    let row = row.becoming(Lifecycle::Uncertain { intent, search }, reason, now_ms);
    Transition::changes(vec![Change::Moved {
        row: Box::new(row),
        what: Activity::CheckingPad,
        trigger,
    }])
}

fn refused(row: Candidacy, intent: &Intent, clear: &Clear, now_ms: i64) -> Transition {
    let (problem, for_all) = explained(clear);
    let refusal = Refusal {
        problem: problem.clone(),
        by: Service::Coderpad,
        for_all,
    };
    let consent = intent.consent;
    let reason = Reason::from(problem.clone());
    let told = (!for_all).then(|| {
        Change::Announced(News::Asks {
            who: row.who(),
            question: reason.clone(),
        })
    });
    let row = row.becoming(Lifecycle::Refused { refusal, consent }, reason, now_ms);
    let mut transition = Transition::changes(vec![
        Change::Moved {
            row: Box::new(row),
            what: Activity::Declined,
            trigger: Trigger::Making,
        },
        Change::MarkerSettled(intent.marker.clone()),
    ]);
    transition.changes.extend(told);
    transition.service_error = for_all.then(|| ServiceError::lasting(Service::Coderpad, problem));
    transition
}

/// Nothing was made, and nothing is wrong with this pad: it keeps its place in the queue.
fn back_in_line(
    row: Candidacy,
    intent: &Intent,
    service_error: ServiceError,
    now_ms: i64,
) -> Transition {
    let reason = Reason::from(service_error.problem.clone());
    let row = row.becoming(
        Lifecycle::Eligible {
            consent: intent.consent,
        },
        reason,
        now_ms,
    );
    Transition {
        changes: vec![
            Change::Moved {
                row: Box::new(row),
                what: Activity::CoderpadNotAsked,
                trigger: Trigger::Making,
            },
            Change::MarkerSettled(intent.marker.clone()),
        ],
        service_error: Some(service_error),
        outage: None,
    }
}

/// What takes intents back whose requests never left.
#[must_use]
pub fn not_sent(changes: Vec<Change>, now_ms: i64) -> Vec<Change> {
    let rows = changes.into_iter().filter_map(|change| match change {
        Change::Moved { row, .. } => Some(*row),
        _ => None,
    });
    rows.flat_map(|row| match row.life.clone() {
        Lifecycle::Intent { intent } => {
            let life = Lifecycle::Eligible {
                consent: intent.consent,
            };
            let row = row.becoming(life, Reason::NotSaved, now_ms);
            vec![
                Change::Moved {
                    row: Box::new(row),
                    what: Activity::NotRequested,
                    trigger: Trigger::Making,
                },
                Change::MarkerSettled(intent.marker),
            ]
        }
        _ => Vec::new(),
    })
    .collect()
}

/// The refusal in words, and whether it concerns everyone.
fn explained(clear: &Clear) -> (Problem, bool) {
    match clear {
        Clear::WrongKey => (service_error::wrong_key(Service::Coderpad), true),
        Clear::OverQuota => (service_error::over_quota(), true),
        Clear::NotAllowed => (Problem::CreationNotAllowed, true),
        Clear::BadRequest { message } => (bad_settings(message), false),
        Clear::NotFound => (Problem::PadSettingsGone, false),
    }
}

fn bad_settings(message: &str) -> Problem {
    Problem::PadSettingsDeclined {
        said: message.to_owned(),
    }
}

fn title(row: &Candidacy) -> String {
    let name = row.seen.name.trim();
    let name = if name.is_empty() { "Candidate" } else { name };
    match row.seen.posting_title.trim() {
        "" => name.to_owned(),
        job => format!("{name} – {job}"),
    }
}

fn notes(row: &Candidacy, intent: &Intent) -> String {
    let marker = &intent.marker;
    match &row.seen.profile_url {
        Some(profile) => format!("Lever: {profile}\n\n{marker}\n"),
        None => format!("{marker}\n"),
    }
}

/// What an interrupted program may have left: an intent whose request may have gone out.
#[must_use]
pub fn after_restart(row: Candidacy, now_ms: i64) -> Transition {
    let Lifecycle::Intent { intent } = row.life.clone() else {
        return Transition::default();
    };
    uncertain(row, intent, Doubt::Closed, 0, Trigger::Start, now_ms)
}

/// The candidacy with the consent it had before the refusal.
#[must_use]
pub fn again(row: Candidacy, now_ms: i64) -> Option<Candidacy> {
    let Lifecycle::Refused { consent, .. } = row.life else {
        return None;
    };
    let life = Lifecycle::Eligible { consent };
    Some(row.becoming(life, Reason::TryingAgain, now_ms))
}

#[cfg(test)]
#[path = "create_tests.rs"]
mod tests;
