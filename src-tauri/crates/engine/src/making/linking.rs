//! Putting the link on the profile: read, add only if missing, read again.

use coderpad::PadId;
use lever::{Opportunity, OpportunityId};

use super::{Services, Settled};
use crate::announcement::News;
use crate::ledger::{Change, Keepsake, Trigger};
use crate::life::{LedgerPad, Life, Linking, Origin};
use crate::links::{ProfilePad, Standing, not_of_others, pads_on_profile, standing};
use crate::problem::Problem;
use crate::row::Row;
use crate::trouble::{Trouble, of_lever};
use crate::waypoint::Waypoint;

/// After a refusal that may be mended elsewhere, in ms.
const AFTER_REFUSAL_MS: i64 = 15 * 60 * 1000;

/// What linking needs to know.
#[derive(Debug, Clone)]
pub struct Question {
    /// The candidacy.
    pub opportunity: OpportunityId,
    /// Our pad.
    pub pad: LedgerPad,
    /// The pads that the ledger knows as another candidacy's of the same person.
    pub of_others: Vec<PadId>,
    /// Whether the person has our link in hand already: then ours stays, whoever came first.
    pub in_hand: bool,
}

/// What came of it.
#[derive(Debug)]
pub enum LinkOutcome {
    /// Our link is there.
    There,
    /// Our link is there, and another one came after it.
    Beside(ProfilePad),
    /// Another tool's link was there first; ours is not on the profile (any more).
    GaveWay(ProfilePad),
    /// Lever doesn't have the opportunity any more.
    Gone,
    /// Lever says no to this one.
    Refused(String),
    /// Lever doesn't let this key, or this user, add links at all.
    Forbidden(Problem),
    /// Lever can't be asked now.
    Failed(Trouble),
}

/// Puts the link on the profile.
pub async fn link(services: &Services, question: &Question) -> LinkOutcome {
    match try_link(services, question).await {
        Ok(outcome) => outcome,
        Err(lever::Error::Gone { .. }) => LinkOutcome::Gone,
        Err(error @ lever::Error::Refused { .. }) => {
            LinkOutcome::Refused(of_lever(&error).problem.message)
        }
        Err(error @ (lever::Error::NotAllowed { .. } | lever::Error::NeedsPerformAs)) => {
            LinkOutcome::Forbidden(of_lever(&error).problem)
        }
        Err(error) => LinkOutcome::Failed(of_lever(&error)),
    }
}

async fn try_link(services: &Services, question: &Question) -> Result<LinkOutcome, lever::Error> {
    let id = &question.opportunity;
    let ours = &question.pad.id;
    let before = services
        .between(Waypoint::LinkRead, services.lever.opportunity(id))
        .await?;
    match standing(&pads(services, &before, question), ours) {
        Standing::Alone => return Ok(LinkOutcome::There),
        Standing::Before(other) => return Ok(LinkOutcome::Beside(other)),
        Standing::AbsentBeside(other) if !question.in_hand => {
            return Ok(LinkOutcome::GaveWay(other));
        }
        Standing::Behind(other) => return behind(services, question, other).await,
        Standing::Absent | Standing::AbsentBeside(_) => {}
    }
    let link = [question.pad.link.clone()];
    let adding = services
        .lever
        .add_links(id, &link, services.acting_user.as_ref());
    services.between(Waypoint::LinkAdd, adding).await?;
    let after = services
        .between(Waypoint::LinkCheck, services.lever.opportunity(id))
        .await?;
    match standing(&pads(services, &after, question), ours) {
        Standing::Alone => Ok(LinkOutcome::There),
        Standing::Before(other) => Ok(LinkOutcome::Beside(other)),
        Standing::Behind(other) => behind(services, question, other).await,
        // Lever said yes and shows nothing: not settled. The next try reads first.
        Standing::Absent | Standing::AbsentBeside(_) => Ok(LinkOutcome::Refused(
            "Lever accepted the link but doesn’t show it.".to_owned(),
        )),
    }
}

/// Another tool was first. Ours gives way, unless somebody has our link already.
async fn behind(
    services: &Services,
    question: &Question,
    other: ProfilePad,
) -> Result<LinkOutcome, lever::Error> {
    if question.in_hand {
        return Ok(LinkOutcome::Beside(other));
    }
    let link = [question.pad.link.clone()];
    let as_user = services.acting_user.as_ref();
    services
        .lever
        .remove_links(&question.opportunity, &link, as_user)
        .await?;
    Ok(LinkOutcome::GaveWay(other))
}

fn pads(services: &Services, opportunity: &Opportunity, question: &Question) -> Vec<ProfilePad> {
    let another = OpportunityId::new("another");
    not_of_others(
        pads_on_profile(&opportunity.links, &services.coderpad_root),
        &question.opportunity,
        |pad| question.of_others.contains(pad).then(|| another.clone()),
    )
}

