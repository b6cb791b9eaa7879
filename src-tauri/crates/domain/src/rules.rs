//! What to do about one candidate: a pure function with a typed reason.

use lever::{Opportunity, StageId, UserId};

use crate::candidacy::{Candidacy, Seen};
use crate::lifecycle::{Consent, Fallback, Hold, Lifecycle};
use crate::links::ProfilePad;
use crate::reason::Reason;
use crate::settings::{Settings, WhoMakes, Whose};

/// What the rules say about one opportunity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub action: Action,
    pub reason: Reason,
}

/// What to do about one opportunity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// It is none of ours.
    Ignore,
    /// The ledger knows it, and nothing changes.
    Keep,
    /// It is no longer tagged, in a watched stage, or active.
    Leave,
    /// It had left, and is back; its state stays.
    Return,
    /// It comes into this state.
    Become(Lifecycle),
}

/// What the rules look at besides the opportunity.
#[derive(Debug)]
pub struct Surroundings<'a> {
    pub settings: &'a Settings,
    /// The watched stages, as the account has them.
    pub watched: &'a [StageId],
    /// The name of the opportunity's stage, if known.
    pub stage_name: Option<&'a str>,
    /// In which time the opportunity is seen.
    pub era: Era,
    /// The time, in ms since the epoch.
    pub now_ms: i64,
    /// The pad links on its profile that are not known to be another candidacy's.
    pub pads: &'a [ProfilePad],
    /// Whether something changed in Lever since a candidate who left was last there.
    pub is_real_return: bool,
}

/// In which time an opportunity is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Era {
    /// At the first start: a candidate who is there is listed, not served.
    FirstStart,
    /// After a ledger was started afresh: no one is served before the person says go.
    Rebuilt,
    /// Any other.
    Ordinary,
}

/// Decides about one opportunity. `row` is what the ledger knows of it.
#[must_use]
pub fn decide(
    opportunity: &Opportunity,
    row: Option<&Candidacy>,
    around: &Surroundings<'_>,
) -> Decision {
    if let Some(obstacle) = obstacle(opportunity, around.settings, around.watched) {
        return match row {
            Some(row) if row.left_ms.is_none() || is_over_since(row, &obstacle) => {
                say(Action::Leave, obstacle)
            }
            Some(_) => say(Action::Keep, obstacle),
            None => say(Action::Ignore, obstacle),
        };
    }
    let tag = around.settings.watch.tag.trim().to_owned();
    let reason = match around.stage_name {
        Some(stage) => Reason::TaggedInStage {
            tag,
            stage: stage.to_owned(),
        },
        None => Reason::Tagged { tag },
    };
    match row {
        None => say(Action::Become(first_state(around)), reason),
        Some(row) => known(row, around, reason),
    }
}

/// A candidate who moved on with an open pad and was then hired or rejected leaves again: the pad is no
/// longer needed.
fn is_over_since(row: &Candidacy, obstacle: &Reason) -> bool {
    let is_over = |reason: &Reason| matches!(reason, Reason::Archived | Reason::Anonymized);
    let has_open_pad = matches!(
        row.life,
        Lifecycle::Created { .. } | Lifecycle::Linked { .. }
    );
    has_open_pad && is_over(obstacle) && !is_over(&row.reason)
}

/// Why an opportunity gets no pad, if so.
#[must_use]
pub fn obstacle(
    opportunity: &Opportunity,
    settings: &Settings,
    watched: &[StageId],
) -> Option<Reason> {
    if opportunity.archived.is_some() {
        return Some(Reason::Archived);
    }
    if opportunity.is_anonymized {
        return Some(Reason::Anonymized);
    }
    not_watched(&Seen::of(opportunity, None), settings, watched)
}

/// Why a candidate who is active in Lever is not among those who are watched, if so.
#[must_use]
pub fn not_watched(seen: &Seen, settings: &Settings, watched: &[StageId]) -> Option<Reason> {
    let is_tagged = |tag: &String| same_tag(tag, &settings.watch.tag);
    if !seen.tags.iter().any(is_tagged) {
        return Some(Reason::TagRemoved);
    }
    let is_watched = |stage: &StageId| watched.contains(stage);
    if !seen.stage.as_ref().is_some_and(is_watched) {
        return Some(Reason::LeftStage);
    }
    (!is_whose(seen.owner.as_ref(), settings)).then_some(Reason::OtherOwner)
}

/// Returns true if two spellings are the same tag. An account can hold several spellings at once,
/// and Lever tells them apart (contracts/lever.md, 3.1); people don't.
#[must_use]
pub fn same_tag(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// Turns newcomers away to the surge hold when they are too many. `decisions` are those of one
/// look; `recent` counts who was let through shortly before.
pub fn guard_against_surge<'a>(
    decisions: impl Iterator<Item = &'a mut Decision>,
    recent: usize,
    settings: &Settings,
) {
    let newcomers: Vec<_> = decisions
        .filter(|decision| is_newcomer(&decision.action))
        .collect();
    if newcomers.len() + recent <= settings.guards.surge_limit as usize {
        return;
    }
    for decision in newcomers {
        decision.action = Action::Become(Lifecycle::Held { hold: Hold::Surge });
        decision.reason = Reason::BulkMove;
    }
}

