//! Table tests of the rules: every branch, by name.

#[path = "rules_surge_tests.rs"]
mod surge;

use coderpad::PadId;
use lever::{Opportunity, OpportunityId, StageId, UserId};
use serde_json::{Value, json};

use super::*;
use crate::candidacy::Seen;
use crate::lifecycle::{Intent, LedgerPad, Linking, Origin, Refusal, Search};
use crate::marker::Marker;
use crate::problem::Problem;
use crate::reason::Doubt;
use crate::service_error::Service;

const NOW_MS: i64 = 1_772_532_000_000;
const BEFORE_MS: i64 = NOW_MS - 3_600_000;

/// Ada, tagged and in the watched stage, with some fields otherwise.
fn ada(otherwise: &Value) -> Opportunity {
    let mut fields = json!({
        "id": "ada", "name": "Ada Example", "stage": "phone", "tags": ["coderpad"],
        "owner": "rosa", "archived": null, "isAnonymized": false,
    });
    let into = fields.as_object_mut().unwrap();
    into.extend(otherwise.as_object().unwrap().clone());
    serde_json::from_value(fields).unwrap()
}

fn pad_id(text: &str) -> PadId {
    PadId::parse(text).unwrap()
}

fn pad() -> LedgerPad {
    LedgerPad {
        playback: None,
        id: pad_id("OURPAD11"),
        link: "https://app.coderpad.io/OURPAD11".into(),
        origin: Origin::Made,
        since_ms: BEFORE_MS,
        beside: Vec::new(),
    }
}

fn link() -> ProfilePad {
    ProfilePad {
        id: pad_id("STRANGE1"),
        link: "https://app.coderpad.io/STRANGE1".into(),
    }
}

fn intent() -> Intent {
    Intent {
        marker: Marker::fresh(OpportunityId::new("ada"), &transport::SeededRng::new(1)),
        written_ms: BEFORE_MS,
        consent: Consent::Rules,
        beside: Vec::new(),
        asker: None,
        secrecy: crate::secrecy::Secrecy::default(),
    }
}

fn refused(for_all: bool, consent: Consent) -> Lifecycle {
    let refusal = Refusal {
        problem: Problem::PlanUsedUp,
        by: Service::Coderpad,
        for_all,
    };
    Lifecycle::Refused { refusal, consent }
}

fn held(hold: Hold) -> Lifecycle {
    Lifecycle::Held { hold }
}

fn waiting(consent: Consent) -> Lifecycle {
    Lifecycle::Eligible { consent }
}

fn row(life: Lifecycle, left: bool) -> Candidacy {
    let id = OpportunityId::new("ada");
    let mut row = Candidacy::noticed(id, Seen::default(), life, Reason::UserMarked, BEFORE_MS);
    row.left_ms = left.then_some(BEFORE_MS);
    row
}

/// Every state that a row can be in.
fn every_life() -> Vec<Lifecycle> {
    let search = Search {
        doubt: Doubt::NoAnswer,
        incomplete: None,
        complete_looks: 0,
        asks: false,
        server_ahead_ms: 0,
        cannot_look: false,
    };
    let ended = serde_json::from_value(json!({
        "state": "finished", "pad": pad(), "endedMs": BEFORE_MS,
    }));
    vec![
        waiting(Consent::Rules),
        waiting(Consent::User),
        waiting(Consent::UserOverride),
        waiting(Consent::AdoptOnly(Fallback::AlreadyThere)),
        held(Hold::AlreadyThere),
        held(Hold::Rebuilt),
        held(Hold::Surge),
        held(Hold::Ask),
        held(Hold::WhichJob),
        held(Hold::Until { until_ms: NOW_MS }),
        held(Hold::NoLinkYet { since_ms: NOW_MS }),
        held(Hold::NoLink),
        Lifecycle::Skipped,
        Lifecycle::Intent { intent: intent() },
        Lifecycle::Uncertain {
            intent: intent(),
            search,
        },
        refused(true, Consent::Rules),
        Lifecycle::Created {
            pad: pad(),
            linking: Linking::default(),
        },
        Lifecycle::Linked { pad: pad() },
        ended.unwrap(),
        Lifecycle::Deleted {
            pad: pad(),
            asks: false,
        },
    ]
}

/// What surrounds a decision, with defaults.
struct Case {
    settings: Settings,
    era: Era,
    pads: Vec<ProfilePad>,
    is_real_return: bool,
}

impl Default for Case {
    fn default() -> Self {
        Self {
            settings: Settings::default(),
            era: Era::Ordinary,
            pads: Vec::new(),
            is_real_return: true,
        }
    }
}

impl Case {
    fn of(change: impl FnOnce(&mut Settings)) -> Self {
        let mut case = Self::default();
        change(&mut case.settings);
        case
    }

    fn in_era(mut self, era: Era) -> Self {
        self.era = era;
        self
    }

    fn with_link(mut self) -> Self {
        self.pads = vec![link()];
        self
    }

