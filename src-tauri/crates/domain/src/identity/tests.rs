use ::lever::StageId;
use transport::{SecretString, SeededRng};

use super::*;

const PHONE: &str = "33333333-3333-4333-8333-333333333333";
const ONSITE: &str = "44444444-4444-4444-8444-444444444444";
const ELSEWHERE: &str = "55555555-5555-4555-8555-555555555555";

fn salt(seed: u64) -> Salt {
    Salt::fresh(&SeededRng::new(seed))
}

fn key(text: &str) -> Fingerprint {
    salt(1).fingerprint(&SecretString::from(text.to_owned()))
}

fn root(text: &str) -> ApiRoot {
    ApiRoot::parse(text).unwrap()
}

fn stages(ids: &[&str]) -> Vec<StageId> {
    ids.iter().map(|id| StageId::new(*id)).collect()
}

fn identity(user: Option<&str>, organization: Option<&str>) -> CoderpadIdentity {
    CoderpadIdentity {
        user: user.map(str::to_owned),
        organization_id: None,
        organization: organization.map(str::to_owned),
    }
}

#[test]
fn a_fingerprint_knows_its_key_again_and_shows_nothing_of_it() {
    let secret = "wZ9rTq2Lk8mN4pXy";
    let print = key(secret);
    assert_eq!(print, key(&format!(" {secret}\n")));
    assert_ne!(print, key("wZ9rTq2Lk8mN4pXz"));
    assert_ne!(
        print,
        salt(2).fingerprint(&SecretString::from(secret.to_owned()))
    );
    let text = serde_json::to_string(&print).unwrap();
    assert_eq!(text.len(), 34, "128 bits in hexadecimal");
    assert!(!text.contains(secret));
}

#[test]
fn one_stage_in_common_proves_a_lever_account_and_none_another() {
    let api = root("https://api.lever.co/v1");
    let bound = LeverBinding::to(&api, &key("a"), &stages(&["lead-new", PHONE])).unwrap();
    let compare = |key: &Fingerprint, ids: &[&str]| bound.compare(&api, key, &stages(ids));
    assert_eq!(
        compare(&key("a"), &[ELSEWHERE]),
        Comparison::Same,
        "its own key"
    );
    assert_eq!(compare(&key("b"), &[ONSITE, PHONE]), Comparison::Same);
    assert_eq!(
        compare(&key("b"), &["lead-new", ELSEWHERE]),
        Comparison::Other
    );
    assert_eq!(
        compare(&key("b"), &["lead-new", "offer"]),
        Comparison::Unknown
    );
    assert_eq!(compare(&key("b"), &[]), Comparison::Unknown);
    let eu = root("https://api.eu.lever.co/v1");
    assert_eq!(
        bound.compare(&eu, &key("a"), &stages(&[PHONE])),
        Comparison::Other
    );
    assert_eq!(
        LeverBinding::to(&api, &key("a"), &stages(&["lead-new"])),
        None
    );
}

#[test]
fn stages_that_were_learned_prove_the_account_later() {
    let api = root("https://api.lever.co/v1");
    let mut bound = LeverBinding::to(&api, &key("a"), &stages(&[PHONE])).unwrap();
    assert!(bound.learn(&api, &key("b"), &stages(&[ONSITE])));
    assert!(!bound.learn(&api, &key("b"), &stages(&[ONSITE])));
    assert_eq!(bound.compare_key(&api, &key("b")), Comparison::Same);
    assert_eq!(
        bound.compare(&api, &key("c"), &stages(&[ONSITE])),
        Comparison::Same
    );
    assert_eq!(
        bound.compare(&api, &key("c"), &stages(&[PHONE])),
        Comparison::Same
    );
}

#[test]
fn stages_that_are_gone_prove_the_account_while_there_is_room() {
    let api = root("https://api.lever.co/v1");
    let numbered = |numbers: std::ops::Range<usize>| -> Vec<StageId> {
        let id = |number| StageId::new(format!("stage-{number}"));
        numbers.map(id).collect()
    };
    let mut bound = LeverBinding::to(&api, &key("a"), &numbered(0..300)).unwrap();
    let mut is_ours = |now, then| {
        bound.learn(&api, &key("a"), &numbered(now));
        bound.compare(&api, &key("c"), &numbered(then)) == Comparison::Same
    };
    assert!(is_ours(1..301, 0..1), "what still is there counts once");
    assert!(is_ours(200..500, 0..1), "there is room for five hundred");
    assert!(!is_ours(201..501, 0..1), "and for no more");
    assert!(is_ours(201..501, 500..501));
}

#[test]
fn another_port_on_this_computer_is_told_apart_by_what_it_shows() {
    let (before, now) = (
        root("http://127.0.0.1:1000/v1"),
        root("http://localhost:2000/v1"),
    );
    let bound = LeverBinding::to(&before, &key("a"), &stages(&[PHONE])).unwrap();
    assert_eq!(bound.compare_key(&now, &key("a")), Comparison::Unknown);
    assert_eq!(
        bound.compare(&now, &key("a"), &stages(&[PHONE])),
        Comparison::Same
    );
    assert_eq!(
        bound.compare(&now, &key("a"), &stages(&[ELSEWHERE])),
        Comparison::Other
    );
    let pads = CoderpadBinding::to(&before, &key("a"), None);
    assert_eq!(pads.compare_key(&now, &key("a")), Comparison::Same);
    assert_eq!(pads.compare_key(&now, &key("b")), Comparison::Other);
}