/// Returns true for a candidate for whom a pad would be made, or asked about, one by one.
fn is_newcomer(action: &Action) -> bool {
    matches!(
        action,
        Action::Become(
            Lifecycle::Eligible {
                consent: Consent::Rules
            } | Lifecycle::Held {
                hold: Hold::Until { .. } | Hold::Ask
            }
        )
    )
}

/// What becomes of a candidate who waits for a pad that only the rules approved, after the person
/// has changed who makes the pads or how careful to be. `None`: no change.
#[must_use]
pub fn after_change(
    life: &Lifecycle,
    settings: &Settings,
    now_ms: i64,
) -> Option<(Lifecycle, Reason)> {
    let waits = matches!(
        life,
        Lifecycle::Eligible {
            consent: Consent::Rules
        } | Lifecycle::Held {
            hold: Hold::Until { .. }
        }
    ) || matches!(life, Lifecycle::Refused { refusal, consent: Consent::Rules } if refusal.for_all);
    if !waits {
        return None;
    }
    if settings.who_makes == WhoMakes::CoderpadIntegration {
        let consent = Consent::AdoptOnly(Fallback::NoLinkYet(now_ms));
        return Some((Lifecycle::Eligible { consent }, Reason::IntegrationCreates));
    }
    let asks = settings.guards.ask_each_time;
    asks.then_some((Lifecycle::Held { hold: Hold::Ask }, Reason::AskEachTime))
}

fn known(row: &Candidacy, around: &Surroundings<'_>, reason: Reason) -> Decision {
    let is_back = row.left_ms.is_some();
    match &row.life {
        // Who was there at the start, left and comes again, comes after the start. Who was only
        // missing from a list has not left.
        Lifecycle::Held {
            hold: Hold::AlreadyThere,
        } if is_back && around.is_real_return && around.era == Era::Ordinary => {
            say(Action::Become(first_state(around)), Reason::CameBack)
        }
        // A candidate who waited for a link, left and returns, starts waiting again.
        Lifecycle::Held {
            hold: Hold::NoLinkYet { .. } | Hold::NoLink,
        } if is_back => say(Action::Become(first_state(around)), Reason::CameBack),
        Lifecycle::Held { hold } if !around.pads.is_empty() => match without_link(*hold) {
            Some(fallback) => say(
                Action::Become(Lifecycle::Eligible {
                    consent: Consent::AdoptOnly(fallback),
                }),
                Reason::LinkAppeared,
            ),
            None if is_back => say(Action::Return, Reason::CameBack),
            None => say(Action::Keep, reason),
        },
        _ if is_back => say(Action::Return, Reason::CameBack),
        _ => say(Action::Keep, reason),
    }
}

/// The first state of a candidate whom the user hands back to the rules.
#[must_use]
pub fn reconsidered(settings: &Settings, now_ms: i64) -> Lifecycle {
    first_state(&Surroundings {
        settings,
        watched: &[],
        stage_name: None,
        era: Era::Ordinary,
        now_ms,
        pads: &[],
        is_real_return: false,
    })
}

/// What a hold that a pad link on the profile may end falls back to.
fn without_link(hold: Hold) -> Option<Fallback> {
    match hold {
        Hold::NoLinkYet { since_ms } => Some(Fallback::NoLinkYet(since_ms)),
        Hold::NoLink => Some(Fallback::NoLink),
        Hold::AlreadyThere => Some(Fallback::AlreadyThere),
        Hold::Rebuilt => Some(Fallback::Rebuilt),
        Hold::Surge
        | Hold::Ask
        | Hold::WhichJob
        | Hold::WhosePad { .. }
        | Hold::OldPad
        | Hold::Until { .. } => None,
    }
}

/// The first state of a candidate whom the rules want to serve.
fn first_state(around: &Surroundings<'_>) -> Lifecycle {
    let guards = &around.settings.guards;
    let fallback = match around.era {
        Era::FirstStart => Some(Fallback::AlreadyThere),
        Era::Rebuilt => Some(Fallback::Rebuilt),
        Era::Ordinary if around.settings.who_makes == WhoMakes::CoderpadIntegration => {
            Some(Fallback::NoLinkYet(around.now_ms))
        }
        Era::Ordinary => None,
    };
    if let Some(fallback) = fallback {
        return match around.pads {
            [] => Lifecycle::Held {
                hold: fallback.hold(),
            },
            _ => Lifecycle::Eligible {
                consent: Consent::AdoptOnly(fallback),
            },
        };
    }
    if guards.ask_each_time {
        return Lifecycle::Held { hold: Hold::Ask };
    }
    if guards.hold_seconds > 0 {
        let until_ms = around
            .now_ms
            .saturating_add(i64::from(guards.hold_seconds) * 1000);
        return Lifecycle::Held {
            hold: Hold::Until { until_ms },
        };
    }
    Lifecycle::Eligible {
        consent: Consent::Rules,
    }
}

fn is_whose(owner: Option<&UserId>, settings: &Settings) -> bool {
    match settings.watch.whose {
        Whose::Everybody => true,
        // Without an acting user there is no telling who "mine" is; no one must be forgotten.
        Whose::Mine => settings.acting_user.is_none() || owner == settings.acting_user.as_ref(),
    }
}

fn say(action: Action, reason: Reason) -> Decision {
    Decision { action, reason }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
