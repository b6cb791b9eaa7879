//! When which lists are read, and what is not as it should be.

use lever::StageId;

use super::*;
use crate::problem::ProblemCode;
use crate::service_error::Service;

const NOW: Duration = Duration::from_secs(10_000);
const SECOND: Duration = Duration::from_secs(1);

fn stage(name: &str) -> Stage {
    Stage {
        id: StageId::new(name),
        text: name.to_owned(),
    }
}

fn watcher() -> Knowledge {
    let mut watcher = Knowledge::new(KnownAccount::default(), ReachLog::default(), NOW);
    watcher.use_key("key".into(), NOW);
    watcher
}

/// One whose key has been seen completely often enough.
fn settled() -> Knowledge {
    let mut watcher = watcher();
    let reach = watcher.reach(false);
    for asked_ms in [1, 2] {
        watcher.reaches.complete(&reach, asked_ms, true);
    }
    watcher.last_reach = Some(reach);
    watcher
}

fn kind(watcher: &mut Knowledge, now: Duration) -> LookKind {
    watcher.plan(&WatchSettings::default(), now).kind
}

fn reads_stages(watcher: &mut Knowledge, now: Duration) -> bool {
    watcher.plan(&WatchSettings::default(), now).reads_stages
}

fn problem(said: &str) -> Problem {
    Problem::Declined {
        service: Service::Lever,
        said: said.to_owned(),
    }
}

#[test]
fn everybody_is_looked_at_every_three_minutes_and_the_tagged_in_between() {
    let mut watcher = settled();
    assert_eq!(kind(&mut watcher, NOW), LookKind::Sweep);
    watcher.look_is_over(LookKind::Sweep, 99, NOW);
    assert_eq!(kind(&mut watcher, NOW + SECOND * 179), LookKind::Tagged);
    assert_eq!(kind(&mut watcher, NOW + SECOND * 180), LookKind::Sweep);
    watcher.look_is_over(LookKind::Tagged, 99, NOW + SECOND * 200);
    assert_eq!(kind(&mut watcher, NOW + SECOND * 200), LookKind::Sweep);
}

#[test]
fn large_stages_are_looked_at_less_often_but_every_half_hour() {
    for (rows, minutes) in [(100, 6), (350, 12), (1_000_000, 30)] {
        let mut watcher = settled();
        watcher.look_is_over(LookKind::Sweep, rows, NOW);
        let due = NOW + SECOND * 60 * minutes;
        assert_eq!(kind(&mut watcher, due - SECOND), LookKind::Tagged, "{rows}");
        assert_eq!(kind(&mut watcher, due), LookKind::Sweep, "{rows}");
    }
}

#[test]
fn a_key_that_is_not_known_yet_is_looked_at_again_at_once() {
    let mut watcher = watcher();
    watcher.last_reach = Some(watcher.reach(false));
    watcher.look_is_over(LookKind::Sweep, 1, NOW);
    assert_eq!(kind(&mut watcher, NOW), LookKind::Sweep);
}

#[test]
fn a_look_that_failed_is_followed_by_a_smaller_one() {
    let mut watcher = settled();
    watcher.look_failed(NOW);
    assert_eq!(kind(&mut watcher, NOW + SECOND * 179), LookKind::Tagged);
    assert_eq!(kind(&mut watcher, NOW + SECOND * 180), LookKind::Sweep);
}

#[test]
fn a_sweep_spares_the_tag_list_for_a_while_and_a_tagged_look_does_not() {
    let mut watcher = settled();
    watcher.look_is_over(LookKind::Tagged, 1, NOW);
    assert!(watcher.tags.is_due(NOW));
    watcher.look_is_over(LookKind::Sweep, 1, NOW);
    assert!(!watcher.tags.is_due(NOW + SECOND * 49));
    assert!(watcher.tags.is_due(NOW + SECOND * 50));
}

#[test]
fn the_tag_list_is_read_every_50_seconds_unless_looks_are_rarer() {
    assert_eq!(Knowledge::next_tags(SECOND * 30, NOW), NOW + SECOND * 50);
    assert_eq!(Knowledge::next_tags(SECOND * 300, NOW), NOW + SECOND * 300);
}

#[test]
fn stages_are_read_every_quarter_of_an_hour_and_sooner_when_in_doubt() {
    let mut watcher = settled();
    assert!(reads_stages(&mut watcher, NOW));
    watcher.stages_read(StagesRead::NotAsked, NOW);
    assert!(reads_stages(&mut watcher, NOW));
    watcher.stages_read(StagesRead::Complete(vec![stage("Phone Screen")]), NOW);
    assert!(!reads_stages(&mut watcher, NOW + SECOND * 899));
    assert!(reads_stages(&mut watcher, NOW + SECOND * 900));
    watcher.stages_read(StagesRead::InDoubt(vec![stage("Onsite")]), NOW);
    assert!(!reads_stages(&mut watcher, NOW + SECOND * 59));
    let plan = watcher.plan(&WatchSettings::default(), NOW + SECOND * 60);
    assert!(plan.reads_stages && plan.is_stage_in_doubt);
    assert_eq!(plan.known_stages, [stage("Phone Screen")], "as before");
    watcher.stages_read(StagesRead::InDoubt(Vec::new()), NOW);
    let plan = watcher.plan(&WatchSettings::default(), NOW);
    assert!(!plan.is_stage_in_doubt, "an empty list proves nothing");
}

