//! Who is held because of the others: too many at once, and settings that became more careful.

use super::*;

#[test]
fn too_many_at_once_are_held_together_and_those_who_are_known_are_not() {
    let newcomers = [
        waiting(Consent::Rules),
        held(Hold::Until { until_ms: NOW_MS }),
        held(Hold::Ask),
    ];
    let others = [
        Action::Keep,
        Action::Ignore,
        Action::Leave,
        Action::Return,
        Action::Become(waiting(Consent::AdoptOnly(Fallback::AlreadyThere))),
        Action::Become(held(Hold::AlreadyThere)),
        Action::Become(held(Hold::NoLinkYet { since_ms: NOW_MS })),
    ];
    for (limit, recent, held_back) in [(3, 0, false), (2, 0, true), (3, 1, true), (0, 0, true)] {
        let mut settings = Settings::default();
        settings.guards.surge_limit = limit;
        let actions = newcomers.iter().cloned().map(Action::Become);
        let mut decisions: Vec<Decision> = actions
            .chain(others.iter().cloned())
            .map(|action| say(action, Reason::CameBack))
            .collect();
        guard_against_surge(decisions.iter_mut(), recent, &settings);
        let surge = Action::Become(held(Hold::Surge));
        let (first, rest) = decisions.split_at(newcomers.len());
        assert!(
            first
                .iter()
                .all(|decision| (decision.action == surge) == held_back),
            "limit {limit}, {recent} before: {first:?}"
        );
        assert!(
            rest.iter()
                .zip(&others)
                .all(|(decision, other)| decision.action == *other)
        );
    }
}

#[test]
fn a_look_without_newcomers_is_no_surge_however_many_came_before() {
    let mut decisions = [say(Action::Keep, Reason::CameBack)];
    guard_against_surge(decisions.iter_mut(), 500, &Settings::default());
    assert_eq!(decisions[0].action, Action::Keep);
}

#[test]
fn a_more_careful_setting_holds_those_whom_only_the_rules_approved() {
    let careless = Settings::default();
    let asking = Case::of(|settings| settings.guards.ask_each_time = true).settings;
    let watching = Case::of(watch_mode).settings;
    let ask = held(Hold::Ask);
    let adopt = waiting(Consent::AdoptOnly(Fallback::NoLinkYet(NOW_MS)));
    let waits = [
        waiting(Consent::Rules),
        held(Hold::Until { until_ms: NOW_MS }),
        refused(true, Consent::Rules),
    ];
    for life in &waits {
        let after = |settings| after_change(life, settings, NOW_MS).map(|(life, _)| life);
        assert_eq!(after(&careless), None, "{life:?}");
        assert_eq!(after(&asking), Some(ask.clone()), "{life:?}");
        assert_eq!(after(&watching), Some(adopt.clone()), "{life:?}");
    }
    let unmoved = every_life()
        .into_iter()
        .filter(|life| !waits.contains(life));
    let by_person = [refused(true, Consent::User), refused(false, Consent::Rules)];
    for life in unmoved.chain(by_person) {
        for settings in [&asking, &watching] {
            assert_eq!(after_change(&life, settings, NOW_MS), None, "{life:?}");
        }
    }
}

#[test]
fn a_candidate_as_last_seen_is_covered_or_not_by_new_settings() {
    let seen = Seen::of(&ada(&json!({})), None);
    let settings = Settings::default();
    let watched: Vec<StageId> = seen.stage.iter().cloned().collect();
    assert_eq!(not_watched(&seen, &settings, &watched), None);
    let untagged = Seen {
        tags: vec!["another".into()],
        ..seen.clone()
    };
    assert_eq!(
        not_watched(&untagged, &settings, &watched),
        Some(Reason::TagRemoved)
    );
    let elsewhere = not_watched(&seen, &settings, &[StageId::new("another")]);
    assert_eq!(elsewhere, Some(Reason::LeftStage));
    let mut mine = Settings::default();
    mine.watch.whose = Whose::Mine;
    mine.acting_user = Some(UserId::new("me"));
    let whose = |owner: &str| {
        let owner = Some(UserId::new(owner));
        let seen = Seen {
            owner,
            ..seen.clone()
        };
        not_watched(&seen, &mine, &watched)
    };
    assert_eq!(whose("me"), None);
    assert_eq!(whose("another"), Some(Reason::OtherOwner));
}
