//! What earlier versions wrote stays readable, and what no version wrote is never taken for a
//! default. One stored sample for each variant of everything that the ledger keeps.
//!
//! A new variant needs a sample here. A sample must not change or go once it was released: move it
//! to `older` when what is written now looks different.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::webhooks::Kept;
use padwatch_domain::activity::Activity;
use padwatch_domain::announcement::News;
use padwatch_domain::creation_off::CreationOff;
use padwatch_domain::identity::Bindings;
use padwatch_domain::lifecycle::{Consent, Ending, Fallback, Hold, Lifecycle, Origin};
use padwatch_domain::note::notice::Notice;
use padwatch_domain::note::{Note, PartState, Stage, What};
use padwatch_domain::pad_search::PadSearch;
use padwatch_domain::pause::Pause;
use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_domain::reach::ReachLog;
use padwatch_domain::reason::{PadDoubt, Reason};
use padwatch_domain::rival::Rival;
use padwatch_domain::scope::Scope;
use padwatch_domain::secrecy::Secrecy;
use padwatch_domain::service_error::OutageKind;
use padwatch_domain::set_up::SetUpStep;
use padwatch_domain::settings::Settings;
use padwatch_domain::sighting::Sighting;
use padwatch_domain::watcher::account::KnownAccount;

/// The samples of one type.
#[derive(Deserialize)]
struct Samples {
    /// As it is written now.
    current: Vec<Value>,
    /// As an earlier version wrote it.
    older: Vec<Value>,
    /// As no version wrote it.
    unknown: Vec<Value>,
}

fn samples(text: &str) -> Samples {
    serde_json::from_str(text).unwrap()
}

fn keepsakes(name: &str) -> Samples {
    let all: Value = serde_json::from_str(include_str!("keepsakes.json")).unwrap();
    serde_json::from_value(all[name].clone()).unwrap()
}

fn check<T: Serialize + DeserializeOwned>(what: &str, samples: &Samples) {
    for sample in &samples.current {
        let read: T = serde_json::from_value(sample.clone())
            .unwrap_or_else(|error| panic!("{what}: {sample}: {error}"));
        assert_eq!(serde_json::to_value(&read).unwrap(), *sample, "{what}");
    }
    for sample in &samples.older {
        let read: Result<T, _> = serde_json::from_value(sample.clone());
        assert!(read.is_ok(), "{what}: {sample}");
    }
    for sample in &samples.unknown {
        let read: Result<T, _> = serde_json::from_value(sample.clone());
        assert!(read.is_err(), "{what}: {sample} was taken for something");
    }
}

/// The names of the variants, as serde lists them when it is given another one.
fn variants<T: DeserializeOwned>(other: Value) -> BTreeSet<String> {
    let Err(error) = serde_json::from_value::<T>(other) else {
        panic!("a name that doesn’t exist was taken for something")
    };
    let text = error.to_string();
    let expected = text.split("expected").nth(1).unwrap();
    let names = expected.split('`').skip(1).step_by(2);
    names.map(str::to_owned).collect()
}

/// All texts in a value, names of fields too.
fn texts(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => drop(into.insert(text.clone())),
        Value::Array(items) => items.iter().for_each(|item| texts(item, into)),
        Value::Object(fields) => {
            for (name, value) in fields {
                into.insert(name.clone());
                texts(value, into);
            }
        }
        _ => {}
    }
}

fn covers<T: DeserializeOwned + Debug>(what: &str, other: Value, samples: &Samples) {
    let mut seen = BTreeSet::new();
    // Former names are among those that serde lists.
    let all = samples.current.iter().chain(&samples.older);
    all.for_each(|one| texts(one, &mut seen));
    let missing: Vec<_> = variants::<T>(other).difference(&seen).cloned().collect();
    assert!(missing.is_empty(), "{what}: no sample of {missing:?}");
}

#[test]
fn every_state_of_a_candidacy_stays_readable() {
    let samples = samples(include_str!("life.json"));
    check::<Lifecycle>("life", &samples);
    let other = || json!("no such");
    covers::<Lifecycle>("life", json!({"state": "no such"}), &samples);
    covers::<Consent>("consent", other(), &samples);
    covers::<Fallback>("fallback", other(), &samples);
    covers::<Hold>("hold", json!({"for": "no such"}), &samples);
    covers::<PadDoubt>("doubt", other(), &samples);
    covers::<Origin>("origin", other(), &samples);
    covers::<Ending>("ending", other(), &samples);
    covers::<Secrecy>("secrecy", other(), &samples);
}

#[test]
fn every_note_stays_readable() {
    let samples = samples(include_str!("note.json"));
    check::<Note>("note", &samples);
    covers::<Stage>("stage", json!({"state": "no such"}), &samples);
    covers::<What>("what", json!({"kind": "no such"}), &samples);
    covers::<PartState>("part", json!({"state": "no such"}), &samples);
}

