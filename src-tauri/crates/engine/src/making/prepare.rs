//! Before a pad is made: is it still wanted, and is there one already?

use coderpad::PadId;
use lever::{Opportunity, StageId};
use transport::Rng;

use super::job::{JobRead, Title, TitleRead, with_job};
use super::linking::another_pad;
use super::relation::{Known, Related, Relation, related};
use super::{Services, Settled};
use crate::waypoint::Waypoint;
use padwatch_domain::announcement::News;
use padwatch_domain::blast_radius::BlastRadius;
use padwatch_domain::candidacy::{Row, Seen};
use padwatch_domain::change::{Change, Trigger};
use padwatch_domain::lifecycle::{Consent, Intent, LedgerPad, Life, Origin, PadDoubt, Refusal};
use padwatch_domain::links::ProfilePad;
use padwatch_domain::marker::Marker;
use padwatch_domain::problem::Problem;
use padwatch_domain::rules;
use padwatch_domain::secrecy::Secrecy;
use padwatch_domain::settings::Settings;
use padwatch_domain::trouble::{Cause, Trouble, of_lever};

/// What preparing needs to know.
#[derive(Debug, Clone)]
pub struct Question {
    /// The row as the ledger has it.
    pub row: Row,
    /// What Lever said of it a moment ago, so that it need not be asked again.
    pub fresh: Option<Opportunity>,
    /// The pads that the ledger knows not to be for this candidacy, or no longer.
    pub not_its_own: Vec<PadId>,
    /// Whether the person has other candidacies that the ledger knows.
    pub has_siblings: bool,
    /// The person's choices.
    pub settings: Settings,
    /// The watched stages.
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
        /// Why.
        reason: &'static str,
    },
    /// Lever doesn't tell of this one what must be known.
    Unreadable(Trouble),
    /// The key may not read single opportunities.
    Forbidden(Trouble),
    /// It could not be found out.
    Failed(Trouble),
}

