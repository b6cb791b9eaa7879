use lever::{Archived, Course, OpportunityId, StageChange, UserId};

use super::*;
use crate::settings::Whose;

const DAY: i64 = 24 * 3_600_000;
const SINCE: i64 = 100 * DAY;

fn root() -> ApiRoot {
    ApiRoot::parse("https://app.coderpad.io").unwrap()
}

fn opportunity(moves: &[(&str, i64)]) -> Opportunity {
    let mut one: Opportunity =
        serde_json::from_value(serde_json::json!({"id": "ada", "tags": ["CoderPad"]})).unwrap();
    one.id = OpportunityId::new("ada");
    one.stage = moves.last().map(|(stage, _)| StageId::new(*stage));
    one.course = Course {
        created_at_ms: Some(SINCE - 10 * DAY),
        updated_at_ms: None,
        stage_changes: moves
            .iter()
            .map(|(stage, at_ms)| StageChange {
                to_stage: StageId::new(*stage),
                updated_at_ms: Some(*at_ms),
            })
            .collect(),
    };
    one
}

fn came(one: &Opportunity) -> Option<Arrival> {
    let settings = Settings::default();
    let watched = [StageId::new("screen")];
    let found = arrivals(
        std::slice::from_ref(one),
        SINCE,
        &settings,
        &watched,
        &root(),
    );
    found.into_iter().next()
}

#[test]
fn a_move_to_the_stage_within_the_time_is_an_arrival() {
    let one = opportunity(&[("new", SINCE - DAY), ("screen", SINCE + DAY)]);
    let arrival = came(&one).unwrap();
    assert_eq!((arrival.came_ms, arrival.obstacle), (SINCE + DAY, None));
}

#[test]
fn whoever_was_there_before_is_none_until_they_come_back() {
    let stayed = opportunity(&[("screen", SINCE - DAY)]);
    assert_eq!(came(&stayed), None);
    let back = opportunity(&[
        ("screen", SINCE - DAY),
        ("onsite", SINCE + DAY),
        ("screen", SINCE + 2 * DAY),
    ]);
    assert_eq!(came(&back).unwrap().came_ms, SINCE + 2 * DAY);
}

#[test]
fn one_who_was_created_in_the_stage_comes_when_created() {
    let mut one = opportunity(&[]);
    one.stage = Some(StageId::new("screen"));
    one.course.created_at_ms = Some(SINCE + DAY);
    assert_eq!(came(&one).unwrap().came_ms, SINCE + DAY);
}

#[test]
fn a_visit_shorter_than_two_looks_gets_no_pad_and_a_later_one_does() {
    let mut moves = vec![("screen", SINCE + DAY), ("new", SINCE + DAY + 59_000)];
    let short = came(&opportunity(&moves)).unwrap();
    assert_eq!(short.obstacle, Some(Obstacle::LeftAtOnce));
    moves.push(("screen", SINCE + 2 * DAY));
    let later = came(&opportunity(&moves)).unwrap();
    assert_eq!((later.came_ms, later.obstacle), (SINCE + 2 * DAY, None));
}

#[test]
fn one_who_is_away_for_less_than_a_look_never_left() {
    let one = opportunity(&[
        ("screen", SINCE - DAY),
        ("new", SINCE + DAY),
        ("screen", SINCE + DAY + 5_000),
    ]);
    assert_eq!(came(&one), None);
}

#[test]
fn an_archive_ends_a_visit() {
    let mut one = opportunity(&[("screen", SINCE + DAY)]);
    one.archived = Some(Archived {
        archived_at_ms: Some(SINCE + DAY + 1_000),
    });
    assert_eq!(came(&one).unwrap().obstacle, Some(Obstacle::LeftAtOnce));
    one.archived = Some(Archived {
        archived_at_ms: Some(SINCE + 3 * DAY),
    });
    assert_eq!(came(&one).unwrap().obstacle, None);
    one.archived = Some(Archived {
        archived_at_ms: Some(SINCE),
    });
    assert_eq!(came(&one), None, "moved while archived");
}

#[test]
fn tag_owner_and_removed_data_count_as_they_are_now() {
    let mut one = opportunity(&[("screen", SINCE + DAY), ("onsite", SINCE + 2 * DAY)]);
    assert_eq!(
        came(&one).unwrap().obstacle,
        None,
        "where it is now counts not"
    );
    one.tags.clear();
    assert_eq!(came(&one).unwrap().obstacle, Some(Obstacle::NoTag));
    one.is_anonymized = true;
    assert_eq!(came(&one).unwrap().obstacle, Some(Obstacle::Anonymized));

    let one = opportunity(&[("screen", SINCE + DAY)]);
    let mut settings = Settings {
        acting_user: Some(UserId::new("me")),
        ..Settings::default()
    };
    settings.watch.whose = Whose::Mine;
    let watched = [StageId::new("screen")];
    let found = arrivals(&[one], SINCE, &settings, &watched, &root());
    assert_eq!(found[0].obstacle, Some(Obstacle::OtherOwner));
}