#[test]
fn what_cannot_be_read_is_named_until_it_can() {
    let mut watcher = settled();
    assert_eq!(watcher.degraded(), []);
    watcher.stages_read(StagesRead::Failed(problem("stages")), NOW);
    watcher.tags.failed(problem("tags"), NOW);
    assert_eq!(watcher.degraded(), [problem("stages"), problem("tags")]);
    assert!(!reads_stages(&mut watcher, NOW + SECOND * 59));
    watcher.stages_read(StagesRead::Complete(vec![stage("Onsite")]), NOW);
    assert_eq!(watcher.degraded(), [problem("tags")]);
    watcher.use_key("other".into(), NOW);
    assert_eq!(watcher.degraded(), []);
}

#[test]
fn a_key_that_no_longer_shows_confidential_candidates_is_named() {
    let mut watcher = settled();
    let refused = Access::Unknown.after(false);
    watcher.reach_of(false, refused);
    assert_eq!(watcher.degraded(), [], "it never showed any");
    let reach = watcher.reach_of(true, Access::Unknown.after(true));
    assert!(reach.confidential);
    watcher.reaches.complete(&reach, 3, true);
    assert_eq!(watcher.degraded(), []);
    let refused_once = Access::Unknown.after(true).after(false);
    for access in [refused_once, refused] {
        watcher.reach_of(false, access);
        let codes: Vec<_> = watcher.degraded().iter().map(|one| one.code()).collect();
        assert_eq!(codes, [ProblemCode::LeverNotAllowed], "{access:?}");
    }
    watcher.stages_read(StagesRead::Complete(Vec::new()), NOW);
    assert_eq!(watcher.degraded(), [], "it is asked again with the stages");
}

#[test]
fn another_key_and_another_choice_read_everything_again() {
    type Change = fn(&mut Knowledge);
    let changes: [Change; 3] = [
        |watcher| watcher.use_key("other".into(), NOW),
        |watcher| watcher.watches_others(false, NOW),
        |watcher| watcher.read_all_soon(NOW),
    ];
    for change in changes {
        let mut watcher = settled();
        watcher.stages_read(StagesRead::Complete(vec![stage("Onsite")]), NOW);
        watcher.look_is_over(LookKind::Sweep, 1, NOW);
        assert!(!reads_stages(&mut watcher, NOW) && !watcher.tags.is_due(NOW));
        change(&mut watcher);
        assert!(reads_stages(&mut watcher, NOW) && watcher.tags.is_due(NOW));
        assert_eq!(kind(&mut watcher, NOW), LookKind::Sweep);
    }
}

#[test]
fn the_time_of_a_complete_look_is_written_every_five_minutes() {
    let mut watcher = settled();
    assert!(watcher.keeps_reach(false, NOW), "for the first time");
    assert!(!watcher.keeps_reach(false, NOW + SECOND * 299));
    assert!(watcher.keeps_reach(true, NOW + SECOND * 299), "at no cost");
    assert!(!watcher.keeps_reach(false, NOW + SECOND * 300));
    assert!(watcher.keeps_reach(false, NOW + SECOND * 599));
    watcher.last_reach = Some(watcher.reach(true));
    assert!(
        watcher.keeps_reach(false, NOW + SECOND * 600),
        "a new reach"
    );
}

#[test]
fn one_candidate_read_alone_needs_no_second_look() {
    let mut watcher = watcher();
    assert_eq!(watcher.horizon_of_read(false), Horizon::Open);
    let reach = watcher.reach(false);
    watcher.reaches.complete(&reach, 7, true);
    assert_eq!(watcher.reaches.horizon(&reach), Horizon::SecondLook(7));
    assert_eq!(watcher.horizon_of_read(false), Horizon::Open);
    assert_eq!(watcher.horizon_of_read(true), Horizon::FirstLook(7));
}

#[test]
fn stages_chosen_by_id_are_watched_before_any_is_known() {
    use crate::settings::WatchedStages;
    let chosen = |ids: &[&str]| WatchSettings {
        stages: WatchedStages::Ids(ids.iter().map(|id| StageId::new(*id)).collect()),
        ..WatchSettings::default()
    };
    let known = known_watch(&chosen(&["a"]), &[]).unwrap();
    assert_eq!(
        (known.stages, known.problem),
        (vec![StageId::new("a")], None)
    );
    assert!(known_watch(&chosen(&[]), &[]).is_none());
    assert!(known_watch(&chosen(&["a"]), &[stage("b")]).is_none());
    let known = known_watch(&chosen(&["a"]), &[stage("a"), stage("b")]).unwrap();
    assert_eq!(known.stages, [StageId::new("a")]);
}

#[test]
fn lists_are_read_again_within_minutes() {
    assert_eq!(STAGES_EVERY, Duration::from_secs(900));
    assert_eq!(SWEEP_EVERY, Duration::from_secs(180));
    assert_eq!(LONGEST_SWEEP, Duration::from_secs(1_800));
    assert_eq!(REACH_KEPT_EVERY, Duration::from_secs(300));
}
