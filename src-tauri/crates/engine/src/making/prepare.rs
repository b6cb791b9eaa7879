//! Before a pad is made: is it still wanted, and is there one already?

use coderpad::{Pad, PadId};
use exchange::Chance;
use lever::{Opportunity, OpportunityId, StageId};

use super::{Services, Settled};
use crate::announcement::News;
use crate::ledger::{Change, Trigger};
use crate::life::{Consent, Hold, Intent, LedgerPad, Life, Origin};
use crate::links::{ProfilePad, not_of_others, pads_on_profile};
use crate::marker::Marker;
use crate::row::{Row, Seen};
use crate::rules;
use crate::settings::Settings;
use crate::trouble::{Trouble, of_coderpad, of_lever};
use crate::waypoint::Waypoint;

/// What preparing needs to know.
#[derive(Debug, Clone)]
pub struct Question {
    /// The row as the ledger has it.
    pub row: Row,
    /// What Lever said of it a moment ago, so that it need not be asked again.
    pub fresh: Option<Opportunity>,
    /// The pads that the ledger knows as another candidacy's of the same person.
    pub of_others: Vec<PadId>,
    /// Whether the person has other candidacies that the ledger knows.
    pub has_siblings: bool,
    /// The person's choices.
    pub settings: Settings,
    /// The watched stages.
    pub watched: Vec<StageId>,
}

/// What came of it.
#[derive(Debug)]
pub enum Prepared {
    /// Nothing stands against making a pad.
    Ready(Seen),
    /// There is a pad already.
    Adopt {
        /// What Lever says now.
        seen: Seen,
        /// The pad.
        pad: ProfilePad,
        /// Whether its notes carry our marker for this candidacy.
        ours: bool,
    },
    /// There is a pad link, but no telling for which of the person's jobs.
    WhichJob(Seen),
    /// It is no longer wanted.
    Left {
        /// What Lever says now; `None`: Lever no longer has it.
        seen: Option<Seen>,
        /// Why.
        reason: &'static str,
    },
    /// It could not be found out.
    Failed(Trouble),
}

/// Reads the opportunity again, unless it was read a moment ago, and decides what to do about it.
pub async fn prepare(services: &Services, question: &Question) -> Prepared {
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
        Err(lever::Error::Gone { .. }) => {
            return Prepared::Left {
                seen: None,
                reason: "No longer in Lever.",
            };
        }
        Err(error) => return Prepared::Failed(of_lever(&error)),
    };
    let seen = match with_title(services, &opportunity, &question.row.seen).await {
        Ok(seen) => seen,
        Err(trouble) => return Prepared::Failed(trouble),
    };
    if let Some(reason) = obstacle(&opportunity, question) {
        return Prepared::Left {
            seen: Some(seen),
            reason,
        };
    }
    match already_there(services, &opportunity, question).await {
        Ok(Existing::None) => Prepared::Ready(seen),
        Ok(Existing::Pad { pad, ours }) => Prepared::Adopt { seen, pad, ours },
        Ok(Existing::Unclear) => Prepared::WhichJob(seen),
        Err(trouble) => Prepared::Failed(trouble),
    }
}

/// What the outcome changes. A [`Prepared::Ready`] becomes an intent: written, durably, before
/// the request leaves.
#[must_use]
pub fn settle(row: Row, prepared: Prepared, chance: &dyn Chance, now_ms: i64) -> Settled {
    let Life::Eligible { consent } = row.life else {
        return Settled::default();
    };
    match prepared {
        Prepared::Failed(trouble) => Settled::trouble(trouble),
        Prepared::Left { seen, reason } => left(row, seen, reason, now_ms),
        Prepared::Ready(seen) => ready(Row { seen, ..row }, consent, chance, now_ms),
        Prepared::WhichJob(seen) => which_job(Row { seen, ..row }, now_ms),
        Prepared::Adopt { seen, pad, ours } => {
            adopt(Row { seen, ..row }, pad, ours, consent, now_ms)
        }
    }
}

fn left(mut row: Row, seen: Option<Seen>, reason: &str, now_ms: i64) -> Settled {
    row.seen = seen.unwrap_or(row.seen);
    row.left_ms = Some(now_ms);
    reason.clone_into(&mut row.reason);
    Settled::changes(vec![Change::Moved {
        row: Box::new(row),
        what: "No pad was made",
        trigger: Trigger::Making,
    }])
}