    fn decide(&self, opportunity: &Opportunity, row: Option<&Candidacy>) -> Action {
        let watched = [StageId::new("phone"), StageId::new("onsite")];
        let around = Surroundings {
            settings: &self.settings,
            watched: &watched,
            stage_name: None,
            era: self.era,
            now_ms: NOW_MS,
            pads: &self.pads,
            is_real_return: self.is_real_return,
        };
        let decision = decide(opportunity, row, &around);
        decision.action
    }
}

fn watch_mode(settings: &mut Settings) {
    settings.who_makes = WhoMakes::CoderpadIntegration;
}

#[test]
fn a_newcomer_comes_into_the_state_that_era_and_guards_ask_for() {
    let adopt = |fallback| waiting(Consent::AdoptOnly(fallback));
    let no_link_yet = Hold::NoLinkYet { since_ms: NOW_MS };
    let ask = |settings: &mut Settings| settings.guards.ask_each_time = true;
    let hold = |settings: &mut Settings| settings.guards.hold_seconds = 90;
    let first = || Case::default().in_era(Era::FirstStart);
    let until_ms = NOW_MS + 90_000;
    let rebuilt = || Case::default().in_era(Era::Rebuilt);
    for (name, case, life) in [
        ("ordinary", Case::default(), waiting(Consent::Rules)),
        (
            "ordinary, with a link",
            Case::default().with_link(),
            waiting(Consent::Rules),
        ),
        ("ask each time", Case::of(ask), held(Hold::Ask)),
        ("hold", Case::of(hold), held(Hold::Until { until_ms })),
        ("first start", first(), held(Hold::AlreadyThere)),
        (
            "first start, with a link",
            first().with_link(),
            adopt(Fallback::AlreadyThere),
        ),
        (
            "first start, ask",
            Case::of(ask).in_era(Era::FirstStart),
            held(Hold::AlreadyThere),
        ),
        (
            "first start, watch mode",
            Case::of(watch_mode).in_era(Era::FirstStart),
            held(Hold::AlreadyThere),
        ),
        ("rebuilt", rebuilt(), held(Hold::Rebuilt)),
        (
            "rebuilt, with a link",
            rebuilt().with_link(),
            adopt(Fallback::Rebuilt),
        ),
        (
            "rebuilt, hold",
            Case::of(hold).in_era(Era::Rebuilt),
            held(Hold::Rebuilt),
        ),
        ("watch mode", Case::of(watch_mode), held(no_link_yet)),
        (
            "watch mode, with a link",
            Case::of(watch_mode).with_link(),
            adopt(Fallback::NoLinkYet(NOW_MS)),
        ),
    ] {
        assert_eq!(
            case.decide(&ada(&json!({})), None),
            Action::Become(life),
            "{name}"
        );
    }
}

#[test]
fn asking_goes_before_holding_and_watch_mode_before_both() {
    let both = |settings: &mut Settings| {
        settings.guards.ask_each_time = true;
        settings.guards.hold_seconds = 90;
    };
    let asked = Case::of(both).decide(&ada(&json!({})), None);
    assert_eq!(asked, Action::Become(held(Hold::Ask)));
    let mut watching = Case::of(both);
    watch_mode(&mut watching.settings);
    let waits = watching.decide(&ada(&json!({})), None);
    assert_eq!(
        waits,
        Action::Become(held(Hold::NoLinkYet { since_ms: NOW_MS }))
    );
}

#[test]
fn an_opportunity_that_misses_a_condition_is_ignored_or_has_left() {
    let mine = |settings: &mut Settings| {
        settings.watch.whose = Whose::Mine;
        settings.acting_user = Some(UserId::new("rosa"));
    };
    for (name, settings, otherwise) in [
        (
            "archived",
            None,
            json!({"archived": {"reason": "r", "archivedAt": 1}}),
        ),
        (
            "archived in an unknown shape",
            None,
            json!({"archived": "yes"}),
        ),
        ("anonymised", None, json!({"isAnonymized": true})),
        ("untagged", None, json!({"tags": ["java"]})),
        (
            "only part of a tag",
            None,
            json!({"tags": ["coderpad-later"]}),
        ),
        ("another stage", None, json!({"stage": "offer"})),
        ("no stage", None, json!({"stage": null})),
        ("somebody else's", Some(()), json!({"owner": "tom"})),
        ("nobody's", Some(()), json!({"owner": null})),
    ] {
        let case = match settings {
            Some(()) => Case::of(mine),
            None => Case::default(),
        };
        let opportunity = ada(&otherwise);
        assert_eq!(case.decide(&opportunity, None), Action::Ignore, "{name}");
        for life in every_life() {
            let (here, mut gone) = (row(life.clone(), false), row(life.clone(), true));
            gone.reason = Reason::Archived;
            assert_eq!(
                case.decide(&opportunity, Some(&here)),
                Action::Leave,
                "{name} {life:?}"
            );
            assert_eq!(
                case.decide(&opportunity, Some(&gone)),
                Action::Keep,
                "{name} {life:?}"
            );
        }
    }
}

