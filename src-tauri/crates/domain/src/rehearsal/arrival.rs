//! From what Lever shows of an opportunity now to when it came to a watched stage.

use lever::{Opportunity, StageId};
use transport::ApiRoot;

use super::{Arrival, Obstacle};
use crate::candidacy::Seen;
use crate::links::pads_on_profile;
use crate::reason::Reason;
use crate::rules::not_watched;
use crate::settings::Settings;

/// Those of `opportunities` who came to a watched stage from `since_ms` on, in ms since the epoch.
/// Who was there before and stayed is none of them: Padwatch lists them, and creates nothing.
#[must_use]
pub fn arrivals(
    opportunities: &[Opportunity],
    since_ms: i64,
    settings: &Settings,
    watched: &[StageId],
    coderpad: &ApiRoot,
) -> Vec<Arrival> {
    let each = opportunities.iter();
    each.filter_map(|one| arrival(one, since_ms, settings, watched, coderpad))
        .collect()
}

fn arrival(
    opportunity: &Opportunity,
    since_ms: i64,
    settings: &Settings,
    watched: &[StageId],
    coderpad: &ApiRoot,
) -> Option<Arrival> {
    let hold_ms = i64::from(settings.guards.hold_seconds) * 1_000;
    // A visit that lasts less than two looks at Lever can be missed.
    let shortest_ms = hold_ms.max(2 * settings.watch.between_looks_ms());
    let visits = visits(opportunity, watched, settings.watch.between_looks_ms());
    let visits = visits.iter().filter(|visit| visit.came_ms >= since_ms);
    let stayed = visits.clone().find(|visit| visit.lasted(shortest_ms));
    let visit = stayed.or_else(|| visits.clone().next_back())?;
    let obstacle = obstacle(opportunity, settings, watched);
    let left_at_once = stayed.is_none().then_some(Obstacle::LeftAtOnce);
    Some(Arrival {
        opportunity: opportunity.id.clone(),
        name: opportunity.name.clone(),
        posting: opportunity.posting.clone(),
        profile_url: opportunity.profile_url.clone(),
        created_ms: opportunity.course.created_at_ms,
        came_ms: visit.came_ms,
        obstacle: obstacle.or(left_at_once),
        pads: pads_on_profile(&opportunity.links, coderpad)
            .into_iter()
            .map(|pad| pad.id)
            .collect(),
    })
}

/// A stay in one of the watched stages.
struct Visit {
    came_ms: i64,
    /// `None`: still there.
    left_ms: Option<i64>,
}

impl Visit {
    fn lasted(&self, ms: i64) -> bool {
        self.left_ms
            .is_none_or(|left_ms| left_ms.saturating_sub(self.came_ms) >= ms)
    }
}

/// All visits, oldest first. From one watched stage to another is one visit, and so it is if nobody
/// was away between two looks.
fn visits(opportunity: &Opportunity, watched: &[StageId], one_look_ms: i64) -> Vec<Visit> {
    let changes = opportunity.course.stage_changes.iter();
    let mut moves: Vec<(i64, bool)> = changes
        .filter_map(|change| {
            let is_there = watched.contains(&change.to_stage);
            Some((change.updated_at_ms?, is_there))
        })
        .collect();
    // One that was created in its stage may have no move to it.
    let is_in_watched = opportunity
        .stage
        .as_ref()
        .is_some_and(|at| watched.contains(at));
    if let (true, true, Some(created_ms)) = (
        moves.is_empty(),
        is_in_watched,
        opportunity.course.created_at_ms,
    ) {
        moves.push((created_ms, true));
    }
    moves.sort_by_key(|(at_ms, _)| *at_ms);
    let archived_ms = opportunity
        .archived
        .as_ref()
        .and_then(|it| it.archived_at_ms);
    let mut visits: Vec<Visit> = Vec::new();
    for (at_ms, is_there) in moves {
        let last = visits.last_mut();
        let away_ms = last
            .as_ref()
            .and_then(|visit| Some(at_ms.saturating_sub(visit.left_ms?)));
        match (last, is_there, away_ms) {
            (Some(visit), false, None) => visit.left_ms = Some(at_ms),
            (Some(visit), true, Some(away_ms)) if away_ms < one_look_ms => visit.left_ms = None,
            (Some(_), true, None) | (_, false, _) => {}
            (_, true, _) => visits.push(Visit {
                came_ms: at_ms,
                left_ms: None,
            }),
        }
    }
    // Once archived, it is none of the candidates in a stage, wherever it is moved.
    if let Some(archived_ms) = archived_ms {
        visits.retain(|visit| visit.came_ms < archived_ms);
        if let Some(last) = visits.last_mut() {
            last.left_ms = Some(last.left_ms.unwrap_or(archived_ms).min(archived_ms));
        }
    }
    visits
}

/// What speaks against a pad by tag, person in charge and personal data, which Lever shows as they
/// are now.
fn obstacle(
    opportunity: &Opportunity,
    settings: &Settings,
    watched: &[StageId],
) -> Option<Obstacle> {
    if opportunity.is_anonymized {
        return Some(Obstacle::Anonymized);
    }
    // Where it is now doesn't count.
    let seen = Seen {
        stage: watched.first().cloned(),
        ..Seen::of(opportunity, None)
    };
    match not_watched(&seen, settings, watched) {
        Some(Reason::OtherOwner) => Some(Obstacle::OtherOwner),
        Some(_) => Some(Obstacle::NoTag),
        None => None,
    }
}

#[cfg(test)]
#[path = "arrival_tests.rs"]
mod tests;