#[test]
fn every_announcement_stays_readable() {
    let samples = samples(include_str!("news.json"));
    check::<News>("news", &samples);
    covers::<News>("news", json!({"kind": "no such"}), &samples);
}

#[test]
fn every_problem_code_stays_readable() {
    let known = include_str!("problem_codes.txt").lines();
    let known: BTreeSet<String> = known.map(str::to_owned).collect();
    let now = variants::<ProblemCode>(json!("no such"));
    let gone: Vec<_> = known.difference(&now).collect();
    assert!(gone.is_empty(), "stored refusals hold {gone:?}");
    let new: Vec<_> = now.difference(&known).collect();
    assert!(new.is_empty(), "add them to problem_codes.txt: {new:?}");
}

/// Reasons, notices and history are stored by these codes; a fact that is missing can't be read.
#[test]
fn every_reason_notice_and_line_of_history_stays_readable() {
    for (known, now) in [
        (include_str!("reasons.txt"), Reason::SHAPES),
        (include_str!("activity.txt"), Activity::SHAPES),
        (include_str!("notices.txt"), Notice::SHAPES),
    ] {
        let known: BTreeSet<String> = known.lines().map(str::to_owned).collect();
        let now = now.iter().map(|(code, facts)| {
            let words = std::iter::once(code).chain(*facts);
            words.copied().collect::<Vec<_>>().join(" ")
        });
        let now: BTreeSet<String> = now.collect();
        let gone: Vec<_> = known.difference(&now).collect();
        assert!(gone.is_empty(), "ledgers hold {gone:?}");
        let new: Vec<_> = now.difference(&known).collect();
        assert!(new.is_empty(), "add them to the text file: {new:?}");
    }
}

#[test]
fn every_problem_stays_readable() {
    let known: BTreeSet<&str> = include_str!("problems.txt").lines().collect();
    let now: BTreeSet<&str> = Problem::SHAPES.iter().map(|(code, _)| *code).collect();
    let gone: Vec<_> = known.difference(&now).collect();
    assert!(gone.is_empty(), "stored refusals hold {gone:?}");
    let new: Vec<_> = now.difference(&known).collect();
    assert!(new.is_empty(), "add them to problems.txt: {new:?}");
}

#[test]
fn settings_of_every_version_stay_readable() {
    let mut samples = keepsakes("settings");
    samples
        .current
        .push(serde_json::from_str(include_str!("settings.json")).unwrap());
    // They are read strictly, which serde alone is not.
    let unknown = std::mem::take(&mut samples.unknown);
    check::<Settings>("settings", &samples);
    for known in samples.current.iter().chain(&samples.older) {
        assert!(Settings::parse(&known.to_string()).is_ok(), "{known}");
    }
    for unknown in &unknown {
        assert!(Settings::parse(&unknown.to_string()).is_err(), "{unknown}");
    }
}

#[test]
fn everything_else_that_is_kept_stays_readable() {
    check::<SetUpStep>("set-up", &keepsakes("setUp"));
    covers::<SetUpStep>("set-up", json!("no such"), &keepsakes("setUp"));
    check::<Pause>("pause", &keepsakes("pause"));
    check::<CreationOff>("creation off", &keepsakes("creationOffBecause"));
    covers::<CreationOff>(
        "creation off",
        json!("no such"),
        &keepsakes("creationOffBecause"),
    );
    check::<PadSearch>("pad search", &keepsakes("padSearch"));
    covers::<PadSearch>("pad search", json!("no such"), &keepsakes("padSearch"));
    check::<Scope>("scope", &keepsakes("scope"));
    check::<BTreeMap<OutageKind, ProblemCode>>("hindrances", &keepsakes("hindrances"));
    covers::<OutageKind>("cause", json!("no such"), &keepsakes("hindrances"));
    check::<Rival>("rival", &keepsakes("rival"));
    check::<Bindings>("accounts", &keepsakes("accounts"));
    check::<KnownAccount>("Lever account", &keepsakes("leverAccount"));
    check::<ReachLog>("reaches", &keepsakes("reaches"));
    check::<Sighting>("sighting", &keepsakes("sighting"));
    check::<Kept>("webhooks", &keepsakes("webhooks"));
}

#[test]
fn why_creation_is_off_is_written_as_it_is_read() {
    for why in [
        CreationOff::Damaged,
        CreationOff::Older,
        CreationOff::Unreadable,
    ] {
        let [_, because] = why.changes();
        let padwatch_domain::change::Change::Kept(_, text) = because else {
            panic!("{because:?}")
        };
        assert_eq!(serde_json::from_str::<CreationOff>(&text).unwrap(), why);
    }
}