#[test]
fn who_moved_on_with_an_open_pad_leaves_once_more_when_all_is_over() {
    let archived = ada(&json!({"archived": {"reason": "hired", "archivedAt": 1}}));
    for life in every_life() {
        let is_open = matches!(life, Lifecycle::Created { .. } | Lifecycle::Linked { .. });
        let moved_on = row(life.clone(), true);
        let decided = Case::default().decide(&archived, Some(&moved_on));
        let expected = if is_open { Action::Leave } else { Action::Keep };
        assert_eq!(decided, expected, "{life:?}");
    }
}

#[test]
fn mine_counts_only_when_it_is_known_who_i_am() {
    let mine = |settings: &mut Settings| settings.watch.whose = Whose::Mine;
    let unknown = Case::of(mine);
    let served = Action::Become(waiting(Consent::Rules));
    assert_eq!(unknown.decide(&ada(&json!({"owner": "tom"})), None), served);
    let mut known = Case::of(mine);
    known.settings.acting_user = Some(UserId::new("rosa"));
    assert_eq!(known.decide(&ada(&json!({})), None), served);
}

#[test]
fn each_spelling_of_the_tag_counts_and_no_other_tag() {
    let tags = [
        ("coderpad", true),
        ("CoderPad", true),
        ("CODERPAD", true),
        (" coderpad ", true),
        ("coderpad\u{a0}", true),
        ("coder pad", false),
        ("coderpad2", false),
        ("", false),
    ];
    for (tag, counts) in tags {
        let opportunity = ada(&json!({"tags": ["java", tag]}));
        let decided = Case::default().decide(&opportunity, None);
        assert_eq!(decided != Action::Ignore, counts, "{tag:?}");
    }
    let own = Case::of(|settings| settings.watch.tag = " Pad Please ".into());
    assert_ne!(
        own.decide(&ada(&json!({"tags": ["pad please"]})), None),
        Action::Ignore
    );
    assert!(same_tag("STRASSE", "strasse") && same_tag("Ünal", "ünal"));
}

#[test]
fn the_nameless_and_the_second_watched_stage_are_served() {
    let served = Action::Become(waiting(Consent::Rules));
    assert_eq!(
        Case::default().decide(&ada(&json!({"name": ""})), None),
        served
    );
    assert_eq!(
        Case::default().decide(&ada(&json!({"stage": "onsite"})), None),
        served
    );
}

#[test]
fn a_known_candidate_who_is_still_there_stays_unchanged() {
    for life in every_life() {
        let known = row(life.clone(), false);
        let kept = Case::default().decide(&ada(&json!({})), Some(&known));
        assert_eq!(kept, Action::Keep, "{life:?}");
    }
}

#[test]
fn a_returning_candidate_keeps_their_state_unless_only_waiting() {
    for life in every_life() {
        let back = Case::default().decide(&ada(&json!({})), Some(&row(life.clone(), true)));
        let starts_over = matches!(
            &life,
            Lifecycle::Held {
                hold: Hold::AlreadyThere | Hold::NoLinkYet { .. } | Hold::NoLink
            }
        );
        let expected = if starts_over {
            Action::Become(waiting(Consent::Rules))
        } else {
            Action::Return
        };
        assert_eq!(back, expected, "{life:?}");
    }
}

#[test]
fn a_baseline_candidate_who_was_only_missing_from_a_list_is_not_served() {
    let case = Case {
        is_real_return: false,
        ..Case::default()
    };
    let back = row(held(Hold::AlreadyThere), true);
    assert_eq!(case.decide(&ada(&json!({})), Some(&back)), Action::Return);
}

#[test]
fn a_baseline_candidate_back_before_the_baseline_completes_is_skipped() {
    let back = row(held(Hold::AlreadyThere), true);
    for era in [Era::FirstStart, Era::Rebuilt] {
        let case = Case::default().in_era(era);
        assert_eq!(
            case.decide(&ada(&json!({})), Some(&back)),
            Action::Return,
            "{era:?}"
        );
    }
}

#[test]
fn a_new_link_is_read_for_those_who_wait_for_it_or_for_nothing() {
    let since_ms = BEFORE_MS;
    for (hold, fallback) in [
        (Hold::NoLinkYet { since_ms }, Fallback::NoLinkYet(since_ms)),
        (Hold::NoLink, Fallback::NoLink),
        (Hold::AlreadyThere, Fallback::AlreadyThere),
        (Hold::Rebuilt, Fallback::Rebuilt),
    ] {
        assert_eq!(
            fallback.hold(),
            hold,
            "what is not taken over changes nothing"
        );
        let known = row(held(hold), false);
        let decided = Case::of(watch_mode)
            .with_link()
            .decide(&ada(&json!({})), Some(&known));
        let looks = waiting(Consent::AdoptOnly(fallback));
        assert_eq!(decided, Action::Become(looks), "{hold:?}");
    }
    for hold in [Hold::Surge, Hold::Ask, Hold::WhichJob] {
        let known = row(held(hold), false);
        let decided = Case::default()
            .with_link()
            .decide(&ada(&json!({})), Some(&known));
        assert_eq!(decided, Action::Keep, "{hold:?} waits for a word");
    }
}