/// A pad that is there already.
#[derive(Debug)]
pub struct Adoptable {
    /// What Lever says now.
    pub seen: Seen,
    /// Whether any of it is confidential.
    pub secrecy: Secrecy,
    /// The pad.
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

/// Reads the opportunity again, unless it was read a moment ago, and decides what to do about it.
pub async fn prepare(services: &Services, question: &Question) -> (Prepared, Option<Title>) {
    let id = &question.row.opportunity;
    let read = match question.fresh.clone() {
        Some(read) => Ok(read),
        None => {
            services
                .between(Waypoint::Reread, services.lever.opportunity(id))
                .await
        }
    };
    let opportunity = match read {
        Ok(opportunity) => opportunity,
        Err(error) => return (not_read(&error), None),
    };
    let JobRead {
        seen,
        secrecy,
        title,
    } = with_job(services, &opportunity, question).await;
    let prepared = match title.as_ref().and_then(|title| title.read.as_ref().err()) {
        // Without the key or a connection nothing else can be read either.
        Some(trouble) if trouble.radius == BlastRadius::Service => {
            Prepared::Failed(trouble.clone())
        }
        _ => decide(services, &opportunity, (seen, secrecy), question).await,
    };
    (prepared, title)
}

async fn decide(
    services: &Services,
    opportunity: &Opportunity,
    (seen, secrecy): (Seen, Secrecy),
    question: &Question,
) -> Prepared {
    if let Some(reason) = obstacle(opportunity, question) {
        return Prepared::Left {
            seen: Some(seen),
            reason,
        };
    }
    let known = Known {
        not_its_own: &question.not_its_own,
        has_siblings: question.has_siblings,
        watched: &question.watched,
        tolerates: &[],
    };
    match related(services, opportunity, known, None).await {
        Ok(related) => weigh(seen, secrecy, related, question.row.life.is_made_anyway()),
        Err(trouble) => Prepared::Failed(trouble),
    }
}

/// What the pads on the profile mean: the oldest that is for this candidacy is taken over. A doubt
/// counts only where there is none.
fn weigh(seen: Seen, secrecy: Secrecy, related: Vec<Related>, anyway: bool) -> Prepared {
    // Whoever was told that a link is there and wants a pad all the same gets one of our own.
    let is_its_own = |one: &Related| match one.relation {
        Relation::Ours => true,
        Relation::Its => !anyway,
        Relation::NotItsOwn | Relation::Doubtful(_) => false,
    };
    let doubt = related.iter().find_map(|one| match one.relation {
        Relation::Doubtful(doubt) => Some(doubt),
        _ => None,
    });
    let (its_own, beside): (Vec<_>, Vec<_>) = related.into_iter().partition(is_its_own);
    let beside = beside.into_iter().map(|one| one.pad.id).collect();
    let mut its_own = its_own.into_iter();
    let Some(first) = its_own.next() else {
        return match doubt {
            Some(doubt) if !anyway => Prepared::Asks(seen, doubt),
            _ => Prepared::Ready {
                seen,
                beside,
                secrecy,
            },
        };
    };
    let ours = |one: &Related| one.relation == Relation::Ours;
    Prepared::Adopt(Box::new(Adoptable {
        seen,
        secrecy,
        ours: ours(&first),
        made_ms: first.made_ms,
        pad: first.pad,
        beside,
        others: its_own.map(|one| (one.pad.clone(), ours(&one))).collect(),
    }))
}

fn not_read(error: &lever::Error) -> Prepared {
    use lever::{Error, ProtocolViolation};
    let trouble = of_lever(error);
    match error {
        Error::Gone { .. } => Prepared::Left {
            seen: None,
            reason: "No longer in Lever.",
        },
        Error::NotAllowed { .. } => Prepared::Forbidden(trouble),
        Error::Refused { .. }
        | Error::NotLever {
            violation: ProtocolViolation::WrongShape,
            ..
        } => Prepared::Unreadable(trouble),
        _ => Prepared::Failed(trouble),
    }
}

/// What the outcome changes. A [`Prepared::Ready`] becomes an intent: written, durably, before
/// the request leaves.
#[must_use]
pub fn settle(row: Row, prepared: Prepared, rng: &dyn Rng, now_ms: i64) -> Settled {
    let Life::Eligible { consent } = row.life else {
        return Settled::default();
    };
    match prepared {
        Prepared::Failed(trouble) => Settled::trouble(trouble),
        Prepared::Forbidden(trouble) => Settled::hindrance(Cause::Reading, trouble.problem),
        Prepared::Unreadable(trouble) => unreadable(row, trouble.problem, consent, now_ms),
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
            ready(Row { seen, ..row }, intent, now_ms)
        }
        Prepared::Asks(seen, doubt) => asks(Row { seen, ..row }, doubt, consent, now_ms),
        Prepared::Adopt(found) => adopt(row, *found, consent, now_ms),
    }
}

fn left(mut row: Row, seen: Option<Seen>, reason: &str, now_ms: i64) -> Settled {
    row.seen = seen.unwrap_or(row.seen);
    row.left_ms = Some(now_ms);
    // The word was for somebody who was there; should they come back, the rules say what to do.
    if row.life.is_on_own_word() {
        row.life = Life::Eligible {
            consent: Consent::Rules,
        };
    }
    reason.clone_into(&mut row.reason);
    moved(row, "No pad was made")
}

fn unreadable(row: Row, problem: Problem, consent: Consent, now_ms: i64) -> Settled {
    let told = Change::Told(News::Asks {
        who: row.who(),
        question: problem.message.clone(),
    });
    let refusal = Refusal {
        code: problem.code,
        message: problem.message.clone(),
        for_all: false,
    };
    let row = row.becoming(Life::Refused { refusal, consent }, problem.message, now_ms);
    let mut settled = moved(row, "No pad was made");
    settled.changes.push(told);
    settled
}

fn ready(row: Row, intent: Intent, now_ms: i64) -> Settled {
    if let Consent::AdoptOnly(fallback) = intent.consent {
        let life = Life::Held {
            hold: fallback.hold(),
        };
        let row = row.becoming(
            life,
            "The pad link on the profile is not for this job.",
            now_ms,
        );
        return moved(row, "Listed");
    }
    let marker = intent.marker.clone();
    let reason = row.reason.clone();
    let row = row.becoming(Life::Intent { intent }, reason, now_ms);
    let mut settled = moved(row, "Asking CoderPad for a pad");
    settled.changes.push(Change::MarkerOpened {
        marker,
        written_ms: now_ms,
    });
    settled
}