/// What the outcome changes.
#[must_use]
pub fn settle(row: Row, outcome: LinkOutcome, now_ms: i64) -> Settled {
    let Life::Created { pad, linking } = row.life.clone() else {
        return Settled::default();
    };
    match outcome {
        LinkOutcome::There => linked(row, pad, "The link is on the Lever profile.", now_ms),
        LinkOutcome::Beside(other) => {
            let mut settled = linked(
                row.clone(),
                pad.clone(),
                "The link is on the Lever profile.",
                now_ms,
            );
            settled.changes.extend(another_pad(&row, &pad.id, other));
            settled
        }
        LinkOutcome::GaveWay(other) => gave_way(row, pad, other, now_ms),
        LinkOutcome::Gone => refused(
            row,
            pad,
            &linking,
            "The candidate is no longer in Lever.",
            now_ms,
        ),
        LinkOutcome::Refused(reason) => refused(row, pad, &linking, &reason, now_ms),
        LinkOutcome::Forbidden(problem) => forbidden(row, pad, &linking, problem, now_ms),
        // Nothing changes: the row stays due, and the gate says when to go on.
        LinkOutcome::Failed(trouble) => Settled::trouble(trouble),
    }
}

/// Somebody else's pad turned up beside ours: both are shown.
#[must_use]
pub fn another_pad(row: &Row, kept: &PadId, other: ProfilePad) -> Vec<Change> {
    let opportunity = row.opportunity.clone();
    vec![
        Change::Told(News::Duplicate {
            who: row.who(),
            kept: kept.clone(),
            extra: other.id.clone(),
            ours: false,
        }),
        Change::Happened {
            opportunity: opportunity.clone(),
            what: "Another pad link is on the profile",
            why: "Another tool or person made it.".to_owned(),
            trigger: Trigger::Making,
        },
        Change::DuplicateFound {
            opportunity,
            pad: other.id,
            link: other.link,
            ours: false,
        },
    ]
}

fn linked(row: Row, pad: LedgerPad, reason: &str, now_ms: i64) -> Settled {
    let row = row.becoming(Life::Linked { pad }, reason, now_ms);
    Settled::changes(vec![Change::Moved {
        row: Box::new(row),
        what: "Link put on the Lever profile",
        trigger: Trigger::Making,
    }])
}

fn gave_way(row: Row, ours: LedgerPad, other: ProfilePad, now_ms: i64) -> Settled {
    let who = row.who();
    let opportunity = row.opportunity.clone();
    let adopted = LedgerPad {
        id: other.id.clone(),
        link: other.link.clone(),
        origin: Origin::Adopted,
        since_ms: now_ms,
    };
    let reason = "Another tool’s pad was on the profile first. Padwatch’s own can be deleted.";
    let row = row.becoming(Life::Linked { pad: adopted }, reason, now_ms);
    Settled::changes(vec![
        Change::Moved {
            row: Box::new(row),
            what: "Gave way to another pad",
            trigger: Trigger::Making,
        },
        Change::DuplicateFound {
            opportunity,
            pad: ours.id.clone(),
            link: ours.link,
            ours: ours.origin.is_ours(),
        },
        Change::Told(News::Duplicate {
            who,
            kept: other.id,
            extra: ours.id,
            ours: true,
        }),
        Change::Kept(Keepsake::Rival, now_ms.to_string()),
    ])
}

fn refused(row: Row, pad: LedgerPad, before: &Linking, reason: &str, now_ms: i64) -> Settled {
    let news = News::LinkRefused {
        who: row.who(),
        reason: reason.to_owned(),
    };
    let is_new = before.refused.as_deref() != Some(reason);
    let mut settled = later(row, pad, before, reason, now_ms);
    settled.changes.extend(is_new.then_some(Change::Told(news)));
    settled
}

/// It concerns every link: told once for all, not for each candidate.
fn forbidden(row: Row, pad: LedgerPad, before: &Linking, problem: Problem, now_ms: i64) -> Settled {
    let mut settled = later(row, pad, before, &problem.message, now_ms);
    settled.hindrance = Some(problem);
    settled
}

/// The link waits; a reason that is new gets its line in the history.
fn later(row: Row, pad: LedgerPad, before: &Linking, reason: &str, now_ms: i64) -> Settled {
    let is_new = before.refused.as_deref() != Some(reason);
    let linking = Linking {
        tries: before.tries + 1,
        next_ms: now_ms.saturating_add(AFTER_REFUSAL_MS),
        refused: Some(reason.to_owned()),
    };
    let since_ms = row.since_ms;
    let mut row = row.becoming(Life::Created { pad, linking }, reason, now_ms);
    row.since_ms = since_ms;
    let change = if is_new {
        let what = "The link is not on the Lever profile";
        Change::Moved {
            row: Box::new(row),
            what,
            trigger: Trigger::Making,
        }
    } else {
        Change::Touched(Box::new(row))
    };
    Settled::changes(vec![change])
}