#[test]
fn a_colleague_is_the_same_account_and_another_organization_is_not() {
    let api = root("https://app.coderpad.io");
    let own = identity(Some("u1"), Some("Example"));
    let bound = CoderpadBinding::to(&api, &key("a"), Some(own));
    let compare = |identity| bound.compare(&api, &key("b"), &identity);
    assert_eq!(compare(identity(Some("u1"), None)), Comparison::Same);
    assert_eq!(
        compare(identity(Some("u2"), Some("Example"))),
        Comparison::Same
    );
    assert_eq!(
        compare(identity(Some("u2"), Some("Elsewhere"))),
        Comparison::Other
    );
    assert_eq!(
        compare(identity(Some("u1"), Some("Renamed"))),
        Comparison::Same
    );
    assert_eq!(compare(identity(Some("u2"), None)), Comparison::Unknown);
    assert_eq!(compare(identity(None, None)), Comparison::Unknown);
    let eu = root("https://app.eu.coderpad.io");
    assert_eq!(bound.compare_key(&eu, &key("a")), Comparison::Other);
}

#[test]
fn organizations_with_ids_are_compared_by_them_and_not_by_name() {
    let api = root("https://app.coderpad.io");
    let with_id = |id: &str, name: &str| CoderpadIdentity {
        user: None,
        organization_id: Some(id.to_owned()),
        organization: Some(name.to_owned()),
    };
    let bound = CoderpadBinding::to(&api, &key("a"), Some(with_id("1", "Example")));
    let compare = |identity| bound.compare(&api, &key("b"), &identity);
    assert_eq!(compare(with_id("1", "Renamed")), Comparison::Same);
    assert_eq!(compare(with_id("2", "Example")), Comparison::Other);
    assert_eq!(compare(identity(None, Some("Example"))), Comparison::Same);
}

#[test]
fn two_keys_read_as_one_only_when_their_user_is_known() {
    let api = root("https://app.coderpad.io");
    let mut bindings = Bindings::unbound(salt(1));
    assert!(bindings.is_same_reader(&key("a"), &key("a")));
    let mut bound = CoderpadBinding::to(&api, &key("a"), Some(identity(Some("u1"), None)));
    assert!(bound.learn(&api, &key("b"), Some(identity(Some("u1"), None))));
    assert!(bound.learn(&api, &key("c"), Some(identity(Some("u2"), None))));
    assert!(bound.learn(&api, &key("d"), Some(identity(None, None))));
    assert!(bound.learn(&api, &key("e"), Some(identity(None, None))));
    bindings.coderpad = Some(bound);
    assert!(bindings.is_same_reader(&key("a"), &key("b")));
    assert!(!bindings.is_same_reader(&key("a"), &key("c")));
    assert!(!bindings.is_same_reader(&key("d"), &key("e")), "not known");
}

#[test]
fn a_pad_was_there_for_the_same_user_if_their_key_saw_it() {
    use crate::tracking::{Known, Progress};
    let api = root("https://app.coderpad.io");
    let mut bound = Bindings::unbound(salt(1));
    let known = |progress, seen_by| Known {
        progress,
        seen_by,
        ..Known::default()
    };
    let by_a = known(Progress::Pending, Some(key("a")));
    assert!(by_a.is_own(key("a"), &bound));
    assert!(!by_a.is_own(key("b"), &bound));
    let nobody = known(Progress::Pending, None);
    assert!(!nobody.is_own(key("a"), &bound), "bound to nobody");
    bound.coderpad = Some(CoderpadBinding::to(&api, &key("a"), None));
    for (progress, is_own) in [
        (Progress::Pending, true),
        (Progress::UnderWay, true),
        (Progress::Unseen, false),
        (Progress::Hidden, false),
    ] {
        let before = known(progress, None);
        assert_eq!(before.is_own(key("a"), &bound), is_own, "{progress:?}");
        assert!(!before.is_own(key("b"), &bound), "{progress:?}");
    }
    let by_b = known(Progress::Pending, Some(key("b")));
    assert!(!by_b.is_own(key("a"), &bound), "the key that saw it counts");
}

#[test]
fn bindings_of_a_ledger_are_read_again_as_they_were_written() {
    let api = root("https://app.coderpad.io");
    let mut bindings = Bindings::unbound(salt(1));
    let text = serde_json::to_string(&bindings).unwrap();
    assert_eq!(serde_json::from_str::<Bindings>(&text).unwrap(), bindings);
    let whose = identity(Some("u1"), Some("Example"));
    bindings.coderpad = Some(CoderpadBinding::to(&api, &key("a"), Some(whose)));
    bindings.lever = LeverBinding::to(&api, &key("b"), &stages(&[PHONE]));
    let text = serde_json::to_string(&bindings).unwrap();
    assert_eq!(serde_json::from_str::<Bindings>(&text).unwrap(), bindings);
}

#[test]
fn whose_a_key_is_must_be_asked_once() {
    let api = root("https://app.coderpad.io");
    let mut bound = CoderpadBinding::to(&api, &key("a"), None);
    assert!(!bound.knows_whose(&key("a")));
    let ada = identity(Some("ada"), None);
    assert!(bound.learn(&api, &key("a"), Some(ada.clone())));
    assert!(bound.knows_whose(&key("a")) && !bound.knows_whose(&key("b")));
    assert!(!bound.learn(&api, &key("a"), None), "what is known stays");
    assert!(bound.knows_whose(&key("a")));
    assert!(bound.learn(&api, &key("b"), Some(ada)));
    assert!(bound.is_same_user(&key("a"), &key("b")));
    assert_eq!(bound.first_key(), Some(&key("a")));
}