fn asks(row: Row, doubt: PadDoubt, consent: Consent, now_ms: i64) -> Settled {
    // Who was there at the start is listed; the question comes when a pad is wanted.
    if let Consent::AdoptOnly(fallback) = consent
        && !is_news(consent)
    {
        let hold = fallback.hold();
        let reason = "It’s unclear whether the pad link on the profile is for this application.";
        return moved(row.becoming(Life::Held { hold }, reason, now_ms), "Listed");
    }
    let question = in_words(doubt);
    let told = Change::Told(News::Asks {
        who: row.who(),
        question: question.to_owned(),
    });
    let hold = doubt.hold();
    let row = row.becoming(Life::Held { hold }, question, now_ms);
    let mut settled = moved(row, "Needs a decision");
    settled.changes.push(told);
    settled
}

/// The question about a pad link, for a person.
fn in_words(doubt: PadDoubt) -> &'static str {
    match doubt {
        PadDoubt::WhichJob => {
            "This candidate has other applications, and Padwatch can’t tell which job the pad link \
             on the profile is for. Use it, create one, or skip."
        }
        PadDoubt::NotFound => {
            "CoderPad doesn’t show Padwatch the pad whose link is on the profile. Is it for this \
             interview? Use it, create one, or skip."
        }
        PadDoubt::NotAllowed => {
            "CoderPad doesn’t let Padwatch read the pad whose link is on the profile. Is it for \
             this interview? Use it, create one, or skip."
        }
        PadDoubt::Odd => {
            "Padwatch can’t read CoderPad’s answer about the pad link on the profile. Is the pad \
             for this interview? Use it, create one, or skip."
        }
        PadDoubt::NoAnswer => {
            "CoderPad doesn’t answer about the pad link on the profile. Is the pad for this \
             interview? Use it, create one, or skip."
        }
        PadDoubt::Owner => {
            "The pad link on the profile belongs to someone outside your CoderPad organization. \
             Use it, create one, or skip."
        }
        PadDoubt::Age => {
            "The pad whose link is on the profile may be from an earlier interview. Use it, create \
             one, or skip."
        }
    }
}

fn adopt(row: Row, found: Adoptable, consent: Consent, now_ms: i64) -> Settled {
    let mut row = row;
    row.seen = found.seen;
    let told = Change::Told(News::PadReady {
        who: row.who(),
        pad: found.pad.id.clone(),
        link: found.pad.link.clone(),
        adopted: true,
    });
    let pad = LedgerPad {
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
    let row = row.becoming(
        Life::Linked { pad },
        "A pad link was already on the profile.",
        now_ms,
    );
    let others: Vec<Change> = found
        .others
        .into_iter()
        .flat_map(|(other, ours)| another_pad(&row, &kept, other, ours))
        .collect();
    let mut settled = moved(row, "Took over the pad that was there");
    // Who was there at the start is listed; telling of each would be noise.
    if is_news(consent) {
        settled.changes.push(told);
    }
    settled.changes.extend(others);
    settled
}

fn is_news(consent: Consent) -> bool {
    use padwatch_domain::lifecycle::Fallback;
    !matches!(
        consent,
        Consent::AdoptOnly(Fallback::AlreadyThere | Fallback::Rebuilt)
    )
}

fn moved(row: Row, what: &'static str) -> Settled {
    Settled::changes(vec![Change::Moved {
        row: Box::new(row),
        what,
        trigger: Trigger::Making,
    }])
}

/// On the person's own word, having left the stage is no obstacle: they have seen it.
fn obstacle(opportunity: &Opportunity, question: &Question) -> Option<&'static str> {
    if question.row.life.is_on_own_word() {
        let active = opportunity.archived.is_none() && !opportunity.is_anonymized;
        return (!active).then_some("Archived or anonymised in Lever.");
    }
    rules::obstacle(opportunity, &question.settings, &question.watched)
}
