//! Using a pad link that is on the profile, on the person's word.

use coderpad::PadId;
use lever::OpportunityId;

use super::relation::{Known, Related, Relation, related};
use super::{Services, Settled};
use padwatch_domain::announcement::News;
use padwatch_domain::candidacy::Row;
use padwatch_domain::change::{Change, Trigger};
use padwatch_domain::lifecycle::{Hold, LedgerPad, Life, Origin};
use padwatch_domain::links::{ProfilePad, pads_on_profile};
use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_domain::trouble::of_lever;

/// Which link is meant.
#[derive(Debug, Clone)]
pub struct Question {
    /// The candidacy.
    pub opportunity: OpportunityId,
    /// The pads that the ledger knows not to be for this candidacy, or no longer.
    pub not_its_own: Vec<PadId>,
    /// The watched stages.
    pub watched: Vec<lever::StageId>,
}

/// Finds the pad whose link the person was asked about: the first on the profile that is not
/// certainly another's. Nothing is asked about it any more: the person knows.
///
/// # Errors
/// What Lever said, or that there is no such link any more.
pub async fn find(services: &Services, question: &Question) -> Result<ProfilePad, Problem> {
    let read = services.lever.opportunity(&question.opportunity).await;
    let opportunity = read.map_err(|error| of_lever(&error).problem)?;
    let known = Known {
        not_its_own: &question.not_its_own,
        has_siblings: false,
        watched: &question.watched,
        tolerates: &[],
    };
    let is_anothers = |one: &Related| one.relation == Relation::NotItsOwn;
    let pads: Vec<ProfilePad> = match related(services, &opportunity, known, None).await {
        Ok(all) => all
            .into_iter()
            .filter(|one| !is_anothers(one))
            .map(|one| one.pad)
            .collect(),
        // Without CoderPad the profile says enough.
        Err(_) => {
            let mut pads = pads_on_profile(&opportunity.links, &services.coderpad_root);
            pads.retain(|pad| !question.not_its_own.contains(&pad.id));
            pads
        }
    };
    pads.into_iter().next().ok_or_else(|| {
        Problem::new(
            ProblemCode::TooLate,
            "The pad link is no longer on the Lever profile.",
            "Create a pad instead.",
        )
    })
}

/// The row with the pad that the person chose.
#[must_use]
pub fn settle(row: Row, pad: ProfilePad, now_ms: i64) -> Settled {
    if !matches!(
        row.life,
        Life::Held {
            hold: Hold::WhichJob | Hold::WhosePad { .. }
        }
    ) {
        return Settled::default();
    }
    let told = Change::Told(News::PadReady {
        who: row.who(),
        pad: pad.id.clone(),
        link: pad.link.clone(),
        adopted: true,
    });
    let pad = LedgerPad {
        id: pad.id,
        link: pad.link,
        origin: Origin::Adopted,
        since_ms: now_ms,
        beside: Vec::new(),
    };
    let reason = "You chose the pad link on the profile.";
    let row = row.becoming(Life::Linked { pad }, reason, now_ms);
    Settled::changes(vec![
        Change::Moved {
            row: Box::new(row),
            what: "Pad link used",
            trigger: Trigger::Person,
        },
        told,
    ])
}
