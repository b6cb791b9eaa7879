//! Before a pad is created: is it still wanted, and is there one already?

use super::Transition;
use super::job::TitleRead;
use super::linking::another_pad;
use crate::activity::Activity;
use crate::announcement::News;
use crate::candidacy::{Candidacy, Seen};
use crate::change::{Change, Trigger};
use crate::lifecycle::{Consent, Intent, LedgerPad, Lifecycle, Origin, Refusal};
use crate::links::ProfilePad;
use crate::marker::Marker;
use crate::reason::{PadDoubt, Reason};
use crate::secrecy::Secrecy;
use crate::service_error::{OutageKind, ServiceError};
use crate::settings::Settings;
use coderpad::PadId;
use lever::{Opportunity, StageId};
use transport::Rng;

/// What preparing needs to know.
#[derive(Debug, Clone)]
pub struct Question {
    /// The row as the ledger has it.
    pub row: Candidacy,
    /// What Lever said of it a moment ago, so that it need not be asked again.
    pub fresh: Option<Opportunity>,
    /// The pads that the ledger knows not to be for this candidacy, or no longer.
    pub not_its_own: Vec<PadId>,
    /// Whether the person has other candidacies that the ledger knows.
    pub has_siblings: bool,
    pub settings: Settings,
    pub watched: Vec<StageId>,
    /// How the posting may be asked for its title now.
    pub title: TitleRead,
    /// Whether the posting is confidential, if it was read a short time ago.
    pub confidential: Option<bool>,
}

/// What came of it.
#[derive(Debug)]
pub enum Prepared {
    /// Nothing stands against making a pad.
    Ready {
        /// What Lever says now.
        seen: Seen,
        /// The pads on the profile that are not for this candidacy.
        beside: Vec<PadId>,
        /// Whether any of it is confidential.
        secrecy: Secrecy,
    },
    /// There is a pad already.
    Adopt(Box<Adoptable>),
    /// There is a pad link, but no telling whether the pad is for this candidacy.
    Asks(Seen, PadDoubt),
    /// It is no longer wanted.
    Left {
        /// What Lever says now; `None`: Lever no longer has it.
        seen: Option<Seen>,
        reason: Reason,
    },
    /// Lever doesn't tell of this one what must be known.
    Unreadable(ServiceError),
    /// The key may not read single opportunities.
    Forbidden(ServiceError),
    /// It could not be found out.
    Failed(ServiceError),
}

/// A pad that is there already.
#[derive(Debug)]
pub struct Adoptable {
    /// What Lever says now.
    pub seen: Seen,
    /// Whether any of it is confidential.
    pub secrecy: Secrecy,
    pub pad: ProfilePad,
    /// Whether its notes carry our marker for this candidacy.
    pub ours: bool,
    /// When it was made, in ms since the epoch, if it could be read.
    pub made_ms: Option<i64>,
    /// The pads on the profile that are not for this candidacy.
    pub beside: Vec<PadId>,
    /// Further pads for it, and whether they carry our marker.
    pub others: Vec<(ProfilePad, bool)>,
}

/// What the outcome changes. A [`Prepared::Ready`] becomes an intent: written, durably, before
/// the request leaves.
#[must_use]
pub fn on_prepared(row: Candidacy, prepared: Prepared, rng: &dyn Rng, now_ms: i64) -> Transition {
    let Lifecycle::Eligible { consent } = row.life else {
        return Transition::default();
    };
    match prepared {
        Prepared::Failed(service_error) => Transition::service_error(service_error),
        Prepared::Forbidden(service_error) => {
            Transition::outage(OutageKind::Reading, service_error.problem)
        }
        Prepared::Unreadable(service_error) => unreadable(row, service_error, consent, now_ms),
        Prepared::Left { seen, reason } => left(row, seen, reason, now_ms),
        Prepared::Ready {
            seen,
            beside,
            secrecy,
        } => {
            let intent = Intent {
                marker: Marker::fresh(row.opportunity.clone(), rng),
                written_ms: now_ms,
                consent,
                beside,
                asker: None,
                secrecy,
            };
            ready(Candidacy { seen, ..row }, intent, now_ms)
        }
        Prepared::Asks(seen, doubt) => asks(Candidacy { seen, ..row }, doubt, consent, now_ms),
        Prepared::Adopt(found) => adopt(row, *found, consent, now_ms),
    }
}

