//! A rehearsal in words.

use padwatch_domain::rehearsal::{
    LinkFound, Obstacle, Rehearsal as Played, Rehearsed as Row, Verdict,
};

use super::times::duration;
use crate::catalogue::words;
use crate::dto::rehearsal::{Rehearsal, Rehearsed};

/// More rows than that are in the table for spreadsheets alone.
const MOST_ROWS: usize = 100;

impl From<&Played> for Rehearsal {
    fn from(played: &Played) -> Self {
        Self {
            summary: summary(played),
            rows: played.rows.iter().take(MOST_ROWS).map(row).collect(),
            total: u32::try_from(played.rows.len()).unwrap_or(u32::MAX),
        }
    }
}

fn row(row: &Row) -> Rehearsed {
    Rehearsed {
        opportunity: row.arrival.opportunity.clone(),
        name: row.arrival.name.clone(),
        came_ms: row.arrival.came_ms,
        verdict: verdict(row.verdict),
        found: found(row.found),
    }
}

/// What it comes to, and what history doesn't tell.
fn summary(played: &Played) -> Vec<String> {
    let words = words();
    if played.rows.is_empty() {
        return vec![words.rehearsal_none()];
    }
    let mut said = vec![match played.pads_in_plan {
        Some(limit) => words.rehearsal_creates_of_plan(played.creates, limit),
        None => words.rehearsal_creates(played.creates),
    }];
    if played.missing > 0 {
        said.push(words.rehearsal_missing(played.missing));
    }
    if played.several > 0 {
        said.push(words.rehearsal_several(played.several));
    }
    if let (Some(median_ms), Some(longest_ms)) = (played.median_wait_ms, played.longest_wait_ms) {
        said.push(words.rehearsal_waits(&duration(median_ms), &duration(longest_ms)));
    }
    if played.unread > 0 {
        said.push(words.rehearsal_unread(played.unread));
    }
    said.push(words.rehearsal_unknown());
    said
}

/// What Padwatch would have done, in a few words.
pub(crate) fn verdict(verdict: Verdict) -> String {
    let words = words();
    match verdict {
        Verdict::Creates => words.rehearsed_creates(),
        Verdict::Adopts => words.rehearsed_adopts(),
        Verdict::AsksBulkMove => words.rehearsed_bulk_move(),
        Verdict::AsksEachTime => words.rehearsed_each_time(),
        Verdict::AsksOlderLink => words.rehearsed_older_link(),
        Verdict::Passes(Obstacle::NoTag) => words.rehearsed_no_tag(),
        Verdict::Passes(Obstacle::OtherOwner) => words.rehearsed_other_owner(),
        Verdict::Passes(Obstacle::Anonymized) => words.rehearsed_anonymized(),
        Verdict::Passes(Obstacle::LeftAtOnce) => words.rehearsed_left(),
        Verdict::Passes(Obstacle::IntegrationCreates) => words.rehearsed_integration(),
    }
}

/// What is on the profile, in a few words.
pub(crate) fn found(found: LinkFound) -> String {
    let words = words();
    match found {
        LinkFound::Missing => words.rehearsed_no_link(),
        LinkFound::One { waited_ms: None } => words.rehearsed_link(),
        LinkFound::One {
            waited_ms: Some(ms),
        } => words.rehearsed_link_after(&duration(ms)),
        LinkFound::Several { count } => words.rehearsed_links(count),
    }
}

#[cfg(test)]
mod tests {
    use lever::OpportunityId;
    use padwatch_domain::rehearsal::Arrival;

    use super::*;

    fn row(verdict: Verdict, found: LinkFound) -> Row {
        Row {
            arrival: Arrival {
                opportunity: OpportunityId::new("ada"),
                name: "Ada".to_owned(),
                posting: None,
                profile_url: None,
                created_ms: None,
                came_ms: 1,
                obstacle: None,
                pads: Vec::new(),
            },
            verdict,
            found,
        }
    }

    #[test]
    fn only_what_there_is_to_say_is_said() {
        let none = Rehearsal::from(&Played::default());
        assert_eq!(none.summary.len(), 1, "{none:?}");
        let all_well = Rehearsal::from(&Played {
            rows: vec![row(
                Verdict::Creates,
                LinkFound::One {
                    waited_ms: Some(60_000),
                },
            )],
            creates: 1,
            ..Played::default()
        });
        assert_eq!(all_well.summary.len(), 2, "{all_well:?}");
        assert_eq!(all_well.rows[0].found, "Link after 1 min");
        let trouble = Rehearsal::from(&Played {
            rows: vec![row(Verdict::Creates, LinkFound::Missing)],
            creates: 1,
            pads_in_plan: Some(50),
            missing: 1,
            several: 2,
            median_wait_ms: Some(3_600_000),
            longest_wait_ms: Some(7_200_000),
            unread: 1,
        });
        assert_eq!(trouble.summary.len(), 6, "{trouble:?}");
        assert!(trouble.summary[0].contains("50"), "{trouble:?}");
    }

    #[test]
    fn the_window_gets_the_newest_and_their_number() {
        let rows = vec![row(Verdict::Creates, LinkFound::Missing); 150];
        let shown = Rehearsal::from(&Played {
            rows,
            ..Played::default()
        });
        assert_eq!((shown.rows.len(), shown.total), (MOST_ROWS, 150));
    }
}