fn ready(row: Row, consent: Consent, chance: &dyn Chance, now_ms: i64) -> Settled {
    if let Consent::AdoptOnly(fallback) = consent {
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
    let marker = Marker::fresh(row.opportunity.clone(), chance);
    let intent = Intent {
        marker: marker.clone(),
        written_ms: now_ms,
        consent,
    };
    let reason = row.reason.clone();
    let row = row.becoming(Life::Intent { intent }, reason, now_ms);
    let mut settled = moved(row, "Asking CoderPad for a pad");
    settled.changes.push(Change::MarkerOpened {
        marker,
        written_ms: now_ms,
    });
    settled
}

fn which_job(row: Row, now_ms: i64) -> Settled {
    let question = "There is a pad link on the profile, but this person applied more than once, \
                    and it can’t be told for which job the pad is.";
    let told = Change::Told(News::Asks {
        who: row.who(),
        question: question.to_owned(),
    });
    let row = row.becoming(
        Life::Held {
            hold: Hold::WhichJob,
        },
        question,
        now_ms,
    );
    let mut settled = moved(row, "Needs a decision");
    settled.changes.push(told);
    settled
}

fn adopt(row: Row, pad: ProfilePad, ours: bool, consent: Consent, now_ms: i64) -> Settled {
    let origin = if ours { Origin::Found } else { Origin::Adopted };
    let told = Change::Told(News::PadReady {
        who: row.who(),
        pad: pad.id.clone(),
        link: pad.link.clone(),
        adopted: true,
    });
    let pad = LedgerPad {
        id: pad.id,
        link: pad.link,
        origin,
        since_ms: now_ms,
    };
    let row = row.becoming(
        Life::Linked { pad },
        "A pad link was already on the profile.",
        now_ms,
    );
    let mut settled = moved(row, "Took over the pad that was there");
    // Who was there at the start is listed; telling of each would be noise.
    if is_news(consent) {
        settled.changes.push(told);
    }
    settled
}

fn is_news(consent: Consent) -> bool {
    use crate::life::Fallback;
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
    let on_own_word = matches!(
        question.row.life,
        Life::Eligible {
            consent: Consent::Person
        }
    );
    if on_own_word {
        let active = opportunity.archived.is_none() && !opportunity.is_anonymized;
        return (!active).then_some("Archived or anonymised in Lever.");
    }
    rules::obstacle(opportunity, &question.settings, &question.watched)
}

enum Existing {
    None,
    Pad { pad: ProfilePad, ours: bool },
    Unclear,
}

/// Looks at each pad link on the profile, the oldest first.
async fn already_there(
    services: &Services,
    opportunity: &Opportunity,
    question: &Question,
) -> Result<Existing, Trouble> {
    let on_profile = pads_on_profile(&opportunity.links, &services.coderpad_root);
    let id = &opportunity.id;
    let other = OpportunityId::new("another");
    let candidates = not_of_others(on_profile, id, |pad| {
        question.of_others.contains(pad).then(|| other.clone())
    });
    for pad in candidates {
        match services.coderpad.pad(&pad.id).await {
            Ok(read) => match relation(&read, opportunity, &question.watched) {
                Relation::Ours => return Ok(Existing::Pad { pad, ours: true }),
                Relation::Foreign => return Ok(Existing::Pad { pad, ours: false }),
                Relation::AnotherJobs | Relation::AnotherTimes => {}
            },
            // Somebody else's pad can't be read with our key; it is one all the same.
            Err(coderpad::Error::Gone | coderpad::Error::NotAllowed { .. }) => {
                return Ok(if question.has_siblings {
                    Existing::Unclear
                } else {
                    Existing::Pad { pad, ours: false }
                });
            }
            Err(error) => return Err(of_coderpad(&error)),
        }
    }
    Ok(Existing::None)
}

enum Relation {
    /// It carries our marker for this candidacy.
    Ours,
    /// Somebody made it for this candidacy, as far as can be told.
    Foreign,
    /// It carries our marker for another candidacy.
    AnotherJobs,
    /// It was over before this candidacy came to a watched stage.
    AnotherTimes,
}

fn relation(pad: &Pad, opportunity: &Opportunity, watched: &[StageId]) -> Relation {
    let markers = Marker::all_in(pad.notes.as_deref().unwrap_or_default());
    if markers
        .iter()
        .any(|marker| marker.opportunity == opportunity.id)
    {
        return Relation::Ours;
    }
    if !markers.is_empty() {
        return Relation::AnotherJobs;
    }
    match (pad.ended_at_ms, arrival_ms(opportunity, watched)) {
        (Some(ended), Some(arrived)) if ended < arrived => Relation::AnotherTimes,
        _ => Relation::Foreign,
    }
}

/// When the candidacy first came to a watched stage, in ms since the epoch.
fn arrival_ms(opportunity: &Opportunity, watched: &[StageId]) -> Option<i64> {
    opportunity
        .stage_changes
        .iter()
        .filter(|change| watched.contains(&change.to_stage))
        .filter_map(|change| change.updated_at_ms)
        .min()
        .or(opportunity.created_at_ms)
}

/// What Lever says, with the posting's title, which is read once for each posting.
async fn with_title(
    services: &Services,
    opportunity: &Opportunity,
    before: &Seen,
) -> Result<Seen, Trouble> {
    let mut seen = Seen::of(opportunity, Some(before));
    let Some(posting) = seen
        .posting
        .as_ref()
        .filter(|_| seen.posting_title.is_empty())
    else {
        return Ok(seen);
    };
    match services.lever.posting(posting).await {
        Ok(read) => seen.posting_title = read.text,
        // A pad without the job's title in it is better than none.
        Err(error) if !error.is_passing() => {}
        Err(error) => return Err(of_lever(&error)),
    }
    Ok(seen)
}