pub fn left(mut row: Candidacy, seen: Option<Seen>, reason: Reason, now_ms: i64) -> Transition {
    row.seen = seen.unwrap_or(row.seen);
    row.left_ms = Some(now_ms);
    // The approval was for a candidate who was there; if they come back, the rules decide.
    if row.life.is_user_approved() {
        row.life = Lifecycle::Eligible {
            consent: Consent::Rules,
        };
    }
    row.reason = reason;
    moved(row, Activity::PadNotCreated)
}

fn unreadable(
    row: Candidacy,
    service_error: ServiceError,
    consent: Consent,
    now_ms: i64,
) -> Transition {
    let ServiceError {
        problem, service, ..
    } = service_error;
    let told = Change::Announced(News::Asks {
        who: row.who(),
        question: Reason::from(problem.clone()),
    });
    let refusal = Refusal {
        problem: problem.clone(),
        by: service,
        for_all: false,
    };
    let life = Lifecycle::Refused { refusal, consent };
    let row = row.becoming(life, Reason::from(problem), now_ms);
    let mut transition = moved(row, Activity::PadNotCreated);
    transition.changes.push(told);
    transition
}

fn ready(row: Candidacy, intent: Intent, now_ms: i64) -> Transition {
    if let Consent::AdoptOnly(fallback) = intent.consent {
        let life = Lifecycle::Held {
            hold: fallback.hold(),
        };
        let row = row.becoming(life, Reason::LinkOfOtherJob, now_ms);
        return moved(row, Activity::Listed);
    }
    let marker = intent.marker.clone();
    let reason = row.reason.clone();
    let row = row.becoming(Lifecycle::Intent { intent }, reason, now_ms);
    let mut transition = moved(row, Activity::PadRequested);
    transition.changes.push(Change::MarkerOpened {
        marker,
        written_ms: now_ms,
    });
    transition
}

fn asks(row: Candidacy, doubt: PadDoubt, consent: Consent, now_ms: i64) -> Transition {
    // Candidates who were there at the start are listed; the question comes when a pad is wanted.
    if let Consent::AdoptOnly(fallback) = consent
        && !is_news(consent)
    {
        let hold = fallback.hold();
        return moved(
            row.becoming(Lifecycle::Held { hold }, Reason::LinkUnclear, now_ms),
            Activity::Listed,
        );
    }
    let question = Reason::WhosePad { doubt };
    let told = Change::Announced(News::Asks {
        who: row.who(),
        question: question.clone(),
    });
    let hold = doubt.hold();
    let row = row.becoming(Lifecycle::Held { hold }, question, now_ms);
    let mut transition = moved(row, Activity::NeedsDecision);
    transition.changes.push(told);
    transition
}

fn adopt(row: Candidacy, found: Adoptable, consent: Consent, now_ms: i64) -> Transition {
    let mut row = row;
    row.seen = found.seen;
    let told = Change::Announced(News::PadReady {
        who: row.who(),
        pad: found.pad.id.clone(),
        link: found.pad.link.clone(),
        adopted: true,
    });
    let pad = LedgerPad {
        playback: None,
        id: found.pad.id,
        link: found.pad.link,
        origin: if found.ours {
            Origin::Found
        } else {
            Origin::Adopted
        },
        since_ms: now_ms,
        beside: found.beside,
    };
    let kept = pad.id.clone();
    let row = row.becoming(Lifecycle::Linked { pad }, Reason::ExistingLink, now_ms);
    let others: Vec<Change> = found
        .others
        .into_iter()
        .flat_map(|(other, ours)| another_pad(&row, &kept, other, ours))
        .collect();
    let mut transition = moved(row, Activity::ExistingPadUsed);
    // Candidates who were there at the start are listed; announcing each would be noise.
    if is_news(consent) {
        transition.changes.push(told);
    }
    transition.changes.extend(others);
    transition
}

fn is_news(consent: Consent) -> bool {
    use crate::lifecycle::Fallback;
    !matches!(
        consent,
        Consent::AdoptOnly(Fallback::AlreadyThere | Fallback::Rebuilt)
    )
}

fn moved(row: Candidacy, what: Activity) -> Transition {
    Transition::changes(vec![Change::Moved {
        row: Box::new(row),
        what,
        trigger: Trigger::Making,
    }])
}

#[cfg(test)]
#[path = "prepare_tests.rs"]
mod tests;
