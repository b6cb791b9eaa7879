//! The one request that makes a pad, and what its answer means.

use super::Settled;
use crate::announcement::News;
use crate::candidacy::Row;
use crate::change::{Change, Trigger};
use crate::lifecycle::{Intent, LedgerPad, Life, Linking, Origin, Refusal, Search};
use crate::marker::Marker;
use crate::problem::{Problem, ProblemCode};
use crate::settings::PadSettings;
use crate::trouble::{self, Service, Trouble};
use coderpad::{CreateError, CreatedPad, NewPad, Refusal as Clear, UnclearCause};
use transport::ApiRoot;

/// The title of a pad whose candidate or job may be confidential.
const NEUTRAL_TITLE: &str = "Interview";

/// What is asked of CoderPad for a candidacy. The candidate may see the title, and so may the whole
/// CoderPad team: nothing but name and job is in it, and neither of what may be confidential, unless
/// the settings say so. The notes are hidden from candidates (contracts/coderpad.md, 2.9); the
/// address in them opens for those alone who may see the candidate in Lever.
#[must_use]
pub fn new_pad(row: &Row, intent: &Intent, pads: &PadSettings) -> NewPad {
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
pub fn settle(
    row: Row,
    outcome: Result<CreatedPad, CreateError>,
    root: &ApiRoot,
    now_ms: i64,
) -> Settled {
    let Life::Intent { intent } = row.life.clone() else {
        return Settled::default();
    };
    match outcome {
        Ok(made) => {
            let link = made.pad.as_ref().map_or_else(
                || coderpad::PadLink::of(&made.id, root),
                |pad| pad.link(root),
            );
            let pad = LedgerPad {
                id: made.id,
                link,
                origin: Origin::Made,
                since_ms: now_ms,
                beside: intent.beside.clone(),
            };
            created(row, &intent.marker, pad, "Pad made", now_ms)
        }
        Err(CreateError::Unclear(unclear)) => {
            let ahead = unclear
                .server_date_ms
                .map_or(0, |server| server.saturating_sub(now_ms));
            let settled = uncertain(
                row,
                intent,
                unclear.to_string(),
                ahead,
                Trigger::Making,
                now_ms,
            );
            let trouble = match unclear.cause {
                // Whoever asks for fewer requests means every kind of them, the search's too.
                UnclearCause::RateLimited => {
                    trouble::rate_limited(Service::Coderpad, unclear.retry_after)
                }
                _ => trouble::no_clear_answer(unclear.retry_after),
            };
            Settled {
                trouble: Some(trouble),
                ..settled
            }
        }
        Err(CreateError::Refused(clear)) => refused(row, &intent, &clear, now_ms),
        Err(CreateError::NotSent(why)) => back_in_line(
            row,
            &intent,
            trouble::not_sent(Service::Coderpad, why),
            now_ms,
        ),
    }
}

/// A pad is there: from here on the link can be copied.
#[must_use]
pub fn created(
    row: Row,
    marker: &Marker,
    pad: LedgerPad,
    what: &'static str,
    now_ms: i64,
) -> Settled {
    let told = Change::Told(News::PadReady {
        who: row.who(),
        pad: pad.id.clone(),
        link: pad.link.clone(),
        adopted: false,
    });
    let linking = Linking {
        next_ms: now_ms,
        ..Linking::default()
    };
    let row = row.becoming(Life::Created { pad, linking }, "The pad is there.", now_ms);
    Settled::changes(vec![
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
    row: Row,
    intent: Intent,
    doubt: String,
    ahead_ms: i64,
    trigger: Trigger,
    now_ms: i64,
) -> Settled {
    let reason = format!("It is not known whether CoderPad made the pad: {doubt}.");
    let search = Search {
        doubt,
        incomplete: None,
        complete_looks: 0,
        asks: false,
        server_ahead_ms: ahead_ms,
        cannot_look: false,
    };
    let row = row.becoming(Life::Uncertain { intent, search }, reason, now_ms);
    Settled::changes(vec![Change::Moved {
        row: Box::new(row),
        what: "Looking whether the pad was made",
        trigger,
    }])
}

fn refused(row: Row, intent: &Intent, clear: &Clear, now_ms: i64) -> Settled {
    let (problem, for_all) = explained(clear);
    let refusal = Refusal {
        code: problem.code,
        message: problem.message.clone(),
        for_all,
    };
    let consent = intent.consent;
    let reason = problem.message.clone();
    let told = (!for_all).then(|| {
        Change::Told(News::Asks {
            who: row.who(),
            question: problem.message.clone(),
        })
    });
    let row = row.becoming(Life::Refused { refusal, consent }, reason, now_ms);
    let mut settled = Settled::changes(vec![
        Change::Moved {
            row: Box::new(row),
            what: "CoderPad made no pad",
            trigger: Trigger::Making,
        },
        Change::MarkerSettled(intent.marker.clone()),
    ]);
    settled.changes.extend(told);
    settled.trouble = for_all.then(|| Trouble::lasting(Service::Coderpad, problem));
    settled
}

/// Nothing was made, and nothing is wrong with this pad: it keeps its place in the queue.
fn back_in_line(row: Row, intent: &Intent, trouble: Trouble, now_ms: i64) -> Settled {
    let reason = trouble.problem.message.clone();
    let row = row.becoming(
        Life::Eligible {
            consent: intent.consent,
        },
        reason,
        now_ms,
    );
    Settled {
        changes: vec![
            Change::Moved {
                row: Box::new(row),
                what: "CoderPad could not be asked",
                trigger: Trigger::Making,
            },
            Change::MarkerSettled(intent.marker.clone()),
        ],
        trouble: Some(trouble),
        hindrance: None,
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
        Life::Intent { intent } => {
            let life = Life::Eligible {
                consent: intent.consent,
            };
            let row = row.becoming(life, "It could not be written down.", now_ms);
            vec![
                Change::Moved {
                    row: Box::new(row),
                    what: "No pad requested yet",
                    trigger: Trigger::Making,
                },
                Change::MarkerSettled(intent.marker),
            ]
        }
        _ => Vec::new(),
    })
    .collect()
}

/// The refusal in words, and whether it concerns everybody.
fn explained(clear: &Clear) -> (Problem, bool) {
    match clear {
        Clear::WrongKey => (trouble::wrong_key(Service::Coderpad), true),
        Clear::OverQuota => (trouble::over_quota(), true),
        Clear::NotAllowed => (
            Problem::new(
                ProblemCode::CoderpadNotAllowed,
                "CoderPad doesn’t let this account make pads, or not for this owner or team.",
                "Ask the owner of your CoderPad organization, or change the pad settings.",
            ),
            true,
        ),
        Clear::BadRequest { message } => (bad_settings(message), false),
        Clear::NotFound => (
            bad_settings("the question, team or owner in the pad settings is not there any more"),
            false,
        ),
    }
}

fn bad_settings(message: &str) -> Problem {
    let said = if message.is_empty() {
        "it doesn’t say why"
    } else {
        message
    };
    Problem::new(
        ProblemCode::Refused,
        format!("CoderPad didn’t accept the settings for this pad: {said}."),
        "Change the pad settings for this job, then make the pad.",
    )
}

fn title(row: &Row) -> String {
    let name = row.seen.name.trim();
    let name = if name.is_empty() { "Candidate" } else { name };
    match row.seen.posting_title.trim() {
        "" => name.to_owned(),
        job => format!("{name} – {job}"),
    }
}

fn notes(row: &Row, intent: &Intent) -> String {
    let marker = &intent.marker;
    match &row.seen.profile_url {
        Some(profile) => format!("Lever: {profile}\n\n{marker}\n"),
        None => format!("{marker}\n"),
    }
}

/// What an interrupted program may have left: an intent whose request may have gone out.
#[must_use]
pub fn after_restart(row: Row, now_ms: i64) -> Settled {
    let Life::Intent { intent } = row.life.clone() else {
        return Settled::default();
    };
    let doubt = "Padwatch ended before the answer came".to_owned();
    uncertain(row, intent, doubt, 0, Trigger::Start, now_ms)
}

/// The consent that a refused row goes on with.
#[must_use]
pub fn again(row: Row, reason: &str, now_ms: i64) -> Option<Row> {
    let Life::Refused { consent, .. } = row.life else {
        return None;
    };
    Some(row.becoming(Life::Eligible { consent }, reason, now_ms))
}
